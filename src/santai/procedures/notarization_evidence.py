"""Preserving evidence on site (保全证据公证): two persons go, write down minute by minute, hash what they recorded and
seal the originals.

Basis: 公证法 11 (9), 27-40; 公证程序规则 (司法部令第145号) 54, whose number is to be confirmed. What this kind shares
with every notarization is taken over row by row from `procedures/notarization.py` (`course`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, hours, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_evidence as forms
from santai.procedures.rules import notarization as common
from santai.procedures.rules import notarization_evidence as rules
from santai.procedures.rules.notarization_course import clocks, course
from santai.procedures.rules.roles import NOTARIES as OFFICE
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    APPLIED = "applied", "已申请，待受理"
    CORRECTING = "correcting", "待补申请材料"
    REVIEWING = "reviewing", "已受理，办理中"
    SUPPLEMENT = "supplement", "待补充证明"
    VERIFYING = "verifying", "核实中"
    HALTED = "halted", "因不可抗力中止"
    APPROVING = "approving", "待审批"
    APPROVED = "approved", "已审批，待出证"
    ISSUED = "issued", "已出证，待领取"
    DELIVERED = "delivered", "已领取，待归档"
    DECLINED = "declined", "不予办理，待归档"
    TERMINATED = "terminated", "已终止，待归档"
    CLOSED = "closed", "已结案"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


FINAL = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | {Tell.HANDLER}
PROOF = frozenset({Doc.MATTER_PROOF})
RULES = "公证程序规则第五十四条（条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="保全证据公证",
    kind="18",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2021, 1, 1),
    basis="公证法；公证程序规则（司法部令第145号）",
    body=OrganisationKind.NOTARY,
    applied_for="请公证处保全证据",
    answered=frozenset({S.ISSUED, S.DELIVERED, S.DECLINED, S.TERMINATED}),
    says_opening="可以请公证处保全证据。请写明保全什么、在哪里、急不急，也可以请窗口或热线帮您填。",
    stages={
        "申请": frozenset({S.PREPARING, S.APPLIED, S.CORRECTING, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "保全": frozenset({S.REVIEWING, S.SUPPLEMENT, S.VERIFYING, S.HALTED, S.DECLINED, S.TERMINATED}),
        "出证": frozenset({S.APPROVING, S.APPROVED, S.ISSUED, S.DELIVERED}),
        "归档": frozenset({S.CLOSED}),
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, PERSON | OFFICE, takes=PROOF, form=forms.Application,
             changes=common.keep_application, tells=APPLICANT | OFFICERS,
             says="保全证据的申请已提交，公证处会核对材料，告诉您能不能受理、还缺什么。", basis="公证法第十一条第九项"),
        Step("apply_urgently", "提交申请（很急）", S.PREPARING, S.APPLIED, PERSON | OFFICE, takes=PROOF,
             form=forms.UrgentApplication, changes=rules.keep_urgent_application, tells=APPLICANT | OFFICERS,
             says="很急的申请已提交，公证处会在24小时内答复您要不要马上去现场。", basis="公证法第十一条第九项"),
        *course(S, "not_applied", "withdraw", "ask_papers", "accept", "turn_away"),
        *course(S, "hand_in", takes=PROOF),
        # --- 现场：两人，按时间记录，留存校验值，封存原件
        *course(S, "tell_meaning", "ask_for_more", "supplement", "verify", "verified", "halt", "resume"),
        *course(S, "ask_recusal", "replace_notary", "keep_notary", "ask_to_stop"),
        Step("plan_visit", "约定现场保全", S.REVIEWING, None, OFFICE, form=forms.PlanVisit, guard=rules.two_persons_go,
             changes=rules.keep_visit, tells=APPLICANT,
             says="{on_day}，{handler}和另一位公证人员到{place}为您保全证据，请提前到场。", basis=RULES),
        Step("record_acts", "现场记录", S.REVIEWING, None, OFFICE, needs=frozenset({Doc.NOTARY_RECORD, Doc.RECORDING}),
             form=forms.OnSite, when=rules.visit_is_planned, guard=rules.done_by_now, changes=rules.keep_acts,
             tells=APPLICANT, says="{handler}和另一位公证人员已在{place}完成现场保全，录音录像和照片的校验值已经留存。",
             basis=RULES),
        Step("break_off", "现场没有办成", S.REVIEWING, None, OFFICE, form=forms.BreakOff, when=rules.visit_is_planned,
             changes=rules.keep_reason, tells=APPLICANT,
             says="这次现场保全没有办成：{explanation} 公证处会和您商量怎么办。", basis=RULES),
        Step("seal_originals", "封存原件", S.REVIEWING, None, OFFICE, needs=frozenset({Doc.RECORDING}), form=forms.Seal,
             when=rules.not_sealed_yet, changes=rules.keep_seal, tells=APPLICANT,
             says="取得的物品和存储介质已经封存，封条号{seal_number}；拆封前请先联系公证处。", basis=RULES),
        Step("no_seal", "无须封存", S.REVIEWING, None, OFFICE, form=forms.NothingToSeal, when=rules.not_sealed_yet,
             changes=rules.keep_no_seal, public=False, basis=RULES),
        *course(S, "submit", when=rules.acts_are_recorded_and_sealed),
        # --- 审批、出证、不予办理、终止
        *course(S, "send_back", "approve"),
        *course(S, "issue", guard=rules.media_are_unchanged, letter="notarization_evidence_certificate"),
        *course(S, "decline", "terminate", "deliver"),
        *course(S, "archive", target=S.CLOSED),
        *course(S, "archive_ending"),
    ),
    clocks=(
        *clocks(S, "application", "acceptance", "certificate", "verification", "party_delay", "archive"),
        Clock("urgent_answer", "答复要不要马上去现场", hours(24), "公证机构的服务承诺（时数为默认值）", id="NT18U",
              runs_from_steps=frozenset({"apply_urgently"}),
              until_steps=frozenset({"accept", "turn_away", "ask_papers"}), until=FINAL, confidence=Confidence.U),
        Clock("seal", "封存原件", workdays(1), "公证程序规则第五十四条（日数为默认值）", id="NT18S",
              runs_from_steps=frozenset({"record_acts"}), until_steps=frozenset({"seal_originals", "no_seal"}),
              until=frozenset({S.DECLINED, S.TERMINATED}), restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
