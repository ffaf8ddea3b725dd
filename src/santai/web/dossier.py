"""A dossier on a page: one part at a time, twenty lines of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict

from santai.archive.dossier.exporting import Exported
from santai.archive.dossier.reading import Part, Scope, parts_of, person_of

PAGE = 20


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    count: int
    is_on: bool


def shown(scope: Scope, wanted: QueryDict) -> dict[str, Any]:
    """Context for parts/dossier.html. A part or a page that does not exist is the first one, or the last."""
    parts = parts_of(scope)
    part = next((one for one in parts if one.name == wanted.get("part")), parts[0])
    page = Paginator(part.rows(scope), PAGE).get_page(wanted.get("page"))
    return {
        "person": person_of(scope),
        "tabs": [_tab(one, scope, part) for one in parts],
        "part": part,
        "lines": part.lines(list(page.object_list)),
        "page": page,
    }


def _tab(one: Part, scope: Scope, current: Part) -> Tab:
    return Tab(one.name, one.label, one.rows(scope).count(), one is current)


def as_download(exported: Exported) -> HttpResponse:
    response = HttpResponse(exported.content, content_type=exported.media_type)
    response["Content-Disposition"] = f'attachment; filename="{exported.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return never_kept(response)


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
