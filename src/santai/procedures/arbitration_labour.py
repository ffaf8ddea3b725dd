"""Labour arbitration (劳动争议仲裁): application to award, settlement, or the way to the court. Free of charge.

Basis: 劳动争议调解仲裁法 (2008-05-01); 劳动人事争议仲裁办案规则 (人社部令第33号, 2017-07-01). The latter reads three,
five and ten days of the Act as working days; its articles are not confirmed, so these limits are marked U and may be
replaced by a parameter `clock.<id>`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import arbitration as common_forms
from santai.procedures.forms import arbitration_labour as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import arbitration as common
from santai.procedures.rules import arbitration_labour as rules
from santai.procedures.rules import arbitration_tribunal as tribunal
from santai.procedures.rules.conditions import all_of
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, not_asked_before, supplement_is_late
from santai.procedures.rules.roles import COMMISSION, PERSON, SECRETARY, TRIBUNAL
from santai.procedures.rules.roles import COMMISSION_HEAD as HEAD
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    SUBMITTED = "submitted", "已提交，待审查"
    SUPPLEMENT = "supplement", "待补正"
    ACCEPTED = "accepted", "已受理，待组庭"
    FORMED = "formed", "已组庭，待开庭"
    HEARING = "hearing", "审理中"
    MEDIATED = "mediated", "调解书待签收"
    AWARDED = "awarded", "已裁决"
    COURT_REVIEW = "court_review", "法院审查撤销申请中"
    SET_ASIDE = "set_aside", "裁决已被撤销，可以起诉"
    CLOSED = "closed", "裁决已生效"
    SETTLED = "settled", "已调解结案"
    COURT = "court", "已转向法院"
    DECLINED = "declined", "不予受理"
    TRANSFERRED = "transferred", "已移送"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


EITHER_SIDE = PERSON | SECRETARY
TIMER = SECRETARY | {Role.SYSTEM}
AGENTS_PAPER = frozenset({Doc.AUTHORISATION})

BEFORE_ACCEPTANCE = frozenset({S.SUBMITTED, S.SUPPLEMENT})
WITH_TRIBUNAL = frozenset({S.FORMED, S.HEARING})
PROCEEDING = WITH_TRIBUNAL | {S.ACCEPTED}
UNDECIDED = PROCEEDING | {S.MEDIATED}
AFTER_AWARD = frozenset({S.AWARDED, S.COURT_REVIEW})
CLOSED = frozenset(
    {S.CLOSED, S.SETTLED, S.COURT, S.DECLINED, S.TRANSFERRED, S.DEEMED_WITHDRAWN, S.WITHDRAWN}
)
ANY = frozenset(S.values)

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | OFFICERS

# fmt: off
PROCEDURE = Procedure(
    label="劳动争议仲裁",
    kind="31",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2017, 7, 1),
    basis="劳动争议调解仲裁法；劳动人事争议仲裁办案规则（人社部令第33号）",
    body=OrganisationKind.ARBITRATION,
    applied_for="申请劳动仲裁",
    opened_by=frozenset({Role.ARBITRATION_SECRETARY}),
    answered=AFTER_AWARD | {S.SET_ASIDE},
    says_opening="可以申请劳动争议仲裁（免费）。请填写申请表并上传材料，也可以请窗口或热线帮您填。",
    stages={
        "申请": BEFORE_ACCEPTANCE | {S.PREPARING, S.DECLINED, S.TRANSFERRED, S.WITHDRAWN, S.DEEMED_WITHDRAWN},
        "受理": frozenset({S.ACCEPTED}),
        "审理": WITH_TRIBUNAL | {S.MEDIATED},
        "裁决": frozenset({S.AWARDED, S.COURT_REVIEW, S.SET_ASIDE}),
        "办结": frozenset({S.SETTLED, S.CLOSED, S.COURT}),
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交仲裁申请", S.PREPARING, S.SUBMITTED, EITHER_SIDE, takes=AGENTS_PAPER,
             form=forms.Application, changes=rules.keep_application, tells=BOTH,
             says="仲裁申请已提交（免费），仲裁委员会应当在5个工作日内决定是否受理。",
             basis="劳动争议调解仲裁法第二十七条、第二十八条"),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, SECRETARY, form=Explain, tells=APPLICANT,
             says="您还没有提出仲裁申请，这件事先关闭：{explanation} 请注意一年的申请时效。"),
        Step("ask_for_more", "通知补正", S.SUBMITTED, S.SUPPLEMENT, COMMISSION, form=AskForMore,
             when=not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="arbitration_supplement", tells=APPLICANT, says="还需要您补充：{items}。请在{by}前交来。",
             basis="劳动人事争议仲裁办案规则（补正，条号待核）"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.SUBMITTED, EITHER_SIDE, takes=AGENTS_PAPER,
             form=forms.Supplement, changes=rules.keep_representatives, tells=BOTH,
             says="补交的材料已收到，审查继续。{note}", basis="劳动人事争议仲裁办案规则（补正，条号待核）"),
        Step("lapse", "逾期未补正，视为撤回", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, TIMER, when=supplement_is_late,
             changes=common.keep_basis, letter="arbitration_lapsed", tells=BOTH,
             says="没有在期限内补交材料，申请视为撤回。准备好材料后，请尽早重新申请，注意一年的时效。",
             basis="劳动人事争议仲裁办案规则（补正，条号待核）"),
        Step("accept", "受理", S.SUBMITTED, S.ACCEPTED, COMMISSION, needs=frozenset({Doc.IDENTITY, Doc.MATTER_PROOF}),
             guard=rules.may_be_accepted, changes=rules.keep_acceptance, letter="arbitration_labour_accepted",
             tells=APPLICANT, says="仲裁申请已受理，自今天起45日内作出裁决；案情复杂的最多延长15日，会书面告诉您。",
             basis="劳动争议调解仲裁法第二十九条"),
        Step("decline", "不予受理", S.SUBMITTED, S.DECLINED, COMMISSION, form=forms.Decline,
             changes=common.keep_grounds(forms.DECLINE_REASONS), letter="arbitration_labour_declined",
             tells=APPLICANT, says="仲裁申请没有受理：{explanation} 您可以就此向人民法院起诉，也可以找：{route}",
             basis="劳动争议调解仲裁法第二十九条"),
        Step("transfer", "移送", BEFORE_ACCEPTANCE | {S.ACCEPTED}, S.TRANSFERRED, COMMISSION,
             form=common_forms.Transfer, changes=common.keep_basis, letter="arbitration_transferred", tells=APPLICANT,
             says="这件事归{to}管辖，已经移送：{explanation}", basis="劳动争议调解仲裁法第二十一条"),
        Step("withdraw", "撤回申请", BEFORE_ACCEPTANCE | PROCEEDING | {S.PREPARING}, S.WITHDRAWN, PERSON,
             form=common_forms.Withdraw, changes=common.keep_basis, letter="arbitration_withdrawn", tells=BOTH,
             says="您已撤回仲裁申请；需要时可以重新申请，注意一年的时效。",
             basis="劳动争议调解仲裁法第四十一条"),
        Step("go_to_court", "逾期未决定，转向法院", PROCEEDING | {S.SUBMITTED}, S.COURT, EITHER_SIDE,
             form=forms.GoToCourt, when=rules.acceptance_or_award_is_late, changes=common.keep_basis,
             letter="arbitration_labour_overdue", tells=BOTH,
             says="仲裁委员会逾期没有作出决定或裁决，您可以就这件事向人民法院起诉，凭证已经开给您。",
             basis="劳动争议调解仲裁法第二十九条、第四十三条"),
        # --- 送达与答辩
        Step("send_copy", "向被申请人送达申请书", PROCEEDING, None, SECRETARY, form=common_forms.SendCopy,
             when=common.copy_not_sent, guard=common.by_now("served_on"), says="申请书副本已送达对方。",
             basis="劳动争议调解仲裁法第三十条"),
        Step("answer", "登记答辩书", PROCEEDING, None, SECRETARY, form=common_forms.Reply,
             guard=common.by_now("received_on"), says="对方已提交答辩。", basis="劳动争议调解仲裁法第三十条"),
        Step("no_answer", "逾期未答辩", PROCEEDING, None, TIMER, when=common.answer_is_late,
             says="对方没有在期限内答辩，不影响仲裁进行。", basis="劳动争议调解仲裁法第三十条"),
        Step("send_answer", "向申请人送达答辩书", PROCEEDING, None, SECRETARY, form=common_forms.Served,
             when=common.answer_is_unsent, guard=common.by_now("served_on"), tells=APPLICANT,
             says="对方的答辩书已送达您。", basis="劳动争议调解仲裁法第三十条"),
        # --- 组庭与回避
        Step("form_tribunal", "组成仲裁庭", S.ACCEPTED, S.FORMED, COMMISSION, form=common_forms.Tribunal,
             guard=tribunal.may_be_formed, changes=tribunal.keep_tribunal, letter="arbitration_tribunal", tells=BOTH,
             says="仲裁庭已组成，首席或独任仲裁员是{presiding}。认为应当回避的，请在首次开庭前提出。",
             basis="劳动争议调解仲裁法第三十一条、第三十二条"),
        Step("disclose", "仲裁员披露", WITH_TRIBUNAL, None, SECRETARY | TRIBUNAL, form=common_forms.Disclosure,
             tells=APPLICANT, says="仲裁员{arbitrator}披露：{text} 您可以申请回避。",
             basis="劳动争议调解仲裁法第三十三条"),
        Step("ask_recusal", "申请仲裁员回避", WITH_TRIBUNAL, None, EITHER_SIDE, form=common_forms.AskRecusal,
             when=common.no_recusal_pending, guard=common.recusal_in_time, tells=BOTH,
             says="有一方申请{arbitrator}回避，正在审查，决定作出前不开庭。", basis="劳动争议调解仲裁法第三十三条"),
        Step("replace_arbitrator", "更换仲裁员", WITH_TRIBUNAL, S.FORMED, COMMISSION,
             form=common_forms.ReplaceArbitrator, when=tribunal.decides_on_recusal, guard=tribunal.may_be_replaced,
             changes=tribunal.keep_new_tribunal, letter="arbitration_replaced", tells=BOTH,
             says="{leaving}不再担任本案仲裁员，仲裁庭已重新组成：{explanation}",
             basis="劳动争议调解仲裁法第三十三条；劳动人事争议仲裁办案规则（由谁决定，条号待核）"),
        Step("keep_arbitrator", "驳回回避申请", WITH_TRIBUNAL, None, COMMISSION, form=Explain,
             when=all_of(common.recusal_is_asked, tribunal.decides_on_recusal), changes=common.keep_basis,
             letter="arbitration_recusal_refused", tells=BOTH,
             says="没有同意回避：{explanation}",
             basis="劳动争议调解仲裁法第三十三条；劳动人事争议仲裁办案规则（由谁决定，条号待核）"),
        # --- 开庭
        Step("set_hearing", "发开庭通知", WITH_TRIBUNAL, S.HEARING, TRIBUNAL, form=common_forms.Hearing,
             guard=rules.may_be_announced, changes=common.keep_hearing, letter="arbitration_hearing", tells=BOTH,
             says="{hearing_on}{hour}在{place}开庭。有正当理由不能来的，请在开庭3个工作日前请求延期；"
                  "无正当理由不到庭，视为撤回申请。", basis="劳动争议调解仲裁法第三十五条"),
        Step("ask_postponement", "请求延期开庭", S.HEARING, None, EITHER_SIDE, form=common_forms.SideExplains,
             guard=rules.may_be_postponed, tells=BOTH, says="延期开庭的请求已收到，由仲裁委员会决定。",
             basis="劳动争议调解仲裁法第三十五条"),
        Step("refuse_postponement", "不同意延期开庭", S.HEARING, None, COMMISSION, form=Explain,
             when=common.postponement_is_asked, tells=APPLICANT,
             says="没有同意延期，仍按通知的时间开庭：{explanation}", basis="劳动争议调解仲裁法第三十五条"),
        Step("hold_hearing", "记录开庭", S.HEARING, None, SECRETARY | TRIBUNAL, needs=frozenset({Doc.HEARING_RECORD}),
             form=common_forms.HeldHearing, guard=common.held_as_announced, tells=OFFICERS, says="已于{held_on}开庭。",
             basis="劳动争议调解仲裁法第三十六条、第四十条"),
        Step("absent", "申请人缺席，视为撤回", S.HEARING, S.DEEMED_WITHDRAWN, TRIBUNAL, form=common_forms.Absent,
             when=common.absent_after_notice, changes=rules.keep_absence, letter="arbitration_absent", tells=BOTH,
             says="您经书面通知没有到庭，或者未经许可中途退庭，申请视为撤回：{explanation}",
             basis="劳动争议调解仲裁法第三十六条"),
        Step("first_execution", "裁决先予执行", WITH_TRIBUNAL, None, TRIBUNAL, form=forms.FirstExecution,
             guard=rules.may_be_executed_first, changes=common.keep_basis, letter="arbitration_labour_first_execution",
             tells=BOTH, says="已裁决先予执行{amount}元，移送{court}执行，您不用提供担保。",
             basis="劳动争议调解仲裁法第四十四条"),
        Step("suspend", "中止仲裁", PROCEEDING, None, HEAD, form=common_forms.Suspend,
             when=common.not_suspended, tells=BOTH, says="仲裁程序中止：{explanation} 中止的时间不计入审理期限。",
             basis="劳动人事争议仲裁办案规则（中止，条号待核）"),
        Step("resume", "恢复仲裁", PROCEEDING, None, HEAD | TRIBUNAL, form=Note, when=common.is_suspended, tells=BOTH,
             says="仲裁程序已恢复。{note}", basis="劳动人事争议仲裁办案规则（中止，条号待核）"),
        Step("extend", "延长审理期限", PROCEEDING, None, HEAD, form=forms.Extend,
             when=common.not_lengthened_before, guard=common.may_be_lengthened("award"), changes=common.keep_approval,
             letter="arbitration_extended", tells=BOTH, says="案情复杂，审理期限延长{amount}日：{explanation}",
             basis="劳动争议调解仲裁法第四十三条"),
        # --- 调解
        Step("try_mediation", "记录调解", S.HEARING, None, TRIBUNAL, form=common_forms.TriedMediation,
             guard=common.by_now("tried_on"), says="仲裁庭已主持调解。{note}", basis="劳动争议调解仲裁法第四十二条"),
        Step("mediated", "制作调解书", S.HEARING, S.MEDIATED, TRIBUNAL, form=common_forms.Mediated,
             changes=common.keep_basis, letter="arbitration_mediated", tells=BOTH,
             says="双方达成协议：{text} 签收调解书后就生效。", basis="劳动争议调解仲裁法第四十二条"),
        Step("sign_mediation", "双方签收调解书", S.MEDIATED, S.SETTLED, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnBoth, guard=common.by_now("served_on"), serves="arbitration_mediated",
             tells=BOTH,
             says="双方已签收调解书，已经生效。对方不履行的，可以申请人民法院执行。",
             basis="劳动争议调解仲裁法第四十二条、第五十一条"),
        Step("repudiate", "签收前反悔", S.MEDIATED, S.HEARING, EITHER_SIDE, form=common_forms.SideExplains,
             guard=common.speaks_for_own_side, tells=BOTH, says="有一方在签收调解书前反悔，仲裁庭将及时裁决。",
             basis="劳动争议调解仲裁法第四十二条"),
        # --- 裁决与送达
        Step("award", "作出裁决", S.HEARING, S.AWARDED, TRIBUNAL, form=forms.Award, guard=rules.award_is_ready,
             changes=rules.keep_award, letter="arbitration_labour_award", tells=BOTH,
             says="仲裁庭已作出裁决：{decision} 不服怎么办、到什么时候，写在裁决书里。",
             basis="劳动争议调解仲裁法第四十五条至第五十条"),
        Step("serve_worker", "记录送达劳动者", AFTER_AWARD, None, SECRETARY, takes=SERVICE_PAPERS,
             form=forms.ServedOnWorker, when=rules.worker_not_served, guard=common.served_after_award,
             serves="arbitration_labour_award",
             says="裁决书已送达劳动者；不服的，可以自收到之日起15日内向人民法院起诉。",
             basis="劳动争议调解仲裁法第四十八条、第五十条"),
        Step("serve_employer", "记录送达用人单位", S.AWARDED, None, SECRETARY, takes=SERVICE_PAPERS,
             form=forms.ServedOnEmployer, when=rules.award_is_not_final, guard=common.served_after_award,
             serves="arbitration_labour_award",
             says="裁决书已送达用人单位；不服的，可以自收到之日起15日内向人民法院起诉。",
             basis="劳动争议调解仲裁法第五十条"),
        Step("serve_employer_final", "记录终局裁决送达用人单位", S.AWARDED, None, SECRETARY,
             takes=SERVICE_PAPERS, form=forms.ServedOnEmployer, when=rules.award_is_final,
             guard=common.served_after_award, serves="arbitration_labour_award",
             says="终局裁决已送达用人单位；有法定情形的，用人单位可以自收到之日起30日内申请撤销。",
             basis="劳动争议调解仲裁法第四十九条"),
        Step("ask_correction", "请求补正裁决书", S.AWARDED, None, EITHER_SIDE, form=common_forms.AskCorrection,
             when=common.no_correction_pending, guard=common.speaks_for_own_side, tells=BOTH,
             says="补正裁决书的请求已收到，仲裁庭正在核对。", basis="劳动人事争议仲裁办案规则（补正裁决，条号待核）"),
        Step("correct", "补正裁决书", S.AWARDED, None, TRIBUNAL, form=common_forms.Correction,
             changes=common.keep_basis, letter="arbitration_corrected", tells=BOTH, says="裁决书已补正：{text}",
             basis="劳动人事争议仲裁办案规则（补正裁决，条号待核）"),
        Step("refuse_correction", "不予补正", S.AWARDED, None, TRIBUNAL, form=Explain,
             when=common.correction_is_asked, changes=common.keep_basis, letter="arbitration_correction_refused",
             tells=BOTH, says="裁决书没有需要补正的地方：{explanation}",
             basis="劳动人事争议仲裁办案规则（补正裁决，条号待核）"),
        # --- 起诉、撤销、生效
        Step("sue", "登记起诉", AFTER_AWARD | {S.SET_ASIDE}, S.COURT, EITHER_SIDE, form=forms.Suit,
             guard=rules.may_sue, tells=BOTH, says="已登记向{court}起诉，裁决不发生法律效力，由法院审理。",
             basis="劳动争议调解仲裁法第四十八条至第五十条"),
        Step("report_court", "登记撤销申请", S.AWARDED, S.COURT_REVIEW, EITHER_SIDE, form=forms.Suit,
             guard=rules.may_ask_to_set_aside, tells=BOTH, says="用人单位已向{court}申请撤销终局裁决，等待法院的裁定。",
             basis="劳动争议调解仲裁法第四十九条"),
        Step("court_upholds", "法院驳回撤销申请", S.COURT_REVIEW, S.AWARDED, SECRETARY, form=common_forms.CourtRuling,
             guard=common.by_now("served_on"), tells=BOTH, says="{court}驳回了撤销申请，裁决仍然有效。",
             basis="劳动争议调解仲裁法第四十九条"),
        Step("court_sets_aside", "法院撤销裁决", S.COURT_REVIEW, S.SET_ASIDE, SECRETARY, form=common_forms.CourtRuling,
             guard=common.by_now("served_on"), changes=common.keep_basis, letter="arbitration_labour_set_aside",
             tells=BOTH, says="裁决已被{court}撤销，您可以自收到裁定书之日起15日内向人民法院起诉。",
             basis="劳动争议调解仲裁法第四十九条第三款"),
        Step("not_sued", "撤销后未起诉，办结", S.SET_ASIDE, S.CLOSED, TIMER, when=rules.nobody_sued_after_set_aside,
             says="起诉期限已过，这件事办结。"),
        Step("close", "裁决生效", S.AWARDED, S.CLOSED, TIMER, when=rules.award_has_taken_effect, tells=APPLICANT,
             says="起诉和申请撤销的期限已过，裁决已生效。对方不履行的，可以申请人民法院执行。",
             basis="劳动争议调解仲裁法第五十条、第五十一条"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="AR03W",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "决定是否受理", workdays(5),
              "劳动争议调解仲裁法第二十九条；五日按工作日计、等待补正不计，依办案规则（条号待核）", id="AR03",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - BEFORE_ACCEPTANCE, paused_in=frozenset({S.SUPPLEMENT}),
              confidence=Confidence.U),
        Clock("send_copy", "向被申请人送达申请书", workdays(5),
              "劳动争议调解仲裁法第三十条；按工作日计依办案规则（条号待核）", id="AR03S",
              runs_from=frozenset({S.ACCEPTED}), until_steps=frozenset({"send_copy"}), until=ANY - PROCEEDING,
              confidence=Confidence.U),
        Clock("answer", "被申请人答辩", workdays(10), "劳动争议调解仲裁法第三十条；按工作日计依办案规则（条号待核）",
              id="AR03A", runs_from_steps=frozenset({"send_copy"}), start_field="served_on",
              until_steps=frozenset({"answer", "no_answer"}), until=ANY - PROCEEDING, confidence=Confidence.U),
        Clock("send_answer", "向申请人送达答辩书", workdays(5),
              "劳动争议调解仲裁法第三十条；按工作日计依办案规则（条号待核）", id="AR03C",
              runs_from_steps=frozenset({"answer"}), start_field="received_on",
              until_steps=frozenset({"send_answer"}), until=ANY - PROCEEDING, confidence=Confidence.U),
        Clock("tribunal", "组庭并通知", workdays(5), "劳动争议调解仲裁法第三十二条；按工作日计依办案规则（条号待核）",
              id="AR03T", runs_from=frozenset({S.ACCEPTED}), until=ANY - {S.ACCEPTED}, confidence=Confidence.U),
        Clock("award", "作出裁决", days(45), "劳动争议调解仲裁法第四十三条", id="AR04",
              runs_from=frozenset({S.ACCEPTED}), until=ANY - UNDECIDED, paused_between=(("suspend", "resume"),),
              extension=Extension("extend", at_most=15)),
        Clock("sue_worker", "劳动者起诉", days(15), "劳动争议调解仲裁法第四十八条、第五十条", id="AR05",
              runs_from_steps=frozenset({"serve_worker"}), start_field="served_on", until=ANY - AFTER_AWARD,
              stop_field="filed_on", restarts=True),
        Clock("sue_employer", "用人单位起诉", days(15), "劳动争议调解仲裁法第五十条", id="AR05",
              runs_from_steps=frozenset({"serve_employer"}), start_field="served_on", until=ANY - AFTER_AWARD,
              stop_field="filed_on", restarts=True),
        Clock("set_aside_employer", "用人单位申请撤销终局裁决", days(30), "劳动争议调解仲裁法第四十九条", id="AR05E",
              runs_from_steps=frozenset({"serve_employer_final"}), start_field="served_on", until=ANY - AFTER_AWARD,
              until_steps=frozenset({"report_court"}), stop_field="filed_on", restarts=True),
        Clock("sue_after_set_aside", "裁决被撤销后起诉", days(15), "劳动争议调解仲裁法第四十九条第三款", id="AR05R",
              runs_from=frozenset({S.SET_ASIDE}), start_field="served_on", until=ANY - {S.SET_ASIDE},
              stop_field="filed_on", restarts=True),
    ),
)
# fmt: on
