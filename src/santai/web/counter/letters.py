"""Letters at the counter: printed for the person, signed by hand on the tablet."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from santai.casework.models import Case
from santai.documents.models import Letter
from santai.documents.signing import HANDLER, still_to_sign
from santai.trust.actors import Channel
from santai.web.counter.people import clerk_only, screen
from santai.web.desk.letters import found_letter, may_sign, witnessed
from santai.web.guard import actor_of
from santai.web.letters import letter_pdf


def _for_the_person(request: HttpRequest, code: str, pk: int) -> tuple[Letter, Case]:
    """What is printed here is given out: no internal letter is."""
    found, case = found_letter(request, code, pk, Channel.COUNTER)
    if found.is_internal:
        raise Http404
    return found, case


@clerk_only
@require_GET
def pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, _ = _for_the_person(request, code, pk)
    return letter_pdf(found)


@clerk_only
def signing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, case = _for_the_person(request, code, pk)
    if not may_sign(actor_of(request, Channel.COUNTER), case):
        raise PermissionDenied
    form, done = witnessed(request, found, case, Channel.COUNTER)
    if done or form is None:
        return redirect("counter_case", code=case.code)
    context = {"case": case, "letter": found, "form": form, "waiting": set(still_to_sign(found)) - {HANDLER}}
    return screen(request, "web/counter/sign.html", context, status=422 if request.method == "POST" else 200)
