"""One's own dossier: everything, on one page, to look at, to print and to take away; and who has looked at it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.archive.dossier.exporting import FORMS, export_own
from santai.archive.dossier.reading import own_scope
from santai.people.models import Party
from santai.web.dossier import as_download, never_kept, shown
from santai.web.portal import session
from santai.web.portal.limits import public


@public
@require_GET
def dossier(request: HttpRequest) -> HttpResponse:
    """Of the person or the company that gave the proven phone; of several on one phone, the one chosen."""
    parties = session.proven_parties(request)
    if not parties:
        return redirect("progress")
    party = _chosen(parties, request.GET.get("who", "")) if "who" in request.GET else parties[0]
    context = {
        "party": party,
        "others": [one for one in parties if one != party],
        **shown(own_scope(party), request.GET),
    }
    return never_kept(render(request, "web/portal/dossier.html", context))


@public
@require_POST
def export(request: HttpRequest, form: str) -> HttpResponse:
    parties = session.proven_parties(request)
    if not parties:
        return redirect("progress")
    if form not in FORMS:
        raise Http404
    party = _chosen(parties, request.POST.get("who", ""))
    return as_download(export_own(own_scope(party), form, at=timezone.now()))


def _chosen(parties: list[Party], who: str) -> Party:
    """Only among those of the proven phone; anybody else does not exist."""
    for party in parties:
        if str(party.pk) == who:
            return party
    raise Http404
