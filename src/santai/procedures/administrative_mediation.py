"""Mediation by an administrative organ (行政调解), here the judicial administration, in what touches its duties.

Basis: there is no national law on it; sector laws and local rules give it (such as 深圳经济特区矛盾纠纷多元化解条例 25,
45, 46), so every limit is a default (U). Officials of the organ mediate, not people's mediators, which is why the rows
name the staff of the judicial administration (监督员) and its head; a supervisor of another bureau has no row here
(`rules.of_this_organ`). An agreement is a civil contract; the court may confirm it where the parties apply together.
It is free of charge.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, hours, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import administrative_mediation as own
from santai.procedures.forms import mediation as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import administrative_mediation as rules
from santai.procedures.rules import mediation as talks
from santai.procedures.rules import mediation_agreement as agreement
from santai.procedures.rules.conditions import all_of
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    REQUESTED = "requested", "待填申请"
    REGISTERED = "registered", "已申请，征询双方意愿"
    ACCEPTED = "accepted", "已受理，待确定调解人员"
    NAMED = "named", "已确定调解人员，待告知权利"
    MEDIATING = "mediating", "调解中"
    SIGNING = "signing", "协议待签字盖章"
    AGREED = "agreed", "已达成协议"
    FULFILLED = "fulfilled", "协议已履行，待归档"
    ROUTED = "routed", "协议没有履行，已告知途径，待归档"
    FAILED = "failed", "调解不成，待归档"
    ARCHIVED = "archived", "已归档"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    MOVED = "moved", "已移送其他机关"
    WITHDRAWN = "withdrawn", "已撤回"


OFFICIAL = frozenset({Role.SUPERVISOR})
HEAD = frozenset({Role.BUREAU_HEAD})
ORGAN = OFFICIAL | HEAD

AT_THE_TABLE = frozenset({S.MEDIATING, S.SIGNING})
UNDER_WAY = AT_THE_TABLE | {S.ACCEPTED, S.NAMED}
TO_FILE = frozenset({S.FULFILLED, S.ROUTED, S.FAILED})
CLOSED = frozenset({S.ARCHIVED, S.NOT_ACCEPTED, S.MOVED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, BUREAU = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER
HERE = rules.of_this_organ
WHAT_SHOWS = frozenset({Doc.IDENTITY, Doc.MATTER_PROOF})
LOCAL = "行政调解的地方规定（待核）"

# fmt: off
PROCEDURE = Procedure(
    label="行政调解",
    kind="07",
    states=S,
    initial=S.REQUESTED,
    final=CLOSED,
    in_force=date(2010, 1, 1),
    basis="行政调解的地方规定（待核）；民事诉讼法第二百零五条",
    body=OrganisationKind.BUREAU,
    applied_for="请司法行政机关调解",
    opened_by=ORGAN,
    answered=TO_FILE | {S.AGREED},
    says_opening="可以申请行政调解（免费）。请写明纠纷经过、对方是谁、希望怎么解决，也可以请窗口或热线帮您填。",
    stages={
        "申请": frozenset({S.REQUESTED, S.REGISTERED, S.NOT_ACCEPTED, S.MOVED, S.WITHDRAWN}),
        "受理": frozenset({S.ACCEPTED, S.NAMED}),
        "调解": AT_THE_TABLE | {S.FAILED},
        "履行": frozenset({S.AGREED, S.FULFILLED, S.ROUTED}),
        "归档": frozenset({S.ARCHIVED}),
    },
    steps=(
        # --- 申请、征询、移送
        Step("apply", "申请调解", S.REQUESTED, S.REGISTERED, PERSON | ORGAN, takes=WHAT_SHOWS, form=own.Dispute,
             changes=rules.keep_application, letter="administrative_mediation_registered", tells=APPLICANT | BUREAU,
             says="调解申请已收到，会去问对方愿不愿意调解，5个工作日内告诉您是否受理。调解不收费。", basis=LOCAL),
        Step("not_applied", "没有申请调解，关闭", S.REQUESTED, S.WITHDRAWN, ORGAN, form=Explain, when=HERE,
             tells=APPLICANT, says="您没有申请调解，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", frozenset({S.REQUESTED, S.REGISTERED, S.ACCEPTED, S.NAMED}), S.WITHDRAWN, PERSON,
             form=Note, tells=BOTH, says="您已撤回调解申请；需要时可以重新申请。", basis=LOCAL),
        Step("hand_over", "移送有权的机关", S.REGISTERED, None, ORGAN, form=own.Transfer, when=HERE,
             guard=rules.is_on_the_platform, changes=rules.keep_transfer,
             letter="administrative_mediation_transferred", tells=APPLICANT | BUREAU,
             says="这件纠纷由{organ}调解，材料已经移送：{explanation}", basis=LOCAL),
        Step("hand_out", "移送平台外的机关", S.REGISTERED, S.MOVED, ORGAN, form=own.Transfer, when=HERE,
             letter="administrative_mediation_transferred", tells=APPLICANT,
             says="这件纠纷由{organ}调解，材料已经移送：{explanation}", basis=LOCAL),
        Step("ask_other_side", "征询对方", S.REGISTERED, None, ORGAN, form=forms.AskOtherSide, when=HERE,
             guard=talks.asked_by_now, tells=APPLICANT, says="已向对方征询是否愿意调解，有答复就告诉您。", basis=LOCAL),
        Step("record_reply", "记录答复", S.REGISTERED, None, ORGAN, form=forms.Reply,
             when=all_of(HERE, talks.other_side_is_asked), guard=talks.replied_by_now, changes=talks.keep_reply,
             public=False, basis=LOCAL),
        Step("call_complex", "按复杂纠纷延长", S.REGISTERED, None, HEAD, form=own.Complex,
             when=all_of(HERE, rules.not_complex_yet), tells=APPLICANT,
             says="这件纠纷比较复杂，答复您是否受理的时间延长5个工作日：{explanation}", basis=LOCAL),
        Step("accept", "受理", S.REGISTERED, S.ACCEPTED, ORGAN, form=forms.Accept, when=HERE, guard=talks.both_agree,
             letter="administrative_mediation_accepted", tells=APPLICANT,
             says="双方都愿意调解，已经受理，30日内调解完。", basis=LOCAL),
        Step("decline", "不予受理", S.REGISTERED, S.NOT_ACCEPTED, ORGAN, form=own.Decline, when=HERE,
             guard=talks.reason_is_on_record, changes=rules.keep_decline,
             letter="administrative_mediation_not_accepted", tells=APPLICANT,
             says="这件纠纷不能由本机关调解：{explanation} 您可以找：{route}", basis=LOCAL),
        # --- 调解人员、权利告知：由负责人确定，当事人可以申请回避
        Step("name_official", "确定调解人员", S.ACCEPTED, S.NAMED, HEAD, form=own.NameOfficial,
             guard=rules.may_be_named, changes=rules.keep_official, tells=BOTH,
             says="由{handler}为双方调解，会尽快与双方约时间。", basis=LOCAL),
        Step("ask_replacement", "申请回避", AT_THE_TABLE | {S.NAMED}, None, PERSON, form=Explain,
             tells=APPLICANT | BUREAU, says="您申请更换调解人员，机关负责人会答复您。", basis=LOCAL),
        Step("replace_official", "更换调解人员", AT_THE_TABLE | {S.NAMED}, None, HEAD, form=own.ReplaceOfficial,
             guard=rules.may_be_named, changes=rules.keep_official, tells=BOTH, says="已改由{handler}为双方调解。",
             basis=LOCAL),
        Step("keep_official", "不予更换", AT_THE_TABLE | {S.NAMED}, None, HEAD, form=Explain,
             when=talks.replacement_is_asked, guard=talks.not_the_mediator,
             letter="administrative_mediation_not_replaced", tells=BOTH,
             says="没有更换调解人员：{explanation} 您仍不同意的，可以随时要求终止调解。", basis=LOCAL),
        Step("tell_rights", "告知权利和义务", S.NAMED, S.MEDIATING, ORGAN, form=forms.Rights, when=HERE,
             guard=talks.told_by_now, letter="administrative_mediation_rights", tells=APPLICANT,
             says="已告知双方的权利和义务，现在开始调解。随时可以要求终止调解。", basis=LOCAL),
        # --- 调解
        Step("hold_session", "记录调解", S.MEDIATING, None, ORGAN, needs=frozenset({Doc.MEDIATION_RECORD}),
             form=forms.Session, when=all_of(HERE, talks.police_are_told), guard=talks.held_by_now,
             tells=APPLICANT, says="{handler}在{held_on}为双方做了调解，情况已经记下。", basis=LOCAL),
        Step("supplement", "补充材料或说明", UNDER_WAY | {S.REGISTERED}, None, PERSON | ORGAN, takes=WHAT_SHOWS,
             form=Note, tells=HANDLER, says="补充的材料或说明已收到。{note}"),
        Step("raise_alarm", "激化预警", UNDER_WAY | {S.REGISTERED}, None, ORGAN | FRONT_LINE, form=forms.Alarm,
             changes=talks.most_urgent, public=False, tells=HANDLER | {Tell.SUPERVISOR},
             basis="人民调解法第二十五条（比照）"),
        Step("report_police", "报告公安机关", ANY - CLOSED, None, ORGAN | FRONT_LINE, form=forms.PoliceReport,
             when=talks.alarm_is_raised, letter="administrative_mediation_police_report", public=False,
             tells=HANDLER | {Tell.SUPERVISOR}, basis="人民调解法第二十五条（比照）"),
        Step("ask_extension", "报请延长", UNDER_WAY, None, ORGAN, form=Explain, when=HERE, guard=talks.not_overdue,
             tells=BUREAU, public=False, basis=LOCAL),
        Step("extend_days", "批准延长调解", UNDER_WAY, None, HEAD, form=forms.ExtendDays, guard=talks.not_overdue,
             letter="administrative_mediation_extended", tells=BOTH,
             says="双方同意，调解延长{amount}日：{reason}", basis=LOCAL),
        # --- 协议、调解不成
        Step("draft_agreement", "制作调解协议书", S.MEDIATING, S.SIGNING, ORGAN, form=forms.Draft,
             when=all_of(HERE, talks.police_are_told), changes=agreement.keep_draft,
             letter="administrative_mediation_agreement", tells=APPLICANT,
             says="双方谈好了，调解协议书已写好，请约时间签字。大家都签字、盖好章才生效。", basis=LOCAL),
        Step("reopen_talks", "协议有改动，继续协商", S.SIGNING, S.MEDIATING, ORGAN, form=Explain, when=HERE,
             tells=APPLICANT, says="协议还要再商量：{explanation}"),
        Step("take_effect", "协议签字盖章生效", S.SIGNING, S.AGREED, ORGAN,
             needs=frozenset({Doc.MEDIATION_AGREEMENT}), takes=frozenset({Doc.AUTHORISATION}), form=forms.TakeEffect,
             when=HERE, guard=agreement.fully_signed, changes=agreement.keep_effect, tells=APPLICANT,
             says="调解协议从{effective_on}起生效，双方都要履行。30日内双方可以一起向法院申请司法确认。",
             basis="民法典第四百六十五条；民事诉讼法第二百零五条"),
        Step("terminate", "终止调解", UNDER_WAY, S.FAILED, ORGAN, form=own.Terminate, when=HERE,
             guard=talks.ground_holds, changes=rules.keep_ending, letter="administrative_mediation_terminated",
             tells=BOTH, says="调解没有成功，已经终止：{explanation} 接下来可以走的路写在通知书里。", basis=LOCAL),
        Step("stop", "要求终止调解", AT_THE_TABLE, S.FAILED, PERSON, form=forms.Stop, changes=rules.keep_stop,
             letter="administrative_mediation_terminated", tells=BOTH,
             says="按您的要求，调解已经终止。接下来可以走的路写在通知书里。", basis=LOCAL),
        # --- 司法确认、履行、归档
        Step("confirm_in_court", "申请司法确认", S.AGREED, None, PERSON | ORGAN, when=agreement.may_go_to_court,
             opens="judicial_confirmation", child=agreement.with_whoever_mediated, tells=BOTH,
             says="开始办理司法确认，需要双方一起申请；进展在这里都能看到。",
             basis="民事诉讼法第二百零五条（行政调解协议能否确认由法院审查）"),
        Step("child_closed", "司法确认有结果", TO_FILE | {S.AGREED}, None, Role.SYSTEM, form=forms.ConfirmationEnded,
             changes=agreement.keep_confirmation, tells=BOTH, says="{ending}。"),
        Step("window_over", "司法确认期限届满", S.AGREED, None, ORGAN | {Role.SYSTEM}, when=agreement.window_is_over,
             says="申请司法确认的30日已过。协议仍然有效，对方不履行的，可以起诉。", basis="民事诉讼法第二百零五条"),
        Step("performed", "协议已履行", S.AGREED, S.FULFILLED, ORGAN, takes=frozenset({Doc.PERFORMANCE}),
             form=forms.Performed, when=HERE, guard=agreement.performed_by_now, tells=APPLICANT,
             says="调解协议已经履行：{finding}", basis=LOCAL),
        Step("not_performed", "协议没有履行", S.AGREED, S.ROUTED, ORGAN, form=forms.NotPerformed, when=HERE,
             guard=agreement.performance_was_due, changes=rules.keep_unperformed,
             letter="administrative_mediation_not_performed", tells=APPLICANT,
             says="协议没有全部履行，已经督促。您可以走的路写在告知书里。", basis=LOCAL),
        Step("archive", "归档", TO_FILE, S.ARCHIVED, ORGAN, needs=frozenset({Doc.IDENTITY, Doc.CASE_FILE}),
             form=forms.Archive, when=HERE, says="这件纠纷的案卷已经归档，随时可以查看。", basis=LOCAL),
    ),
    clocks=(
        Clock("acceptance", "决定是否受理", workdays(5), "深圳经济特区矛盾纠纷多元化解条例第四十五条（默认值）",
              id="MD08A", runs_from=frozenset({S.REGISTERED}), until=ANY - {S.REGISTERED},
              extension=Extension("call_complex", at_most=5, field=""), confidence=Confidence.U),
        Clock("transfer", "移送有权的机关", workdays(3), "深圳经济特区矛盾纠纷多元化解条例第二十五条（默认值）",
              id="MD08T", runs_from_steps=frozenset({"apply"}), until=ANY - {S.REGISTERED},
              until_steps=frozenset({"hand_over", "ask_other_side"}), confidence=Confidence.U),
        Clock("mediation", "调解", days(30), "深圳经济特区矛盾纠纷多元化解条例第四十六条（默认值）", id="MD08",
              runs_from_steps=frozenset({"accept"}), until=ANY - UNDER_WAY,
              extension=Extension("extend_days", at_most=30, times=8), confidence=Confidence.U),
        Clock("replacement", "答复回避申请", workdays(3), "行政调解的地方规定（日数为默认值）", id="MD08X",
              runs_from_steps=frozenset({"ask_replacement"}),
              until_steps=frozenset({"replace_official", "keep_official"}), until=ANY - AT_THE_TABLE - {S.NAMED},
              restarts=True, confidence=Confidence.U),
        Clock("police", "报告公安机关", hours(1), "人民调解法第二十五条（比照，时数为默认值）", id="MD08V",
              runs_from_steps=frozenset({"raise_alarm"}), until_steps=frozenset({"report_police"}), restarts=True,
              until=CLOSED, confidence=Confidence.U),
        Clock("confirmation_window", "双方申请司法确认", days(30), "民事诉讼法第二百零五条", id="MD02",
              runs_from_steps=frozenset({"take_effect"}), start_field="effective_on",
              until_steps=frozenset({"confirm_in_court", "window_over"}), until=ANY - {S.AGREED}),
        Clock("follow_up", "了解履行情况", days(15), "行政调解的地方规定（日数为默认值）", id="MD08P",
              runs_from_steps=frozenset({"take_effect"}), start_field="due_on", until=ANY - {S.AGREED},
              confidence=Confidence.U),
        Clock("archive", "立卷归档", days(30), "行政调解的地方规定（日数为默认值）", id="MD08F", runs_from=TO_FILE,
              until=frozenset({S.ARCHIVED}), confidence=Confidence.U),
    ),
)
# fmt: on
