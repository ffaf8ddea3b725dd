"""What the pages about laws have in common: the filters, and a question as far as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.utils.http import urlencode

from santai.knowledge.models import Law, LawVersion, Level
from santai.knowledge.search import LONGEST, Filters

TONES = {
    LawVersion.Status.IN_FORCE: ("tone-done", "check"),
    LawVersion.Status.PENDING: ("tone-soon", "clock"),
    LawVersion.Status.AMENDED: ("tone-closed", "alert"),
    LawVersion.Status.REPEALED: ("tone-closed", "alert"),
}


class LawFilters(forms.Form):
    """What a search is narrowed by; an unknown value is told and left out."""

    level = forms.ChoiceField(
        label="效力级别",
        required=False,
        choices=[("", "全部级别"), *Level.choices],
        error_messages={"invalid_choice": "没有这个效力级别，请从列表里选。"},
    )
    in_force = forms.ChoiceField(
        label="时效",
        required=False,
        choices=[("", "全部"), ("1", "只看现行有效的")],
        error_messages={"invalid_choice": "时效只有“全部”和“只看现行有效的”两种。"},
    )

    def chosen(self, law: str = "") -> Filters:
        """`law` is the address of a law; one that does not exist narrows nothing."""
        self.is_valid()
        found = Law.objects.filter(slug=law[:200]).first() if law else None
        given = self.cleaned_data
        return Filters(
            law=found.name if found else "", level=given.get("level", ""), in_force=bool(given.get("in_force"))
        )


def question_of(given: Mapping[str, Any]) -> tuple[str, bool]:
    """As far as it is read, and whether something was left out. Control characters are nobody's words."""
    given_text = str(given.get("q") or "")
    typed = " ".join("".join(one for one in given_text if one.isprintable() or one.isspace()).split())
    return typed[:LONGEST], len(typed) > LONGEST


def page_number(given: Mapping[str, Any]) -> int:
    typed = str(given.get("page") or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


class Paged(Protocol):
    """A list of which one page is shown."""

    @property
    def page(self) -> int: ...

    @property
    def pages(self) -> int: ...


def pages_beside(given: Any, results: Paged) -> dict[str, str]:
    """Addresses of the pages before and after, for the pager."""
    kept = {name: value for name, value in given.items() if name != "page" and value}

    def address(number: int) -> str:
        return f"?{urlencode({**kept, 'page': number})}"

    before = address(results.page - 1) if results.page > 1 else ""
    return {"before": before, "after": address(results.page + 1) if results.page < results.pages else ""}
