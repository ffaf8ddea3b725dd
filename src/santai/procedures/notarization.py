"""Notarization (公证) of domestic matters: application to delivered certificate and closed file; re-check (复查).

Basis: 公证法 (2017 amendment), arts. 11, 23-40; 公证程序规则 (司法部令第145号, 2021-01-01) for the rest. Where its text
is not confirmed, the limit is marked U and may be replaced by a parameter `clock.<id>`.
A re-check of a certificate whose case is closed already begins as a case of its own (`ask_recheck_of_closed`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, hours, months, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import notarization as rules
from santai.procedures.rules import notarization_recheck as recheck
from santai.procedures.rules.legal_aid import date_is_ahead
from santai.procedures.rules.roles import NOTARIES as OFFICE
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    APPLIED = "applied", "已申请，待受理"
    CORRECTING = "correcting", "待补申请材料"
    REVIEWING = "reviewing", "已受理，审查中"
    SUPPLEMENT = "supplement", "待补充证明"
    VERIFYING = "verifying", "核实中"
    HALTED = "halted", "因不可抗力中止"
    APPROVING = "approving", "待审批"
    APPROVED = "approved", "已审批，待出证"
    ISSUED = "issued", "已出证，待领取"
    DELIVERED = "delivered", "已领取，待归档"
    ARCHIVED = "archived", "已归档，可申请复查"
    DECLINED = "declined", "不予办理，待归档"
    TERMINATED = "terminated", "已终止，待归档"
    RECHECK = "recheck", "已申请复查"
    RECHECKING = "rechecking", "复查中"
    RECHECK_WAITING = "recheck_waiting", "复查待补充证明"
    RECHECK_REPORTED = "recheck_reported", "复查待决定"
    FIXING = "fixing", "待更正补正"
    REVOKED = "revoked", "已撤销，待公告"
    RECHECKED = "rechecked", "复查已答复，待归档"
    CLOSED = "closed", "已结案"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"
    MOVED = "moved", "已转专门程序"


# Whoever approves (审批人): the head of the office or a notary so appointed, never the one who handles the case.
APPROVER = Role.NOTARY_DIRECTOR

BEFORE_ACCEPTANCE = frozenset({S.PREPARING, S.APPLIED, S.CORRECTING})
# 公证法第三十条: only these three do not count.
NOT_COUNTED = frozenset({S.SUPPLEMENT, S.VERIFYING, S.HALTED})
IN_REVIEW = frozenset({S.REVIEWING}) | NOT_COUNTED
IN_HAND = IN_REVIEW | {S.APPROVING, S.APPROVED}
UNDER_RECHECK = frozenset({S.RECHECK, S.RECHECKING, S.RECHECK_WAITING, S.RECHECK_REPORTED})
AFTER_RECHECK = frozenset({S.FIXING, S.REVOKED})
TO_BE_FILED = frozenset({S.DELIVERED, S.DECLINED, S.TERMINATED, S.RECHECKED})
CLOSED = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.MOVED})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
RULES = "公证程序规则（条号待核）"
PROOF = frozenset({Doc.MATTER_PROOF})
# A commitment stands in for proof, and whoever is represented shows by whom (公证法 26, 27).
PAPERS = PROOF | {Doc.COMMITMENT, Doc.AUTHORISATION}

# fmt: off
PROCEDURE = Procedure(
    label="公证",
    kind="10",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2021, 1, 1),
    basis="公证法；公证程序规则（司法部令第145号）",
    body=OrganisationKind.NOTARY,
    applied_for="办公证",
    opened_by=frozenset({Role.NOTARY}),
    answered=frozenset({S.ISSUED, S.DELIVERED, S.ARCHIVED, S.DECLINED, S.TERMINATED, S.RECHECKED}),
    says_opening="可以办理公证。请填写申请表并上传材料，也可以请窗口或热线帮您填。",
    stages={
        "申请": BEFORE_ACCEPTANCE | {S.NOT_ACCEPTED, S.WITHDRAWN, S.MOVED},
        "审查": IN_REVIEW | {S.DECLINED, S.TERMINATED},
        "审批": frozenset({S.APPROVING}),
        "出证": frozenset({S.APPROVED, S.ISSUED, S.DELIVERED}),
        "归档": frozenset({S.ARCHIVED, S.CLOSED}),
        "复查": UNDER_RECHECK | AFTER_RECHECK | {S.RECHECKED},
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, PERSON | OFFICE, takes=PAPERS, form=forms.Application,
             guard=rules.guardian_is_named, changes=rules.keep_application, tells=APPLICANT | OFFICERS,
             says="公证申请已提交，公证处会核对材料，告诉您能不能受理、还缺什么。",
             basis="公证法第二十五条至第二十七条；电子签名法第三条"),
        Step("use_own_table", "改用专门程序", frozenset({S.PREPARING, S.APPLIED}), S.MOVED, PERSON | OFFICE,
             form=forms.OwnTable, opens="chosen", tells=APPLICANT,
             says="遗嘱、保全证据、赋强公证和境外视频公证各有专门的程序，已为您转过去，请在那里填写申请表。",
             basis="公证法第三十七条；公证程序规则（条号待核）"),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, OFFICE, form=Explain, tells=APPLICANT,
             says="您还没有提出公证申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", BEFORE_ACCEPTANCE, S.WITHDRAWN, PERSON, form=Note, tells=APPLICANT | OFFICERS,
             says="您已撤回公证申请；需要时可以重新申请。"),
        Step("ask_papers", "一次性告知", S.APPLIED, S.CORRECTING, OFFICE, form=forms.AskForMore,
             guard=date_is_ahead, letter="notarization_supplement", tells=APPLICANT,
             says="办这项公证还需要：{items}。请在{by}前交来，材料齐了就受理。", basis="公证法第二十七条"),
        Step("hand_in", "补交申请材料", S.CORRECTING, S.APPLIED, PERSON | OFFICE, takes=PAPERS, form=Note,
             tells=APPLICANT | OFFICERS, says="补交的材料已收到，公证处正在核对。{note}"),
        Step("accept", "受理", S.APPLIED, S.REVIEWING, OFFICE, needs=frozenset({Doc.IDENTITY}), form=forms.Accept,
             guard=rules.may_be_accepted, changes=rules.keep_acceptance, letter="notarization_accepted", tells=BOTH,
             says="公证申请已受理，由{handler}承办，15个工作日内出证；补材料、核实和不可抗力的时间不算。",
             basis="公证法第二十五条、第三十条、第三十四条"),
        Step("turn_away", "不予受理", BEFORE_ACCEPTANCE - {S.PREPARING}, S.NOT_ACCEPTED, OFFICE, form=forms.TurnAway,
             changes=rules.keep_turning_away, letter="notarization_not_accepted", tells=APPLICANT,
             says="这项公证不能在这里受理：{explanation} 您可以找：{route}", basis=RULES),
        # --- 审查
        Step("tell_meaning", "告知法律意义", IN_REVIEW, None, OFFICE, needs=frozenset({Doc.NOTARY_RECORD}),
             form=forms.Told, guard=rules.second_person_is_there,
             says="{handler}已向您说明这项公证的法律意义和可能的后果。", basis="公证法第二十七条第二款"),
        Step("ask_for_more", "通知补充证明", S.REVIEWING, S.SUPPLEMENT, OFFICE, form=forms.AskForMore,
             guard=date_is_ahead, letter="notarization_supplement", tells=APPLICANT,
             says="审查中还需要您补充：{items}。请在{by}前交来，等您补充的时间不计入办理期限。",
             basis="公证法第二十七条、第三十条"),
        Step("supplement", "补充证明", S.SUPPLEMENT, S.REVIEWING, PERSON | OFFICE, takes=PROOF, form=Note,
             tells=APPLICANT | HANDLER, says="补充的材料已收到，审查继续。{note}", basis="公证法第三十条"),
        Step("verify", "核实", S.REVIEWING, S.VERIFYING, OFFICE, form=forms.Verify, letter="notarization_verify",
             tells=APPLICANT, says="正在核实您提供的材料（由{asked}核实），核实时间不计入办理期限。",
             basis="公证法第二十九条、第三十条"),
        Step("verified", "收到核实结果", S.VERIFYING, S.REVIEWING, OFFICE, form=forms.Verified, tells=APPLICANT,
             says="核实已有结果，审查继续。", basis="公证法第二十九条"),
        Step("halt", "因不可抗力中止", S.REVIEWING, S.HALTED, OFFICE, form=Explain, tells=APPLICANT,
             says="因不可抗力，公证办理中止：{explanation} 中止时间不计入办理期限。", basis="公证法第三十条"),
        Step("resume", "恢复办理", S.HALTED, S.REVIEWING, OFFICE, form=Note, tells=APPLICANT,
             says="公证恢复办理。{note}", basis="公证法第三十条"),
        Step("ask_recusal", "申请回避", IN_HAND, None, PERSON, form=forms.Recusal, when=rules.no_recusal_pending,
             tells=APPLICANT | OFFICERS, says="您申请公证员回避，公证处正在审查。", basis="公证法第二十三条"),
        Step("replace_notary", "更换公证员", IN_REVIEW, None, APPROVER, form=forms.Replace,
             guard=rules.may_replace, changes=rules.keep_replacement, letter="notarization_replaced", tells=BOTH,
             says="已改由{handler}为您办理。", basis="公证法第二十三条"),
        Step("keep_notary", "不予回避", IN_HAND, None, APPROVER, form=Explain, when=rules.recusal_is_asked,
             guard=rules.not_the_handler, tells=BOTH, says="没有更换公证员：{explanation}", basis="公证法第二十三条"),
        Step("ask_to_stop", "申请撤回", IN_HAND, None, PERSON, form=Explain, tells=APPLICANT | HANDLER | OFFICERS,
             says="您申请撤回公证，公证处会办理终止并按规定退费。", basis=RULES),
        Step("submit", "报请审批", S.REVIEWING, S.APPROVING, OFFICE, form=forms.Submit, when=rules.meaning_was_told,
             changes=rules.keep_draft, tells=OFFICERS, says="材料审查完毕，正在审批。", basis="公证法第三十条"),
        # --- 审批、出证、不予办理、终止
        Step("send_back", "退回审查", frozenset({S.APPROVING, S.APPROVED}), S.REVIEWING, APPROVER, form=Explain,
             guard=rules.not_the_handler, tells=HANDLER, public=False, basis=RULES),
        Step("approve", "批准出证", S.APPROVING, S.APPROVED, APPROVER, form=forms.Approve,
             guard=rules.not_the_handler, changes=rules.keep_approval, tells=BOTH,
             says="公证已经批准，正在制作公证书。", basis="公证程序规则（审批人与承办人分开，条号待核）"),
        Step("issue", "出具公证书", S.APPROVED, S.ISSUED, OFFICE, form=forms.Issue, guard=rules.medium_is_lawful,
             changes=rules.keep_certificate, letter="notarization_certificate", tells=APPLICANT | OFFICERS,
             says="公证书已经出具，请来领取或者等候送达。", basis="公证法第三十条、第三十二条"),
        Step("decline", "不予办理公证", IN_REVIEW | {S.APPROVING}, S.DECLINED, APPROVER, form=forms.Decline,
             guard=rules.not_the_handler, changes=rules.keep_refusal, letter="notarization_declined", tells=BOTH,
             says="这项公证不予办理：{explanation} 您不同意的，办法写在决定书里。", basis="公证法第三十一条"),
        Step("terminate", "终止公证", IN_HAND, S.TERMINATED, APPROVER, form=forms.Terminate,
             guard=rules.ground_is_there, changes=rules.keep_termination, letter="notarization_terminated",
             tells=BOTH, says="这项公证已终止：{explanation} 您不同意的，办法写在决定书里。", basis=RULES),
        Step("deliver", "发送公证书", S.ISSUED, S.DELIVERED, OFFICE, form=forms.Deliver,
             guard=rules.delivered_as_issued, changes=rules.keep_delivery, tells=APPLICANT,
             says="您已收到公证书。认为公证书有错误的，可以在收到之日起1年内申请复查。",
             basis="公证法第三十三条、第三十九条"),
        Step("archive", "立卷归档", S.DELIVERED, S.ARCHIVED, OFFICE, needs=frozenset({Doc.CASE_FILE}),
             form=forms.Archive, guard=rules.file_term_is_lawful, changes=rules.keep_file, public=False,
             basis="公证法第三十五条"),
        Step("archive_ending", "立卷归档，结案", TO_BE_FILED - {S.DELIVERED}, S.CLOSED, OFFICE,
             needs=frozenset({Doc.CASE_FILE}), form=forms.Archive, guard=rules.file_term_is_lawful,
             changes=rules.keep_file, public=False, basis="公证法第三十五条"),
        Step("settle", "复查期满，结案", S.ARCHIVED, S.CLOSED, OFFICE | {Role.SYSTEM}, when=recheck.window_is_over,
             says="当事人申请复查的期限已过，这件公证结案。"),
        # --- 复查
        Step("ask_recheck", "申请复查", frozenset({S.DELIVERED, S.ARCHIVED}), S.RECHECK, PERSON | OFFICE,
             takes=PROOF, form=forms.Recheck, guard=recheck.knew_by_now, changes=recheck.keep_request,
             tells=APPLICANT | OFFICERS, says="复查申请已收到，30日内答复；等补证明和核实的时间不算。",
             basis="公证法第三十九条；公证程序规则第六十一条"),
        Step("ask_recheck_of_closed", "对已结案的公证书申请复查", S.PREPARING, S.RECHECK, PERSON | OFFICE,
             takes=PROOF, form=forms.RecheckOfClosed, guard=recheck.certificate_is_known,
             changes=recheck.keep_request_of_closed, tells=APPLICANT | OFFICERS,
             says="复查申请已收到，30日内答复；等补证明和核实的时间不算。",
             basis="公证法第三十九条；公证程序规则第六十一条"),
        Step("refuse_recheck", "不受理复查", S.RECHECK, S.RECHECKED, APPROVER, form=forms.RefuseRecheck,
             changes=recheck.keep_recheck_refusal, letter="notarization_recheck_refused", tells=APPLICANT,
             says="复查申请没有受理：{explanation} 您还可以怎么办，写在通知里。", basis="公证程序规则第六十一条"),
        Step("assign_recheck", "指定复查人", S.RECHECK, S.RECHECKING, APPROVER, form=forms.AssignRecheck,
             guard=recheck.may_recheck, changes=recheck.keep_rechecker, tells=BOTH,
             says="由{handler}复查，不是原来承办的公证员。", basis="公证程序规则（复查，条号待核）"),
        Step("ask_recheck_proof", "复查通知补充证明", S.RECHECKING, S.RECHECK_WAITING, OFFICE, form=forms.AskForMore,
             guard=date_is_ahead, letter="notarization_supplement", tells=APPLICANT,
             says="复查还需要您补充：{items}。请在{by}前交来。", basis=RULES),
        Step("recheck_supplement", "复查补充证明", S.RECHECK_WAITING, S.RECHECKING, PERSON | OFFICE, takes=PROOF,
             form=Note, tells=HANDLER, says="补充的材料已收到，复查继续。{note}", basis=RULES),
        Step("report_recheck", "报告复查意见", S.RECHECKING, S.RECHECK_REPORTED, OFFICE, form=forms.RecheckOpinion,
             changes=recheck.keep_proposal, tells=OFFICERS, public=False, basis=RULES),
        Step("uphold", "复查：维持", S.RECHECK_REPORTED, S.RECHECKED, APPROVER, form=forms.Decide,
             guard=recheck.may_decide, changes=recheck.keep_decision, letter="notarization_recheck", tells=APPLICANT,
             says="复查结果是维持公证书：{explanation} 您还可以怎么办，写在决定书里。",
             basis="公证法第三十九条、第四十条"),
        Step("correct", "复查：更正", S.RECHECK_REPORTED, S.FIXING, APPROVER, form=forms.Decide,
             guard=recheck.may_decide, changes=recheck.keep_decision, letter="notarization_recheck", tells=BOTH,
             says="复查结果是更正公证书：{explanation}", basis="公证法第三十九条"),
        Step("complete", "复查：补正", S.RECHECK_REPORTED, S.FIXING, APPROVER, form=forms.Decide,
             guard=recheck.may_decide, changes=recheck.keep_decision, letter="notarization_recheck", tells=BOTH,
             says="复查结果是补正公证书：{explanation}", basis=RULES),
        Step("revoke_partly", "复查：部分撤销", S.RECHECK_REPORTED, S.FIXING, APPROVER, form=forms.Decide,
             guard=recheck.may_decide, changes=recheck.keep_decision, letter="notarization_recheck", tells=BOTH,
             says="复查结果是撤销公证书的一部分：{explanation}", basis=RULES),
        Step("revoke", "复查：撤销", S.RECHECK_REPORTED, S.REVOKED, APPROVER, form=forms.Decide,
             guard=recheck.may_decide, changes=recheck.keep_decision, letter="notarization_recheck", tells=BOTH,
             says="复查结果是撤销公证书，公证书自始无效：{explanation}", basis="公证法第三十九条"),
        Step("report_result", "报告公证协会", AFTER_RECHECK, None, OFFICE, form=forms.Report,
             when=recheck.result_not_reported, public=False, basis="公证程序规则第六十三条"),
        Step("fix", "出具更正（补正）文书", S.FIXING, S.RECHECKED, OFFICE, form=forms.Fix,
             when=recheck.result_is_reported, letter="notarization_fixed", tells=APPLICANT,
             says="更正（补正）文书已经出具，请来领取。", basis="公证程序规则第六十三条"),
        Step("announce", "公告撤销", S.REVOKED, S.RECHECKED, OFFICE, form=forms.Announce,
             when=recheck.result_is_reported, guard=recheck.announced_by_now, letter="notarization_revoked",
             tells=APPLICANT, says="公证书的撤销已在{place}公告。", basis="公证法第三十九条"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="NT00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "答复是否受理", workdays(3), "收到申请后3个工作日内答复（默认值）", id="NT00A",
              runs_from=frozenset({S.APPLIED}), until=ANY - {S.APPLIED, S.CORRECTING},
              paused_in=frozenset({S.CORRECTING}), confidence=Confidence.U),
        Clock("certificate", "出具公证书", workdays(15), "公证法第三十条", id="NT01",
              runs_from_steps=frozenset({"accept"}), until=ANY - IN_HAND, paused_in=NOT_COUNTED),
        Clock("verification", "委托核实的答复", months(1), "公证法第二十九条；公证程序规则（条号待核）",
              id="NT01V", runs_from=frozenset({S.VERIFYING}), until=ANY - {S.VERIFYING}, restarts=True,
              confidence=Confidence.U),
        Clock("party_delay", "等当事人补充，满期可以终止", months(6), "公证程序规则（条号待核）", id="NT02",
              runs_from=frozenset({S.SUPPLEMENT}), until=ANY - {S.SUPPLEMENT}, restarts=True,
              confidence=Confidence.U),
        Clock("recheck", "作出复查决定", days(30), "公证程序规则（条号待核）", id="NT03",
              runs_from=frozenset({S.RECHECK}), until=ANY - UNDER_RECHECK, paused_in=frozenset({S.RECHECK_WAITING}),
              confidence=Confidence.U),
        Clock("recheck_proof", "复查补充证明最长", months(6), "公证程序规则（条号待核）", id="NT03P",
              runs_from=frozenset({S.RECHECK_WAITING}), until=ANY - {S.RECHECK_WAITING}, restarts=True,
              confidence=Confidence.U),
        Clock("fix", "更正、补正", days(10), "公证程序规则（条号待核）", id="NT03F", runs_from=frozenset({S.FIXING}),
              until=ANY - {S.FIXING}, confidence=Confidence.U),
        Clock("recheck_window", "当事人申请复查", recheck.WINDOW, "公证程序规则第六十一条", id="NT04",
              runs_from=frozenset({S.DELIVERED}), start_field="received_on",
              until=ANY - {S.DELIVERED, S.ARCHIVED}, confidence=Confidence.S2),
        Clock("recheck_longest", "最长复查期限", recheck.LONGEST, "公证程序规则第六十一条", id="NT04L",
              runs_from=frozenset({S.ISSUED}), until=UNDER_RECHECK, confidence=Confidence.S2),
        Clock("archive", "立卷归档", months(3), "公证法第三十五条（月数待核）", id="NT05",
              runs_from=TO_BE_FILED, until=ANY - TO_BE_FILED, restarts=True, confidence=Confidence.U),
        # The day of the decision itself: 24 hours from its beginning.
        Clock("report", "当日报告公证协会", hours(24), "公证程序规则第六十三条", id="NT06",
              runs_from=AFTER_RECHECK, start_field="decided_on", until_steps=frozenset({"report_result"}),
              until=ANY - AFTER_RECHECK, confidence=Confidence.S2),
    ),
)
# fmt: on
