"""Petitions (信访): recognised, the route explained, handed to the petition office with both receipts, then followed.

Basis: 信访工作条例 (2022-05-01). The platform decides nothing about a petition: it explains, hands on and feeds back. A
limit begins with the receipt of the office or unit; the platform's own receipt is another fact, and both are shown.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import petition as forms
from santai.procedures.forms.legal_aid import Explain
from santai.procedures.rules import petition as rules
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填写"
    RECOGNISED = "recognised", "待转交"
    SENT = "sent", "已转交，待对方收件"
    WITH_OFFICE = "with_office", "信访工作机构办理中"
    WITH_UNIT = "with_unit", "责任单位待受理"
    HANDLING = "handling", "责任单位办理中"
    REPLIED = "replied", "已答复，可申请复查"
    REVIEW_SENT = "review_sent", "复查申请已转交"
    REVIEWING = "reviewing", "复查中"
    REVIEWED = "reviewed", "已复查，可申请复核"
    RECHECK_SENT = "recheck_sent", "复核申请已转交"
    RECHECKING = "rechecking", "复核中"
    CLOSED = "closed", "已办结"
    ENDED = "ended", "复核终结"
    GUIDED = "guided", "已引导法定途径"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


DESK = FRONT_LINE | {Role.SUPERVISOR, Role.BUREAU_HEAD}
LAWYER = frozenset({Role.LAWYER})
# What an office or unit does is recorded by whoever hears of it.
RECORDERS = DESK | LAWYER
TIMER = DESK | {Role.SYSTEM}
RECEIPT = frozenset({Doc.RECEIPT})

ON_THE_WAY = frozenset({S.SENT, S.WITH_OFFICE, S.WITH_UNIT, S.HANDLING})
LATER = frozenset({S.REPLIED, S.REVIEW_SENT, S.REVIEWING, S.REVIEWED, S.RECHECK_SENT, S.RECHECKING})
OPEN = ON_THE_WAY | LATER | {S.PREPARING, S.RECOGNISED}
FINAL = frozenset({S.CLOSED, S.ENDED, S.GUIDED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICE = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER
U = Confidence.U

# fmt: off
PROCEDURE = Procedure(
    label="信访转交",
    kind="44",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2022, 5, 1),
    basis="信访工作条例（2022年5月1日起施行）",
    body=OrganisationKind.BUREAU,
    applied_for="反映问题、转交信访",
    opened_by=FRONT_LINE | {Role.SUPERVISOR},
    answered=frozenset({S.REPLIED, S.REVIEWED}),
    says_opening="信访事项由信访工作机构办理，我们帮您转交并跟踪。请写明反映的是哪个单位、什么事。",
    stages={
        "登记": frozenset({S.PREPARING, S.RECOGNISED, S.GUIDED, S.WITHDRAWN}),
        "转交": frozenset({S.SENT, S.WITH_OFFICE, S.NOT_ACCEPTED}),
        "办理": frozenset({S.WITH_UNIT, S.HANDLING}),
        "答复": frozenset({S.REPLIED, S.REVIEW_SENT, S.REVIEWING, S.REVIEWED}),
        "办结": frozenset({S.RECHECK_SENT, S.RECHECKING, S.CLOSED, S.ENDED}),
    },
    steps=(
        # --- 登记、解释、转交
        Step("register", "登记反映的问题", S.PREPARING, S.RECOGNISED, PERSON, takes=frozenset({Doc.MATTER_PROOF}),
             form=forms.Register, changes=rules.keep_petition, tells=OFFICE,
             says="反映的问题已登记。有法定途径的会先讲清楚，其余的1个工作日内转交信访工作机构。",
             basis="信访工作条例第十七条至第二十一条"),
        Step("explain_route", "解释应当走的途径", frozenset({S.PREPARING, S.RECOGNISED}), None, DESK,
             form=forms.Route, changes=rules.keep_route, letter="petition_route", tells=APPLICANT,
             says="这件事应当走：{explanation} 找：{contact} 您也可以要求按信访转交。",
             basis="信访工作条例第二十八条"),
        Step("choose_route", "同意走法定途径", S.RECOGNISED, S.GUIDED, PERSON, form=forms.ChooseRoute,
             when=rules.route_is_not_petition, tells=OFFICE,
             says="您选择走法定途径，这件事在这里办结。路上需要法律帮助的，可以申请法律援助。"),
        Step("withdraw", "撤回", frozenset({S.PREPARING, S.RECOGNISED}), S.WITHDRAWN, PERSON, form=forms.Withdraw,
             tells=OFFICE, says="您已撤回；需要时可以重新反映。"),
        Step("withdraw_later", "撤回", ON_THE_WAY, S.WITHDRAWN, PERSON, form=forms.Withdraw, tells=BOTH | OFFICE,
             says="您已撤回，我们会告诉信访工作机构；撤回不影响依法处理已经发现的问题。"),
        Step("transfer", "转交信访工作机构", S.RECOGNISED, S.SENT, DESK, takes=RECEIPT, form=forms.Transfer,
             guard=rules.may_be_handed_over, letter="petition_transferred", tells=APPLICANT,
             says="已转交{office}。对方收到以后，我们告诉您办理期限从哪一天起算。",
             basis="信访工作条例第二十二条"),
        Step("office_received", "登记信访工作机构收件", S.SENT, S.WITH_OFFICE, RECORDERS, takes=RECEIPT,
             form=forms.Received, guard=rules.received_after_sent, changes=rules.keep_receipt,
             letter="petition_receipt", tells=APPLICANT,
             says="信访工作机构{received_at}收到，从这一天起15日内转送、交办或者告诉您；我们收到的时间写在收件告知书里。",
             basis="信访工作条例第二十二条"),
        Step("office_returns", "登记退回", S.SENT, S.RECOGNISED, RECORDERS, form=forms.ReturnedByOffice,
             tells=APPLICANT | OFFICE, says="对方退回了：{explanation} 我们会改转合适的机构。"),
        Step("office_passes_on", "登记转送、交办", S.WITH_OFFICE, S.WITH_UNIT, RECORDERS, form=forms.PassOn,
             guard=rules.secrecy_is_kept, changes=rules.keep_unit, tells=APPLICANT,
             says="信访工作机构已转给{unit}，请等它告诉您是否受理。", basis="信访工作条例第二十二条"),
        Step("office_guides", "登记引导到法定途径", S.WITH_OFFICE, S.GUIDED, RECORDERS, form=forms.Guides,
             guard=rules.by_today("guided_on"), changes=rules.keep_guide, letter="petition_guided", tells=APPLICANT,
             says="信访工作机构告诉您应当走法定途径：{explanation} 找：{contact}",
             basis="信访工作条例第二十八条"),
        Step("office_declines", "登记不予受理", frozenset({S.WITH_OFFICE, S.WITH_UNIT}), S.NOT_ACCEPTED, RECORDERS,
             form=forms.Declines, guard=rules.by_today("notice_on"), changes=rules.keep_decline,
             letter="petition_not_accepted", tells=BOTH, says="没有受理：{explanation} 您可以：{route}",
             basis="信访工作条例第十九条、第三十一条"),
        # --- 责任单位
        Step("unit_received", "登记责任单位收件", S.WITH_UNIT, None, RECORDERS, takes=RECEIPT, form=forms.Received,
             when=rules.unit_not_received, guard=rules.received_after_sent, changes=rules.keep_receipt,
             tells=APPLICANT, says="责任单位{received_at}收到，从这一天起15日内告诉您是否受理。",
             basis="信访工作条例第二十三条第三款"),
        Step("unit_objects", "登记责任单位提出异议", S.WITH_UNIT, S.WITH_OFFICE, RECORDERS, form=forms.Objects,
             guard=rules.objected_in_time, tells=APPLICANT | OFFICE,
             says="收件的单位认为不归它管，已退回信访工作机构重新确定：{explanation}",
             basis="信访工作条例第二十三条第三款"),
        Step("unit_accepts", "登记受理", S.WITH_UNIT, S.HANDLING, RECORDERS, form=forms.Accepts,
             guard=rules.accepted_by_now, changes=rules.keep_acceptance, tells=APPLICANT,
             says="责任单位已受理，60日内给您处理意见；延长的会告诉您理由。",
             basis="信访工作条例第三十一条、第三十四条"),
        Step("unit_guides", "登记导入法定程序", frozenset({S.WITH_UNIT, S.HANDLING}), S.GUIDED, RECORDERS,
             form=forms.Guides, guard=rules.by_today("guided_on"), changes=rules.keep_guide,
             letter="petition_guided", tells=APPLICANT, says="责任单位告诉您应当走法定途径：{explanation}",
             basis="信访工作条例第三十一条"),
        Step("extend", "登记延长期限", S.HANDLING, None, RECORDERS, form=forms.Extend,
             when=rules.not_lengthened_before, guard=rules.may_be_lengthened, changes=rules.keep_extension,
             letter="petition_extended", tells=APPLICANT, says="办理期限延长{amount}日：{explanation}",
             basis="信访工作条例第三十四条"),
        Step("report_progress", "通报办理进展", frozenset({S.WITH_UNIT, S.HANDLING, S.WITH_OFFICE}), None, RECORDERS,
             form=forms.Progress, tells=APPLICANT, says="办理进展：{text}"),
        Step("reply", "登记处理意见", S.HANDLING, S.REPLIED, RECORDERS, takes=frozenset({Doc.COURT_PAPER}),
             form=forms.Reply, guard=rules.replied_by_now, changes=rules.keep_reply, letter="petition_result",
             tells=BOTH, says="处理意见已送达您：{summary} 不服的，可以在30日内申请复查。",
             basis="信访工作条例第三十二条、第三十五条"),
        # --- 复查、复核
        Step("ask_review", "申请复查", S.REPLIED, S.REVIEW_SENT, PERSON, form=forms.AskReview,
             guard=rules.asked_in_window("review_window"), tells=BOTH | OFFICE,
             says="复查的申请已收到，马上转交复查机关：{explanation}", basis="信访工作条例第三十五条"),
        Step("review_received", "登记复查机关收件", S.REVIEW_SENT, S.REVIEWING, RECORDERS, takes=RECEIPT,
             form=forms.Received, guard=rules.received_after_sent, changes=rules.keep_receipt, tells=APPLICANT,
             says="复查机关已收到，30日内作出复查意见。", basis="信访工作条例第三十五条"),
        Step("review_reply", "登记复查意见", S.REVIEWING, S.REVIEWED, RECORDERS, form=forms.ReviewReply,
             guard=rules.replied_by_now, changes=rules.keep_reply, letter="petition_result", tells=BOTH,
             says="复查意见已送达您：{summary} 不服的，可以在30日内申请复核。", basis="信访工作条例第三十六条"),
        Step("ask_recheck", "申请复核", S.REVIEWED, S.RECHECK_SENT, PERSON, form=forms.AskReview,
             guard=rules.asked_in_window("recheck_window"), tells=BOTH | OFFICE,
             says="复核的申请已收到，马上转交复核机关：{explanation}", basis="信访工作条例第三十六条"),
        Step("recheck_received", "登记复核机关收件", S.RECHECK_SENT, S.RECHECKING, RECORDERS, takes=RECEIPT,
             form=forms.Received, guard=rules.received_after_sent, changes=rules.keep_receipt, tells=APPLICANT,
             says="复核机关已收到，30日内作出复核意见；听证的时间不算在内。", basis="信访工作条例第三十六条"),
        Step("hold_hearing", "登记开始听证", S.RECHECKING, None, RECORDERS, form=forms.Hearing,
             when=rules.no_hearing_on, guard=rules.by_today("held_on"), tells=APPLICANT,
             says="已安排听证，听证的时间不计入复核期限。",
             basis="信访工作条例第三十六条"),
        Step("hearing_over", "登记听证结束", S.RECHECKING, None, RECORDERS, form=forms.Progress,
             when=rules.hearing_is_on, tells=APPLICANT, says="听证结束，继续复核：{text}",
             basis="信访工作条例第三十六条"),
        Step("recheck_reply", "登记复核意见，终结", S.RECHECKING, S.ENDED, RECORDERS, form=forms.ReviewReply,
             guard=rules.replied_by_now, changes=rules.keep_reply, letter="petition_ended", tells=BOTH,
             says="复核意见已送达您：{summary} 同一事实和理由再提出的，不再受理。",
             basis="信访工作条例第三十六条"),
        Step("accept_result", "接受处理结果，办结", frozenset({S.REPLIED, S.REVIEWED}), S.CLOSED, PERSON,
             tells=HANDLER, says="您接受处理结果，这件事办结。"),
        Step("settle", "期满未申请，办结", S.REPLIED, S.CLOSED, TIMER,
             when=rules.window_is_over("review_window", "还没有登记处理意见"), tells=APPLICANT,
             says="没有申请复查，这件事办结。"),
        Step("settle_review", "期满未申请，办结", S.REVIEWED, S.CLOSED, TIMER,
             when=rules.window_is_over("recheck_window", "还没有登记复查意见"), tells=APPLICANT,
             says="没有申请复核，这件事办结。"),
        # --- 律师参与
        Step("assign_lawyer", "安排律师参与", OPEN, None, DESK, form=forms.AssignLawyer, guard=rules.may_assist,
             changes=rules.give_to_lawyer, tells=BOTH, says="已请{practitioner}律师免费帮助您。",
             basis="信访工作条例第十五条第二款（社会力量参与）"),
        Step("lawyer_assists", "律师帮助", OPEN, None, LAWYER, form=forms.Assist, when=rules.lawyer_is_there,
             guard=rules.by_today("done_on"), tells=APPLICANT, says="律师告诉您：{text}",
             basis="信访工作条例第十五条第二款（社会力量参与）"),
        Step("report_major", "报告重大、紧急情况", OPEN, None, DESK | LAWYER, form=forms.ReportMajor, public=False,
             tells=OFFICE, basis="信访工作条例第二十五条"),
        Step("close_unfilled", "未填写，关闭", S.PREPARING, S.WITHDRAWN, DESK, form=Explain, tells=APPLICANT,
             says="还没有填写反映的问题，这件事先关闭：{explanation} 以后可以随时反映。"),
    ),
    clocks=(
        Clock("register", "提醒填写", days(30), "转入后30日内提醒（默认值）", id="PT00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("hand_over", "转交信访工作机构", workdays(1), "平台承诺（默认值）；期限从对方收到之日起算", id="PT0P",
              runs_from_steps=frozenset({"register", "office_returns"}), until=ANY - {S.RECOGNISED}, restarts=True,
              confidence=U),
        Clock("chase", "催问对方是否收到", workdays(3), "平台承诺（默认值）；对方收到以前法定期限还没有开始", id="PT0S",
              runs_from=frozenset({S.SENT, S.REVIEW_SENT, S.RECHECK_SENT}),
              until=ANY - {S.SENT, S.REVIEW_SENT, S.RECHECK_SENT}, restarts=True, confidence=U),
        Clock("chase_unit", "催问责任单位是否收到", workdays(5), "平台承诺（默认值）；对方收到以前法定期限还没有开始",
              id="PT0U", runs_from_steps=frozenset({"office_passes_on"}), until_steps=frozenset({"unit_received"}),
              until=ANY - {S.WITH_UNIT}, restarts=True, confidence=U),
        Clock("office", "转送、交办或者告知", days(15), "信访工作条例第二十二条、第二十三条", id="PT01",
              runs_from_steps=frozenset({"office_received"}), start_field="received_at",
              until=ANY - {S.WITH_OFFICE}, until_steps=frozenset({"office_passes_on"}), stop_field="passed_on",
              restarts=True),
        Clock("office_again", "重新确定责任单位", days(15), "信访工作条例第二十二条（按重新转送计算，默认值）",
              id="PT01R", runs_from_steps=frozenset({"unit_objects"}), start_field="objected_on",
              until=ANY - {S.WITH_OFFICE}, restarts=True, confidence=U),
        Clock("unit_answer", "告知是否受理", days(15), "信访工作条例第二十三条第三款", id="PT01",
              runs_from_steps=frozenset({"unit_received"}), start_field="received_at",
              until=ANY - {S.WITH_UNIT}, stop_field="accepted_on", restarts=True),
        Clock("objection", "提出异议", workdays(5), "信访工作条例第二十三条第三款", id="PT02",
              runs_from_steps=frozenset({"unit_received"}), start_field="received_at",
              until=ANY - {S.WITH_UNIT}, stop_field="objected_on", restarts=True),
        Clock("handling", "办结", days(60), "信访工作条例第三十四条", id="PT03",
              runs_from_steps=frozenset({"unit_accepts"}), start_field="accepted_on",
              extension=Extension("extend", at_most=30), until=ANY - {S.HANDLING}, stop_field="replied_on",
              restarts=True),
        Clock("review_window", "申请复查", days(30), "信访工作条例第三十五条", id="PT04",
              runs_from_steps=frozenset({"reply"}), start_field="served_on", until=ANY - {S.REPLIED},
              stop_field="filed_on", restarts=True),
        Clock("review", "作出复查意见", days(30), "信访工作条例第三十五条", id="PT04",
              runs_from_steps=frozenset({"review_received"}), start_field="received_at",
              until=ANY - {S.REVIEWING}, stop_field="replied_on", restarts=True),
        Clock("recheck_window", "申请复核", days(30), "信访工作条例第三十六条", id="PT04",
              runs_from_steps=frozenset({"review_reply"}), start_field="served_on", until=ANY - {S.REVIEWED},
              stop_field="filed_on", restarts=True),
        Clock("recheck", "作出复核意见", days(30), "信访工作条例第三十六条（听证的时间不计算在内）", id="PT04",
              runs_from_steps=frozenset({"recheck_received"}), start_field="received_at",
              paused_between=(("hold_hearing", "hearing_over"),), until=ANY - {S.RECHECKING},
              stop_field="replied_on", restarts=True),
    ),
)
# fmt: on
