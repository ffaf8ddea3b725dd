"""The dispatcher's pool: what waits for an owner, each with the best proposal and one press to accept it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.dispatch.assign import STEP_FROM
from santai.dispatch.models import PoolNote
from santai.dispatch.pool import BadCursor, pool, pool_of
from santai.dispatch.propose import propose
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.suggest import Suggestion, chosen, fill_in, of_proposal
from santai.web.guard import actor_of, roles_required, user_of, visible_case
from santai.web.steps import number_in

# Each row costs a proposal, which is six queries.
PAGE = 10
dispatcher_only = roles_required(Role.DISPATCHER)


@dataclass(frozen=True)
class Waiting:
    case: Case
    best: Suggestion | None
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one case of a bulk acceptance. `fault` is empty when it went well."""

    code: str
    organisation: str
    fault: str = ""
    todo: str = ""


@dispatcher_only
@require_GET
def waiting_list(request: HttpRequest) -> HttpResponse:
    now, user = timezone.now(), user_of(request)
    try:
        page = pool(user, cursor=request.GET.get("cursor", ""), size=PAGE)
    except BadCursor as fault:
        messages.error(request, f"{fault}。")
        return redirect("desk_pool")
    context = {
        "now": now,
        "rows": [_waiting(case, user, now) for case in page.cases],
        "counts": page.counts,
        "cursor": page.cursor,
        "is_later_page": "cursor" in request.GET,
    }
    return render(request, "web/desk/pool.html", context)


def _waiting(case: Case, user: User, at: datetime) -> Waiting:
    best = next(iter(propose(case, limit=1, at=at, viewer=user)), None)
    note = getattr(case, "pool_note", None)
    return Waiting(case, of_proposal(best) if best else None, note.reason if note else "")


@dispatcher_only
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Give one case to whom the row proposed."""
    actor = actor_of(request)
    outcome = give(visible_case(actor, code), request.POST, actor, at=timezone.now())
    if outcome.fault:
        messages.error(request, f"{outcome.fault}。{outcome.todo}")
    else:
        messages.success(
            request, f"{code} 已派给{outcome.organisation}。派错了的，对方签收前会退回，签收后可在案件页办理“转办”。"
        )
    return redirect("desk_pool")


def give(case: Case, given: QueryDict, actor: Actor, *, at: datetime) -> Outcome:
    """Take the dispatch step with the chosen proposal; a refusal is told, not raised."""
    data = given.copy()
    values = chosen(data)
    if not values.get("organisation"):
        return Outcome(case.code, "", "没有看到您选的单位", "请刷新待分派列表，再选一次。")
    version = data.get("version", "")
    try:
        if actor.user:
            fill_in(data, user=actor.user, at=at)
        step = STEP_FROM.get(case.state, "dispatch")
        take_step(case, step, actor=actor, data=data, at=at, version=number_in(version))
    except Refused as refused:
        return Outcome(case.code, "", "；".join(refused.problems), refused.todo)
    PoolNote.objects.filter(case=case).delete()
    return Outcome(case.code, case.organisation.name if case.organisation else "")


@dispatcher_only
def clear_ones(request: HttpRequest) -> HttpResponse:
    """All the rows whose proposal is clear, to be looked over and accepted together."""
    actor, user, now = actor_of(request), user_of(request), timezone.now()
    if request.method == "POST":
        return _accept_ticked(request, actor, now)
    rows = [_waiting(case, user, now) for case in pool(user, size=PAGE).cases]
    clear = [row for row in rows if row.best and row.best.is_clear]
    return render(request, "web/desk/pool_clear.html", {"rows": clear, "now": now, "looked_at": len(rows)})


def _accept_ticked(request: HttpRequest, actor: Actor, now: datetime) -> HttpResponse:
    ticked = [code for code in request.POST.getlist("case") if code.isdigit()][:PAGE]
    mine: dict[str, Case] = {
        case.code: case
        for case in pool_of(user_of(request)).filter(code__in=ticked).select_related("applicant", "organisation")
    }
    outcomes = [_outcome(request, mine.get(code), code, actor, now) for code in ticked]
    done = sum(not outcome.fault for outcome in outcomes)
    context = {"outcomes": outcomes, "done": done, "failed": len(outcomes) - done}
    return render(request, "web/desk/pool_done.html", context)


def _outcome(request: HttpRequest, case: Case | None, code: str, actor: Actor, now: datetime) -> Outcome:
    if case is None:
        return Outcome(code, "", "已经不在待分派里了，可能刚被别人分派", "请到工作台查看最新进展。")
    given = QueryDict(mutable=True)
    for field in ("proposal", "version"):
        given[field] = request.POST.get(f"{field}_{code}", "")
    return give(case, given, actor, at=now)
