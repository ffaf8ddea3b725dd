"""The rows of commercial arbitration that both versions of the law share; each names its articles and adds its own.

The two tables are `procedures/arbitration_commercial_2017.py` and `procedures/arbitration_commercial_2025.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms as django_forms
from django.db.models import TextChoices

from santai.casework.kernel import Step, Tell
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import arbitration as common_forms
from santai.procedures.forms import arbitration_commercial as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import arbitration as common
from santai.procedures.rules import arbitration_commercial as rules
from santai.procedures.rules import arbitration_tribunal as tribunal
from santai.procedures.rules.conditions import all_of
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, not_asked_before, supplement_is_late
from santai.procedures.rules.roles import COMMISSION, PERSON, SECRETARY, TRIBUNAL
from santai.procedures.rules.roles import COMMISSION_HEAD as HEAD
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    SUBMITTED = "submitted", "已提交，待审查"
    SUPPLEMENT = "supplement", "待补正"
    FEE_DUE = "fee_due", "已受理，待交费"
    ACCEPTED = "accepted", "待组庭"
    FORMED = "formed", "已组庭，待开庭"
    HEARING = "hearing", "审理中"
    MEDIATING = "mediating", "调解中"
    MEDIATED = "mediated", "调解书待签收"
    AWARDED = "awarded", "已裁决"
    COURT_REVIEW = "court_review", "法院审查撤销申请中"
    CLOSED = "closed", "裁决后已归档"
    SETTLED = "settled", "已调解结案"
    DECLINED = "declined", "不予受理"
    DISMISSED = "dismissed", "仲裁协议不成立，已撤案"
    SET_ASIDE = "set_aside", "裁决已被撤销"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True)
class Articles:
    """Where a version of the law speaks of each thing."""

    scope: str
    agreement: str
    application: str
    acceptance: str
    service: str
    objection: str
    preservation: str
    tribunal: str
    disclosure: str
    recusal: str
    notice: str
    hearing: str
    absence: str
    withdrawal: str
    mediation: str
    award: str
    partial: str
    correction: str
    set_aside: str
    renewal: str


FEES = "仲裁委员会仲裁收费办法"
BODY_RULES = "本机构仲裁规则（待核）"
EITHER_SIDE = PERSON | SECRETARY
TIMER = SECRETARY | {Role.SYSTEM}
PAPERS = frozenset({Doc.ARBITRATION_AGREEMENT, Doc.MATTER_PROOF, Doc.AUTHORISATION})

BEFORE_ACCEPTANCE = frozenset({S.SUBMITTED, S.SUPPLEMENT})
BEFORE_TRIBUNAL = BEFORE_ACCEPTANCE | {S.FEE_DUE, S.ACCEPTED}
WITH_TRIBUNAL = frozenset({S.FORMED, S.HEARING})
PROCEEDING = WITH_TRIBUNAL | {S.ACCEPTED}
TRIBUNAL_AT_WORK = WITH_TRIBUNAL | {S.MEDIATING, S.MEDIATED}
AFTER_AWARD = frozenset({S.AWARDED, S.COURT_REVIEW})
FINAL = frozenset({S.CLOSED, S.SETTLED, S.DECLINED, S.DISMISSED, S.SET_ASIDE, S.DEEMED_WITHDRAWN, S.WITHDRAWN})
ANY = frozenset(S.values)
STAGES = {
    "申请": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.DECLINED, S.WITHDRAWN, S.DEEMED_WITHDRAWN}),
    "受理": frozenset({S.FEE_DUE, S.ACCEPTED, S.DISMISSED}),
    "审理": frozenset({S.FORMED, S.HEARING, S.MEDIATING, S.MEDIATED}),
    "裁决": frozenset({S.AWARDED, S.COURT_REVIEW, S.SET_ASIDE}),
    "办结": frozenset({S.SETTLED, S.CLOSED}),
}

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | OFFICERS
TRIBUNAL_FORMED = "仲裁庭已组成，首席或独任仲裁员是{presiding}。认为应当回避的，请在首次开庭前提出。"
Form = type[django_forms.Form]


# fmt: off
def application(law: Articles, form: Form) -> tuple[Step, ...]:
    """申请与补正"""
    return (
        Step("apply", "提交仲裁申请", S.PREPARING, S.SUBMITTED, EITHER_SIDE, takes=PAPERS, form=form,
             changes=rules.keep_application, tells=BOTH,
             says="仲裁申请已提交，仲裁机构应当自收到之日起5日内决定是否受理。", basis=law.application),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, SECRETARY, form=Explain, tells=APPLICANT,
             says="您还没有提出仲裁申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("ask_for_more", "通知补正", S.SUBMITTED, S.SUPPLEMENT, COMMISSION, form=AskForMore,
             when=not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="arbitration_supplement", tells=APPLICANT,
             says="还需要您补充：{items}。请在{by}前交来；仲裁协议不完整的，请与对方达成补充协议。",
             basis=f"{law.agreement}；{law.application}"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.SUBMITTED, EITHER_SIDE, takes=PAPERS, form=Note, tells=BOTH,
             says="补交的材料已收到，审查继续。{note}", basis=law.application),
        Step("lapse", "逾期未补正，视为撤回", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, TIMER, when=supplement_is_late,
             changes=common.keep_basis, letter="arbitration_lapsed", tells=BOTH,
             says="没有在期限内补交材料，申请视为撤回。准备好材料后，您可以重新申请。", basis=BODY_RULES),
    )


def acceptance(law: Articles) -> tuple[Step, ...]:
    """受理、不予受理、撤回"""
    return (
        Step("accept", "受理", S.SUBMITTED, S.FEE_DUE, COMMISSION, needs=frozenset({Doc.IDENTITY}), form=forms.Accept,
             guard=rules.may_be_accepted, changes=rules.keep_acceptance, letter="arbitration_accepted", tells=APPLICANT,
             says="仲裁申请已经受理。请按受理通知书交受理费，交费期限和计算过程都写在里面；有困难的可以申请缓交。",
             basis=law.acceptance),
        Step("decline", "不予受理", S.SUBMITTED, S.DECLINED, COMMISSION, form=forms.Decline,
             changes=rules.keep_refusal, letter="arbitration_declined", tells=APPLICANT,
             says="仲裁申请没有受理：{explanation} 您可以找：{route}", basis=f"{law.scope}；{law.acceptance}"),
        Step("withdraw", "撤回申请", BEFORE_TRIBUNAL | {S.PREPARING}, S.WITHDRAWN, PERSON, form=common_forms.Withdraw,
             changes=rules.keep_withdrawal, letter="arbitration_withdrawn", tells=BOTH,
             says="您已撤回仲裁申请；仲裁庭组成前撤回的，已交的受理费全部退还。",
             basis=f"{law.withdrawal}；{FEES}第十二条"),
    )


def fees(law: Articles) -> tuple[Step, ...]:
    """交费"""
    return (
        Step("ask_deferral", "申请缓交受理费", S.FEE_DUE, None, PERSON, form=Explain,
             when=rules.no_deferral_pending, tells=BOTH,
             says="您申请缓交受理费，仲裁机构正在审查，等待期间不计入交费期限。",
             basis=f"{FEES}第四条、第六条"),
        Step("defer_fee", "同意缓交", S.FEE_DUE, S.ACCEPTED, COMMISSION, form=forms.Defer, guard=date_is_ahead,
             tells=APPLICANT, says="同意您缓交受理费，请在{by}前交齐；仲裁程序先进行。", basis=f"{FEES}第六条"),
        Step("refuse_deferral", "不同意缓交", S.FEE_DUE, None, COMMISSION, form=Explain, when=rules.deferral_is_asked,
             changes=common.keep_basis, letter="arbitration_deferral_refused", tells=APPLICANT,
             says="没有同意缓交：{explanation} 请在剩下的期限内交费。", basis=f"{FEES}第四条、第六条"),
        Step("pay_fee", "登记交费", S.FEE_DUE, S.ACCEPTED, SECRETARY, form=forms.Paid, guard=rules.paid_in_full,
             changes=rules.keep_payment, tells=APPLICANT, says="受理费{amount}元已收到，接下来组成仲裁庭。",
             basis=f"{FEES}第四条"),
        Step("pay_deferred_fee", "登记补交缓交的费用", PROCEEDING, None, SECRETARY, form=forms.Paid,
             when=rules.fee_is_open, guard=rules.paid_in_full, changes=rules.keep_payment, tells=APPLICANT,
             says="缓交的受理费{amount}元已收到。", basis=f"{FEES}第六条"),
        Step("fee_lapse", "逾期未交费，视为撤回", S.FEE_DUE, S.DEEMED_WITHDRAWN, TIMER, when=rules.fee_is_late,
             changes=common.keep_basis, letter="arbitration_fee_lapsed", tells=BOTH,
             says="没有在期限内交受理费，也没有获准缓交，申请视为撤回。您以后可以重新申请。",
             basis=f"{FEES}第四条、第六条"),
    )


def parties(
    law: Articles,
    deciders: frozenset[Role] = COMMISSION,
    stands: Form = forms.RuleOnAgreement,
    fails: Form = forms.InvalidAgreement,
) -> tuple[Step, ...]:
    """送达、答辩、仲裁协议异议"""
    return (
        Step("send_copy", "向被申请人送达", PROCEEDING, None, SECRETARY, form=common_forms.SendCopy,
             when=common.copy_not_sent, guard=common.by_now("served_on"),
             says="申请书副本、仲裁规则和仲裁员名册已送达对方。", basis=law.service),
        Step("answer", "登记答辩书", PROCEEDING, None, SECRETARY, form=common_forms.Reply,
             guard=common.by_now("received_on"), tells=APPLICANT, says="对方已提交答辩：{text}", basis=law.service),
        Step("no_answer", "逾期未答辩", PROCEEDING, None, TIMER, when=common.answer_is_late,
             says="对方没有在期限内答辩，不影响仲裁进行。", basis=law.service),
        Step("counterclaim", "登记反请求", PROCEEDING, None, SECRETARY, form=common_forms.Reply,
             guard=common.by_now("received_on"), tells=APPLICANT, says="对方提出反请求：{text}", basis=law.service),
        Step("pass_on_preservation", "转交保全申请", PROCEEDING, None, SECRETARY, form=common_forms.Transfer,
             tells=APPLICANT, says="您的保全申请已转交{to}：{explanation}", basis=law.preservation),
        Step("object_to_agreement", "对仲裁协议提出异议", PROCEEDING, None, EITHER_SIDE, form=common_forms.SideExplains,
             when=rules.before_first_hearing, guard=common.speaks_for_own_side, tells=BOTH,
             says="有一方对仲裁协议的效力提出异议，决定作出前不开庭。", basis=law.objection),
        Step("agreement_stands", "决定仲裁协议有效", PROCEEDING, None, deciders, form=stands,
             when=rules.objection_is_asked, guard=rules.decides_in_own_name, changes=common.keep_basis,
             letter="arbitration_agreement_stands", tells=BOTH,
             says="仲裁协议有效，仲裁继续进行：{explanation}", basis=law.objection),
        Step("agreement_fails", "决定仲裁协议无效，撤案", PROCEEDING, S.DISMISSED, deciders,
             form=fails, when=rules.objection_is_asked,
             guard=all_of(rules.decides_in_own_name, rules.refund_is_possible),
             changes=rules.keep_refund, letter="arbitration_dismissed", tells=BOTH,
             says="仲裁协议不成立或无效，仲裁到此结束：{explanation} 您可以向人民法院起诉。",
             basis=f"{law.agreement}；{law.objection}"),
    )


def formation(law: Articles) -> tuple[Step, ...]:
    """组庭、披露、回避"""
    return (
        Step("form_tribunal", "组成仲裁庭（当事人选定）", S.ACCEPTED, S.FORMED, SECRETARY, form=common_forms.Tribunal,
             guard=tribunal.may_be_formed, changes=tribunal.keep_tribunal, letter="arbitration_tribunal", tells=BOTH,
             says=TRIBUNAL_FORMED, basis=law.tribunal),
        Step("appoint_tribunal", "组成仲裁庭（负责人指定）", S.ACCEPTED, S.FORMED, HEAD,
             form=common_forms.AppointedTribunal, guard=tribunal.may_be_formed, changes=tribunal.keep_tribunal,
             letter="arbitration_tribunal", tells=BOTH, says=TRIBUNAL_FORMED, basis=law.tribunal),
        Step("disclose", "仲裁员披露", WITH_TRIBUNAL, None, SECRETARY | TRIBUNAL, form=common_forms.Disclosure,
             tells=APPLICANT, says="仲裁员{arbitrator}披露：{text} 您可以申请回避。", basis=law.disclosure),
        Step("ask_recusal", "申请仲裁员回避", WITH_TRIBUNAL, None, EITHER_SIDE, form=common_forms.AskRecusal,
             when=common.no_recusal_pending, guard=common.recusal_in_time, tells=BOTH,
             says="有一方申请{arbitrator}回避，正在审查，决定作出前不开庭。", basis=law.recusal),
        Step("replace_arbitrator", "更换仲裁员", WITH_TRIBUNAL, S.FORMED, COMMISSION,
             form=common_forms.ReplaceArbitrator, when=tribunal.decides_on_recusal, guard=tribunal.may_be_replaced,
             changes=tribunal.keep_new_tribunal, letter="arbitration_replaced", tells=BOTH,
             says="{leaving}不再担任本案仲裁员，仲裁庭已重新组成：{explanation}",
             basis=law.recusal),
        Step("keep_arbitrator", "驳回回避申请", WITH_TRIBUNAL, None, COMMISSION, form=Explain,
             when=all_of(common.recusal_is_asked, tribunal.decides_on_recusal), changes=common.keep_basis,
             letter="arbitration_recusal_refused", tells=BOTH,
             says="没有同意回避：{explanation}", basis=law.recusal),
    )


def hearing(law: Articles, form: Form) -> tuple[Step, ...]:
    """开庭、延期、缺席"""
    return (
        Step("set_hearing", "发开庭通知", WITH_TRIBUNAL, S.HEARING, SECRETARY | TRIBUNAL, form=form,
             guard=rules.may_be_announced, changes=common.keep_hearing, letter="arbitration_hearing", tells=BOTH,
             says="{hearing_on}{hour}在{place}开庭。确有困难的，请尽早请求延期；无正当理由不到庭，可以视为撤回申请。",
             basis=law.notice),
        Step("ask_postponement", "请求延期开庭", S.HEARING, None, EITHER_SIDE, form=common_forms.SideExplains,
             guard=common.speaks_for_own_side, tells=BOTH, says="延期开庭的请求已收到，由仲裁庭决定。",
             basis=law.notice),
        Step("refuse_postponement", "不同意延期开庭", S.HEARING, None, TRIBUNAL, form=Explain,
             when=common.postponement_is_asked, tells=APPLICANT,
             says="没有同意延期，仍按通知的时间开庭：{explanation}", basis=law.notice),
        Step("hold_hearing", "记录开庭", S.HEARING, None, SECRETARY | TRIBUNAL, needs=frozenset({Doc.HEARING_RECORD}),
             form=common_forms.HeldHearing, guard=common.held_as_announced, tells=OFFICERS,
             says="已于{held_on}开庭。", basis=f"{law.hearing}；{law.absence}"),
        Step("absent", "申请人缺席，视为撤回", S.HEARING, S.DEEMED_WITHDRAWN, TRIBUNAL, form=common_forms.Absent,
             when=common.absent_after_notice, changes=common.keep_basis, letter="arbitration_absent", tells=BOTH,
             says="您经书面通知没有到庭，或者未经许可中途退庭，申请视为撤回：{explanation}", basis=law.absence),
    )


def interruption(law: Articles) -> tuple[Step, ...]:
    """撤回、中止、延长"""
    return (
        Step("ask_withdrawal", "请求撤回申请", WITH_TRIBUNAL, None, PERSON, form=Explain, tells=BOTH,
             says="您请求撤回仲裁申请，仲裁庭正在审查。", basis=law.withdrawal),
        Step("allow_withdrawal", "同意撤回", WITH_TRIBUNAL, S.WITHDRAWN, TRIBUNAL, form=forms.AllowWithdrawal,
             guard=rules.refund_is_possible, changes=rules.keep_refund, letter="arbitration_withdrawn", tells=BOTH,
             says="同意撤回仲裁申请，退还受理费{refund}元。{explanation}", basis=f"{law.withdrawal}；{FEES}第十二条"),
        Step("refuse_withdrawal", "不同意撤回", WITH_TRIBUNAL, None, TRIBUNAL, form=Explain,
             when=rules.withdrawal_is_asked, tells=BOTH, says="没有同意撤回，仲裁继续进行：{explanation}",
             basis=law.withdrawal),
        Step("suspend", "中止仲裁", WITH_TRIBUNAL, None, TRIBUNAL, form=common_forms.Suspend,
             when=common.not_suspended, tells=BOTH, says="仲裁程序中止：{explanation} 原因消除后恢复。",
             basis=BODY_RULES),
        Step("resume", "恢复仲裁", WITH_TRIBUNAL, None, TRIBUNAL, form=Note, when=common.is_suspended, tells=BOTH,
             says="仲裁程序已恢复。{note}", basis=BODY_RULES),
        Step("extend", "延长裁决期限", WITH_TRIBUNAL, None, HEAD, form=forms.Extend,
             when=common.not_lengthened_before, guard=common.may_be_lengthened("award_by_rules"),
             changes=common.keep_approval, letter="arbitration_extended", tells=BOTH,
             says="作出裁决的期限延长{amount}个月：{explanation}", basis=BODY_RULES),
    )


def mediation(law: Articles) -> tuple[Step, ...]:
    """仲裁中的调解"""
    return (
        Step("mediate", "开始调解", S.HEARING, S.MEDIATING, TRIBUNAL, form=forms.BeginMediation, tells=APPLICANT,
             says="双方都愿意调解，仲裁庭正在主持调解。", basis=law.mediation),
        Step("mediation_failed", "调解不成", S.MEDIATING, S.HEARING, TRIBUNAL, form=Explain, tells=APPLICANT,
             says="调解没有谈成，仲裁庭将继续审理并裁决。", basis=law.mediation),
        Step("mediated", "制作调解书", S.MEDIATING, S.MEDIATED, TRIBUNAL, form=common_forms.Mediated,
             changes=common.keep_basis, letter="arbitration_mediated", tells=BOTH,
             says="双方达成协议：{text} 签收调解书后就生效，与裁决书效力相同。", basis=law.mediation),
        Step("sign_mediation", "双方签收调解书", S.MEDIATED, S.SETTLED, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnBoth, guard=common.by_now("served_on"), serves="arbitration_mediated",
             tells=BOTH,
             says="双方已签收调解书，已经生效。对方不履行的，可以在二年内申请人民法院执行。", basis=law.mediation),
        Step("repudiate", "签收前反悔", S.MEDIATED, S.HEARING, EITHER_SIDE, form=common_forms.SideExplains,
             guard=common.speaks_for_own_side, tells=BOTH,
             says="有一方在签收调解书前反悔，仲裁庭将及时裁决。", basis=law.mediation),
    )


def award(law: Articles) -> tuple[Step, ...]:
    """裁决、送达、补正"""
    return (
        Step("award_part", "先行裁决", S.HEARING, None, TRIBUNAL, form=forms.Award, guard=rules.award_is_ready,
             changes=rules.keep_award, letter="arbitration_award", tells=BOTH,
             says="对已经查清的部分先作出裁决：{decision}", basis=law.partial),
        Step("award", "作出裁决", S.HEARING, S.AWARDED, TRIBUNAL, form=forms.Award, guard=rules.award_is_ready,
             changes=rules.keep_award, letter="arbitration_award", tells=BOTH,
             says="仲裁庭已作出裁决，自作出之日起生效：{decision}", basis=law.award),
        Step("award_agreed", "依据和解、调解协议作出裁决", frozenset({S.HEARING, S.MEDIATING}), S.AWARDED, TRIBUNAL,
             form=forms.AgreedAward, guard=rules.agreed_award_is_ready, changes=rules.keep_award,
             letter="arbitration_award", tells=BOTH,
             says="仲裁庭已按双方的协议作出裁决，自作出之日起生效：{decision}",
             basis=f"{law.withdrawal}；{law.mediation}"),
        Step("serve_respondent", "记录送达被申请人", AFTER_AWARD, None, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnOther, when=common.respondent_not_served, guard=common.served_after_award,
             serves="arbitration_award", public=False, basis=law.award),
        Step("ask_correction", "请求补正裁决书", S.AWARDED, None, EITHER_SIDE, form=common_forms.AskCorrection,
             when=common.no_correction_pending, guard=rules.correction_in_time, tells=BOTH,
             says="补正裁决书的请求已收到，仲裁庭正在核对。", basis=law.correction),
        Step("correct", "补正裁决书", S.AWARDED, None, TRIBUNAL, form=common_forms.Correction,
             changes=common.keep_basis, letter="arbitration_corrected", tells=BOTH, says="裁决书已补正：{text}",
             basis=law.correction),
        Step("refuse_correction", "不予补正", S.AWARDED, None, TRIBUNAL, form=Explain,
             when=common.correction_is_asked, changes=common.keep_basis, letter="arbitration_correction_refused",
             tells=BOTH, says="裁决书没有需要补正的地方：{explanation}", basis=law.correction),
    )


def set_aside(law: Articles) -> tuple[Step, ...]:
    """撤销与归档"""
    return (
        Step("report_court", "登记撤销申请", S.AWARDED, S.COURT_REVIEW, EITHER_SIDE, form=common_forms.Suit,
             guard=rules.filed_by_now, changes=rules.keep_court_case, tells=BOTH,
             says="已登记向{court}申请撤销裁决，等待法院的裁定。", basis=law.set_aside),
        Step("court_upholds", "法院驳回撤销申请", S.COURT_REVIEW, S.AWARDED, SECRETARY, form=common_forms.CourtRuling,
             guard=common.by_now("served_on"), tells=BOTH, says="{court}驳回了撤销申请，裁决仍然有效。",
             basis=law.set_aside),
        Step("renew", "重新仲裁", S.COURT_REVIEW, S.HEARING, SECRETARY, form=common_forms.CourtRuling,
             guard=common.by_now("served_on"), tells=BOTH, says="{court}通知重新仲裁，仲裁庭将重新审理。",
             basis=law.renewal),
        Step("court_sets_aside", "法院撤销裁决", S.COURT_REVIEW, S.SET_ASIDE, SECRETARY, form=common_forms.CourtRuling,
             guard=common.by_now("served_on"), changes=common.keep_basis, letter="arbitration_set_aside", tells=BOTH,
             says="裁决已被{court}撤销。双方可以重新达成仲裁协议申请仲裁，也可以向人民法院起诉。", basis=law.set_aside),
        Step("close", "归档", S.AWARDED, S.CLOSED, TIMER, when=rules.all_windows_are_over,
             says="申请撤销的期限已过，案件归档。对方不履行的，可以在二年内申请人民法院执行。"),
    )
# fmt: on
