"""Arbitration on rural land contracts (农村土地承包仲裁): application to award, settlement or court. Free of charge.

Basis: 农村土地承包经营纠纷调解仲裁法 (2010-01-01). Suspension and supplements stand in the rules of arbitration
(农村土地承包经营纠纷仲裁规则), whose articles are not confirmed.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import arbitration as common_forms
from santai.procedures.forms import arbitration_rural_land as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import arbitration as common
from santai.procedures.rules import arbitration_rural_land as rules
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
    CLOSED = "closed", "裁决已生效"
    SETTLED = "settled", "已调解结案"
    COURT = "court", "已转向法院"
    DECLINED = "declined", "不予受理"
    ENDED = "ended", "已终止"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


EITHER_SIDE = PERSON | SECRETARY
TIMER = SECRETARY | {Role.SYSTEM}
AGENTS_PAPER = frozenset({Doc.AUTHORISATION})

BEFORE_ACCEPTANCE = frozenset({S.SUBMITTED, S.SUPPLEMENT})
WITH_TRIBUNAL = frozenset({S.FORMED, S.HEARING})
PROCEEDING = WITH_TRIBUNAL | {S.ACCEPTED}
UNDECIDED = PROCEEDING | {S.MEDIATED}
CLOSED = frozenset({S.CLOSED, S.SETTLED, S.COURT, S.DECLINED, S.ENDED, S.DEEMED_WITHDRAWN, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | OFFICERS

# fmt: off
PROCEDURE = Procedure(
    label="农村土地承包仲裁",
    kind="32",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2010, 1, 1),
    basis="农村土地承包经营纠纷调解仲裁法",
    body=OrganisationKind.ARBITRATION,
    applied_for="申请农村土地仲裁",
    opened_by=frozenset({Role.ARBITRATION_SECRETARY}),
    answered=frozenset({S.AWARDED}),
    says_opening="可以申请农村土地承包仲裁（免费）。请填写申请表并上传材料，也可以请窗口或热线帮您填。",
    stages={
        "申请": BEFORE_ACCEPTANCE | {S.PREPARING, S.DECLINED, S.WITHDRAWN, S.DEEMED_WITHDRAWN},
        "受理": frozenset({S.ACCEPTED}),
        "审理": WITH_TRIBUNAL | {S.MEDIATED, S.ENDED},
        "裁决": frozenset({S.AWARDED}),
        "办结": frozenset({S.SETTLED, S.CLOSED, S.COURT}),
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交仲裁申请", S.PREPARING, S.SUBMITTED, EITHER_SIDE, takes=AGENTS_PAPER,
             form=forms.Application, changes=rules.keep_application, tells=BOTH,
             says="仲裁申请已提交（免费），仲裁委员会应当在5个工作日内告诉您是否受理。",
             basis="农村土地承包经营纠纷调解仲裁法第十八条、第二十条、第二十一条"),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, SECRETARY, form=Explain, tells=APPLICANT,
             says="您还没有提出仲裁申请，这件事先关闭：{explanation} 请注意二年的申请时效。"),
        Step("ask_for_more", "通知补正", S.SUBMITTED, S.SUPPLEMENT, COMMISSION, form=AskForMore,
             when=not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="arbitration_supplement", tells=APPLICANT, says="还需要您补充：{items}。请在{by}前交来。",
             basis="农村土地承包经营纠纷仲裁规则（补正，条号待核）"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.SUBMITTED, EITHER_SIDE, takes=AGENTS_PAPER, form=Note,
             tells=BOTH, says="补交的材料已收到，审查继续。{note}",
             basis="农村土地承包经营纠纷仲裁规则（补正，条号待核）"),
        Step("lapse", "逾期未补正，视为撤回", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, TIMER, when=supplement_is_late,
             changes=common.keep_basis, letter="arbitration_lapsed", tells=BOTH,
             says="没有在期限内补交材料，申请视为撤回。准备好材料后，您可以重新申请，注意二年的时效。",
             basis="农村土地承包经营纠纷仲裁规则（补正，条号待核）"),
        Step("accept", "受理", S.SUBMITTED, S.ACCEPTED, COMMISSION, needs=frozenset({Doc.IDENTITY, Doc.MATTER_PROOF}),
             guard=rules.may_be_accepted, changes=rules.keep_acceptance, letter="arbitration_rural_accepted",
             tells=APPLICANT, says="仲裁申请已受理，自今天起60日内作出裁决；案情复杂的最多延长30日，会书面告诉您。",
             basis="农村土地承包经营纠纷调解仲裁法第二十三条"),
        Step("decline", "不予受理", S.SUBMITTED, S.DECLINED, COMMISSION, form=forms.Decline,
             changes=common.keep_grounds(forms.DECLINE_REASONS), letter="arbitration_declined", tells=APPLICANT,
             says="仲裁申请没有受理：{explanation} 您可以找：{route}",
             basis="农村土地承包经营纠纷调解仲裁法第二条、第二十二条、第二十三条"),
        Step("end", "终止仲裁", PROCEEDING, S.ENDED, COMMISSION, form=forms.End, changes=rules.keep_ending,
             letter="arbitration_rural_ended", tells=BOTH, says="仲裁程序已终止：{explanation} 您可以找：{route}",
             basis="农村土地承包经营纠纷调解仲裁法第二十三条"),
        Step("withdraw", "撤回申请", BEFORE_ACCEPTANCE | PROCEEDING | {S.PREPARING}, S.WITHDRAWN, PERSON,
             form=common_forms.Withdraw, changes=common.keep_basis, letter="arbitration_withdrawn", tells=BOTH,
             says="您已撤回仲裁申请；需要时可以重新申请，注意二年的时效。",
             basis="农村土地承包经营纠纷调解仲裁法第三十二条、第三十三条"),
        # --- 送达与答辩
        Step("send_copy", "向被申请人送达受理通知", PROCEEDING, None, SECRETARY, form=common_forms.SendCopy,
             when=common.copy_not_sent, guard=common.by_now("served_on"),
             says="受理通知书、申请书副本、仲裁规则和仲裁员名册已送达对方。",
             basis="农村土地承包经营纠纷调解仲裁法第二十四条"),
        Step("answer", "登记答辩书", PROCEEDING, None, SECRETARY, form=common_forms.Reply,
             guard=common.by_now("received_on"), says="对方已提交答辩。",
             basis="农村土地承包经营纠纷调解仲裁法第二十五条"),
        Step("no_answer", "逾期未答辩", PROCEEDING, None, TIMER, when=common.answer_is_late,
             says="对方没有在期限内答辩，不影响仲裁进行。", basis="农村土地承包经营纠纷调解仲裁法第二十五条"),
        Step("send_answer", "向申请人送达答辩书", PROCEEDING, None, SECRETARY, form=common_forms.Served,
             when=common.answer_is_unsent, guard=common.by_now("served_on"), tells=APPLICANT,
             says="对方的答辩书已送达您。", basis="农村土地承包经营纠纷调解仲裁法第二十五条"),
        # --- 组庭与回避
        Step("form_tribunal", "组成仲裁庭（当事人选定）", S.ACCEPTED, S.FORMED, SECRETARY, form=common_forms.Tribunal,
             guard=tribunal.may_be_formed, changes=tribunal.keep_tribunal, letter="arbitration_tribunal", tells=BOTH,
             says="仲裁庭已组成，首席或独任仲裁员是{presiding}。认为应当回避的，请在首次开庭前提出。",
             basis="农村土地承包经营纠纷调解仲裁法第二十七条"),
        Step("appoint_tribunal", "组成仲裁庭（负责人指定）", S.ACCEPTED, S.FORMED, HEAD,
             form=common_forms.AppointedTribunal, guard=tribunal.may_be_formed, changes=tribunal.keep_tribunal,
             letter="arbitration_tribunal", tells=BOTH,
             says="仲裁庭已组成，首席或独任仲裁员是{presiding}。认为应当回避的，请在首次开庭前提出。",
             basis="农村土地承包经营纠纷调解仲裁法第二十七条"),
        Step("tell_parties", "记录组庭通知送达双方", S.FORMED, None, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnBoth, guard=common.by_now("served_on"), serves="arbitration_tribunal",
             says="组庭通知已送达双方。",
             basis="农村土地承包经营纠纷调解仲裁法第二十七条"),
        Step("ask_recusal", "申请仲裁员回避", WITH_TRIBUNAL, None, EITHER_SIDE, form=common_forms.AskRecusal,
             when=common.no_recusal_pending, guard=common.recusal_in_time, tells=BOTH,
             says="有一方申请{arbitrator}回避，正在审查，决定作出前不开庭。",
             basis="农村土地承包经营纠纷调解仲裁法第二十八条"),
        Step("replace_arbitrator", "更换仲裁员", WITH_TRIBUNAL, S.FORMED, COMMISSION,
             form=common_forms.ReplaceArbitrator, when=tribunal.decides_on_recusal, guard=tribunal.may_be_replaced,
             changes=tribunal.keep_new_tribunal, letter="arbitration_replaced", tells=BOTH,
             says="{leaving}不再担任本案仲裁员，仲裁庭已重新组成：{explanation}",
             basis="农村土地承包经营纠纷调解仲裁法第二十九条"),
        Step("keep_arbitrator", "驳回回避申请", WITH_TRIBUNAL, None, COMMISSION, form=Explain,
             when=all_of(common.recusal_is_asked, tribunal.decides_on_recusal), changes=common.keep_basis,
             letter="arbitration_recusal_refused", tells=BOTH,
             says="没有同意回避：{explanation}", basis="农村土地承包经营纠纷调解仲裁法第二十九条"),
        # --- 开庭
        Step("ask_village", "要求到乡镇或村里开庭", PROCEEDING, None, EITHER_SIDE, form=forms.AskVillage,
             guard=common.speaks_for_own_side, tells=OFFICERS,
             says="到乡镇或村里开庭的要求已记下；双方都要求的，就在那里开庭。",
             basis="农村土地承包经营纠纷调解仲裁法第三十条第一款"),
        Step("set_hearing", "发开庭通知", WITH_TRIBUNAL, S.HEARING, TRIBUNAL, form=forms.Hearing,
             guard=rules.may_be_announced, changes=common.keep_hearing, letter="arbitration_hearing", tells=BOTH,
             says="{hearing_on}{hour}在{place}开庭，除法律规定的情形外公开进行。无正当理由不到庭，可以视为撤回申请。",
             basis="农村土地承包经营纠纷调解仲裁法第三十条、第三十一条"),
        Step("ask_postponement", "请求延期开庭", S.HEARING, None, EITHER_SIDE, form=common_forms.SideExplains,
             guard=common.speaks_for_own_side, tells=BOTH, says="延期开庭的请求已收到，由仲裁庭决定。",
             basis="农村土地承包经营纠纷调解仲裁法第三十一条第二款"),
        Step("refuse_postponement", "不同意延期开庭", S.HEARING, None, TRIBUNAL, form=Explain,
             when=common.postponement_is_asked, tells=APPLICANT,
             says="没有同意延期，仍按通知的时间开庭：{explanation}",
             basis="农村土地承包经营纠纷调解仲裁法第三十一条第二款"),
        Step("hold_hearing", "记录开庭", S.HEARING, None, SECRETARY | TRIBUNAL, needs=frozenset({Doc.HEARING_RECORD}),
             form=common_forms.HeldHearing, guard=common.held_as_announced, tells=OFFICERS, says="已于{held_on}开庭。",
             basis="农村土地承包经营纠纷调解仲裁法第三十五条、第四十三条"),
        Step("absent", "申请人缺席，视为撤回", S.HEARING, S.DEEMED_WITHDRAWN, TRIBUNAL, form=common_forms.Absent,
             when=common.absent_after_notice, changes=rules.keep_absence, letter="arbitration_absent", tells=BOTH,
             says="您经书面通知没有到庭，或者未经许可中途退庭，申请视为撤回：{explanation}",
             basis="农村土地承包经营纠纷调解仲裁法第三十五条"),
        Step("preliminary_ruling", "先行裁定", WITH_TRIBUNAL, None, TRIBUNAL, form=forms.Preliminary,
             changes=common.keep_grounds(forms.PRELIMINARY_ORDERS, "order"), letter="arbitration_rural_preliminary",
             tells=BOTH, says="仲裁庭已先行裁定，对方不执行的，您可以申请人民法院执行（须提供担保）：{explanation}",
             basis="农村土地承包经营纠纷调解仲裁法第四十二条"),
        Step("suspend", "中止仲裁", PROCEEDING, None, HEAD | TRIBUNAL, form=common_forms.Suspend,
             when=common.not_suspended, tells=BOTH, says="仲裁程序中止：{explanation} 中止的时间不计入审理期限。",
             basis="农村土地承包经营纠纷仲裁规则（中止，条号待核）"),
        Step("resume", "恢复仲裁", PROCEEDING, None, HEAD | TRIBUNAL, form=Note, when=common.is_suspended, tells=BOTH,
             says="仲裁程序已恢复。{note}", basis="农村土地承包经营纠纷仲裁规则（中止，条号待核）"),
        Step("extend", "延长审理期限", PROCEEDING, None, HEAD, form=forms.Extend,
             when=common.not_lengthened_before, guard=common.may_be_lengthened("award"), changes=common.keep_approval,
             letter="arbitration_extended", tells=BOTH, says="案情复杂，审理期限延长{amount}日：{explanation}",
             basis="农村土地承包经营纠纷调解仲裁法第四十七条"),
        # --- 调解
        Step("try_mediation", "记录调解", S.HEARING, None, TRIBUNAL, form=common_forms.TriedMediation,
             guard=common.by_now("tried_on"), says="仲裁庭已主持调解。{note}",
             basis="农村土地承包经营纠纷调解仲裁法第十一条"),
        Step("mediated", "制作调解书", S.HEARING, S.MEDIATED, TRIBUNAL, form=common_forms.Mediated,
             changes=common.keep_basis, letter="arbitration_mediated", tells=BOTH,
             says="双方达成协议：{text} 签收调解书后就生效。", basis="农村土地承包经营纠纷调解仲裁法第十一条"),
        Step("sign_mediation", "双方签收调解书", S.MEDIATED, S.SETTLED, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnBoth, guard=common.by_now("served_on"), serves="arbitration_mediated",
             tells=BOTH,
             says="双方已签收调解书，已经生效。对方不履行的，可以申请人民法院执行。",
             basis="农村土地承包经营纠纷调解仲裁法第十一条、第四十九条"),
        Step("repudiate", "签收前反悔", S.MEDIATED, S.HEARING, EITHER_SIDE, form=common_forms.SideExplains,
             guard=common.speaks_for_own_side, tells=BOTH, says="有一方在签收调解书前反悔，仲裁庭将及时裁决。",
             basis="农村土地承包经营纠纷调解仲裁法第十一条"),
        # --- 裁决、送达、起诉
        Step("award", "作出裁决", S.HEARING, S.AWARDED, TRIBUNAL, form=common_forms.Award,
             guard=rules.award_is_ready, changes=rules.keep_award, letter="arbitration_rural_award", tells=BOTH,
             says="仲裁庭已作出裁决：{decision} 不服的，可以自收到裁决书之日起30日内向人民法院起诉。",
             basis="农村土地承包经营纠纷调解仲裁法第四十四条、第四十五条、第四十八条"),
        Step("serve_award", "记录送达申请人", S.AWARDED, None, TIMER, takes=SERVICE_PAPERS,
             form=common_forms.Served, when=common.applicant_not_served, guard=common.served_after_award,
             serves="arbitration_rural_award",
             says="裁决书已送达您；不服的，可以自收到之日起30日内向人民法院起诉，逾期不起诉的裁决生效。",
             basis="农村土地承包经营纠纷调解仲裁法第四十五条、第四十八条"),
        Step("serve_respondent", "记录送达被申请人", S.AWARDED, None, SECRETARY, takes=SERVICE_PAPERS,
             form=common_forms.ServedOnOther, when=common.respondent_not_served, guard=common.served_after_award,
             serves="arbitration_rural_award", says="裁决书已送达对方。",
             basis="农村土地承包经营纠纷调解仲裁法第四十五条、第四十八条"),
        Step("ask_correction", "请求补正裁决书", S.AWARDED, None, EITHER_SIDE, form=common_forms.AskCorrection,
             when=common.no_correction_pending, guard=common.speaks_for_own_side, tells=BOTH,
             says="补正裁决书的请求已收到，仲裁庭正在核对。",
             basis="农村土地承包经营纠纷仲裁规则（补正裁决，条号待核）"),
        Step("correct", "补正裁决书", S.AWARDED, None, TRIBUNAL, form=common_forms.Correction,
             changes=common.keep_basis, letter="arbitration_corrected", tells=BOTH, says="裁决书已补正：{text}",
             basis="农村土地承包经营纠纷仲裁规则（补正裁决，条号待核）"),
        Step("refuse_correction", "不予补正", S.AWARDED, None, TRIBUNAL, form=Explain,
             when=common.correction_is_asked, changes=common.keep_basis, letter="arbitration_correction_refused",
             tells=BOTH, says="裁决书没有需要补正的地方：{explanation}",
             basis="农村土地承包经营纠纷仲裁规则（补正裁决，条号待核）"),
        Step("sue", "登记起诉", S.AWARDED, S.COURT, EITHER_SIDE, form=common_forms.Suit, guard=rules.may_sue,
             tells=BOTH, says="已登记向{court}起诉，裁决不发生法律效力，由法院审理。",
             basis="农村土地承包经营纠纷调解仲裁法第四十八条"),
        Step("close", "裁决生效", S.AWARDED, S.CLOSED, TIMER, when=rules.award_has_taken_effect, tells=APPLICANT,
             says="起诉期限已过，裁决已生效。对方不履行的，可以申请人民法院执行。",
             basis="农村土地承包经营纠纷调解仲裁法第四十八条、第四十九条"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="AR06W",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "告知是否受理", workdays(5),
              "农村土地承包经营纠纷调解仲裁法第二十三条；等待补正的时间不计", id="AR06A",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - BEFORE_ACCEPTANCE, paused_in=frozenset({S.SUPPLEMENT})),
        Clock("send_copy", "向被申请人送达受理通知", workdays(5), "农村土地承包经营纠纷调解仲裁法第二十四条",
              id="AR06S", runs_from=frozenset({S.ACCEPTED}), until_steps=frozenset({"send_copy"}),
              until=ANY - PROCEEDING),
        Clock("answer", "被申请人答辩", days(10), "农村土地承包经营纠纷调解仲裁法第二十五条", id="AR06R",
              runs_from_steps=frozenset({"send_copy"}), start_field="served_on",
              until_steps=frozenset({"answer", "no_answer"}), until=ANY - PROCEEDING),
        Clock("send_answer", "向申请人送达答辩书", workdays(5), "农村土地承包经营纠纷调解仲裁法第二十五条",
              id="AR06C", runs_from_steps=frozenset({"answer"}), start_field="received_on",
              until_steps=frozenset({"send_answer"}), until=ANY - PROCEEDING),
        Clock("tribunal_notice", "通知双方仲裁庭组成", workdays(2), "农村土地承包经营纠纷调解仲裁法第二十七条",
              id="AR06T", runs_from=frozenset({S.FORMED}), until_steps=frozenset({"tell_parties"}),
              until=ANY - {S.FORMED}, restarts=True),
        Clock("award", "作出裁决", days(60), "农村土地承包经营纠纷调解仲裁法第四十七条", id="AR06",
              runs_from=frozenset({S.ACCEPTED}), until=ANY - UNDECIDED, paused_between=(("suspend", "resume"),),
              extension=Extension("extend", at_most=30)),
        Clock("service", "送达申请人裁决书", workdays(3), "农村土地承包经营纠纷调解仲裁法第四十五条", id="AR06D",
              runs_from=frozenset({S.AWARDED}), until_steps=frozenset({"serve_award"}), until=ANY - {S.AWARDED},
              restarts=True),
        Clock("service_respondent", "送达被申请人裁决书", workdays(3), "农村土地承包经营纠纷调解仲裁法第四十五条",
              id="AR06D", runs_from=frozenset({S.AWARDED}), until_steps=frozenset({"serve_respondent"}),
              until=ANY - {S.AWARDED}, restarts=True),
        Clock("sue", "申请人起诉", days(30), "农村土地承包经营纠纷调解仲裁法第四十八条", id="AR06L",
              runs_from_steps=frozenset({"serve_award"}), start_field="served_on", until=ANY - {S.AWARDED},
              stop_field="filed_on", restarts=True),
        Clock("sue_respondent", "被申请人起诉", days(30), "农村土地承包经营纠纷调解仲裁法第四十八条", id="AR06L",
              runs_from_steps=frozenset({"serve_respondent"}), start_field="served_on", until=ANY - {S.AWARDED},
              stop_field="filed_on", restarts=True),
    ),
)
# fmt: on
