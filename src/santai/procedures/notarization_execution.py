"""Enforceable debt instruments (赋强公证) and the execution certificate (执行证书) that opens the way to the court.

Basis: 公证法 37; 民事诉讼法 (2024-01-01) 249-250; 最高人民法院关于公证债权文书执行若干问题的规定 (2018-10-01) 3, 5, 8,
9, 13, 16, 21; how the debtor is asked is agreed in the instrument (guidance of the association, to be confirmed). What
this kind shares with every notarization is taken over row by row from `procedures/notarization.py` (`course`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, months, workdays, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_execution as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import notarization as common
from santai.procedures.rules import notarization_execution as rules
from santai.procedures.rules.notarization_course import clocks, course
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
    DELIVERED = "delivered", "已领取，债务履行中"
    REQUESTED = "requested", "已申请执行证书"
    INQUIRING = "inquiring", "向债务人核实中"
    HEARD = "heard", "已听取债务人意见"
    PROPOSED = "proposed", "执行证书待审批"
    EXECUTABLE = "executable", "已出执行证书，可申请强制执行"
    REFUSED = "refused", "不予出具执行证书，待归档"
    NOT_ENFORCED = "not_enforced", "法院不予受理或不予执行，待归档"
    FULFILLED = "fulfilled", "债务已履行，待归档"
    DECLINED = "declined", "不予办理，待归档"
    TERMINATED = "terminated", "已终止，待归档"
    CLOSED = "closed", "已结案"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


APPROVER = Role.NOTARY_DIRECTOR
ON_REQUEST = frozenset({S.REQUESTED, S.INQUIRING, S.HEARD, S.PROPOSED})
AFTER_REQUEST = frozenset({S.EXECUTABLE, S.REFUSED, S.NOT_ENFORCED})
TO_BE_FILED = frozenset({S.REFUSED, S.NOT_ENFORCED, S.FULFILLED, S.DECLINED, S.TERMINATED})
FINAL = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
PROOF = frozenset({Doc.MATTER_PROOF})
COURT = "最高人民法院关于公证债权文书执行若干问题的规定"

# fmt: off
PROCEDURE = Procedure(
    label="赋强公证和执行证书",
    kind="11",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2018, 10, 1),
    basis="公证法第三十七条；最高人民法院关于公证债权文书执行若干问题的规定",
    body=OrganisationKind.NOTARY,
    applied_for="给借款等债权文书办赋强公证",
    answered=frozenset({S.DELIVERED, S.EXECUTABLE, S.REFUSED, S.NOT_ENFORCED, S.FULFILLED, S.DECLINED, S.TERMINATED}),
    says_opening="可以给债权文书办理赋强公证：债务人到期不履行，不用打官司，可以直接申请强制执行。请双方一起申请。",
    stages={
        "申请": frozenset({S.PREPARING, S.APPLIED, S.CORRECTING, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.SUPPLEMENT, S.VERIFYING, S.HALTED, S.DECLINED, S.TERMINATED}),
        "出证": frozenset({S.APPROVING, S.APPROVED, S.ISSUED}),
        "履行": frozenset({S.DELIVERED, S.FULFILLED}),
        "执行证书": ON_REQUEST | AFTER_REQUEST,
        "归档": frozenset({S.CLOSED}),
    },
    steps=(
        # --- 赋强公证：双方一起申请，文书要写明给付和愿意接受强制执行
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, PERSON | OFFICE, takes=PROOF, form=forms.Application,
             changes=common.keep_application, tells=APPLICANT | OFFICERS,
             says="赋强公证的申请已提交，公证处会核对材料，告诉您能不能受理、还缺什么。", basis="公证法第三十七条"),
        *course(S, "not_applied", "withdraw", "ask_papers"),
        *course(S, "hand_in", takes=PROOF),
        *course(S, "accept", needs=frozenset({Doc.IDENTITY, Doc.DEBT_INSTRUMENT})),
        *course(S, "turn_away", "tell_meaning", "ask_for_more", "supplement", "verify", "verified", "halt", "resume"),
        *course(S, "ask_recusal", "replace_notary", "keep_notary", "ask_to_stop"),
        Step("check_instrument", "核对债权文书", S.REVIEWING, None, OFFICE, form=forms.Check, changes=rules.keep_check,
             public=False, basis=f"公证法第三十七条；{COURT}第三条、第五条"),
        *course(S, "submit", when=rules.instrument_is_checked),
        *course(S, "send_back", "approve", "issue", "decline", "terminate"),
        *course(S, "deliver", says="您已收到公证书。对方到期不履行的，您可以带公证书和履行情况的材料申请执行证书。"),
        Step("performed", "债务已履行", frozenset({S.DELIVERED, S.EXECUTABLE}), S.FULFILLED, PERSON | OFFICE,
             form=forms.Performed, guard=rules.performed_by_now, tells=BOTH, says="债务已经履行：{finding}",
             basis="公证法第三十七条"),
        # --- 执行证书：申请、向债务人核实、审批
        Step("ask_execution", "申请执行证书", S.DELIVERED, S.REQUESTED, PERSON | OFFICE,
             needs=frozenset({Doc.PERFORMANCE}), form=forms.AskExecution, guard=rules.payment_was_due,
             changes=rules.keep_request, tells=BOTH,
             says="执行证书的申请已收到，公证处会按约定的方式向债务人核实。申请后，申请强制执行的2年重新计算。",
             basis=f"{COURT}第三条、第九条"),
        Step("withdraw_execution", "撤回执行证书申请", ON_REQUEST, S.DELIVERED, PERSON, form=Note, tells=BOTH,
             says="您已撤回执行证书的申请；对方仍不履行的，可以再申请。", basis=f"{COURT}第九条"),
        Step("inquire", "向债务人核实", frozenset({S.REQUESTED, S.HEARD}), S.INQUIRING, OFFICE, form=forms.Inquiry,
             guard=rules.served_by_now, changes=rules.keep_inquiry, letter="notarization_execution_inquiry",
             tells=APPLICANT, says="已按约定的方式向债务人核实，等他答复；核实的时间不计入办理期限。",
             basis="公证法第二十九条、第三十条；债权文书的约定"),
        Step("record_answer", "记录债务人答复", frozenset({S.INQUIRING, S.HEARD}), S.HEARD, OFFICE, form=forms.Answer,
             guard=rules.answered_by_now, changes=rules.keep_answer, tells=APPLICANT,
             says="债务人在{answered_on}作了答复，公证处正在核对。", basis="公证法第二十九条"),
        Step("no_answer", "债务人没有答复", S.INQUIRING, S.HEARD, OFFICE | {Role.SYSTEM},
             when=rules.time_to_answer_is_over, tells=BOTH, says="债务人在约定的期限里没有答复，公证处继续办理。",
             basis="债权文书的约定"),
        Step("propose", "报请审批执行证书", S.HEARD, S.PROPOSED, OFFICE, form=forms.Proposal,
             changes=rules.keep_proposal, tells=OFFICERS, says="核实完毕，正在审批。",
             basis="公证程序规则（审批人与承办人分开，条号待核）"),
        Step("return_proposal", "退回核实", S.PROPOSED, S.HEARD, APPROVER, form=Explain, guard=common.not_the_handler,
             public=False, tells=HANDLER, basis="公证程序规则（条号待核）"),
        Step("issue_execution", "出具执行证书", S.PROPOSED, S.EXECUTABLE, APPROVER, form=forms.Certificate,
             guard=rules.may_be_certified, changes=rules.keep_execution, letter="notarization_execution_certificate",
             tells=BOTH,
             says="执行证书已经出具。请带公证书和执行证书，向债务人住所地或者财产所在地的人民法院申请强制执行。",
             basis=f"公证法第三十七条；{COURT}第三条"),
        Step("refuse_execution", "不予出具执行证书", S.PROPOSED, S.REFUSED, APPROVER, form=forms.RefuseCertificate,
             guard=common.not_the_handler, changes=rules.keep_refusal, letter="notarization_execution_refused",
             tells=BOTH, says="不予出具执行证书：{explanation} 您可以就债权直接向人民法院起诉。",
             basis=f"{COURT}第八条"),
        # --- 法院执行
        Step("note_execution", "登记执行通知", S.EXECUTABLE, None, PERSON | OFFICE, form=forms.Notice,
             guard=rules.served_after_certificate, either=True, says="{court}已经立案执行（{case_number}）。",
             basis=f"{COURT}第十三条"),
        Step("contest", "债务人申请不予执行", S.EXECUTABLE, None, PERSON | OFFICE, form=forms.Contest,
             when=rules.court_is_not_reviewing, guard=rules.filed_by_now, tells=HANDLER,
             says="债务人向法院申请不予执行，法院正在审查。", basis=f"{COURT}第十二条、第十三条"),
        Step("court_extends", "法院延长审查", S.EXECUTABLE, None, PERSON | OFFICE, form=forms.Lengthen,
             when=rules.not_lengthened_yet, either=True, says="法院的审查延长{amount}日。",
             basis=f"{COURT}第十六条"),
        Step("court_rejects_contest", "法院驳回不予执行的申请", S.EXECUTABLE, None, PERSON | OFFICE,
             needs=frozenset({Doc.COURT_PAPER}), form=forms.CourtRejects, when=rules.court_is_reviewing,
             guard=rules.decided_by_now, either=True, tells=HANDLER, says="法院驳回了债务人的申请，执行继续。",
             basis=f"{COURT}第十六条"),
        Step("court_refuses", "法院不予受理或不予执行", S.EXECUTABLE, S.NOT_ENFORCED, PERSON | OFFICE,
             needs=frozenset({Doc.COURT_PAPER}), form=forms.CourtRefuses, guard=rules.decided_by_now,
             changes=rules.keep_court_refusal, letter="notarization_execution_not_enforced", either=True,
             tells=BOTH | OFFICERS,
             says="法院没有执行：{explanation} 您可以走的路写在告知书里。",
             basis=f"{COURT}第五条、第二十条；民事诉讼法第二百四十九条"),
        # --- 归档
        *course(S, "archive_ending", source=TO_BE_FILED),
    ),
    clocks=(
        *clocks(S, "application", "acceptance", "certificate", "verification", "party_delay"),
        Clock("execution_certificate", "出具执行证书", workdays(15), "公证法第三十条（比照）", id="NT11",
              runs_from=frozenset({S.REQUESTED}), until=ANY - ON_REQUEST, restarts=True,
              paused_in=frozenset({S.INQUIRING}), confidence=Confidence.U),
        Clock("debtor_answer", "债务人答复", days(7), "债权文书的约定（没有约定的，日数为默认值）", id="NT11A",
              runs_from_steps=frozenset({"inquire"}), start_field="served_on", limit_field="answer_days",
              until_steps=frozenset({"record_answer", "no_answer"}), until=ANY - {S.INQUIRING}, restarts=True,
              confidence=Confidence.U),
        Clock("execution", "申请强制执行", years(2), f"民事诉讼法第二百五十条；{COURT}第九条（申请执行证书后重新计算）",
              id="NT11E", runs_from_steps=frozenset({"ask_execution"}), until_steps=frozenset({"note_execution"}),
              until=TO_BE_FILED, restarts=True),
        Clock("contest", "债务人申请不予执行", days(15), f"{COURT}第十三条", id="NT11N",
              runs_from_steps=frozenset({"note_execution"}), start_field="served_on",
              until_steps=frozenset({"contest"}), stop_field="filed_on", until=TO_BE_FILED, restarts=True),
        Clock("court_review", "法院审查不予执行", days(60), f"{COURT}第十六条", id="NT11R",
              runs_from_steps=frozenset({"contest"}), start_field="filed_on",
              until_steps=frozenset({"court_rejects_contest"}), until=TO_BE_FILED,
              extension=Extension("court_extends", at_most=30), restarts=True),
        Clock("archive", "立卷归档", months(3), "公证法第三十五条（月数待核）", id="NT05", runs_from=TO_BE_FILED,
              until=FINAL, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
