"""政策库 for everybody: what is in force by topic, place, issuer and year, and asking somebody to search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.policies import Shelf, Wanted
from santai.procedures.special_collection import PROCEDURE as SEARCH_FOR_ME
from santai.web.divisions import choices_under
from santai.web.laws import page_number, pages_beside, question_of
from santai.web.portal.draft import draft_of, keep
from santai.web.portal.library import cut
from santai.web.portal.limits import public, searched
from santai.web.portal.places import NO_PLACE
from santai.web.portal.services import service_of
from santai.web.portal.subscriptions import Wish, knows_nobody, owners_of

SEARCHED_BY = "special_collection"
FEW_TOPICS = 12
NO_TOPIC, NO_ISSUER, NO_YEAR = "没有这个主题", "没有这个发布机关", "没有这一年的政策"


def _one_of(label: str, told: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": f"{told}，请从列表里选。"})


class Filters(forms.Form):
    """What the list is narrowed by; an unknown value is told and left out."""

    region = forms.ChoiceField(
        label="在哪里用",
        required=False,
        error_messages={"invalid_choice": NO_PLACE},
        help_text="全国、全省通用的也会列出",
    )
    topic = _one_of("主题", NO_TOPIC)
    issuer = _one_of("发布机关", NO_ISSUER)
    year = _one_of("发布年份", NO_YEAR)

    def __init__(self, given: Any, shelf: Shelf) -> None:
        super().__init__(given, auto_id="filter_%s")
        years = [(str(one), f"{one}年") for one in shelf.years()]
        self._offer("region", [("", "不限地区"), *choices_under([settings.ENV.province])])
        self._offer("topic", [("", "全部主题"), *((one, one) for one, _ in shelf.topics())])
        self._offer("issuer", [("", "全部机关"), *((one, one) for one in shelf.issuers())])
        self._offer("year", [("", "全部年份"), *years])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self, words: str) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        year = int(given["year"]) if given.get("year") else None
        return Wanted(words, given.get("topic", ""), given.get("region", ""), given.get("issuer", ""), year)


@public
@searched
@require_GET
def policies(request: HttpRequest) -> HttpResponse:
    shelf = Shelf(timezone.localdate())
    words, is_cut = question_of(request.GET)
    form = Filters(request.GET, shelf)
    wanted = form.wanted(words)
    rows = cut(shelf.matching(wanted), page_number(request.GET))
    owners, topics = owners_of(request), _topics(request, shelf, wanted)
    context = {
        "form": form,
        "q": words,
        "is_cut": is_cut,
        "wanted": wanted,
        "cut": rows,
        "topics": topics[:FEW_TOPICS],
        "more_topics": topics[FEW_TOPICS:],
        "wish": Wish(None, shelf, initial={"topic": wanted.topic, "region": wanted.region}),
        "is_known": bool(owners),
        "needs_name": knows_nobody(request, owners),
        "search_time": search_time(),
        **pages_beside(request.GET, rows),
    }
    return render(request, "web/portal/policies.html", context, status=422 if form.errors else 200)


def _topics(request: HttpRequest, shelf: Shelf, wanted: Wanted) -> list[dict[str, Any]]:
    """Each leads to its policies among those shown; the one that is chosen leads back to all."""
    kept = {name: str(value) for name, value in request.GET.items() if name not in ("page", "topic") and value}
    rows = [
        {
            "label": topic,
            "count": count,
            "is_current": topic == wanted.topic,
            "url": f"?{urlencode(kept if topic == wanted.topic else {**kept, 'topic': topic})}",
        }
        for topic, count in shelf.topics(wanted)
    ]
    return sorted(rows, key=lambda one: not one["is_current"])


def search_time() -> str:
    """In which somebody who searches for a person answers."""
    return next(str(clock.limit) for clock in SEARCH_FOR_ME.clocks if clock.name == "collection")


@public
@require_POST
def search_for_me(request: HttpRequest) -> HttpResponse:
    """A request to search, begun with what was searched in vain."""
    service = service_of(SEARCHED_BY)
    if service is None:
        return redirect("request")
    form = Filters(request.POST, Shelf(timezone.localdate()))
    wanted = form.wanted(question_of(request.POST)[0])
    draft = draft_of(request)
    draft.text, draft.procedure = f"{service.begins}{_in_words(wanted, form)}", service.procedure
    keep(request, draft)
    return redirect("request")


def _in_words(wanted: Wanted, form: Filters) -> str:
    place = _label(form.fields["region"], wanted.region)
    parts = (
        wanted.words,
        f"主题是{wanted.topic}" if wanted.topic else "",
        f"在{place}适用" if place else "",
        f"{wanted.issuer}发布" if wanted.issuer else "",
        f"{wanted.year}年的" if wanted.year else "",
    )
    return "；".join(part for part in parts if part)


def _label(field: Any, value: str) -> str:
    for name, choices in field.choices:
        inside = choices if isinstance(choices, (list, tuple)) else ()
        if found := next((label for code, label in inside if code == value), ""):
            return str(name) if found.startswith(str(name)) else f"{name}{found}"
    return ""
