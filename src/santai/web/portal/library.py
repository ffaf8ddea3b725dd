"""法律知识 for everybody: one search over all, and the entries of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from santai.knowledge.models import Entry, Law
from santai.web.counting import note
from santai.web.entries import (
    ARTICLE,
    ENTRY_KINDS,
    FEW,
    KIND_NAMES,
    KINDS,
    ORGANISATION,
    PAGE,
    PERSON,
    Everything,
    everything,
    shown,
)
from santai.web.laws import page_number, pages_beside, question_of
from santai.web.portal.laws import EXAMPLES
from santai.web.portal.limits import public, searched


@dataclass(frozen=True)
class Cut:
    """One page of a longer list, as pages_beside wants it."""

    rows: Any
    total: int
    page: int
    pages: int


def cut(rows: Any, page: int) -> Cut:
    paginator = Paginator(rows, PAGE)
    found = paginator.get_page(page)
    return Cut(list(found.object_list), paginator.count, found.number, paginator.num_pages)


@public
@searched
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    question, is_cut = question_of(request.GET)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KIND_NAMES else ""
    context: dict[str, Any] = {"q": question, "kind": kind, "is_cut": is_cut, "examples": EXAMPLES}
    context |= _answered(request, question, kind) if question else _browsed(request, kind)
    return render(request, "web/portal/library.html", context)


def _answered(request: HttpRequest, question: str, kind: str) -> dict[str, Any]:
    page = page_number(request.GET)
    region = _region(request)
    found = everything(question, today=timezone.localdate(), region=region, page=page if kind == ARTICLE else 1)
    counts = found.counts()
    context: dict[str, Any] = {"found": found, "results": found.articles, "counts": counts, "region": region}
    context["tabs"] = _tabs(question, kind, counts, region)
    is_first = not kind and page == 1
    is_place = bool(counts[ORGANISATION] or counts[PERSON] or _is_citation(found))
    context["asked"] = note(request, question, found.entries, others=is_place) if is_first else ""
    context |= _of_kind(found, kind, page) if kind else _sections(found, counts)
    if cut_rows := context.get("cut"):
        context |= pages_beside(request.GET, cut_rows)
    return context


def _is_citation(found: Everything) -> bool:
    results = found.articles
    return bool(results.law or (results.hits and results.hits[0].is_exact))


def _sections(found: Everything, counts: dict[str, int]) -> dict[str, Any]:
    """The page of all kinds: what is asked for by name stands first."""
    entries = [
        {"kind": kind, "label": KIND_NAMES[kind], "rows": shown(rows[:FEW]), "more": len(rows) > FEW}
        for kind in ENTRY_KINDS
        if (rows := found.of(kind))
    ]
    return {
        "sections": sorted(entries, key=lambda one: -one["rows"][0].found.score),
        "hits": found.articles.hits[:FEW],
        "places": list(found.organisations[:FEW]),
        "persons": list(found.people[:FEW]),
        "is_citation": _is_citation(found),
        "is_empty": not any(counts.values()),
    }


def _of_kind(found: Everything, kind: str, page: int) -> dict[str, Any]:
    if kind == ARTICLE:
        return {"hits": found.articles.hits, "cut": found.articles}
    if kind == ORGANISATION:
        rows = cut(found.organisations, page)
        return {"places": rows.rows, "cut": rows}
    if kind == PERSON:
        rows = cut(found.people, page)
        return {"persons": rows.rows, "cut": rows}
    rows = cut(found.of(kind), page)
    return {"entries": shown(rows.rows), "cut": rows}


def _tabs(question: str, kind: str, counts: dict[str, int], region: str) -> list[dict[str, Any]]:
    kept = {"q": question, **({"region": region} if region else {})}
    counts = {"": sum(counts.values()), **counts}
    return [
        {
            "label": label,
            "icon": picture,
            "count": counts[str(key)],
            "url": f"?{urlencode({**kept, 'kind': key} if key else kept)}",
            "is_current": key == kind,
        }
        for key, label, picture in KINDS
    ]


def _region(request: HttpRequest) -> str:
    code = request.GET.get("region", "")
    return code if code.isascii() and code.isdigit() and len(code) <= 12 else ""


def _browsed(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Without a question: how much there is of each kind, and what others read."""
    readable = Entry.objects.readable_on(timezone.localdate())
    entry_kinds = [
        {"key": key, "label": KIND_NAMES[key], "icon": picture, "count": readable.filter(kind=key).count()}
        for key, _, picture in KINDS
        if key in ENTRY_KINDS
    ]
    context: dict[str, Any] = {"shelves": entry_kinds, "laws": Law.objects.count()}
    if kind in ENTRY_KINDS:
        rows = cut(readable.filter(kind=kind).order_by("-uses", "pk"), page_number(request.GET))
        context |= {"cut": rows, "shelf": rows.rows, **pages_beside(request.GET, rows)}
    else:
        context["shelf"] = list(readable.order_by("-uses", "pk")[:PAGE])
    return context
