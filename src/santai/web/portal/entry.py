"""The page of a standard answer, guide, case or policy; and “有用” or “没用” on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.entries.asking import question_with, used
from santai.knowledge.entries.body import blocks
from santai.knowledge.models import Entry, EntryVersion
from santai.web.entries import service_for
from santai.web.helping import is_robot, staff_of, vote, vote_on
from santai.web.portal.limits import public


@public
@require_GET
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Entry.objects.select_related("owner", "region"), slug=slug)
    readable = Entry.objects.readable_on(timezone.localdate()).filter(pk=found.pk).first()
    version = readable.published if readable else None
    if readable is None or version is None:
        return _gone(request, found)
    if not is_robot(request) and staff_of(request) is None:
        used(readable)
    context = {
        "entry": found,
        "version": version,
        "blocks": blocks(version.body),
        "citations": version.citations.select_related("article__version__law"),
        "service": service_for(readable),
        "asked": _asked(request.GET.get("asked", "")),
        "voted": vote_on(request, _thing(slug)),
        "action": reverse("library_told", args=[slug]),
    }
    return render(request, "web/portal/entry.html", context)


def _thing(slug: str) -> str:
    return f"entry:{slug}"


def _asked(given: str) -> str:
    return given if question_with(given) else ""


def _gone(request: HttpRequest, found: Entry) -> HttpResponse:
    """410: it was there. What never was published is not there for anybody."""
    withdrawn = found.versions.filter(status=EntryVersion.Status.WITHDRAWN).first()
    last = found.published or withdrawn
    if last is None:
        raise Http404("没有这一篇。")
    context = {"entry": found, "version": last, "is_expired": found.published is not None}
    return render(request, "web/portal/entry_gone.html", context, status=410)


@public
@require_POST
def told(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Entry.objects.readable_on(timezone.localdate()), slug=slug)
    vote(request, _thing(slug), entry=found)
    asked = _asked(request.POST.get("asked", ""))
    return redirect(f"{reverse('library_entry', args=[slug])}{f'?asked={asked}' if asked else ''}#told")
