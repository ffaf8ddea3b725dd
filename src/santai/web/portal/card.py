"""A photograph of the identity card while a need is written: what was read stands beside the fields, and is checked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from santai.casework.actions import attach_documents
from santai.casework.models import Case
from santai.documents.cards import NAME, NUMBER
from santai.documents.models import DocumentKind, Reading
from santai.documents.reading import card_of
from santai.trust.actors import Actor, Channel
from santai.web.cards import Shown, plainly, suggest, take_photo
from santai.web.portal.draft import Draft, draft_of, keep
from santai.web.portal.forms import WhoAndWhere
from santai.web.portal.limits import public
from santai.web.safe_contact import typed_in

FILLS = {"name": NAME, "id_number": NUMBER}
TYPED = ("name", "phone", "region", "id_number", "kind")
LONGEST, MOST_GROUPS = 200, 20


@public
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """What was typed so far comes along and is kept for this screen, unchecked."""
    draft = draft_of(request)
    if not draft.text:
        return redirect("request")
    _keep_typed(request, draft)
    if "drop" in request.POST:
        draft.card = 0
    else:
        taken = take_photo(request.FILES.get("file"), by=None, at=timezone.now())
        if isinstance(taken, str):
            messages.error(request, taken)
        else:
            draft.card = taken.pk
    keep(request, draft)
    return redirect("request_who")


def _keep_typed(request: HttpRequest, draft: Draft) -> None:
    posted = {name: request.POST[name].strip()[:LONGEST] for name in TYPED if name in request.POST}
    draft.typed = {**posted, "groups": request.POST.getlist("groups")[:MOST_GROUPS], **typed_in(request.POST)}


def shown(request: HttpRequest, draft: Draft, form: WhoAndWhere) -> Shown:
    reading = _kept(draft)
    if reading is None:
        return Shown()
    suggest(form, card_of(reading), fills=FILLS, use=request.GET.get("card") == "use")
    return plainly(reading, at=timezone.now())


def hand_in(draft: Draft, case: Case) -> None:
    """The photograph goes onto the case as proof of identity."""
    reading = _kept(draft)
    if reading is not None:
        attach_documents(
            case, [(reading.file, DocumentKind.IDENTITY.value)], actor=Actor.applicant(case.applicant_id, Channel.WEB)
        )


def _kept(draft: Draft) -> Reading | None:
    return Reading.objects.filter(pk=draft.card).select_related("file").first() if draft.card else None
