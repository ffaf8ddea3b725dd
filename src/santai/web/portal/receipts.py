"""The receipt of a request: its code, a QR code to the public check, what happens next."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from santai.casework.models import Case
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
    context = {"case": case, "verify_url": verify_url(code), "promises": promises_of(case), "is_mine": is_mine}
    return render(request, "web/portal/receipt.html", context)


def verify_url(code: str) -> str:
    return f"{settings.ENV.public_url.rstrip('/')}{reverse('verify_case', args=[code])}"
