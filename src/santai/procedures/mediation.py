"""People's mediation (人民调解), by village, town, industry and professional committees: from a dispute to its file.

Basis: 人民调解法 (2011-01-01); 人民调解工作若干规定 (司法部令第75号); 劳动争议调解仲裁法 14 for labour disputes;
特邀调解规定 (2016-07-01) and 人民法院在线调解规则 (2022-01-01) for what a court hands over.
It is free of charge (人民调解法 4).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, hours, months, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import mediation as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import mediation as rules
from santai.procedures.rules import mediation_agreement as agreement
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    REQUESTED = "requested", "待登记"
    REGISTERED = "registered", "已登记，征询双方意愿"
    ACCEPTED = "accepted", "已受理，待确定调解员"
    NAMED = "named", "已确定调解员，待告知权利"
    MEDIATING = "mediating", "调解中"
    SIGNING = "signing", "协议待签字盖章"
    AGREED = "agreed", "已达成协议"
    UNPERFORMED = "unperformed", "协议没有履行"
    FULFILLED = "fulfilled", "协议已履行，待归档"
    ROUTED = "routed", "协议没有履行，已告知途径，待归档"
    FAILED = "failed", "调解不成，待归档"
    ARCHIVED = "archived", "已归档"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


COMMITTEE = frozenset({Role.MEDIATOR})
COMMITTEE_OR_BUREAU = COMMITTEE | {Role.SUPERVISOR}
# What the law leaves to the committee itself, not to the mediator at the table (人民调解法 19; 特邀调解规定 15).
HEAD = frozenset({Role.COMMITTEE_HEAD})
HEAD_OR_BUREAU = HEAD | {Role.SUPERVISOR}

BEFORE_SESSIONS = frozenset({S.REGISTERED, S.ACCEPTED, S.NAMED})
UNDER_WAY = BEFORE_SESSIONS | {S.MEDIATING, S.SIGNING}
TERM_RUNS = UNDER_WAY - {S.REGISTERED}
AT_THE_TABLE = frozenset({S.MEDIATING, S.SIGNING})
AFTER_AGREEMENT = frozenset({S.AGREED, S.UNPERFORMED, S.FULFILLED, S.ROUTED})
TO_FILE = frozenset({S.FULFILLED, S.ROUTED, S.FAILED})
ENDED = AFTER_AGREEMENT | {S.FAILED}
CLOSED = frozenset({S.ARCHIVED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, MEDIATORS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
# What the parties bring: the file needs the first in the end (人民调解工作若干规定, 卷宗目录), the talks the second.
WHAT_SHOWS = frozenset({Doc.IDENTITY, Doc.MATTER_PROOF})
APPRAISED = (("begin_appraisal", "end_appraisal"),)
COURT_RULES = "最高人民法院关于人民法院特邀调解的规定第二十七条"

PROCEDURE = Procedure(
    label="人民调解",
    kind="03",
    states=S,
    initial=S.REQUESTED,
    final=CLOSED,
    in_force=date(2011, 1, 1),
    basis="人民调解法；人民调解工作若干规定（司法部令第75号）",
    body=OrganisationKind.MEDIATION,
    applied_for="申请人民调解",
    opened_by=frozenset({Role.MEDIATOR}),
    answered=ENDED,
    says_opening="可以申请人民调解（免费）。请写明纠纷经过和对方是谁；您没有填的，调解员会联系您，帮您登记。",
    stages={
        "申请": frozenset({S.REQUESTED, S.REGISTERED, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "受理": frozenset({S.ACCEPTED, S.NAMED}),
        "调解": AT_THE_TABLE | {S.FAILED},
        "履行": AFTER_AGREEMENT,
        "归档": frozenset({S.ARCHIVED}),
    },
    steps=(
        # --- 登记、征询
        Step("apply", "申请调解", S.REQUESTED, S.REGISTERED, PERSON, takes=WHAT_SHOWS, form=forms.Dispute,
             changes=rules.keep_application, letter="mediation_registered", tells=APPLICANT | MEDIATORS,
             says="调解申请已登记，调解委员会会去问{other_name}愿不愿意调解。调解不收费。",
             basis="人民调解法第四条、第十七条"),
        Step("register", "登记纠纷", S.REQUESTED, S.REGISTERED, COMMITTEE | FRONT_LINE,
             takes=WHAT_SHOWS | {Doc.HANDOVER}, form=forms.Registration, changes=rules.keep_registration,
             letter="mediation_registered", tells=APPLICANT | MEDIATORS,
             says="您和{other_name}的纠纷已登记，调解委员会会征询双方是否愿意调解。调解不收费。",
             basis="人民调解法第十七条、第十八条"),
        Step("not_applied", "没有申请调解，关闭", S.REQUESTED, S.WITHDRAWN, COMMITTEE, form=Explain, tells=APPLICANT,
             says="您没有申请调解，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", BEFORE_SESSIONS | {S.REQUESTED}, S.WITHDRAWN, PERSON, form=Note, tells=BOTH,
             says="您已撤回调解申请；需要时可以重新申请。", basis="人民调解法第二十三条"),
        Step("hand_to_committee", "转交其他调委会", frozenset({S.REQUESTED, S.REGISTERED}), None, COMMITTEE_OR_BUREAU,
             form=forms.HandToCommittee, guard=rules.is_a_committee, changes=rules.hand_over,
             tells=APPLICANT | MEDIATORS, says="这件纠纷改由{committee}调解：{explanation}",
             basis="人民调解法第三十四条"),
        Step("agree_to_mediate", "同意调解", S.REGISTERED, None, PERSON, when=rules.applicant_has_not_agreed,
             changes=rules.keep_own_consent, tells=MEDIATORS, says="您同意调解。", basis="人民调解法第三条、第十七条"),
        Step("ask_other_side", "征询对方", S.REGISTERED, None, COMMITTEE, form=forms.AskOtherSide,
             guard=rules.asked_by_now, letter="mediation_invitation", tells=APPLICANT,
             says="已向对方征询是否愿意调解，有答复就告诉您。", basis="人民调解法第十七条"),
        Step("record_reply", "记录答复", S.REGISTERED, None, COMMITTEE | FRONT_LINE, form=forms.Reply,
             when=rules.other_side_is_asked, guard=rules.replied_by_now, changes=rules.keep_reply, public=False,
             tells=MEDIATORS, basis="人民调解法第十七条"),
        # --- 受理（来源不同，期限不同）
        Step("accept", "受理", S.REGISTERED, S.ACCEPTED, COMMITTEE, form=forms.Accept, when=rules.is_ordinary,
             guard=rules.both_agree, letter="mediation_accepted", tells=APPLICANT,
             says="双方都愿意调解，已经受理，一般在一个月内调解完。", basis="人民调解工作若干规定第三十三条"),
        Step("accept_labour", "受理劳动争议", S.REGISTERED, S.ACCEPTED, COMMITTEE, form=forms.AcceptLabour,
             when=rules.is_labour, guard=rules.labour_may_begin, letter="mediation_accepted", tells=APPLICANT,
             says="双方都愿意调解，已经受理。从收到申请起15日内没有达成协议的，您可以申请劳动仲裁。",
             basis="劳动争议调解仲裁法第十条、第十四条"),
        Step("accept_delegated", "受理法院委派", S.REGISTERED, S.ACCEPTED, COMMITTEE, needs=frozenset({Doc.HANDOVER}),
             form=forms.AcceptFromCourt, when=rules.came_as("court_delegated"), guard=rules.court_may_be_helped,
             changes=rules.keep_court, letter="mediation_accepted", tells=APPLICANT,
             says="已经受理法院委派的调解，30日内调解完；调解不成的，由法院依法立案。",
             basis="特邀调解规定第十一条、第二十七条"),
        Step("accept_entrusted_ordinary", "受理法院委托（普通程序）", S.REGISTERED, S.ACCEPTED, COMMITTEE,
             needs=frozenset({Doc.HANDOVER}), form=forms.AcceptFromCourt, when=rules.came_as("court_entrusted"),
             guard=rules.court_may_be_helped, changes=rules.keep_court, letter="mediation_accepted", tells=APPLICANT,
             says="已经受理法院委托的调解，15日内调解完；调解不成的，法院继续审理。", basis="特邀调解规定第二十七条"),
        Step("accept_entrusted_summary", "受理法院委托（简易程序）", S.REGISTERED, S.ACCEPTED, COMMITTEE,
             needs=frozenset({Doc.HANDOVER}), form=forms.AcceptFromCourt, when=rules.came_as("court_entrusted_summary"),
             guard=rules.court_may_be_helped, changes=rules.keep_court, letter="mediation_accepted", tells=APPLICANT,
             says="已经受理法院委托的调解，7日内调解完；调解不成的，法院继续审理。", basis="特邀调解规定第二十七条"),
        Step("decline", "不予受理", S.REGISTERED, S.NOT_ACCEPTED, COMMITTEE, form=forms.Decline,
             guard=rules.reason_is_on_record, changes=rules.keep_decline, letter="mediation_not_accepted",
             tells=APPLICANT, says="这件纠纷不能由调解委员会调解：{explanation} 您可以找：{route}",
             basis="人民调解法第十七条；人民调解工作若干规定（条号待核）"),
        # --- 调解员、权利告知
        Step("choose_mediator", "选定调解员", S.ACCEPTED, None, PERSON, form=forms.ChooseMediator,
             guard=rules.may_mediate, changes=rules.keep_wish, tells=MEDIATORS,
             says="您希望由{practitioner}调解，调解委员会会尽快安排。", basis="人民调解法第十九条"),
        Step("name_mediator", "确定调解员", S.ACCEPTED, S.NAMED, HEAD, form=forms.NameMediator,
             guard=rules.may_be_named, changes=rules.keep_mediator, tells=BOTH,
             says="由{handler}为你们调解，会尽快与双方约时间。", basis="人民调解法第十九条"),
        Step("recuse_self", "自行回避", AT_THE_TABLE | {S.NAMED}, None, COMMITTEE, form=Explain, tells=MEDIATORS,
             public=False, basis="特邀调解规定第十五条（回避）"),
        Step("replace_mediator", "更换调解员", AT_THE_TABLE | {S.NAMED}, None, HEAD_OR_BUREAU,
             form=forms.ReplaceMediator, guard=rules.may_take_over, changes=rules.keep_mediator, tells=BOTH,
             says="已改由{handler}为你们调解。", basis="人民调解法第十九条；特邀调解规定第十五条（回避）"),
        Step("ask_replacement", "要求更换调解员", AT_THE_TABLE | {S.NAMED}, None, PERSON, form=Explain,
             tells=APPLICANT | MEDIATORS | {Tell.SUPERVISOR}, says="您要求更换调解员，调解委员会负责人会答复您。",
             basis="人民调解法第十九条、第二十三条"),
        Step("keep_mediator", "不予更换", AT_THE_TABLE | {S.NAMED}, None, HEAD_OR_BUREAU, form=Explain,
             when=rules.replacement_is_asked, guard=rules.not_the_mediator, letter="mediation_not_replaced", tells=BOTH,
             says="没有更换调解员：{explanation} 您仍不同意的，可以随时要求终止调解。",
             basis="人民调解法第十九条、第二十三条"),
        Step("tell_rights", "告知权利和义务", S.NAMED, S.MEDIATING, COMMITTEE, form=forms.Rights,
             guard=rules.told_by_now, letter="mediation_rights", tells=APPLICANT,
             says="调解员已告知双方的权利和义务，现在开始调解。随时可以要求终止调解。",
             basis="人民调解法第二十三条、第二十四条；人民调解工作若干规定第三十条"),
        # --- 调解
        Step("hold_session", "记录调解", S.MEDIATING, None, COMMITTEE, needs=frozenset({Doc.MEDIATION_RECORD}),
             form=forms.Session, when=rules.police_are_told, guard=rules.held_by_now, tells=APPLICANT,
             says="{handler}在{held_on}为你们做了调解，情况已经记下。", basis="人民调解法第二十二条、第二十七条"),
        Step("investigate", "调查核实", AT_THE_TABLE, None, COMMITTEE, needs=frozenset({Doc.INVESTIGATION}),
             form=forms.Investigation, guard=rules.looked_into_by_now, tells=APPLICANT,
             says="{handler}在{done_on}就这件纠纷作了调查核实。",
             basis="人民调解法第二十二条；人民调解工作若干规定（条号待核）"),
        Step("invite", "请人参加调解", S.MEDIATING, None, COMMITTEE, form=forms.Join, tells=APPLICANT,
             says="经双方同意，请{name}参加调解。", basis="人民调解法第二十条"),
        Step("supplement", "补充材料或说明", UNDER_WAY, None, PERSON | COMMITTEE, takes=WHAT_SHOWS, form=Note,
             tells=HANDLER, says="补充的材料或说明已收到。{note}"),
        Step("raise_alarm", "激化预警", UNDER_WAY, None, COMMITTEE | FRONT_LINE, form=forms.Alarm,
             changes=rules.most_urgent, public=False, tells=HANDLER | {Tell.SUPERVISOR}, basis="人民调解法第二十五条"),
        Step("report_police", "报告公安机关", ANY - CLOSED, None, COMMITTEE | FRONT_LINE, form=forms.PoliceReport,
             when=rules.alarm_is_raised, letter="mediation_police_report", public=False,
             tells=HANDLER | {Tell.SUPERVISOR}, basis="人民调解法第二十五条"),
        Step("begin_appraisal", "鉴定评估", AT_THE_TABLE, None, COMMITTEE, form=forms.Appraisal,
             when=rules.appraisal_may_begin, tells=APPLICANT, says="由{by}进行鉴定评估，这段时间不计入调解期限。",
             basis="人民法院在线调解规则第二十四条"),
        Step("end_appraisal", "鉴定评估结束", AT_THE_TABLE, None, COMMITTEE, form=Note, when=rules.appraisal_is_running,
             tells=APPLICANT, says="鉴定评估已经结束，调解继续。{note}", basis="人民法院在线调解规则第二十四条"),
        Step("ask_extension", "报请延长", TERM_RUNS, None, COMMITTEE, form=Explain, guard=rules.not_overdue,
             tells=MEDIATORS, public=False, basis="人民调解工作若干规定第三十三条；特邀调解规定第二十七条"),
        Step("extend", "批准延长调解", TERM_RUNS, None, HEAD, form=forms.ExtendMonths, when=rules.runs_in("mediation"),
             guard=rules.not_overdue, letter="mediation_extended", tells=BOTH,
             says="双方同意，调解延长{amount}个月：{reason}", basis="人民调解工作若干规定第三十三条（双方自愿）"),
        Step("extend_days", "批准延长调解（法院交办、劳动争议）", TERM_RUNS, None, HEAD, form=forms.ExtendDays,
             when=rules.runs_in("delegated", "entrusted", "entrusted_summary", "labour"), guard=rules.not_overdue,
             letter="mediation_extended", tells=BOTH, says="双方同意，调解延长{amount}日：{reason}",
             basis="特邀调解规定第二十七条（双方自愿）"),
        # --- 达成协议
        Step("draft_agreement", "制作调解协议书", S.MEDIATING, S.SIGNING, COMMITTEE, form=forms.Draft,
             when=rules.police_are_told, changes=agreement.keep_draft, letter="mediation_agreement", tells=APPLICANT,
             says="双方谈好了，调解协议书已写好，请约时间签字。大家都签字、盖好章才生效。",
             basis="人民调解法第二十八条、第二十九条"),
        Step("reopen_talks", "协议有改动，继续协商", S.SIGNING, S.MEDIATING, COMMITTEE, form=Explain, tells=APPLICANT,
             says="协议还要再商量：{explanation}"),
        Step("take_effect", "协议签字盖章生效", S.SIGNING, S.AGREED, COMMITTEE,
             needs=frozenset({Doc.MEDIATION_AGREEMENT}), takes=frozenset({Doc.AUTHORISATION}), form=forms.TakeEffect,
             guard=agreement.fully_signed, changes=agreement.keep_effect, tells=APPLICANT,
             says="调解协议从{effective_on}起生效，双方都要履行。30日内双方可以一起申请司法确认；确认后可以强制执行。",
             basis="人民调解法第二十九条、第三十一条、第三十三条"),
        Step("agree_orally", "登记口头协议", S.MEDIATING, S.AGREED, COMMITTEE, needs=frozenset({Doc.MEDIATION_RECORD}),
             form=forms.Oral, when=rules.police_are_told, guard=agreement.agreed_by_now, changes=agreement.keep_oral,
             letter="mediation_oral_agreement", tells=APPLICANT,
             says="双方达成口头协议，从{agreed_on}起生效，调解员已经登记。", basis="人民调解法第二十八条、第三十条"),
        Step("put_in_writing", "补写书面协议", S.AGREED, None, COMMITTEE, needs=frozenset({Doc.MEDIATION_AGREEMENT}),
             takes=frozenset({Doc.AUTHORISATION}), form=forms.PutInWriting, when=agreement.is_oral,
             guard=agreement.fully_signed, changes=agreement.keep_writing, tells=APPLICANT,
             says="口头协议已写成书面协议，从{effective_on}起30日内双方可以一起申请司法确认。",
             basis="人民调解法第二十八条、第二十九条"),
        # --- 调解不成
        Step("terminate", "终止调解", AT_THE_TABLE | {S.ACCEPTED, S.NAMED}, S.FAILED, COMMITTEE, form=forms.Terminate,
             guard=rules.ground_holds, changes=rules.keep_ending, letter="mediation_terminated", tells=BOTH,
             says="调解没有成功，已经终止：{explanation} 接下来可以走的路写在通知书里。", basis="人民调解法第二十六条"),
        Step("stop", "要求终止调解", AT_THE_TABLE, S.FAILED, PERSON, form=forms.Stop, changes=rules.keep_stop,
             letter="mediation_terminated", tells=BOTH, says="按您的要求，调解已经终止。接下来可以走的路写在通知书里。",
             basis="人民调解法第二十三条、第二十六条"),
        # --- 司法确认、履行
        Step("confirm_in_court", "申请司法确认", S.AGREED, None, PERSON | COMMITTEE, when=agreement.may_go_to_court,
             opens="judicial_confirmation", child=agreement.with_whoever_mediated, tells=BOTH,
             says="开始办理司法确认，需要双方一起申请；进展在这里都能看到。",
             basis="人民调解法第三十三条；民事诉讼法第二百零五条"),
        Step("child_closed", "司法确认有结果", AFTER_AGREEMENT, None, Role.SYSTEM, form=forms.ConfirmationEnded,
             changes=agreement.keep_confirmation, tells=BOTH, says="{ending}。"),
        Step("window_over", "司法确认期限届满", S.AGREED, None, COMMITTEE | {Role.SYSTEM},
             when=agreement.window_is_over, says="申请司法确认的30日已过。协议仍然有效，对方不履行的，可以起诉。",
             basis="民事诉讼法第二百零五条"),
        Step("follow_up", "回访", frozenset({S.AGREED, S.UNPERFORMED}), None, COMMITTEE, form=forms.FollowUp,
             guard=agreement.visited_by_now, letter="mediation_follow_up",
             says="{handler}在{visited_on}回访了协议的履行情况。", basis="人民调解法第三十一条第二款"),
        Step("performed", "协议已履行", frozenset({S.AGREED, S.UNPERFORMED}), S.FULFILLED, COMMITTEE,
             takes=frozenset({Doc.PERFORMANCE}), form=forms.Performed, guard=agreement.performed_by_now,
             tells=APPLICANT, says="调解协议已经履行：{finding}", basis="人民调解法第三十一条"),
        Step("not_performed", "协议没有履行", S.AGREED, S.UNPERFORMED, COMMITTEE, form=forms.NotPerformed,
             guard=agreement.performance_was_due, changes=agreement.keep_failure, letter="mediation_not_performed",
             tells=APPLICANT, says="协议没有全部履行，已经督促。您可以走的路写在通知书里。",
             basis="人民调解法第三十一条、第三十二条"),
        Step("leave_to_court", "当事人改走其他途径", S.UNPERFORMED, S.ROUTED, COMMITTEE, form=Explain, tells=APPLICANT,
             says="这件纠纷接下来走其他途径解决：{explanation}", basis="人民调解法第三十二条"),
        # --- 函复、归档
        Step("reply_to_sender", "函复移交单位", ENDED, None, COMMITTEE, form=forms.SenderReply,
             when=rules.is_handed_over, letter="mediation_reply", public=False, basis="特邀调解规定第二十六条"),
        Step("archive", "归档", TO_FILE, S.ARCHIVED, COMMITTEE, needs=frozenset({Doc.IDENTITY}), form=forms.Archive,
             guard=agreement.file_is_whole, changes=agreement.keep_contents, letter="mediation_file_index",
             says="这件纠纷的案卷已经归档，随时可以查看。", basis="人民调解法第二十七条"),
    ),
    clocks=(
        Clock("registration", "登记纠纷", workdays(1), "人民调解法第二十七条（日数为默认值）", id="MD01R",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.REQUESTED}, confidence=Confidence.U),
        Clock("acceptance", "征询并决定是否受理", workdays(3), "人民调解工作若干规定（日数为默认值）", id="MD01A",
              runs_from=frozenset({S.REGISTERED}), until=ANY - {S.REGISTERED}, confidence=Confidence.U),
        Clock("mediation", "调解", months(1), "人民调解工作若干规定第三十三条", id="MD01",
              runs_from_steps=frozenset({"accept"}), until=ANY - UNDER_WAY,
              extension=Extension("extend", at_most=3, times=8), confidence=Confidence.S2),
        Clock("delegated", "调解（法院委派）", days(30), COURT_RULES, id="MD04",
              runs_from_steps=frozenset({"accept_delegated"}), start_field="received_on", until=ANY - UNDER_WAY,
              paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("entrusted", "调解（法院委托，普通程序）", days(15), COURT_RULES, id="MD04B",
              runs_from_steps=frozenset({"accept_entrusted_ordinary"}), start_field="received_on",
              until=ANY - UNDER_WAY, paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("entrusted_summary", "调解（法院委托，简易程序）", days(7), COURT_RULES, id="MD04C",
              runs_from_steps=frozenset({"accept_entrusted_summary"}), start_field="received_on", until=ANY - UNDER_WAY,
              paused_between=APPRAISED, extension=Extension("extend_days", at_most=30, times=8)),
        Clock("labour", "调解劳动争议", days(15), "劳动争议调解仲裁法第十四条第三款", id="MD05",
              runs_from_steps=frozenset({"accept_labour"}), start_field="applied_on", until=ANY - UNDER_WAY,
              extension=Extension("extend_days", at_most=30, times=8)),
        Clock("replacement", "答复更换调解员的要求", workdays(3), "人民调解法第十九条（日数为默认值）", id="MD01X",
              runs_from_steps=frozenset({"ask_replacement", "recuse_self"}),
              until_steps=frozenset({"replace_mediator", "keep_mediator"}), until=ANY - AT_THE_TABLE - {S.NAMED},
              restarts=True, confidence=Confidence.U),
        Clock("police", "报告公安机关", hours(1), "人民调解法第二十五条（及时报告，时数为默认值）", id="MD01V",
              runs_from_steps=frozenset({"raise_alarm"}), until_steps=frozenset({"report_police"}), restarts=True,
              confidence=Confidence.U),
        Clock("confirmation_window", "双方申请司法确认", days(30), "民事诉讼法第二百零五条", id="MD02",
              runs_from_steps=frozenset({"take_effect", "put_in_writing"}), start_field="effective_on",
              until_steps=frozenset({"confirm_in_court", "window_over"}), until=ANY - {S.AGREED}),
        Clock("follow_up", "回访履行情况", days(15), "人民调解法第三十一条第二款（日数为默认值）", id="MD01P",
              runs_from_steps=frozenset({"take_effect", "agree_orally", "put_in_writing", "follow_up"}),
              start_field="due_on", until=ANY - {S.AGREED, S.UNPERFORMED}, until_steps=frozenset({"follow_up"}),
              restarts=True, confidence=Confidence.U),
        Clock("archive", "立卷归档", days(30), "人民调解法第二十七条（日数为默认值）", id="MD01F", runs_from=TO_FILE,
              until=frozenset({S.ARCHIVED}), confidence=Confidence.U),
    ),
)
