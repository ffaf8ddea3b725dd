"""One service of the village's legal adviser (预约法律顾问): booked, kept, recorded, confirmed by who asked, rated.

Free of charge (山东省公共法律服务条例第十九条; the plans: every village reached). The times are promises, each a
setting. A confirmed service counts towards the monthly duty of the contract (village_adviser).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import village_service as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.forms.work_order import Rate, RatePoor
from santai.procedures.rules import village_service as rules
from santai.procedures.rules.roles import PERSON
from santai.procedures.rules.work_order import keep_what_began
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待预约"
    BOOKED = "booked", "待约时间"
    SCHEDULED = "scheduled", "已约定"
    SERVING = "serving", "服务中"
    LOGGED = "logged", "待您确认"
    DISPUTED = "disputed", "记录核实中"
    CONFIRMED = "confirmed", "待评价"
    DISSATISFIED = "dissatisfied", "不满意，待回访"
    DONE = "done", "已办结"
    DECLINED = "declined", "不予服务"
    WITHDRAWN = "withdrawn", "已取消"


ADVISER = frozenset({Role.VILLAGE_ADVISER, Role.LAWYER})
DESK = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
TIMER = DESK | {Role.SYSTEM}

BEFORE_SERVICE = frozenset({S.PREPARING, S.BOOKED, S.SCHEDULED})
CLOSED = frozenset({S.DONE, S.DECLINED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICE = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
POOL = frozenset({Tell.DISPATCHER})
BOTH = APPLICANT | HANDLER
U = Confidence.U

# fmt: off
PROCEDURE = Procedure(
    label="预约村（居）法律顾问",
    kind="41",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2018, 6, 1),
    basis="司法部关于进一步加强和规范村（居）法律顾问工作的意见（2018年，条号待核）；本省规定",
    body=OrganisationKind.CENTRE,
    applied_for="约村（居）法律顾问",
    opened_by=FRONT_LINE | ADVISER,
    says_opening="可以预约本村（社区）的法律顾问，免费。请写明是什么事、哪天方便。",
    stages={
        "预约": frozenset({S.PREPARING, S.BOOKED, S.DECLINED, S.WITHDRAWN}),
        "见面": frozenset({S.SCHEDULED, S.SERVING}),
        "确认": frozenset({S.LOGGED, S.DISPUTED}),
        "评价": frozenset({S.CONFIRMED, S.DISSATISFIED}),
        "办结": frozenset({S.DONE}),
    },
    steps=(
        # --- 预约
        Step("book", "提交预约", S.PREPARING, S.BOOKED, PERSON | ADVISER, form=forms.Book, guard=rules.wished_ahead,
             changes=rules.keep_booking, tells=BOTH | POOL,
             says="预约已收到，由{organisation}安排，2个工作日内与您约定时间。"),
        Step("not_booked", "未预约，关闭", S.PREPARING, S.WITHDRAWN, DESK, form=Explain, tells=APPLICANT,
             says="您还没有预约，这件事先关闭：{explanation} 以后可以随时预约。"),
        Step("withdraw", "取消预约", BEFORE_SERVICE, S.WITHDRAWN, PERSON, form=Note, tells=BOTH,
             says="预约已取消；需要时可以重新预约。"),
        Step("assign", "安排服务人员", S.BOOKED, None, DESK, form=forms.Assign, guard=rules.may_serve,
             changes=rules.give_to, tells=BOTH, says="已安排{practitioner}（{organisation}）为您服务。"),
        Step("decline", "不予服务", S.BOOKED, S.DECLINED, DESK, form=forms.Decline, changes=rules.keep_decline,
             letter="village_service_declined", tells=APPLICANT,
             says="这次不能为您提供服务：{explanation} 您可以：{route}"),
        # --- 约定、见面
        Step("schedule", "约定时间", S.BOOKED, S.SCHEDULED, ADVISER, form=forms.Schedule,
             guard=rules.may_be_appointed, changes=rules.take_and_keep, tells=BOTH,
             says="已约好：{appointed_on}{hour}，{place}。有变化请提前改期。"),
        Step("reschedule", "改期", S.SCHEDULED, S.SCHEDULED, PERSON | ADVISER, form=forms.Reschedule,
             guard=rules.may_be_appointed, changes=rules.keep_appointment, tells=BOTH, either=True,
             says="已改到{appointed_on}{hour}，{place}：{explanation}"),
        Step("not_met", "没有见到面", S.SCHEDULED, S.BOOKED, PERSON | ADVISER, form=forms.NotMet,
             when=rules.appointment_has_come, tells=BOTH | OFFICE, either=True,
             says="这次没有见到面，会重新约时间：{explanation}"),
        Step("arrive", "到场（接通）", S.SCHEDULED, S.SERVING, ADVISER, form=forms.Arrive, guard=rules.arrived_by_now,
             says="法律顾问已到{place}。"),
        Step("pass_on", "转由他人服务", frozenset({S.BOOKED, S.SCHEDULED}), S.BOOKED, ADVISER, form=forms.PassOn,
             changes=rules.back_to_centre, tells=APPLICANT | POOL, says="正在为您另外安排服务人员：{explanation}"),
        Step("log_service", "登记服务记录", S.SERVING, S.LOGGED, ADVISER, takes=frozenset({Doc.SERVICE_LOG}),
             form=forms.LogService, guard=rules.record_is_sound, changes=rules.keep_record, tells=APPLICANT,
             says="服务已登记：{advice} 请您确认记录是否属实。"),
        Step("refer", "转入法定程序", frozenset({S.SERVING, S.LOGGED, S.CONFIRMED}), None, ADVISER, form=forms.Refer,
             changes=keep_what_began, opens="chosen", tells=APPLICANT,
             says="已为您转入“{facts[under_way]}”，后面的进展在这里都能看到。"),
        # --- 确认
        Step("confirm", "确认属实", S.LOGGED, S.CONFIRMED, PERSON, changes=rules.count_it, tells=HANDLER,
             says="您已确认这次服务。请您评价。"),
        Step("dispute", "记录不属实", S.LOGGED, S.DISPUTED, PERSON, form=Explain, tells=HANDLER | OFFICE,
             says="您说服务记录不属实，正在核实：{explanation}"),
        Step("correct", "更正服务记录", S.DISPUTED, S.LOGGED, ADVISER, takes=frozenset({Doc.SERVICE_LOG}),
             form=forms.LogService, guard=rules.record_is_sound, changes=rules.keep_record, tells=APPLICANT,
             says="服务记录已更正：{advice} 请您再确认。"),
        Step("settle_true", "核实：记录属实", S.DISPUTED, S.CONFIRMED, Role.SUPERVISOR, form=forms.SettleHours,
             changes=rules.count_it, tells=BOTH, says="核实以后，服务记录属实：{explanation}"),
        Step("settle_untrue", "核实：记录不属实，不计入", S.DISPUTED, S.CONFIRMED, Role.SUPERVISOR,
             form=forms.SettleHours, tells=BOTH, says="核实以后，这次服务不计入：{explanation}"),
        Step("lapse_confirmation", "逾期未确认，按记录计入", S.LOGGED, S.CONFIRMED, TIMER,
             when=rules.confirmation_is_over, changes=rules.count_it, tells=APPLICANT,
             says="您没有在期限内提出异议，这次服务按记录计入。请您评价。"),
        # --- 评价
        Step("rate", "评价：满意", S.CONFIRMED, S.DONE, PERSON, form=Rate, changes=rules.keep_score, tells=HANDLER,
             says="谢谢您的评价。"),
        Step("rate_poor", "评价：不满意", S.CONFIRMED, S.DISSATISFIED, PERSON, form=RatePoor,
             changes=rules.keep_score, tells=HANDLER | OFFICE, says="您的不满意已经记下，会有人回访您。"),
        Step("lapse", "逾期未评价", S.CONFIRMED, S.DONE, TIMER, when=rules.rating_is_over, public=False),
        Step("serve_again", "回访：重新服务", S.DISSATISFIED, S.BOOKED, Role.SUPERVISOR, form=Explain, tells=BOTH,
             says="已回访，会重新为您服务：{explanation}"),
        Step("follow_up", "回访：已解释清楚", S.DISSATISFIED, S.DONE, Role.SUPERVISOR, form=Explain, tells=APPLICANT,
             says="已回访：{explanation}"),
    ),
    clocks=(
        Clock("booking", "提醒提交预约", days(30), "转入后30日内提醒（默认值）", id="VS00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("schedule", "约定时间", workdays(2), "服务承诺（默认值）", id="VS01", runs_from=frozenset({S.BOOKED}),
              until=ANY - {S.BOOKED}, restarts=True, confidence=U),
        Clock("meeting", "到场或改期", days(1), "服务承诺：约定日的次日前到场或者改期（默认值）", id="VS02",
              runs_from=frozenset({S.SCHEDULED}), start_field="appointed_on", until=ANY - {S.SCHEDULED},
              restarts=True, confidence=U),
        Clock("record", "登记服务记录", days(3), "服务承诺（默认值）", id="VS03", runs_from=frozenset({S.SERVING}),
              start_field="arrived_on", until=ANY - {S.SERVING}, restarts=True, confidence=U),
        Clock("confirmation", "确认服务记录", days(7), "服务承诺（默认值）", id="VS04",
              runs_from=frozenset({S.LOGGED}), until=ANY - {S.LOGGED}, restarts=True, confidence=U),
        Clock("dispute", "核实服务记录", workdays(5), "服务承诺（默认值）", id="VS05",
              runs_from=frozenset({S.DISPUTED}), until=ANY - {S.DISPUTED}, restarts=True, confidence=U),
        Clock("rating", "评价", days(15), "服务后15日内可以评价（默认值）", id="VS06",
              runs_from=frozenset({S.CONFIRMED}), until=ANY - {S.CONFIRMED}, restarts=True, confidence=U),
        Clock("follow_up", "回访", workdays(3), "服务承诺（默认值）", id="VS07",
              runs_from=frozenset({S.DISSATISFIED}), until=ANY - {S.DISSATISFIED}, restarts=True, confidence=U),
    ),
)
# fmt: on
