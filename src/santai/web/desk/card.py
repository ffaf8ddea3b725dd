"""A photograph of a card while a step is filled in: read for the fields, shown to whoever took it, put onto nothing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from santai.casework.access import procedure_of, roles_on
from santai.casework.models import Case
from santai.casework.refusals import NotFromHere
from santai.documents.models import Reading
from santai.documents.reading import card_of
from santai.web import sealed
from santai.web.cards import Shown, fills_of, plainly, suggest, take_photo
from santai.web.desk.offers import OpenStep
from santai.web.desk.papers import may_add_papers
from santai.web.guard import actor_of, roles_required, user_of, visible_case

KEPT = "step_card"


@roles_required()
@require_POST
def read(request: HttpRequest, code: str, step: str) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    case = visible_case(actor, code)
    if not may_add_papers(case, roles_on(case, actor, at=now)):
        raise PermissionDenied
    if "drop" in request.POST:
        sealed.forget(request, KEPT)
    else:
        taken = take_photo(request.FILES.get("file"), by=user_of(request), at=now)
        if isinstance(taken, str):
            messages.error(request, taken)
        else:
            sealed.keep(request, KEPT, {"case": case.code, "reading": taken.pk})
    return redirect(_back(case, step))


def _back(case: Case, step: str) -> str:
    page = reverse("desk_case", args=[case.code])
    try:
        return f"{page}?step={procedure_of(case).step(step).name}#open-step"
    except NotFromHere:
        return page


def shown(request: HttpRequest, opened: OpenStep | None) -> Shown | None:
    """None when the form asks for nothing that stands on a card."""
    fills = fills_of(opened.form) if opened and opened.form and opened.is_possible else {}
    if opened is None or opened.form is None or not fills:
        return None
    reading = _kept(request, opened.case)
    if reading is None:
        return Shown()
    suggest(opened.form, card_of(reading), fills=fills, use=request.GET.get("card") == "use")
    return plainly(reading, at=timezone.now())


def _kept(request: HttpRequest, case: Case) -> Reading | None:
    """Only what this member of staff photographed for this case."""
    held = sealed.kept(request, KEPT)
    if held.get("case") != case.code:
        return None
    return Reading.objects.filter(pk=held.get("reading") or 0, file__stored_by=user_of(request)).first()
