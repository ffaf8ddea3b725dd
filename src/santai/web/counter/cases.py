"""At the counter on a case that is there already: papers, a step, a rating, a receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.access import papers_for_the_person, procedure_of, steps_open_to
from santai.casework.family import family
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.timeline import citizen_timeline, missing_from_citizen
from santai.documents.models import DocumentKind, Letter
from santai.documents.signing import HANDLER, still_to_sign
from santai.evaluation.rate import rate as rate_case
from santai.trust.actors import Actor, Channel
from santai.web.counter.people import clerk_only, screen
from santai.web.desk.offers import offers_for, open_step
from santai.web.desk.papers import add_papers
from santai.web.guard import actor_of, visible_case
from santai.web.portal.promises import promises_of
from santai.web.portal.receipts import verify_url
from santai.web.reception import RateForm
from santai.web.steps import Attempted, attempt, version_seen

ASKED_FOR = ("supplement", "supplement_prior")
RATINGS = frozenset({"rate", "rate_poor"})


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request, Channel.COUNTER)


@clerk_only
@require_GET
def case_page(request: HttpRequest, code: str) -> HttpResponse:
    actor, now = _actor(request), timezone.now()
    case = visible_case(actor, code)
    members = family(case)
    offers = [offer for member in members for offer in offers_for(member, actor, at=now)]
    context = {
        "case": case,
        "lines": citizen_timeline(case),
        "missing": missing_from_citizen(case),
        "promises": promises_of(*members),
        "offers": [offer for offer in offers if offer.step.name not in {*RATINGS, *ASKED_FOR}],
        "waits": [offer.case for offer in offers if offer.step.name in ASKED_FOR],
        "to_rate": [member for member in members if member.state == "finished" and member.procedure == "work_order"],
        "documents": [paper for member in members for paper in papers_for_the_person(member)],
        "letters": letters_of(members),
    }
    return screen(request, "web/counter/case.html", context)


def letters_of(members: list[Case]) -> list[tuple[Letter, bool]]:
    """Each letter for the person, and whether somebody at the counter may still sign it."""
    found = Letter.objects.for_the_person().filter(case_code__in=[member.code for member in members])
    return [(letter, bool(set(still_to_sign(letter)) - {HANDLER})) for letter in found]


@clerk_only
def take(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step on a screen of its own."""
    actor = _actor(request)
    case = visible_case(actor, code)
    if request.method != "POST":
        return _step_screen(request, case, step, actor)
    refused = attempt(request, case, step, actor)
    if refused:
        fresh = visible_case(actor, code)
        return _step_screen(request, fresh, step, actor, attempted=refused, status=refused.refused.status)
    messages.success(request, f"办好了：{procedure_of(case).step(step).label}")
    return redirect("counter_case", code=code)


def _step_screen(
    request: HttpRequest,
    case: Case,
    step: str,
    actor: Actor,
    *,
    attempted: Attempted | None = None,
    status: int = 200,
) -> HttpResponse:
    action = reverse("counter_step", args=[case.code, step])
    opened = open_step(case, step, actor, action=action, at=timezone.now(), attempted=attempted)
    if opened is None and attempted is None:
        messages.info(request, "这一步现在不能办，下面是最新的进展。")
        return redirect("counter_case", code=case.code)
    context = {"case": case, "opened": opened, "refused": attempted.refused if attempted else None}
    return screen(request, "web/counter/step.html", context, status=status)


@clerk_only
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Scan or photograph papers onto the case; when the case was waiting for them, it goes on."""
    actor, now = _actor(request), timezone.now()
    case = visible_case(actor, code)
    waiting = next((step for step in steps_open_to(case, actor, at=now) if step.name in ASKED_FOR), None)
    context: dict[str, Any] = {"case": case, "kinds": DocumentKind.choices, "waiting": waiting}
    if request.method != "POST":
        return screen(request, "web/counter/papers.html", context)
    try:
        stored = add_papers(request, case, actor)
    except Refused as refused:
        context |= {"refused": refused, "kind": request.POST.get("kind")}
        return screen(request, "web/counter/papers.html", context, status=refused.status)
    if waiting:
        refused_step = attempt(request, case, waiting.name, actor, prepare=_telling([file.name for file in stored]))
        if refused_step:
            context["refused"] = refused_step.refused
            return screen(request, "web/counter/papers.html", context, status=refused_step.refused.status)
    messages.success(request, f"收到 {len(stored)} 份材料：{'、'.join(file.name for file in stored)}")
    return redirect("counter_case", code=code)


def _telling(names: list[str]) -> Any:
    def fill(data: QueryDict) -> None:
        words = "在窗口交来材料：" + "、".join(names)
        data["text"], data["note"] = words, words

    return fill


@clerk_only
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """The person presses the button themselves, or says what to press."""
    actor = _actor(request)
    case = visible_case(actor, code)
    if request.method != "POST":
        return screen(request, "web/counter/rate.html", {"case": case, "form": RateForm()})
    form, refused, status = RateForm(request.POST), None, 422
    if form.is_valid():
        try:
            rate_case(case, **form.cleaned_data, actor=actor, version=version_seen(request))
        except Refused as fault:
            refused, status = fault, fault.status
            case = visible_case(actor, code)
        else:
            messages.success(request, "评价记下了，谢谢您。")
            return redirect("counter_case", code=code)
    return screen(request, "web/counter/rate.html", {"case": case, "form": form, "refused": refused}, status=status)


@clerk_only
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    case = visible_case(_actor(request), code)
    context = {
        "case": case,
        "promises": promises_of(case),
        "verify_url": verify_url(case.code),
        "at_once": case.facts.get("at_once", []),
        "is_new": "new" in request.GET,
    }
    return screen(request, "web/counter/receipt.html", context)
