"""The rows that legal aid on application and on notice share: decision, objection, handling, ending, file, subsidy.

The tables are `procedures/legal_aid_civil.py`, `legal_aid_criminal.py` and `legal_aid_notice.py`; each names its own
states, by the values of `At`, and adds what only its law knows.
"""

from __future__ import annotations

from enum import StrEnum

from django import forms as django_forms

from santai.casework.kernel import Guard, Step, Tell
from santai.casework.terms import Clock, Confidence, days, hours
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import legal_aid as forms
from santai.procedures.forms import service
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import legal_aid as rules
from santai.procedures.rules import legal_aid_assignment as assignment
from santai.procedures.rules import legal_aid_subsidy as subsidy
from santai.procedures.rules.roles import PERSON
from santai.trust.roles import Role


class At(StrEnum):
    """Where a case stands; a table shows each state under its own name."""

    PREPARING = "preparing"
    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    REVIEWING = "reviewing"
    VERIFYING = "verifying"
    PRIOR = "prior_aid"
    GRANTED = "granted"
    DECLINED = "declined"
    OBJECTION = "objection"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    TERMINATED = "terminated"
    TERMINATION_OBJECTION = "termination_objection"
    FILING = "filing"
    FILE_REVIEW = "file_review"
    FILE_RETURNED = "file_returned"
    CLOSED = "closed"
    SUBSIDY = "subsidy"
    PAID = "paid"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    WITHDRAWN = "withdrawn"


OFFICE = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
# The office's own qualified staff may handle cases too (法律援助法 12).
HANDLING_STAFF = frozenset({Role.LAWYER, Role.LEGAL_AID_OFFICER})
TIMER = OFFICE | {Role.SYSTEM}
# Where the next step needs the proofs, a form offers them by itself.
APPLICANTS_PAPERS = frozenset({Doc.HARDSHIP, Doc.EXEMPTION, Doc.COMMITMENT, Doc.AUTHORISATION})
PROOFS = frozenset({Doc.IDENTITY, Doc.MATTER_PROOF})

BEFORE_DECISION = frozenset({At.SUBMITTED, At.SUPPLEMENT, At.REVIEWING, At.VERIFYING})
UNDER_REVIEW = frozenset({At.SUBMITTED, At.REVIEWING})
IN_HAND = frozenset({At.PRIOR, At.ASSIGNED, At.HANDLING})
ASSIGNED = frozenset({At.ASSIGNED, At.HANDLING})
AFTER_ENDING = frozenset({At.FILING, At.FILE_REVIEW, At.FILE_RETURNED, At.CLOSED, At.SUBSIDY})
REFUSED_APPLICATION = frozenset({At.REFUSED, At.TRANSFERRED, At.DEEMED_WITHDRAWN, At.WITHDRAWN})

APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
Form = type[django_forms.Form]
States = frozenset[At]


# fmt: off
def review() -> tuple[Step, ...]:
    """补正、撤回、转告、核查"""
    return (
        Step("not_applied", "未提出申请，关闭", At.PREPARING, At.WITHDRAWN, OFFICE, form=forms.Explain, tells=APPLICANT,
             says="您还没有提出法律援助申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", BEFORE_DECISION | {At.PREPARING}, At.WITHDRAWN, PERSON, form=forms.Note,
             tells=APPLICANT | OFFICERS, says="您已撤回法律援助申请；需要时可以重新申请。"),
        Step("accept", "受理", At.SUBMITTED, At.REVIEWING, OFFICE, needs=PROOFS,
             guard=rules.papers_complete, letter="legal_aid_received", tells=APPLICANT,
             says="申请材料齐全，已经受理，正在审查。", basis="法律援助法第四十三条第一款"),
        Step("ask_for_more", "通知补正", UNDER_REVIEW, At.SUPPLEMENT, OFFICE, form=forms.AskForMore,
             when=rules.not_asked_before, guard=rules.date_is_ahead, changes=rules.keep_supplement_date,
             letter="legal_aid_supplement", tells=APPLICANT,
             says="还需要您补充：{items}。请在{by}前交来，逾期按撤回申请处理。", basis="法律援助法第四十三条第二款"),
        Step("supplement", "补交材料", At.SUPPLEMENT, At.REVIEWING, PERSON | OFFICE, takes=APPLICANTS_PAPERS | PROOFS,
             form=forms.Note, letter="legal_aid_supplement_received", tells=APPLICANT | OFFICERS,
             says="补交的材料已收到，审查继续。{note}", basis="法律援助法第四十三条第二款"),
        Step("lapse", "视为撤回", At.SUPPLEMENT, At.DEEMED_WITHDRAWN, TIMER, when=rules.supplement_is_late,
             tells=APPLICANT | OFFICERS, says="没有在期限内补交材料，申请视为撤回。准备好材料后，您可以重新申请。",
             basis="法律援助法第四十三条第二款"),
        Step("transfer", "转告", UNDER_REVIEW, At.TRANSFERRED, OFFICE, form=forms.Transfer,
             letter="legal_aid_transferred", tells=APPLICANT, says="这件事应当由{to}办理：{explanation}",
             basis="法律援助法第三十八条"),
        Step("check", "核查经济困难状况", At.REVIEWING, None, OFFICE, form=forms.Check, changes=rules.keep_check,
             public=False, basis="法律援助法第四十一条第二款"),
        Step("ask_other_office", "请异地机构核查", At.REVIEWING, At.VERIFYING, OFFICE, form=forms.AskOffice,
             letter="legal_aid_cooperation", tells=APPLICANT, says="已请{office}协助核查，核查期间不计入审查时间。",
             basis="办理法律援助案件程序规定（异地协作，条号待核）"),
        Step("other_office_replied", "收到核查结果", At.VERIFYING, At.REVIEWING, OFFICE, form=forms.OfficeReply,
             tells=APPLICANT, says="异地核查已有结果，审查继续。"),
    )


def decision() -> tuple[Step, ...]:
    """准予、不予、先行提供"""
    return (
        Step("grant", "给予法律援助", At.REVIEWING, At.GRANTED, OFFICE, needs=PROOFS, form=forms.Grant,
             guard=rules.eligible, changes=rules.keep_grant, letter="legal_aid_granted", tells=APPLICANT,
             says="同意为您提供法律援助，全程免费。3日内为您指派承办人。", basis="法律援助法第四十三条第一款"),
        Step("decline", "不予法律援助", At.REVIEWING, At.DECLINED, OFFICE, form=forms.Decline,
             changes=rules.keep_refusal, letter="legal_aid_declined", tells=APPLICANT,
             says="没有同意法律援助申请：{explanation} 您不同意的，可以向司法行政部门提出异议，办法写在决定书里。",
             basis="法律援助法第四十三条第一款、第四十九条"),
        Step("provide_prior", "先行提供法律援助", BEFORE_DECISION, At.PRIOR, OFFICE, form=forms.ProvidePrior,
             guard=assignment.may_be_provided_at_once, changes=assignment.keep_prior, letter="legal_aid_prior",
             tells=BOTH, says="情况紧急，先由{handler}帮您办理。请在{by}前补齐申请材料。",
             basis="法律援助法第四十四条"),
        Step("supplement_prior", "补交申请材料", At.PRIOR, None, PERSON | OFFICE, takes=APPLICANTS_PAPERS | PROOFS,
             form=forms.Note, tells=OFFICERS, says="补交的申请材料已收到，正在审查。",
             basis="法律援助法第四十四条第二款"),
        Step("confirm_prior", "补办手续后准予", At.PRIOR, At.HANDLING, OFFICE,
             needs=PROOFS, form=forms.Grant, guard=rules.eligible, changes=rules.keep_grant,
             letter="legal_aid_granted", tells=BOTH,
             says="手续已补齐，同意为您提供法律援助，由{handler}继续办理。", basis="法律援助法第四十四条第二款"),
    )


def objection() -> tuple[Step, ...]:
    """不予之后：送达、异议"""
    return (
        Step("serve_decision", "记录送达", At.DECLINED, None, TIMER, takes=SERVICE_PAPERS, form=forms.Served,
             when=rules.not_served_yet, guard=rules.served_after_decision, serves="legal_aid_declined",
             says="不予法律援助决定书已送达。您不同意的，可以提出异议，期限写在决定书里。"),
        Step("decision_returned", "文书没有送到", frozenset({At.DECLINED, At.TERMINATED}), None, OFFICE,
             takes=SERVICE_PAPERS, form=service.Returned, when=rules.not_served_yet,
             serves=frozenset({"legal_aid_declined", "legal_aid_terminated"}), public=False),
        Step("object", "提出异议", At.DECLINED, At.OBJECTION, PERSON, form=forms.Objection,
             changes=rules.keep_objection, tells=APPLICANT | OFFICERS | {Tell.SUPERVISOR},
             says="您的异议已转给司法行政部门，5日内审查。", basis="法律援助法第四十九条第一款"),
        Step("settle", "异议期满", At.DECLINED, At.REFUSED, TIMER, when=rules.objection_window_is_over,
             says="异议期限已过，这件申请办结。"),
        Step("uphold", "维持不予决定", At.OBJECTION, At.REFUSED, Role.SUPERVISOR, form=forms.Explain,
             letter="legal_aid_objection_upheld", tells=APPLICANT | OFFICERS,
             says="异议审查结果是维持：{explanation} 您还可以申请行政复议或者提起行政诉讼。",
             basis="法律援助法第四十九条第二款、第三款"),
        Step("order_grant", "责令提供法律援助", At.OBJECTION, At.GRANTED, Role.SUPERVISOR, form=forms.Explain,
             letter="legal_aid_objection_ordered", tells=APPLICANT | OFFICERS,
             says="您的异议成立：{explanation} 已责令法律援助机构为您提供援助。", basis="法律援助法第四十九条第二款"),
    )


def agreement() -> tuple[Step, ...]:
    """指派之后：签订委托协议"""
    return (
        Step("await_recipient", "因受援人原因暂缓签约", At.ASSIGNED, None, HANDLING_STAFF, form=forms.Delay,
             tells=APPLICANT, says="签订委托协议还需要您配合：{explanation}"),
        Step("recipient_ready", "恢复签约", At.ASSIGNED, None, HANDLING_STAFF, public=False),
        Step("sign_agreement", "签订委托协议", At.ASSIGNED, At.HANDLING, HANDLING_STAFF,
             needs=frozenset({Doc.AGREEMENT}), form=forms.SignAgreement, guard=rules.signed_by_now, tells=APPLICANT,
             says="委托协议已签订，{handler}开始办理。", basis="办理法律援助案件程序规定（签约，条号待核）"),
        Step("sign_prior_agreement", "补签委托协议", frozenset({At.PRIOR, At.HANDLING}), None, HANDLING_STAFF,
             needs=frozenset({Doc.AGREEMENT}), form=forms.SignAgreement, guard=rules.signed_by_now,
             says="委托协议已签订。"),
        Step("meet", "约见受援人", IN_HAND, None, HANDLING_STAFF, needs=frozenset({Doc.MEETING_RECORD}),
             form=forms.Meeting, guard=rules.met_by_now, says="{handler}已与您见面，告知了权利义务和风险。",
             basis="办理法律援助案件程序规定（约见，条号待核）"),
    )


def assigning(name: str = "assign", *, when: Guard | None = None) -> Step:
    """指派：刑事案件在审判阶段另有三日内向法院交手续的期限，所以分两行"""
    return Step(name, "指派承办人", At.GRANTED, At.ASSIGNED, OFFICE, form=forms.Assign, when=when,
                guard=assignment.may_be_assigned, changes=assignment.keep_assignment, letter="legal_aid_assigned",
                tells=BOTH, says="已指派{handler}为您办理，会尽快与您联系签订委托协议。",
                basis="法律援助法第四十三条第一款、第四十六条")


def replacing(name: str = "replace", *, when: Guard | None = None) -> Step:
    return Step(name, "更换承办人", ASSIGNED, At.ASSIGNED, OFFICE, form=forms.Replace, when=when,
                guard=assignment.may_replace, changes=assignment.keep_replacement, letter="legal_aid_replaced",
                tells=BOTH, says="已改由{handler}为您办理，前面的材料已经移交。", basis="法律援助法第五十五条")


def handling(in_hand: States, *replacements: Step) -> tuple[Step, ...]:
    """通报、报告、更换"""
    return (
        Step("report_progress", "通报进展", in_hand, None, HANDLING_STAFF, form=forms.Progress, tells=APPLICANT,
             says="{handler}告诉您：{text}", basis="法律援助法第四十六条第二款"),
        Step("report_major", "报告重大情况", in_hand, None, HANDLING_STAFF, form=forms.Major, public=False,
             tells=OFFICERS | {Tell.SUPERVISOR}, basis="办理法律援助案件程序规定（报告，条号待核）"),
        Step("report_unable", "报告不能继续承办", in_hand, None, HANDLING_STAFF, form=forms.Explain, public=False,
             tells=OFFICERS, basis="办理法律援助案件程序规定（更换，条号待核）"),
        Step("ask_replacement", "申请更换承办人", in_hand, None, PERSON, form=forms.Objection,
             when=rules.no_replacement_pending, tells=APPLICANT | OFFICERS,
             says="您申请更换承办人，法律援助机构正在审查。", basis="法律援助法第五十五条"),
        *replacements,
        Step("keep_practitioner", "不予更换", in_hand, None, OFFICE, form=forms.NotReplaced,
             when=rules.replacement_is_asked, letter="legal_aid_not_replaced", tells=BOTH,
             says="没有更换承办人：{explanation}", basis="法律援助法第五十五条"),
    )


def custody(in_hand: States, *, at_trial: Guard) -> tuple[Step, ...]:
    """刑事案件：会见、交辩护（代理）手续"""
    return (
        Step("ask_visit", "申请会见", in_hand, None, HANDLING_STAFF, form=forms.AskVisit, guard=rules.asked_by_now,
             public=False, basis="公安机关办理刑事案件程序规定第五十三条"),
        Step("submit_papers", "向法院提交援助手续", in_hand, None, HANDLING_STAFF, form=forms.SubmitPapers,
             when=at_trial, guard=rules.submitted_by_now, says="{handler}已向法院提交法律援助手续。",
             basis="刑诉法解释第五十二条、第六十六条"),
    )


def termination(in_hand: States, *, resumes: At) -> tuple[Step, ...]:
    """终止：送达、异议"""
    return (
        Step("ask_to_stop", "申请终止援助", in_hand, None, PERSON, form=forms.Explain, tells=OFFICERS,
             says="您申请终止法律援助，法律援助机构会审查并答复您。", basis="法律援助法第四十八条"),
        Step("terminate", "终止法律援助", in_hand | {resumes}, At.TERMINATED, OFFICE, form=forms.Terminate,
             changes=rules.keep_termination, letter="legal_aid_terminated", tells=BOTH,
             says="法律援助已终止：{explanation} 您不同意的，可以向司法行政部门提出异议，办法写在决定书里。",
             basis="法律援助法第四十八条"),
        Step("serve_termination", "记录送达", At.TERMINATED, None, TIMER, takes=SERVICE_PAPERS, form=forms.Served,
             when=rules.not_served_yet, guard=rules.served_after_decision, serves="legal_aid_terminated",
             says="终止法律援助决定书已送达。您不同意的，可以提出异议，期限写在决定书里。"),
        Step("object_termination", "对终止提出异议", At.TERMINATED, At.TERMINATION_OBJECTION, PERSON,
             form=forms.Objection, changes=rules.keep_objection, tells=BOTH | {Tell.SUPERVISOR},
             says="您的异议已转给司法行政部门，5日内审查。", basis="法律援助法第四十九条第一款"),
        Step("settle_termination", "异议期满", At.TERMINATED, At.FILING, TIMER, when=rules.objection_window_is_over,
             tells=HANDLER, says="异议期限已过，法律援助终止。"),
        Step("uphold_termination", "维持终止决定", At.TERMINATION_OBJECTION, At.FILING, Role.SUPERVISOR,
             form=forms.Explain, letter="legal_aid_objection_upheld", tells=BOTH,
             says="异议审查结果是维持：{explanation} 您还可以申请行政复议或者提起行政诉讼。",
             basis="法律援助法第四十九条第二款、第三款"),
        Step("order_resumption", "责令恢复法律援助", At.TERMINATION_OBJECTION, resumes, Role.SUPERVISOR,
             form=forms.Explain, changes=rules.forget_termination, letter="legal_aid_objection_ordered", tells=BOTH,
             says="您的异议成立：{explanation} 法律援助恢复，3日内指派承办人。", basis="法律援助法第四十九条第二款"),
    )


def file(*, finish: Form, finished: Guard, is_whole: Guard) -> tuple[Step, ...]:
    """结案、归档、补贴"""
    return (
        Step("finish", "办结", At.HANDLING, At.FILING, HANDLING_STAFF, form=finish, guard=finished,
             changes=rules.keep_ending, tells=APPLICANT, says="您的案件有结果了：{summary}",
             basis="法律援助法第五十条"),
        Step("hand_in_file", "交案卷", frozenset({At.FILING, At.FILE_RETURNED}), At.FILE_REVIEW, HANDLING_STAFF,
             needs=frozenset({Doc.CASE_FILE, Doc.CLOSING_REPORT}), form=forms.Note, guard=is_whole,
             public=False, basis="法律援助法第五十条"),
        Step("return_file", "退回案卷补正", At.FILE_REVIEW, At.FILE_RETURNED, OFFICE, form=forms.ReturnFile,
             guard=rules.date_is_ahead, tells=HANDLER, public=False),
        Step("accept_file", "案卷合格，结案", At.FILE_REVIEW, At.CLOSED, OFFICE, form=forms.AcceptFile,
             guard=rules.not_who_handed_in, changes=rules.keep_grade, letter="legal_aid_closed", tells=BOTH,
             says="法律援助案件已结案。感谢您的信任。", basis="办理法律援助案件程序规定（审查案卷，条号待核）"),
        *subsidy_steps(forms.Subsidy),
    )


def subsidy_steps(form: Form) -> tuple[Step, ...]:
    """补贴：按标准计算、另一人批准、支付"""
    return (
        Step("propose_subsidy", "计算并提出补贴", At.CLOSED, At.SUBSIDY, OFFICE, form=form,
             when=subsidy.is_not_staff, guard=subsidy.can_be_calculated, changes=subsidy.propose, public=False,
             basis="法律援助法第五十二条"),
        Step("no_subsidy", "不发补贴", At.CLOSED, At.PAID, OFFICE, form=forms.NoSubsidy,
             guard=subsidy.no_subsidy_is_right, tells=HANDLER, letter="legal_aid_no_subsidy", public=False,
             basis="法律援助法第五十二条"),
        Step("approve_subsidy", "批准补贴", At.SUBSIDY, None, Role.LEGAL_AID_DIRECTOR, when=subsidy.is_undecided,
             changes=subsidy.approve, public=False, basis="法律援助法第五十二条"),
        Step("refuse_subsidy", "不批准，退回重算", At.SUBSIDY, At.CLOSED, Role.LEGAL_AID_DIRECTOR, form=forms.Explain,
             when=subsidy.is_undecided, changes=subsidy.refuse, public=False, basis="法律援助法第五十二条"),
        Step("recalculate_subsidy", "重新计算补贴", At.SUBSIDY, At.CLOSED, OFFICE, when=subsidy.was_refused,
             public=False, basis="法律援助法第五十二条"),
        Step("pay_subsidy", "支付补贴", At.SUBSIDY, At.PAID, OFFICE, form=forms.PaidOn, when=subsidy.is_approved,
             changes=subsidy.pay, tells=HANDLER, public=False, basis="法律援助法第五十二条"),
    )


# --- clocks -------------------------------------------------------------------------------------------------------


def application_clocks(
    every: frozenset[str], *, assigned: frozenset[str], received: str = ""
) -> tuple[Clock, ...]:
    """`received` names the field of the moment an application from detention reached the office."""
    return (
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="LA00",
              runs_from_steps=frozenset({"open"}), until=every - {At.PREPARING}, confidence=Confidence.U),
        Clock("review", "审查申请", days(7),
              "法律援助法第四十三条第一款；补正、异地核查的时间不计（该条未写明，按办理法律援助案件程序规定）",
              id="LA04", runs_from=frozenset({At.SUBMITTED}), start_field=received, until=every - BEFORE_DECISION,
              paused_in=frozenset({At.SUPPLEMENT, At.VERIFYING})),
        Clock("assign", "指派承办人", days(3), "法律援助法第四十三条第一款", id="LA05",
              runs_from=frozenset({At.GRANTED}), until=every - {At.GRANTED}, restarts=True),
        Clock("decline_service", "送达不予决定书", days(3), "法律援助法第四十三条第一款（日数为默认值）", id="LA10D",
              runs_from=frozenset({At.DECLINED}), until=every - {At.DECLINED},
              until_steps=frozenset({"serve_decision"}), confidence=Confidence.U),
        Clock("agreement", "签订委托协议", days(5), "办理法律援助案件程序规定（条号待核）", id="LA08",
              runs_from_steps=assigned,
              until_steps=frozenset({"sign_agreement", "sign_prior_agreement"}), until=every - IN_HAND,
              paused_between=(("await_recipient", "recipient_ready"),), restarts=True, confidence=Confidence.U),
    )


def objection_clocks(
    every: frozenset[str], *, decided: States, objecting: States, served: frozenset[str]
) -> tuple[Clock, ...]:
    return (
        Clock("objection_window", "提出异议", rules.OBJECTION_LIMIT, "办理法律援助案件程序规定（条号待核）", id="LA07",
              runs_from_steps=served, start_field="served_on", until=every - decided, restarts=True,
              confidence=Confidence.U),
        Clock("objection_review", "审查异议", days(5), "法律援助法第四十九条第二款", id="LA06", runs_from=objecting,
              until=every - objecting, restarts=True),
    )


def handling_clocks(
    every: frozenset[str], in_hand: States, *, replaced: frozenset[str] = frozenset({"replace"})
) -> tuple[Clock, ...]:
    return (
        Clock("replacement", "答复更换申请", days(5), "办理法律援助案件程序规定（条号待核）", id="LA09",
              runs_from_steps=frozenset({"ask_replacement"}),
              until_steps=replaced | {"keep_practitioner"}, until=every - in_hand, restarts=True,
              confidence=Confidence.U),
        Clock("termination_service", "送达终止决定", days(3), "办理法律援助案件程序规定（条号待核）", id="LA10",
              runs_from=frozenset({At.TERMINATED}), until_steps=frozenset({"serve_termination"}),
              until=every - {At.TERMINATED}, restarts=True, confidence=Confidence.U),
    )


def custody_clocks(
    every: frozenset[str], in_hand: States, *, visited: frozenset[str], assigned: frozenset[str]
) -> tuple[Clock, ...]:
    return (
        Clock("visit", "看守所安排会见", hours(48), "公安机关办理刑事案件程序规定第五十三条", id="LA17",
              runs_from_steps=frozenset({"ask_visit"}), start_field="asked_at", until_steps=visited,
              until=every - in_hand, restarts=True, rolls_over=False),
        Clock("court_papers", "向法院提交援助手续", days(3), "刑诉法解释第五十二条、第六十六条", id="LA18",
              runs_from_steps=assigned, until_steps=frozenset({"submit_papers"}), stop_field="submitted_on",
              until=every - in_hand, restarts=True),
    )


def file_clocks(every: frozenset[str]) -> tuple[Clock, ...]:
    return (
        Clock("hand_in_file", "交案卷", days(30), "法律援助法第五十条（日数待核）", id="LA11",
              runs_from=frozenset({At.FILING}), start_field="closed_on", until=every - {At.FILING}, restarts=True,
              confidence=Confidence.U),
        Clock("file_review", "审查案卷", days(30), "办理法律援助案件程序规定（条号待核）", id="LA12",
              runs_from=frozenset({At.FILE_REVIEW}), until=every - {At.FILE_REVIEW}, restarts=True,
              confidence=Confidence.U),
        payment_clock(every),
    )


def payment_clock(every: frozenset[str]) -> Clock:
    return Clock("payment", "支付补贴", days(30), "法律援助法第五十二条（日数待核）", id="LA12P",
                 runs_from=frozenset({At.CLOSED}), until=every - {At.CLOSED, At.SUBSIDY}, confidence=Confidence.U)
# fmt: on
