"""A "search for me" request (专题搜集): laws, policies and cases on a topic, looked up and delivered with citations.

Basis: the service promise of three working days that the plans carry over from public portals; no law sets it, so the
limit is marked U and may be replaced by a parameter `clock.<id>`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.procedures.forms import special_collection as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import special_collection as rules
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.legal_aid import date_is_ahead
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, HANDLERS, Role


class S(TextChoices):
    PREPARING = "preparing", "待说明要找什么"
    REQUESTED = "requested", "待接办"
    CLARIFYING = "clarifying", "待您说清楚"
    COLLECTING = "collecting", "搜集中"
    DELIVERED = "delivered", "已交付，待您确认"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不能搜集"
    LAPSED = "lapsed", "没有回复，已关闭"
    WITHDRAWN = "withdrawn", "已撤回"


STAFF = FRONT_LINE | HANDLERS | {Role.DISPATCHER}
LEADS = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.HOTLINE_LEAD})
WAITING = frozenset({S.REQUESTED, S.CLARIFYING, S.COLLECTING})
CLOSED = frozenset({S.CLOSED, S.REFUSED, S.LAPSED, S.WITHDRAWN})
ANY = frozenset(S.values)
APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
PROMISE = "专题搜集服务承诺（3个工作日，默认值）"

# fmt: off
PROCEDURE = Procedure(
    label="专题搜集",
    kind="55",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2021, 1, 1),
    basis="公共法律服务平台服务承诺",
    body=OrganisationKind.CENTRE,
    applied_for="请人查找法律和政策",
    answered=frozenset({S.DELIVERED}),
    says_opening="可以帮您查找法律、政策和案例（免费）。请写清想找什么、用在什么事上。",
    stages={
        "提出": frozenset({S.PREPARING, S.REQUESTED, S.CLARIFYING, S.REFUSED, S.LAPSED, S.WITHDRAWN}),
        "搜集": frozenset({S.COLLECTING}),
        "交付": frozenset({S.DELIVERED, S.CLOSED}),
    },
    steps=(
        Step("request", "说明要找什么", S.PREPARING, S.REQUESTED, PERSON | STAFF, form=forms.Request,
             changes=rules.keep_request, tells=APPLICANT | OFFICERS,
             says="您要找的“{topic}”已经登记，会有人为您查找。"),
        Step("not_requested", "没有说明，关闭", S.PREPARING, S.WITHDRAWN, STAFF, form=Explain, tells=APPLICANT,
             says="您还没有说明要找什么，这件事先关闭：{explanation} 以后可以随时提出。"),
        Step("accept", "接办", S.REQUESTED, S.COLLECTING, STAFF, changes=take_it_myself, tells=APPLICANT,
             says="{handler}正在为您查找资料。"),
        Step("ask_to_clarify", "请申请人说清楚", frozenset({S.REQUESTED, S.COLLECTING}), S.CLARIFYING, STAFF,
             form=forms.Clarify, when=rules.not_clarified_before, guard=date_is_ahead, changes=rules.keep_date,
             letter="collection_clarify", tells=APPLICANT,
             says="为了找得更准，请您说清楚：{question} 请在{by}前回复，不回复就先关闭。"),
        Step("clarify", "回复", S.CLARIFYING, S.REQUESTED, PERSON, form=forms.Clarified, tells=HANDLER,
             says="您回复了：{answer}"),
        Step("lapse", "没有回复，关闭", S.CLARIFYING, S.LAPSED, STAFF | {Role.SYSTEM},
             when=rules.clarification_is_late, letter="collection_lapsed", tells=APPLICANT,
             says="没有等到您的回复，这件事先关闭。您可以重新提出。"),
        Step("refuse", "不能搜集", S.REQUESTED, S.REFUSED, STAFF, form=forms.Refuse, changes=rules.keep_refusal,
             letter="collection_refused", tells=APPLICANT,
             says="不能为您搜集：{explanation} 您可以找：{route}"),
        Step("collect", "登记资料", S.COLLECTING, None, STAFF, form=forms.Collect, guard=rules.by_the_collector,
             changes=rules.keep_sources, public=False),
        Step("extend", "同意延期", frozenset({S.REQUESTED, S.COLLECTING}), None, LEADS, form=forms.Extend,
             when=rules.not_extended, guard=rules.may_extend, tells=APPLICANT | HANDLER,
             says="查找需要更多时间，延长{amount}个工作日：{explanation}"),
        Step("deliver", "交付资料", S.COLLECTING, S.DELIVERED, STAFF, form=forms.Deliver,
             guard=rules.something_is_found, letter="collection_delivered", tells=APPLICANT,
             says="您要的资料已经找到，清单发给您了：{summary} 不够用的，可以请我们再找一次。"),
        Step("deliver_none", "没有查到", S.COLLECTING, S.DELIVERED, STAFF, form=forms.NothingFound,
             guard=rules.nothing_is_found, letter="collection_none", tells=APPLICANT,
             says="没有查到您要的资料。查过的地方和建议写在告知书里。"),
        Step("confirm", "资料够用", S.DELIVERED, S.CLOSED, PERSON, form=Note, tells=HANDLER,
             says="您说资料够用，这件事办完了。"),
        Step("look_again", "不够用，请再找一次", S.DELIVERED, S.COLLECTING, PERSON, form=forms.LookAgain,
             when=rules.not_redone, tells=HANDLER | {Tell.SUPERVISOR}, says="正在重新为您查找：{lacking}"),
        Step("close", "确认期满，办结", S.DELIVERED, S.CLOSED, frozenset({Role.SYSTEM, Role.DISPATCHER}),
             when=rules.confirmation_is_over, public=False),
        Step("withdraw", "撤回", WAITING | {S.PREPARING}, S.WITHDRAWN, PERSON, form=Note, tells=HANDLER,
             says="您已撤回；需要时可以重新提出。"),
    ),
    clocks=(
        Clock("request", "说明要找什么", days(30), "转入后30日内提醒（默认值）", id="SC00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("collection", "交付资料", workdays(3), PROMISE, id="SC01",
              runs_from=frozenset({S.REQUESTED}), runs_from_steps=frozenset({"look_again"}), until=ANY - WAITING,
              paused_in=frozenset({S.CLARIFYING}), extension=Extension("extend", at_most=3), restarts=True,
              confidence=Confidence.U),
        Clock("confirmation", "看资料够不够用", days(15), "交付后15日内可以请重新查找（默认值）", id="SC02",
              runs_from=frozenset({S.DELIVERED}), until=ANY - {S.DELIVERED}, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
