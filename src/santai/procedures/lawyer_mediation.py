"""Mediation by lawyers (律师调解), on request or handed over by a court.

Basis: 最高人民法院关于人民法院特邀调解的规定 (2016-07-01), 16: whoever mediated does not act in the dispute later.
What the pilot rules on lawyer mediation set besides is not confirmed; such limits are defaults (U).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import licensed_mediation as own
from santai.procedures.forms import mediation as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import licensed_mediation as rules
from santai.procedures.rules import mediation as talks
from santai.procedures.rules import mediation_agreement as agreement
from santai.procedures.rules.roles import PERSON
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    REQUESTED = "requested", "待申请"
    REGISTERED = "registered", "已登记，征询双方意愿"
    ACCEPTED = "accepted", "已受理，待确定调解员"
    MEDIATING = "mediating", "调解中"
    SIGNING = "signing", "协议待签字盖章"
    AGREED = "agreed", "已达成协议"
    FULFILLED = "fulfilled", "协议已履行"
    ROUTED = "routed", "协议没有履行，已告知途径"
    FAILED = "failed", "调解不成"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


MEDIATORS = frozenset({Role.LAWYER})
DESK = frozenset({Role.DISPATCHER, Role.SUPERVISOR})

UNDER_WAY = frozenset({S.REGISTERED, S.ACCEPTED, S.MEDIATING, S.SIGNING})
AT_THE_TABLE = frozenset({S.MEDIATING, S.SIGNING})
CLOSED = frozenset({S.FULFILLED, S.ROUTED, S.FAILED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, BODY = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
APPRAISED = (("begin_appraisal", "end_appraisal"),)
COURT_RULES = "最高人民法院关于人民法院特邀调解的规定第二十七条"

PROCEDURE = Procedure(
    label="律师调解",
    kind="06",
    states=S,
    initial=S.REQUESTED,
    final=CLOSED,
    in_force=date(2017, 10, 1),
    basis="最高人民法院关于人民法院特邀调解的规定；律师调解试点（待核）",
    applied_for="申请律师调解",
    opened_by=frozenset({Role.LAWYER}),
    answered=frozenset({S.AGREED}),
    says_opening="可以申请律师调解。请写明纠纷经过和对方是谁；律师收不收费、收多少，要先和双方说好。",
    stages={
        "申请": frozenset({S.REQUESTED, S.REGISTERED, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "受理": frozenset({S.ACCEPTED}),
        "调解": AT_THE_TABLE | {S.FAILED},
        "履行": frozenset({S.AGREED, S.FULFILLED, S.ROUTED}),
    },
    steps=(
        # --- 申请、机构、征询
        Step("apply", "申请调解", S.REQUESTED, S.REGISTERED, PERSON | DESK, form=own.FromWhere,
             changes=rules.keep_dispute, letter="licensed_mediation_registered", tells=APPLICANT | {Tell.DISPATCHER},
             says="律师调解申请已登记，正在为双方确定律师事务所。", basis="律师调解试点（条号待核）"),
        Step("withdraw", "撤回申请", frozenset({S.REQUESTED, S.REGISTERED, S.ACCEPTED}), S.WITHDRAWN, PERSON, form=Note,
             tells=BOTH, says="您已撤回调解申请；需要时可以重新申请。"),
        Step("not_applied", "没有申请调解，关闭", S.REQUESTED, S.WITHDRAWN, DESK, form=Explain, tells=APPLICANT,
             says="您没有申请调解，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("give_to_body", "确定调解机构", S.REGISTERED, None, DESK, form=own.GiveToBody, guard=rules.is_law_firm,
             changes=rules.keep_body, tells=APPLICANT | BODY, says="由{organisation}负责调解，会尽快与双方联系。",
             basis="律师调解试点（条号待核）"),
        Step("ask_other_side", "征询对方", S.REGISTERED, None, MEDIATORS, form=forms.AskOtherSide,
             guard=talks.asked_by_now, tells=APPLICANT, says="已向对方征询是否愿意调解，有答复就告诉您。",
             basis="特邀调解规定第二条（自愿）"),
        Step("record_reply", "记录答复", S.REGISTERED, None, MEDIATORS | FRONT_LINE, form=forms.Reply,
             when=talks.other_side_is_asked, guard=talks.replied_by_now, changes=talks.keep_reply, public=False,
             tells=BODY, basis="特邀调解规定第二条（自愿）"),
        Step("agree_on_fee", "约定调解费", S.REGISTERED, None, MEDIATORS, form=own.Fee, changes=rules.keep_fee,
             tells=APPLICANT, says="双方约定调解费{amount}元，由{paid_by}支付。", basis="律师调解试点（条号待核）"),
        # --- 受理（来源不同，期限不同）
        Step("accept", "受理", S.REGISTERED, S.ACCEPTED, MEDIATORS, form=forms.Accept, when=rules.is_not_from_court,
             guard=rules.may_accept, letter="licensed_mediation_accepted", tells=APPLICANT,
             says="双方都愿意调解，已经受理。", basis="特邀调解规定第二条（自愿）"),
        Step("accept_delegated", "受理法院委派", S.REGISTERED, S.ACCEPTED, MEDIATORS, needs=frozenset({Doc.HANDOVER}),
             form=forms.AcceptFromCourt, when=talks.came_as("court_delegated"), guard=rules.may_accept_from_court,
             changes=talks.keep_court, letter="licensed_mediation_accepted", tells=APPLICANT,
             says="已经受理法院委派的调解，30日内调解完；调解不成的，由法院依法立案。",
             basis="特邀调解规定第十一条、第二十七条"),
        Step("accept_entrusted_ordinary", "受理法院委托（普通程序）", S.REGISTERED, S.ACCEPTED, MEDIATORS,
             needs=frozenset({Doc.HANDOVER}), form=forms.AcceptFromCourt, when=talks.came_as("court_entrusted"),
             guard=rules.may_accept_from_court, changes=talks.keep_court, letter="licensed_mediation_accepted",
             tells=APPLICANT, says="已经受理法院委托的调解，15日内调解完；调解不成的，法院继续审理。",
             basis="特邀调解规定第二十七条"),
        Step("accept_entrusted_summary", "受理法院委托（简易程序）", S.REGISTERED, S.ACCEPTED, MEDIATORS,
             needs=frozenset({Doc.HANDOVER}), form=forms.AcceptFromCourt, when=talks.came_as("court_entrusted_summary"),
             guard=rules.may_accept_from_court, changes=talks.keep_court, letter="licensed_mediation_accepted",
             tells=APPLICANT, says="已经受理法院委托的调解，7日内调解完；调解不成的，法院继续审理。",
             basis="特邀调解规定第二十七条"),
        Step("decline", "不予受理", S.REGISTERED, S.NOT_ACCEPTED, MEDIATORS | DESK, form=own.Decline,
             guard=rules.reason_is_on_record, changes=rules.keep_decline, letter="licensed_mediation_not_accepted",
             tells=APPLICANT, says="这件纠纷不能在这里调解：{explanation} 您可以找：{route}",
             basis="特邀调解规定第二条（自愿）"),
        # --- 调解员、调解
        Step("name_mediator", "确定调解员", S.ACCEPTED, S.MEDIATING, MEDIATORS, form=own.NameLawyer,
             guard=rules.lawyer_mediator, changes=rules.keep_mediator, letter="licensed_mediation_rights", tells=BOTH,
             says="由{handler}为双方调解，权利和义务写在告知书里。", basis="特邀调解规定第十五条、第十六条"),
        Step("hold_session", "记录调解", S.MEDIATING, None, MEDIATORS, needs=frozenset({Doc.MEDIATION_RECORD}),
             form=forms.Session, guard=talks.held_by_now, tells=APPLICANT,
             says="{handler}在{held_on}为双方做了调解，情况已经记下。", basis="特邀调解规定"),
        Step("supplement", "补充材料或说明", UNDER_WAY, None, PERSON | MEDIATORS, form=Note, tells=HANDLER,
             says="补充的材料或说明已收到。{note}"),
        Step("begin_appraisal", "鉴定评估", AT_THE_TABLE, None, MEDIATORS, form=forms.Appraisal,
             when=talks.appraisal_may_begin, tells=APPLICANT, says="由{by}进行鉴定评估，这段时间不计入调解期限。",
             basis="人民法院在线调解规则第二十四条"),
        Step("end_appraisal", "鉴定评估结束", AT_THE_TABLE, None, MEDIATORS, form=Note, when=talks.appraisal_is_running,
             tells=APPLICANT, says="鉴定评估已经结束，调解继续。{note}", basis="人民法院在线调解规则第二十四条"),
        Step("extend_days", "延长调解", UNDER_WAY, None, MEDIATORS, form=forms.ExtendDays,
             when=talks.runs_in("mediation", "delegated", "entrusted", "entrusted_summary"), guard=talks.not_overdue,
             tells=APPLICANT, says="双方同意，调解延长{amount}日：{reason}",
             basis="特邀调解规定第二十七条（双方自愿）"),
        # --- 协议、调解不成
        Step("draft_agreement", "制作调解协议书", S.MEDIATING, S.SIGNING, MEDIATORS, form=forms.Draft,
             changes=agreement.keep_draft, letter="licensed_mediation_agreement", tells=APPLICANT,
             says="双方谈好了，调解协议书已写好，请约时间签字。大家都签字、盖好章才生效。", basis="特邀调解规定"),
        Step("reopen_talks", "协议有改动，继续协商", S.SIGNING, S.MEDIATING, MEDIATORS, form=Explain, tells=APPLICANT,
             says="协议还要再商量：{explanation}"),
        Step("take_effect", "协议签字盖章生效", S.SIGNING, S.AGREED, MEDIATORS,
             needs=frozenset({Doc.MEDIATION_AGREEMENT}), form=forms.TakeEffect, guard=agreement.fully_signed,
             changes=agreement.keep_effect, tells=APPLICANT,
             says="调解协议从{effective_on}起生效，双方都要履行。30日内双方可以一起申请司法确认；确认后可以强制执行。",
             basis="特邀调解规定；民事诉讼法第二百零五条"),
        Step("terminate", "终止调解", AT_THE_TABLE | {S.ACCEPTED}, S.FAILED, MEDIATORS, form=forms.Terminate,
             guard=talks.ground_holds, changes=rules.keep_ending, letter="licensed_mediation_terminated", tells=BOTH,
             says="调解没有成功，已经终止：{explanation} 接下来可以走的路写在通知书里。",
             basis="特邀调解规定第二十六条"),
        Step("stop", "要求终止调解", AT_THE_TABLE, S.FAILED, PERSON, form=forms.Stop, changes=rules.keep_stop,
             letter="licensed_mediation_terminated", tells=BOTH,
             says="按您的要求，调解已经终止。接下来可以走的路写在通知书里。", basis="特邀调解规定第二十六条"),
        # --- 司法确认、履行
        Step("confirm_in_court", "申请司法确认", S.AGREED, None, PERSON | MEDIATORS, when=agreement.may_go_to_court,
             opens="judicial_confirmation", child=agreement.with_whoever_mediated, tells=BOTH,
             says="开始办理司法确认，需要双方一起申请；进展在这里都能看到。",
             basis="民事诉讼法第二百零五条"),
        Step("child_closed", "司法确认有结果", S.AGREED, None, Role.SYSTEM, form=forms.ConfirmationEnded,
             changes=agreement.keep_confirmation, tells=BOTH, says="{ending}。"),
        Step("window_over", "司法确认期限届满", S.AGREED, None, MEDIATORS | {Role.SYSTEM},
             when=agreement.window_is_over, says="申请司法确认的30日已过。协议仍然有效，对方不履行的，可以起诉。",
             basis="民事诉讼法第二百零五条"),
        Step("performed", "协议已履行", S.AGREED, S.FULFILLED, MEDIATORS, form=forms.Performed,
             guard=agreement.performed_by_now, tells=APPLICANT, says="调解协议已经履行：{finding}"),
        Step("not_performed", "协议没有履行", S.AGREED, S.ROUTED, MEDIATORS, form=forms.NotPerformed,
             guard=agreement.performance_was_due, changes=rules.keep_unperformed,
             letter="licensed_mediation_not_performed", tells=APPLICANT,
             says="协议没有全部履行。您可以走的路写在告知书里。", basis="民事诉讼法第二百零五条、第二百零六条"),
    ),
    clocks=(
        Clock("acceptance", "征询并决定是否受理", workdays(5), "律师调解试点（日数为默认值）", id="MD07A",
              runs_from=frozenset({S.REGISTERED}), until=ANY - {S.REGISTERED}, confidence=Confidence.U),
        Clock("mediation", "调解", days(30), "律师调解试点（日数为默认值）", id="MD07",
              runs_from_steps=frozenset({"accept"}), until=ANY - UNDER_WAY,
              extension=Extension("extend_days", at_most=30, times=8), confidence=Confidence.U),
        Clock("delegated", "调解（法院委派）", days(30), COURT_RULES, id="MD04",
              runs_from_steps=frozenset({"accept_delegated"}), start_field="received_on", until=ANY - UNDER_WAY,
              paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("entrusted", "调解（法院委托，普通程序）", days(15), COURT_RULES, id="MD04B",
              runs_from_steps=frozenset({"accept_entrusted_ordinary"}), start_field="received_on",
              until=ANY - UNDER_WAY, paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("entrusted_summary", "调解（法院委托，简易程序）", days(7), COURT_RULES, id="MD04C",
              runs_from_steps=frozenset({"accept_entrusted_summary"}), start_field="received_on", until=ANY - UNDER_WAY,
              paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("confirmation_window", "双方申请司法确认", days(30), "民事诉讼法第二百零五条", id="MD02",
              runs_from_steps=frozenset({"take_effect"}), start_field="effective_on",
              until_steps=frozenset({"confirm_in_court", "window_over"}), until=ANY - {S.AGREED}),
        Clock("follow_up", "了解履行情况", days(15), "律师调解试点（日数为默认值）", id="MD07P",
              runs_from_steps=frozenset({"take_effect"}), start_field="due_on", until=ANY - {S.AGREED},
              confidence=Confidence.U),
    ),
)
