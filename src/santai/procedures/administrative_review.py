"""Administrative review (行政复议): application, acceptance, hearing, decision; or handed to the organ that must do it.

Basis: 行政复议法 (revised 2023-09-01, in force 2024-01-01). The justice bureau is the reviewing body of its government.
In this Act three, five, seven and ten days are working days, fifteen, thirty and sixty calendar days (第八十八条). No
fee is ever asked (第八十七条). 行政裁决 has no law of its own: its route is explained, the sector's limit is data.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import administrative_review as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import administrative_review as rules
from santai.procedures.rules import review_window as window
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待申请"
    SUBMITTED = "submitted", "已提交，待审查"
    SUPPLEMENT = "supplement", "待补正"
    ORDINARY = "ordinary", "审理中（普通程序）"
    SIMPLE = "simple", "审理中（简易程序）"
    FORWARDED = "forwarded", "已转送，待对方收件"
    WITH_ORGAN = "with_organ", "有权机关办理中"
    DECIDED = "decided", "已作决定"
    CLOSED = "closed", "已办结"
    COURT = "court", "已起诉"
    SETTLED = "settled", "已调解结案"
    DECLINED = "declined", "不予受理"
    TERMINATED = "terminated", "已终止"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为放弃申请"
    WITHDRAWN = "withdrawn", "已撤回"
    HANDED_OVER = "handed_over", "已由有权机关办理"
    RULED = "ruled", "已引导行政裁决"


REVIEWERS = frozenset({Role.LEGALITY_REVIEWER, Role.SUPERVISOR})
HEAD = frozenset({Role.BUREAU_HEAD})
BUREAU = REVIEWERS | HEAD
RECORDERS = BUREAU | FRONT_LINE
TIMER = BUREAU | {Role.SYSTEM}

ON_TRIAL = frozenset({S.ORDINARY, S.SIMPLE})
UNDECIDED = ON_TRIAL | {S.SUBMITTED, S.SUPPLEMENT}
FINAL = frozenset(
    {S.CLOSED, S.COURT, S.SETTLED, S.DECLINED, S.TERMINATED, S.DEEMED_WITHDRAWN, S.WITHDRAWN, S.HANDED_OVER, S.RULED}
)
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICE = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER

# fmt: off
PROCEDURE = Procedure(
    label="行政复议",
    kind="45",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2024, 1, 1),
    basis="行政复议法（2023年9月1日修订，2024年1月1日起施行）",
    body=OrganisationKind.BUREAU,
    applied_for="申请行政复议",
    opened_by=FRONT_LINE | {Role.SUPERVISOR, Role.LEGALITY_REVIEWER},
    answered=frozenset({S.DECIDED}),
    says_opening="对行政机关的决定不服，可以申请行政复议，不收费，一般要在知道以后60日内申请。"
    "请写明哪个机关、什么决定、要求什么。",
    stages={
        "申请": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.DECLINED, S.DEEMED_WITHDRAWN, S.WITHDRAWN,
                           S.FORWARDED, S.WITH_ORGAN, S.HANDED_OVER, S.RULED}),
        "审理": ON_TRIAL | {S.TERMINATED},
        "决定": frozenset({S.DECIDED}),
        "办结": frozenset({S.CLOSED, S.COURT, S.SETTLED}),
    },
    steps=(
        # --- 申请与期限
        Step("note_decision", "登记知道行政行为的日期", S.PREPARING, None, PERSON, form=forms.NoteDecision,
             guard=window.known_by_now, changes=window.keep_note, tells=APPLICANT,
             says="已记下您是{known_on}知道的；一般要在60日内申请复议，最后一天看下面的期限。",
             basis="行政复议法第二十条"),
        Step("obstacle", "申请被耽误", S.PREPARING, None, PERSON, form=forms.Obstacle,
             when=rules.no_obstacle_now, tells=OFFICE,
             says="您说申请被耽误了：{explanation} 障碍消除以后，期限继续计算。", basis="行政复议法第二十条第二款"),
        Step("obstacle_over", "障碍已消除", S.PREPARING, None, PERSON, form=Note, when=rules.obstacle_lasts,
             says="障碍已消除，期限继续计算。{note}", basis="行政复议法第二十条第二款"),
        Step("explain_ruling", "解释行政裁决途径", S.PREPARING, None, RECORDERS, form=forms.ExplainRuling,
             letter="review_ruling_route", tells=APPLICANT,
             says="这件事可以先由{body}裁决：{explanation}", basis="专门领域的法律（行政裁决，条号待核）"),
        Step("choose_ruling", "走行政裁决", S.PREPARING, S.RULED, PERSON, form=Note,
             when=rules.ruling_is_explained, tells=OFFICE,
             says="您选择走行政裁决，这件事在这里办结。对裁决不服的，可以申请复议或者提起诉讼。"),
        Step("apply", "提交复议申请", S.PREPARING, S.SUBMITTED, PERSON | REVIEWERS, form=forms.Application,
             takes=frozenset({Doc.AUTHORISATION, Doc.HARDSHIP, Doc.DISPUTED_ACT}), guard=window.may_apply,
             changes=window.keep_application, letter="review_received", tells=APPLICANT | OFFICE,
             says="复议申请已收到，5个工作日内决定是否受理；逾期不决定的视为受理。打官司有困难的可以申请法律援助。",
             basis="行政复议法第十八条、第二十条至第二十二条、第三十条"),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, BUREAU, form=Explain, tells=APPLICANT,
             says="您还没有提出复议申请，这件事先关闭：{explanation} 请注意申请期限。"),
        Step("refer_to_aid", "转申请法律援助", frozenset({S.PREPARING, S.SUBMITTED}) | ON_TRIAL, None, RECORDERS,
             form=Note, opens="legal_aid_civil", tells=APPLICANT,
             says="已为您申请法律援助（免费），后面的进展在这里都能看到。", basis="行政复议法第十八条"),
        Step("withdraw", "撤回申请", frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT}), S.WITHDRAWN, PERSON,
             form=Note, tells=BOTH | OFFICE, says="您已撤回复议申请；在申请期限内可以重新申请。",
             basis="行政复议法第三十条"),
        # --- 受理
        Step("ask_for_more", "通知补正", S.SUBMITTED, S.SUPPLEMENT, BUREAU, form=AskForMore,
             when=rules.not_asked_before, guard=rules.supplement_is_long_enough, changes=rules.keep_supplement_date,
             letter="review_supplement", tells=APPLICANT,
             says="还需要您补充：{items}。请在{by}前交来，逾期视为放弃申请。", basis="行政复议法第三十一条"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.SUBMITTED, PERSON, form=Note,
             takes=frozenset({Doc.AUTHORISATION, Doc.DISPUTED_ACT}), letter="review_received",
             tells=APPLICANT | OFFICE, says="补正的材料已收到，5个工作日内决定是否受理。{note}",
             basis="行政复议法第三十一条"),
        Step("lapse", "逾期未补正，视为放弃", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, TIMER,
             when=rules.supplement_is_late, letter="review_lapsed", tells=APPLICANT | OFFICE,
             says="没有在期限内补正，视为放弃申请。在申请期限内可以重新申请。", basis="行政复议法第三十一条"),
        Step("accept", "受理（普通程序）", S.SUBMITTED, S.ORDINARY, REVIEWERS, form=forms.Accept,
             guard=rules.not_too_late, changes=rules.keep_acceptance, letter="review_accepted", tells=APPLICANT,
             says="复议申请已受理，60日内作出决定；情况复杂的，会提前告诉您延长。",
             basis="行政复议法第三十条、第六十二条"),
        Step("accept_simple", "受理（简易程序）", S.SUBMITTED, S.SIMPLE, REVIEWERS, form=forms.AcceptSimple,
             guard=rules.may_be_simple, changes=rules.keep_acceptance, letter="review_accepted", tells=APPLICANT,
             says="复议申请已受理，按简易程序30日内作出决定。", basis="行政复议法第五十三条、第六十二条"),
        Step("deem_accepted", "审查期限届满，视为受理", S.SUBMITTED, S.ORDINARY, TIMER,
             form=forms.DeemedAccepted, when=rules.review_time_is_over, fills=rules.day_review_ended,
             guard=rules.deemed_on_the_day, changes=rules.keep_silence, letter="review_accepted",
             tells=APPLICANT | OFFICE, says="审查期限届满没有作出不予受理的决定，从届满的那一天起视为受理。",
             basis="行政复议法第三十条第三款"),
        Step("decline", "不予受理", S.SUBMITTED, S.DECLINED, BUREAU, form=forms.Decline,
             changes=rules.keep_grounds(forms.DECLINE_REASONS, "reason"), letter="review_declined", tells=APPLICANT,
             says="复议申请没有受理：{explanation} 可以自收到决定书之日起15日内向人民法院起诉。",
             basis="行政复议法第三十条、第三十四条"),
        # --- 转送有权机关
        Step("hand_over", "告知有权机关并代为转送", S.SUBMITTED, S.FORWARDED, BUREAU, form=forms.HandOver,
             guard=rules.handed_over_by_now, changes=rules.keep_organ, letter="review_handed_over", tells=APPLICANT,
             says="这件复议不属于本机关管辖，应当向{organ}申请，已代您转送：{explanation}",
             basis="行政复议法第三十条第二款（告知有管辖权的机关）；代为转送是便民做法"),
        Step("organ_received", "登记对方收件", S.FORWARDED, S.WITH_ORGAN, RECORDERS,
             takes=frozenset({Doc.RECEIPT}), form=forms.OrganReceived, guard=rules.received_after_sent,
             changes=rules.keep_receipt, letter="review_receipt", tells=APPLICANT,
             says="有权的机关{received_at}收到，审查期限从这一天起算；我们收到的时间写在收件告知书里。",
             basis="行政复议法第三十条"),
        Step("organ_answers", "登记对方处理", S.WITH_ORGAN, S.HANDED_OVER, RECORDERS, form=forms.OrganAnswers,
             guard=rules.by_today("answered_on"), tells=APPLICANT, says="有权的机关已处理：{explanation}",
             basis="行政复议法第三十条"),
        # --- 审理
        Step("send_copy", "向被申请人发送申请书副本", S.ORDINARY, None, REVIEWERS, takes=SERVICE_PAPERS,
             form=forms.ServedOnRespondent, when=rules.copy_not_sent, guard=rules.copy_sent_by_now,
             changes=rules.keep_answer_time(10), letter="review_answer_notice",
             says="申请书副本已送达被申请人，等它10个工作日内提交书面答复和证据。", basis="行政复议法第四十八条"),
        Step("send_copy_simple", "向被申请人发送申请书副本", S.SIMPLE, None, REVIEWERS, takes=SERVICE_PAPERS,
             form=forms.ServedOnRespondent, when=rules.copy_not_sent, guard=rules.copy_sent_by_now,
             changes=rules.keep_answer_time(5), letter="review_answer_notice",
             says="申请书副本已送达被申请人，等它5个工作日内提交书面答复和证据。", basis="行政复议法第五十四条"),
        Step("agency_answers", "登记被申请人的答复", ON_TRIAL, None, REVIEWERS,
             takes=frozenset({Doc.AGENCY_REPLY}), form=forms.AgencyAnswer, when=rules.answer_is_awaited,
             guard=rules.by_today("answered_on"), tells=APPLICANT,
             says="被申请人已提交书面答复和证据，您可以查阅、复制。", basis="行政复议法第四十八条、第五十四条"),
        Step("answer_is_missing", "被申请人逾期不答复", ON_TRIAL, None, TIMER, when=rules.answer_is_late,
             tells=APPLICANT | OFFICE, says="被申请人没有按时提交答复和证据，视为该行为没有证据、依据。",
             basis="行政复议法第七十条"),
        Step("hear_opinions", "记录听取意见", ON_TRIAL, None, REVIEWERS, form=forms.HearOpinions,
             guard=rules.by_today("heard_on"), says="复议机构已听取意见。", basis="行政复议法第四十九条"),
        Step("set_hearing", "发听证通知", ON_TRIAL, None, REVIEWERS, form=forms.SetHearing,
             guard=rules.notified_in_time, letter="review_hearing", tells=APPLICANT,
             says="定于{hearing_on}{hour}在{place}举行听证；无正当理由不参加的，视为放弃听证权利。",
             basis="行政复议法第五十条、第五十一条"),
        Step("hold_hearing", "记录听证", ON_TRIAL, None, REVIEWERS, takes=frozenset({Doc.HEARING_RECORD}),
             form=forms.HeldHearing, when=rules.hearing_is_announced, guard=rules.by_today("held_on"),
             says="听证已举行。", basis="行政复议法第五十条、第六十一条"),
        Step("to_ordinary", "转为普通程序", S.SIMPLE, S.ORDINARY, HEAD, form=forms.ToOrdinary,
             guard=rules.accepted_day_is_right, tells=APPLICANT,
             says="这件复议转为普通程序审理：{explanation} 期限从受理之日起算。", basis="行政复议法第五十五条"),
        Step("extend", "延长审理期限", S.ORDINARY, None, HEAD, form=forms.Extend, when=rules.not_lengthened_before,
             guard=rules.may_be_lengthened, letter="review_extended", tells=APPLICANT,
             says="情况复杂，审理期限延长{amount}日：{explanation}", basis="行政复议法第六十二条"),
        Step("suspend", "中止复议", ON_TRIAL, None, REVIEWERS, form=forms.Suspend, when=rules.not_suspended,
             changes=rules.keep_grounds(forms.SUSPEND_GROUNDS), letter="review_suspended", tells=APPLICANT,
             says="复议中止：{explanation} 中止的时间不计入审理期限。", basis="行政复议法第三十九条"),
        Step("resume", "恢复复议", ON_TRIAL, None, BUREAU, form=Note, when=rules.is_suspended,
             letter="review_resumed", tells=APPLICANT, says="中止的原因消除，复议恢复审理。{note}",
             basis="行政复议法第三十九条第二款、第四十条"),
        Step("terminate", "终止复议", ON_TRIAL, S.TERMINATED, HEAD, form=forms.Terminate, guard=rules.may_end,
             changes=rules.keep_grounds(forms.TERMINATE_GROUNDS), letter="review_terminated", tells=APPLICANT,
             says="复议终止：{explanation} 不服的，可以在15日内向人民法院起诉。", basis="行政复议法第四十一条"),
        # --- 规范性文件
        Step("ask_norm_review", "申请附带审查规范性文件", ON_TRIAL, None, PERSON | REVIEWERS,
             form=forms.AskNormReview, when=rules.no_norm_pending, tells=APPLICANT | OFFICE,
             says="附带审查的申请已收到，有权处理的30日内处理，无权处理的7个工作日内转送。",
             basis="行政复议法第五十六条"),
        Step("transfer_norm", "转送有权机关审查", ON_TRIAL, None, REVIEWERS, form=forms.TransferNorm,
             when=rules.norm_is_asked, guard=rules.by_today("sent_on"), tells=APPLICANT,
             says="规范性文件已转送{organ}审查，60日内会有结果。", basis="行政复议法第五十六条、第六十条"),
        Step("norm_handled", "登记规范性文件的处理", ON_TRIAL, None, REVIEWERS, form=forms.NormHandled,
             when=rules.norm_is_asked, guard=rules.by_today("handled_on"), tells=APPLICANT,
             says="规范性文件已处理：{explanation}", basis="行政复议法第五十七条至第六十条"),
        # --- 调解、撤回
        Step("mediate", "制作调解书", ON_TRIAL, None, REVIEWERS, form=forms.Settle, when=rules.no_mediation_pending,
             changes=rules.keep_mediation, letter="review_mediated", tells=APPLICANT,
             says="双方达成协议：{text} 双方签收以后，调解书生效。", basis="行政复议法第七十三条"),
        Step("sign_mediation", "双方签收调解书", ON_TRIAL, S.SETTLED, REVIEWERS, takes=SERVICE_PAPERS,
             form=forms.ServedOnBoth, when=rules.mediation_waits, guard=rules.by_today("served_on"),
             serves="review_mediated", tells=APPLICANT,
             says="双方已签收调解书，已经生效；一方不履行的，可以依法申请强制执行。",
             basis="行政复议法第七十三条、第七十八条"),
        Step("repudiate", "签收前反悔", ON_TRIAL, None, PERSON | REVIEWERS, form=Explain, when=rules.mediation_waits,
             tells=BOTH, says="有一方在签收前反悔，复议继续审理：{explanation}", basis="行政复议法第七十三条"),
        Step("ask_withdraw", "申请撤回", ON_TRIAL, None, PERSON, form=forms.AskWithdraw,
             when=rules.no_withdrawal_pending, tells=OFFICE, says="您申请撤回，复议机关正在审查。",
             basis="行政复议法第四十一条第一项、第七十四条"),
        Step("allow_withdraw", "准予撤回，终止复议", ON_TRIAL, S.TERMINATED, HEAD, form=Explain,
             when=rules.withdrawal_is_asked, changes=rules.keep_withdrawal, letter="review_terminated",
             tells=APPLICANT, says="准予撤回，复议终止：{explanation}", basis="行政复议法第四十一条第一项"),
        Step("refuse_withdraw", "不准撤回", ON_TRIAL, None, HEAD, form=Explain, when=rules.withdrawal_is_asked,
             letter="review_withdrawal_refused", tells=APPLICANT,
             says="不准撤回，复议继续审理：{explanation}", basis="行政复议法第七十四条"),
        # --- 决定
        Step("propose", "提出审查意见", ON_TRIAL, None, REVIEWERS, form=forms.Propose, guard=rules.may_be_proposed,
             public=False, basis="行政复议法第六十一条"),
        Step("send_back", "退回补充审查", ON_TRIAL, None, HEAD, form=Explain, when=rules.was_proposed,
             public=False, basis="行政复议法第六十一条"),
        Step("decide_for", "作出复议决定（支持）", ON_TRIAL, S.DECIDED, HEAD, form=forms.DecideFor,
             when=rules.was_proposed, guard=rules.may_decide, changes=rules.keep_decision, letter="review_decision",
             tells=APPLICANT, says="复议决定已作出，您的请求得到支持：{decision}",
             basis="行政复议法第六十一条至第六十七条、第七十一条、第七十二条"),
        Step("decide_against", "作出复议决定（维持或驳回请求）", ON_TRIAL, S.DECIDED, HEAD, form=forms.DecideAgainst,
             when=rules.was_proposed, guard=rules.may_decide, changes=rules.keep_decision, letter="review_decision",
             tells=APPLICANT, says="复议决定已作出：{decision} 不服的，可以自收到之日起15日内向人民法院起诉。",
             basis="行政复议法第六十一条、第六十八条、第六十九条"),
        Step("dismiss", "驳回复议申请", ON_TRIAL, S.DECIDED, HEAD, form=forms.Dismiss, when=rules.was_proposed,
             guard=rules.may_decide, changes=rules.keep_decision, letter="review_decision", tells=APPLICANT,
             says="复议申请被驳回：{decision} 不服的，可以自收到之日起15日内向人民法院起诉。",
             basis="行政复议法第三十三条、第三十四条"),
        # --- 送达、履行、起诉
        Step("serve_decision", "记录送达申请人", S.DECIDED, None, TIMER, takes=SERVICE_PAPERS, form=forms.Served,
             when=rules.decision_not_served, guard=rules.by_today("served_on"), serves="review_decision",
             tells=APPLICANT, says="复议决定书已送达您；不服的，可以自收到之日起15日内向人民法院起诉。",
             basis="行政复议法第七十五条"),
        Step("report_unperformed", "反映被申请人不履行", S.DECIDED, None, PERSON, form=forms.NotPerformed,
             when=rules.no_unperformed_pending, tells=OFFICE, says="已收到您反映的不履行情况，复议机关会责令履行。",
             basis="行政复议法第七十七条"),
        Step("order_performance", "责令限期履行", S.DECIDED, None, HEAD, form=forms.Urged,
             when=rules.not_performed_waits, letter="review_performance", tells=APPLICANT,
             says="已责令被申请人在{by}前履行：{explanation}", basis="行政复议法第七十七条"),
        Step("sue", "登记起诉", S.DECIDED, S.COURT, PERSON | RECORDERS, form=forms.Suit, guard=rules.filed_by_now,
             tells=APPLICANT, says="已登记向{court}起诉，由法院审理。", basis="行政诉讼法第四十五条"),
        Step("settle", "期满未起诉，办结", S.DECIDED, S.CLOSED, TIMER, when=rules.window_to_sue_is_over,
             tells=APPLICANT, says="起诉期限已过，这件复议办结。被申请人不履行的，仍可以要求责令履行。"),
    ),
    clocks=(
        Clock("apply_window", "申请复议", days(60), "行政复议法第二十条", id="RV01",
              runs_from_steps=frozenset({"note_decision"}), start_field="known_on",
              paused_between=(("obstacle", "obstacle_over"),), until=ANY - {S.PREPARING}, restarts=True),
        Clock("acceptance", "审查是否受理", workdays(5), "行政复议法第三十条、第八十八条；补正后从收到补正材料重新计算",
              id="RV02", runs_from=frozenset({S.SUBMITTED}), until=ANY - {S.SUBMITTED}, restarts=True),
        Clock("acceptance_there", "有权机关审查是否受理", workdays(5), "行政复议法第三十条、第八十八条", id="RV02",
              runs_from=frozenset({S.WITH_ORGAN}), start_field="received_at", until=ANY - {S.WITH_ORGAN},
              stop_field="answered_on"),
        Clock("chase", "催问对方是否收到", workdays(3), "平台承诺（默认值）；对方收到以前法定期限还没有开始", id="RV0S",
              runs_from=frozenset({S.FORWARDED}), until=ANY - {S.FORWARDED}, confidence=Confidence.U),
        Clock("copy", "发送申请书副本（普通程序）", workdays(7), "行政复议法第四十八条", id="RV06",
              runs_from_steps=frozenset({"accept", "deem_accepted"}), start_field="accepted_on",
              until=ANY - ON_TRIAL, until_steps=frozenset({"send_copy"}), stop_field="served_on"),
        Clock("copy_simple", "发送申请书副本（简易程序）", workdays(3), "行政复议法第五十四条", id="RV06S",
              runs_from_steps=frozenset({"accept_simple"}), until=ANY - ON_TRIAL,
              until_steps=frozenset({"send_copy", "send_copy_simple"}), stop_field="served_on"),
        Clock("answer", "被申请人书面答复（普通程序）", workdays(10), "行政复议法第四十八条", id="RV07",
              runs_from_steps=frozenset({"send_copy"}), start_field="served_on",
              until_steps=frozenset({"agency_answers", "answer_is_missing"}), until=ANY - ON_TRIAL,
              stop_field="answered_on"),
        Clock("answer_simple", "被申请人书面答复（简易程序）", workdays(5), "行政复议法第五十四条", id="RV07S",
              runs_from_steps=frozenset({"send_copy_simple"}), start_field="served_on",
              until_steps=frozenset({"agency_answers", "answer_is_missing"}), until=ANY - ON_TRIAL,
              stop_field="answered_on"),
        Clock("norm_transfer", "转送规范性文件", workdays(7), "行政复议法第五十六条", id="RV08",
              runs_from_steps=frozenset({"ask_norm_review"}),
              until_steps=frozenset({"transfer_norm", "norm_handled"}), until=ANY - ON_TRIAL, restarts=True),
        Clock("norm", "处理规范性文件", days(30), "行政复议法第五十六条", id="RV09",
              runs_from_steps=frozenset({"ask_norm_review"}),
              until_steps=frozenset({"transfer_norm", "norm_handled"}), until=ANY - ON_TRIAL, restarts=True),
        Clock("norm_there", "有权机关处理规范性文件", days(60), "行政复议法第六十条", id="RV10",
              runs_from_steps=frozenset({"transfer_norm"}), start_field="sent_on",
              until_steps=frozenset({"norm_handled"}), until=ANY - ON_TRIAL, restarts=True),
        Clock("decision", "作出复议决定（普通程序）", days(60), "行政复议法第六十二条", id="RV03",
              runs_from=frozenset({S.ORDINARY}), start_field="accepted_on",
              extension=Extension("extend", at_most=30), paused_between=(("suspend", "resume"),),
              until=ANY - ON_TRIAL),
        Clock("decision_simple", "作出复议决定（简易程序）", days(30), "行政复议法第五十三条、第六十二条", id="RV03",
              runs_from=frozenset({S.SIMPLE}), paused_between=(("suspend", "resume"),),
              until=ANY - {S.SIMPLE}),
        Clock("sue", "向人民法院起诉", days(15), "行政复议法第三十四条；行政诉讼法第四十五条", id="RV04",
              runs_from_steps=frozenset({"serve_decision"}), start_field="served_on", until=ANY - {S.DECIDED},
              stop_field="filed_on"),
    ),
)
# fmt: on
