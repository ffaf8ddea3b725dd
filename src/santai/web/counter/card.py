"""A photograph of the identity card at the counter: read by the worker, shown beside the fields, checked by a clerk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from santai.casework.actions import attach_documents
from santai.casework.models import Case
from santai.documents.cards import NAME, NUMBER
from santai.documents.models import DocumentKind, Reading
from santai.documents.reading import card_of
from santai.trust.actors import Actor
from santai.web.cards import Shown, plainly, suggest, take_photo
from santai.web.counter import visit
from santai.web.counter.people import clerk_only
from santai.web.guard import user_of
from santai.web.reception import NeedForm

FILLS = {"name": NAME, "id_number": NUMBER}
KEPT = "card"


@clerk_only
def read(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        taken = take_photo(request.FILES.get("file"), by=user_of(request), at=timezone.now())
        if isinstance(taken, str):
            messages.error(request, taken)
        else:
            visit.keep_draft(request, {KEPT: taken.pk})
    return redirect("counter_need", part="who")


def shown(request: HttpRequest, form: NeedForm) -> Shown:
    """What was read; with `?card=use` it stands in the fields, still to be sent by the clerk."""
    reading = _kept(request)
    if reading is None:
        return Shown()
    suggest(form, card_of(reading), fills=FILLS, use=request.GET.get("card") == "use")
    return plainly(reading, at=timezone.now())


def hand_in(request: HttpRequest, case: Case, actor: Actor) -> None:
    """The photograph goes onto the case as proof of identity."""
    reading = _kept(request)
    if reading is not None:
        attach_documents(case, [(reading.file, DocumentKind.IDENTITY.value)], actor=actor)


def _kept(request: HttpRequest) -> Reading | None:
    """Only what this clerk photographed in this visit."""
    own = Reading.objects.filter(pk=visit.draft_of(request).get(KEPT) or 0, file__stored_by=user_of(request))
    return own.select_related("file").first()
