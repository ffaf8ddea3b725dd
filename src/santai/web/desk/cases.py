"""The page of one case, and the steps taken from it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from santai.archive.dossier.opening import OPENERS
from santai.casework.access import cases_for, log_of, procedure_of, roles_on
from santai.casework.case_file import missing_from_file
from santai.casework.family import family
from santai.casework.models import Case
from santai.casework.other_parties import others_in
from santai.casework.reading import clocks_of
from santai.casework.timeline import missing_from_citizen, staff_timeline
from santai.dispatch.models import PoolNote
from santai.documents.models import DocumentKind, Letter
from santai.people.groups import standings
from santai.people.models import SpecialGroup
from santai.procedures.rules.fee_waivers import waivers_for
from santai.trust.actors import Actor
from santai.trust.memberships import roles_of
from santai.web import checkup, live
from santai.web.cards import with_cards
from santai.web.desk import card
from santai.web.desk.case_file import may_take_file
from santai.web.desk.legal_aid import panel_of
from santai.web.desk.library.collected import may_be_stored
from santai.web.desk.offers import offers_for, open_step
from santai.web.desk.papers import may_add_papers
from santai.web.desk.person import only_reads
from santai.web.desk.suggest import fill_in
from santai.web.guard import actor_of, roles_required, user_of, visible_case
from santai.web.steps import Attempted, attempt

GIVING_STEPS = frozenset({"dispatch", "redispatch", "transfer", "rule_owner"})
REASON_ICONS = {"urgency": "hurry", "region": "pin", "group": "people", "doubt": "question", "amount": "scale"}
MOST_CONTACTS = 5
# What an htmx request for the list's right side replaces.
BESIDE = "detail"


@roles_required()
@require_GET
def case_page(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    return shown(request, visible_case(actor, code), actor, opened=request.GET.get("step", ""))


@roles_required()
def take(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Refused, the page comes back as the case stands now, with the form as it was filled in."""
    if request.method != "POST":
        return redirect(f"{reverse('desk_case', args=[code])}?step={step}")
    actor, now = actor_of(request), timezone.now()
    case = visible_case(actor, code)
    prepare = partial(fill_in, user=user_of(request), at=now)
    refused = attempt(request, case, step, actor, prepare=prepare)
    if refused:
        fresh = visible_case(actor, code)
        return shown(request, fresh, actor, opened=step, attempted=refused, status=refused.refused.status)
    messages.success(request, f"已办理：{procedure_of(case).step(step).label}")
    return redirect(_next_page(request, case, actor, step))


def _next_page(request: HttpRequest, case: Case, actor: Actor, step: str) -> str:
    """Back to where the person came from; to the list when the case is not theirs to see any more."""
    target = request.POST.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    if cases_for(actor).filter(pk=case.pk).exists():
        return f"{reverse('desk_case', args=[case.code])}?done={step}"
    return reverse("desk")


def shown(
    request: HttpRequest,
    case: Case,
    actor: Actor,
    *,
    opened: str = "",
    attempted: Attempted | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    beside = request.headers.get("HX-Target") == BESIDE
    form = None
    if opened:
        action = reverse("desk_step", args=[case.code, opened])
        form = open_step(case, opened, actor, action=action, at=now, attempted=attempted)
    context = {
        # Before the fields are drawn: it adds to what stands beside them.
        "step_card": card.shown(request, form) if may_add_papers(case, roles_on(case, actor, at=now)) else None,
        **told(case, actor, at=now),
        "frame": "web/desk/bare.html" if beside else "web/desk_base.html",
        "beside": beside,
        "offers": offers_for(case, actor, opened=opened, at=now),
        "opened": form,
        # A step no procedure has: its refusal still has to be read.
        "refused": attempted.refused if attempted and not form else None,
        "next": request.GET.get("next", "") or request.POST.get("next", ""),
        "done": request.GET.get("done", ""),
        "may_look": not only_reads(user_of(request)),
        "may_open_dossier": bool(roles_of(user_of(request)) & OPENERS),
        "may_add_papers": may_add_papers(case, roles_on(case, actor, at=now)),
        "may_take_file": may_take_file(case, actor),
        "may_be_stored": may_be_stored(case, user_of(request)),
        "missing_from_file": missing_from_file(case),
    }
    return render(request, "web/desk/case.html", context, status=status)


def told(case: Case, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """The whole story of a case for a member of staff."""
    children = family(case, actor)[1:]
    codes = [case.code, *(child.code for child in children)]
    contacts = case.applicant.contacts.select_related("user").order_by("-opened_at", "-pk")
    seen = cases_for(actor, at=at)
    visible_codes = set(seen.filter(code__in=_relatives(case, codes)).values_list("code", flat=True))
    clocks = clocks_of(case, now=at)
    return {
        "case": case,
        "now": at,
        "procedure": procedure_of(case),
        "clocks": [clock for clock in clocks if clock.stopped_at is None],
        "stopped": [clock for clock in clocks if clock.stopped_at is not None],
        "lines": staff_timeline(case),
        "missing": missing_from_citizen(case, actor),
        "triage": _triage_reasons(case),
        "owner_reasons": _owner_reasons(case),
        "pool_note": PoolNote.objects.filter(case=case).first() if case.organisation_id is None else None,
        "documents": with_cards(case, at=at),
        "document_kinds": DocumentKind.choices,
        "letters": list(Letter.objects.filter(case_code__in=visible_codes & set(codes) | {case.code})),
        "others": others_in([case]),
        "aid": panel_of(case, at=at),
        "checkup": checkup.for_staff(case),
        "standings": standings(case.applicant),
        "waivers": waivers_for(case, at),
        "children": [(child, procedure_of(child)) for child in children],
        "visible_codes": visible_codes,
        "contacts": list(contacts[:MOST_CONTACTS]),
        "groups": [str(SpecialGroup(group).label) for group in case.facts.get("groups", []) if group in SpecialGroup],
        "versions": live.versions_of(case),
    }


def _relatives(case: Case, codes: list[str]) -> list[str]:
    return [*codes, case.parent.code] if case.parent else codes


def _triage_reasons(case: Case) -> list[tuple[str, str]]:
    return [(REASON_ICONS.get(kind, "info"), text) for kind, text in case.facts.get("reasons", [])]


def _owner_reasons(case: Case) -> list[str]:
    """Why it was given to whom it was given last."""
    given = next((entry for entry in reversed(log_of(case)) if entry.step in GIVING_STEPS), None)
    words = str((given.data.get("reasons") or given.data.get("ruling") or "") if given else "")
    return [part.strip() for part in words.replace("；", "\n").splitlines() if part.strip()]


@roles_required()
@require_GET
def stream(request: HttpRequest, code: str) -> HttpResponseBase:
    return live.stream(request, visible_case(actor_of(request), code))


@roles_required()
@require_GET
def since(request: HttpRequest, code: str) -> HttpResponse:
    return live.answer(request, visible_case(actor_of(request), code))
