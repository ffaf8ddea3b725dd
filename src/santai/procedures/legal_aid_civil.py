"""Legal aid on application in civil and administrative matters (民事、行政法律援助): application to closed file.

Basis: 法律援助法 (2022-01-01), arts. 31-34, 38-56; 办理法律援助案件程序规定 (司法部令第148号, 2023-09-01) for the rest.
Where the text of the latter is not confirmed, the limit is marked U and may be replaced by a parameter `clock.<id>`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import legal_aid as forms
from santai.procedures.rules import legal_aid as rules
from santai.procedures.rules import legal_aid_assignment as assignment
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    SUBMITTED = "submitted", "已提交"
    SUPPLEMENT = "supplement", "待补正"
    REVIEWING = "reviewing", "审查中"
    VERIFYING = "verifying", "异地核查中"
    PRIOR = "prior_aid", "先行提供"
    GRANTED = "granted", "准予援助，待指派"
    DECLINED = "declined", "不予援助，可提异议"
    OBJECTION = "objection", "异议审查中"
    ASSIGNED = "assigned", "已指派"
    HANDLING = "handling", "办理中"
    TERMINATED = "terminated", "已终止，可提异议"
    TERMINATION_OBJECTION = "termination_objection", "终止异议审查中"
    FILING = "filing", "待交案卷"
    FILE_REVIEW = "file_review", "案卷审查中"
    FILE_RETURNED = "file_returned", "案卷退回补正"
    CLOSED = "closed", "已结案，待付补贴"
    PAID = "paid", "已结案"
    REFUSED = "refused", "不予援助"
    TRANSFERRED = "transferred", "已转告"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


PERSON = frozenset({Role.APPLICANT}) | FRONT_LINE
OFFICE = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
# The office's own qualified staff may handle cases too (法律援助法 12).
HANDLING_STAFF = frozenset({Role.LAWYER, Role.LEGAL_AID_OFFICER})
TIMER = OFFICE | {Role.SYSTEM}
# Identity and proof of the matter come from what the next step needs.
APPLICANTS_PAPERS = frozenset({Doc.HARDSHIP, Doc.EXEMPTION, Doc.COMMITMENT, Doc.AUTHORISATION})

BEFORE_DECISION = frozenset({S.SUBMITTED, S.SUPPLEMENT, S.REVIEWING, S.VERIFYING})
UNDER_REVIEW = frozenset({S.SUBMITTED, S.REVIEWING})
IN_HAND = frozenset({S.PRIOR, S.ASSIGNED, S.HANDLING})
OBJECTIONS = frozenset({S.OBJECTION, S.TERMINATION_OBJECTION})
CLOSED = frozenset({S.PAID, S.REFUSED, S.TRANSFERRED, S.DEEMED_WITHDRAWN, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER

# fmt: off
PROCEDURE = Procedure(
    label="民事行政法律援助",
    kind="02",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2023, 9, 1),
    basis="法律援助法；办理法律援助案件程序规定（司法部令第148号）",
    body=OrganisationKind.LEGAL_AID,
    answered=frozenset({S.FILING, S.FILE_REVIEW, S.FILE_RETURNED, S.CLOSED}),
    says_opening="可以申请法律援助（免费）。请填写申请表并上传材料，也可以请窗口或热线帮您填。",
    stages={
        "申请": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.WITHDRAWN, S.DEEMED_WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.VERIFYING, S.DECLINED, S.OBJECTION, S.REFUSED, S.TRANSFERRED}),
        "指派": frozenset({S.GRANTED}),
        "办理": IN_HAND | {S.TERMINATED, S.TERMINATION_OBJECTION},
        "归档": frozenset({S.FILING, S.FILE_REVIEW, S.FILE_RETURNED}),
        "结案": frozenset({S.CLOSED, S.PAID}),
    },
    steps=(
        # --- 申请
        Step("apply", "提交申请", S.PREPARING, S.SUBMITTED, PERSON | OFFICE, takes=APPLICANTS_PAPERS,
             form=forms.Application, changes=rules.keep_application, tells=APPLICANT | OFFICERS,
             says="法律援助申请已提交，法律援助机构应当自收到申请之日起7日内作出决定；等您补材料的时间不算。",
             basis="法律援助法第四十条、第四十一条"),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, OFFICE, form=forms.Explain, tells=APPLICANT,
             says="您还没有提出法律援助申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", BEFORE_DECISION | {S.PREPARING}, S.WITHDRAWN, PERSON, form=forms.Note,
             tells=APPLICANT | OFFICERS, says="您已撤回法律援助申请；需要时可以重新申请。"),
        Step("accept", "受理", S.SUBMITTED, S.REVIEWING, OFFICE, needs=frozenset({Doc.IDENTITY, Doc.MATTER_PROOF}),
             guard=rules.papers_complete, letter="legal_aid_received", tells=APPLICANT,
             says="申请材料齐全，已经受理，正在审查。", basis="法律援助法第四十三条第一款"),
        Step("ask_for_more", "通知补正", UNDER_REVIEW, S.SUPPLEMENT, OFFICE, form=forms.AskForMore,
             when=rules.not_asked_before, guard=rules.date_is_ahead, changes=rules.keep_supplement_date,
             letter="legal_aid_supplement", tells=APPLICANT,
             says="还需要您补充：{items}。请在{by}前交来，逾期按撤回申请处理。", basis="法律援助法第四十三条第二款"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.REVIEWING, PERSON | OFFICE, takes=APPLICANTS_PAPERS,
             form=forms.Note, letter="legal_aid_supplement_received", tells=APPLICANT | OFFICERS,
             says="补交的材料已收到，审查继续。{note}", basis="法律援助法第四十三条第二款"),
        Step("lapse", "视为撤回", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, TIMER, when=rules.supplement_is_late,
             tells=APPLICANT | OFFICERS, says="没有在期限内补交材料，申请视为撤回。准备好材料后，您可以重新申请。",
             basis="法律援助法第四十三条第二款"),
        Step("transfer", "转告", UNDER_REVIEW, S.TRANSFERRED, OFFICE, form=forms.Transfer,
             letter="legal_aid_transferred", tells=APPLICANT, says="这件事应当由{to}办理：{explanation}",
             basis="法律援助法第三十八条"),
        # --- 审查与决定
        Step("check", "核查经济困难状况", S.REVIEWING, None, OFFICE, form=forms.Check, changes=rules.keep_check,
             public=False, basis="法律援助法第四十一条第二款"),
        Step("ask_other_office", "请异地机构核查", S.REVIEWING, S.VERIFYING, OFFICE, form=forms.AskOffice,
             letter="legal_aid_cooperation", tells=APPLICANT, says="已请{office}协助核查，核查期间不计入审查时间。",
             basis="办理法律援助案件程序规定（异地协作，条号待核）"),
        Step("other_office_replied", "收到核查结果", S.VERIFYING, S.REVIEWING, OFFICE, form=forms.OfficeReply,
             tells=APPLICANT, says="异地核查已有结果，审查继续。"),
        Step("grant", "给予法律援助", S.REVIEWING, S.GRANTED, OFFICE, form=forms.Grant, guard=rules.eligible,
             changes=rules.keep_grant, letter="legal_aid_granted", tells=APPLICANT,
             says="同意为您提供法律援助，全程免费。3日内为您指派承办人。", basis="法律援助法第四十三条第一款"),
        Step("decline", "不予法律援助", S.REVIEWING, S.DECLINED, OFFICE, form=forms.Decline,
             changes=rules.keep_refusal, letter="legal_aid_declined", tells=APPLICANT,
             says="没有同意法律援助申请：{explanation} 您不同意的，可以向司法行政部门提出异议，办法写在决定书里。",
             basis="法律援助法第四十三条第一款、第四十九条"),
        Step("provide_prior", "先行提供法律援助", BEFORE_DECISION, S.PRIOR, OFFICE, form=forms.ProvidePrior,
             guard=assignment.may_be_provided_at_once, changes=assignment.keep_prior, letter="legal_aid_prior",
             tells=BOTH, says="情况紧急，先由{handler}帮您办理。请在{by}前补齐申请材料。",
             basis="法律援助法第四十四条"),
        Step("supplement_prior", "补交申请材料", S.PRIOR, None, PERSON | OFFICE, form=forms.Note, tells=OFFICERS,
             says="补交的申请材料已收到，正在审查。", basis="法律援助法第四十四条第二款"),
        Step("confirm_prior", "补办手续后准予", S.PRIOR, S.HANDLING, OFFICE,
             needs=frozenset({Doc.IDENTITY, Doc.MATTER_PROOF}), form=forms.Grant, guard=rules.eligible,
             changes=rules.keep_grant, letter="legal_aid_granted", tells=BOTH,
             says="手续已补齐，同意为您提供法律援助，由{handler}继续办理。", basis="法律援助法第四十四条第二款"),
        # --- 不予与终止：送达、异议
        Step("serve_decision", "记录送达", S.DECLINED, None, OFFICE, form=forms.Served, when=rules.not_served_yet,
             guard=rules.served_after_decision,
             says="不予法律援助决定书已送达。您不同意的，可以提出异议，期限写在决定书里。"),
        Step("object", "提出异议", S.DECLINED, S.OBJECTION, PERSON, form=forms.Objection,
             changes=rules.keep_objection, tells=APPLICANT | OFFICERS | {Tell.SUPERVISOR},
             says="您的异议已转给司法行政部门，5日内审查。", basis="法律援助法第四十九条第一款"),
        Step("settle", "异议期满", S.DECLINED, S.REFUSED, TIMER, when=rules.objection_window_is_over,
             says="异议期限已过，这件申请办结。"),
        Step("uphold", "维持不予决定", S.OBJECTION, S.REFUSED, Role.SUPERVISOR, form=forms.Explain,
             letter="legal_aid_objection_upheld", tells=APPLICANT | OFFICERS,
             says="异议审查结果是维持：{explanation} 您还可以申请行政复议或者提起行政诉讼。",
             basis="法律援助法第四十九条第二款、第三款"),
        Step("order_grant", "责令提供法律援助", S.OBJECTION, S.GRANTED, Role.SUPERVISOR, form=forms.Explain,
             letter="legal_aid_objection_ordered", tells=APPLICANT | OFFICERS,
             says="您的异议成立：{explanation} 已责令法律援助机构为您提供援助。", basis="法律援助法第四十九条第二款"),
        # --- 指派与办理
        Step("assign", "指派承办人", S.GRANTED, S.ASSIGNED, OFFICE, form=forms.Assign,
             guard=assignment.may_be_assigned, changes=assignment.keep_assignment, letter="legal_aid_assigned",
             tells=BOTH, says="已指派{handler}为您办理，会尽快与您联系签订委托协议。",
             basis="法律援助法第四十三条第一款、第四十六条"),
        Step("await_recipient", "因受援人原因暂缓签约", S.ASSIGNED, None, HANDLING_STAFF, form=forms.Delay,
             tells=APPLICANT, says="签订委托协议还需要您配合：{explanation}"),
        Step("recipient_ready", "恢复签约", S.ASSIGNED, None, HANDLING_STAFF, public=False),
        Step("sign_agreement", "签订委托协议", S.ASSIGNED, S.HANDLING, HANDLING_STAFF,
             needs=frozenset({Doc.AGREEMENT}), form=forms.SignAgreement, guard=rules.signed_by_now, tells=APPLICANT,
             says="委托协议已签订，{handler}开始办理。", basis="办理法律援助案件程序规定（签约，条号待核）"),
        Step("sign_prior_agreement", "补签委托协议", frozenset({S.PRIOR, S.HANDLING}), None, HANDLING_STAFF,
             needs=frozenset({Doc.AGREEMENT}), form=forms.SignAgreement, guard=rules.signed_by_now,
             says="委托协议已签订。"),
        Step("meet", "约见受援人", IN_HAND, None, HANDLING_STAFF, needs=frozenset({Doc.MEETING_RECORD}),
             form=forms.Meeting, guard=rules.met_by_now, says="{handler}已与您见面，告知了权利义务和风险。",
             basis="办理法律援助案件程序规定（约见，条号待核）"),
        Step("report_progress", "通报进展", IN_HAND, None, HANDLING_STAFF, form=forms.Progress, tells=APPLICANT,
             says="{handler}告诉您：{text}", basis="法律援助法第四十六条第二款"),
        Step("report_major", "报告重大情况", IN_HAND, None, HANDLING_STAFF, form=forms.Major, public=False,
             tells=OFFICERS | {Tell.SUPERVISOR}, basis="办理法律援助案件程序规定（报告，条号待核）"),
        Step("report_unable", "报告不能继续承办", IN_HAND, None, HANDLING_STAFF, form=forms.Explain, public=False,
             tells=OFFICERS, basis="办理法律援助案件程序规定（更换，条号待核）"),
        Step("ask_replacement", "申请更换承办人", IN_HAND, None, PERSON, form=forms.Objection,
             when=rules.no_replacement_pending, tells=APPLICANT | OFFICERS,
             says="您申请更换承办人，法律援助机构正在审查。", basis="法律援助法第五十五条"),
        Step("replace", "更换承办人", frozenset({S.ASSIGNED, S.HANDLING}), S.ASSIGNED, OFFICE, form=forms.Replace,
             guard=assignment.may_replace, changes=assignment.keep_replacement, letter="legal_aid_replaced",
             tells=BOTH, says="已改由{handler}为您办理，前面的材料已经移交。", basis="法律援助法第五十五条"),
        Step("keep_practitioner", "不予更换", IN_HAND, None, OFFICE, form=forms.Explain,
             when=rules.replacement_is_asked, tells=BOTH, says="没有更换承办人：{explanation}",
             basis="法律援助法第五十五条"),
        Step("ask_to_stop", "申请终止援助", IN_HAND, None, PERSON, form=forms.Explain, tells=OFFICERS,
             says="您申请终止法律援助，法律援助机构会审查并答复您。", basis="法律援助法第四十八条"),
        Step("terminate", "终止法律援助", IN_HAND | {S.GRANTED}, S.TERMINATED, OFFICE, form=forms.Terminate,
             changes=rules.keep_termination, letter="legal_aid_terminated", tells=BOTH,
             says="法律援助已终止：{explanation} 您不同意的，可以向司法行政部门提出异议，办法写在决定书里。",
             basis="法律援助法第四十八条"),
        Step("serve_termination", "记录送达", S.TERMINATED, None, OFFICE, form=forms.Served,
             when=rules.not_served_yet, guard=rules.served_after_decision,
             says="终止法律援助决定书已送达。您不同意的，可以提出异议，期限写在决定书里。"),
        Step("object_termination", "对终止提出异议", S.TERMINATED, S.TERMINATION_OBJECTION, PERSON,
             form=forms.Objection, changes=rules.keep_objection, tells=BOTH | {Tell.SUPERVISOR},
             says="您的异议已转给司法行政部门，5日内审查。", basis="法律援助法第四十九条第一款"),
        Step("settle_termination", "异议期满", S.TERMINATED, S.FILING, TIMER, when=rules.objection_window_is_over,
             tells=HANDLER, says="异议期限已过，法律援助终止。"),
        Step("uphold_termination", "维持终止决定", S.TERMINATION_OBJECTION, S.FILING, Role.SUPERVISOR,
             form=forms.Explain, letter="legal_aid_objection_upheld", tells=BOTH,
             says="异议审查结果是维持：{explanation} 您还可以申请行政复议或者提起行政诉讼。",
             basis="法律援助法第四十九条第二款、第三款"),
        Step("order_resumption", "责令恢复法律援助", S.TERMINATION_OBJECTION, S.GRANTED, Role.SUPERVISOR,
             form=forms.Explain, changes=rules.forget_termination, letter="legal_aid_objection_ordered", tells=BOTH,
             says="您的异议成立：{explanation} 法律援助恢复，3日内指派承办人。", basis="法律援助法第四十九条第二款"),
        # --- 结案与归档
        Step("finish", "办结", S.HANDLING, S.FILING, HANDLING_STAFF, form=forms.Finish, guard=rules.matter_is_finished,
             changes=rules.keep_ending, tells=APPLICANT, says="您的案件有结果了：{summary}",
             basis="法律援助法第五十条"),
        Step("hand_in_file", "交案卷", frozenset({S.FILING, S.FILE_RETURNED}), S.FILE_REVIEW, HANDLING_STAFF,
             needs=frozenset({Doc.CASE_FILE, Doc.CLOSING_REPORT}), form=forms.Note, guard=rules.file_is_whole,
             public=False, basis="法律援助法第五十条"),
        Step("return_file", "退回案卷补正", S.FILE_REVIEW, S.FILE_RETURNED, OFFICE, form=forms.ReturnFile,
             guard=rules.date_is_ahead, tells=HANDLER, public=False),
        Step("accept_file", "案卷合格，结案", S.FILE_REVIEW, S.CLOSED, OFFICE, form=forms.AcceptFile,
             guard=rules.not_who_handed_in, letter="legal_aid_closed", tells=BOTH,
             says="法律援助案件已结案。感谢您的信任。", basis="办理法律援助案件程序规定（审查案卷，条号待核）"),
        Step("pay_subsidy", "支付补贴", S.CLOSED, S.PAID, OFFICE, form=forms.Subsidy, tells=HANDLER, public=False,
             basis="法律援助法第五十二条"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="LA00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("review", "审查申请", days(7), "法律援助法第四十三条第一款", id="LA04",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - BEFORE_DECISION,
              paused_in=frozenset({S.SUPPLEMENT, S.VERIFYING})),
        Clock("assign", "指派承办人", days(3), "法律援助法第四十三条第一款", id="LA05",
              runs_from=frozenset({S.GRANTED}), until=ANY - {S.GRANTED}, restarts=True),
        Clock("decline_service", "送达不予决定书", days(3), "法律援助法第四十三条第一款（日数为默认值）", id="LA10D",
              runs_from=frozenset({S.DECLINED}), until=ANY - {S.DECLINED},
              until_steps=frozenset({"serve_decision"}), confidence=Confidence.U),
        Clock("objection_window", "提出异议", rules.OBJECTION_LIMIT, "办理法律援助案件程序规定（条号待核）", id="LA07",
              runs_from_steps=frozenset({"serve_decision", "serve_termination"}), start_field="served_on",
              until=ANY - {S.DECLINED, S.TERMINATED}, restarts=True, confidence=Confidence.U),
        Clock("objection_review", "审查异议", days(5), "法律援助法第四十九条第二款", id="LA06", runs_from=OBJECTIONS,
              until=ANY - OBJECTIONS, restarts=True),
        Clock("agreement", "签订委托协议", days(5), "办理法律援助案件程序规定（条号待核）", id="LA08",
              runs_from_steps=frozenset({"assign", "replace", "provide_prior"}),
              until_steps=frozenset({"sign_agreement", "sign_prior_agreement"}), until=ANY - IN_HAND,
              paused_between=(("await_recipient", "recipient_ready"),), restarts=True, confidence=Confidence.U),
        Clock("replacement", "答复更换申请", days(5), "办理法律援助案件程序规定（条号待核）", id="LA09",
              runs_from_steps=frozenset({"ask_replacement"}),
              until_steps=frozenset({"replace", "keep_practitioner"}), until=ANY - IN_HAND, restarts=True,
              confidence=Confidence.U),
        Clock("termination_service", "送达终止决定", days(3), "办理法律援助案件程序规定（条号待核）", id="LA10",
              runs_from=frozenset({S.TERMINATED}), until_steps=frozenset({"serve_termination"}),
              until=ANY - {S.TERMINATED}, restarts=True, confidence=Confidence.U),
        Clock("hand_in_file", "交案卷", days(30), "法律援助法第五十条（日数待核）", id="LA11",
              runs_from=frozenset({S.FILING}), start_field="closed_on", until=ANY - {S.FILING}, restarts=True,
              confidence=Confidence.U),
        Clock("file_review", "审查案卷", days(30), "办理法律援助案件程序规定（条号待核）", id="LA12",
              runs_from=frozenset({S.FILE_REVIEW}), until=ANY - {S.FILE_REVIEW}, restarts=True,
              confidence=Confidence.U),
        Clock("payment", "支付补贴", days(30), "法律援助法第五十二条（日数待核）", id="LA12P",
              runs_from=frozenset({S.CLOSED}), until=ANY - {S.CLOSED}, confidence=Confidence.U),
    ),
)
# fmt: on
