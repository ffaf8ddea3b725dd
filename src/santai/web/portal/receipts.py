"""The receipt of a request: its code, a QR code to the public check, what happens next."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from santai.casework.access import steps_open_to
from santai.casework.family import family
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.trust.actors import Actor, Channel
from santai.web.portal import session
from santai.web.portal.limits import public
from santai.web.portal.promises import promises_of


@public
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """For the browser that sent the request, or one that has proven the phone."""
    is_mine = session.applicant_of(request, code) is not None
    if not is_mine and not session.has_receipt(request, code):
        raise Http404
    case = Case.objects.select_related("applicant", "organisation").get(code=code)
    whole = family(case)
    context = {
        "case": case,
        "verify_url": verify_url(code),
        "promises": promises_of(*whole),
        "is_mine": is_mine,
        "application": _application(whole) if is_mine else None,
    }
    return render(request, "web/portal/receipt.html", context)


def _application(whole: list[Case]) -> Step | None:
    """What the person has to fill in first when they applied for a statutory service."""
    for case in whole[1:]:
        actor = Actor.applicant(case.applicant_id, Channel.WEB)
        for step in steps_open_to(case, actor):
            if step.form is not None:
                return step
    return None


def verify_url(code: str) -> str:
    return f"{settings.ENV.public_url.rstrip('/')}{reverse('verify_case', args=[code])}"
