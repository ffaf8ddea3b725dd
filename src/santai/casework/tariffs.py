"""What things cost, as rows a lawyer can read: tariffs.csv, and the province's own rows in the parameters.

A parameter `tariff.<item>` replaces the file's rows for its region from its day on. Its value is
{"label": "…", "lines": [{"label": "…", "how": "each", "quantity": "cases", "default": "1", "rate": "1500"}]}
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from santai.casework import parameters
from santai.casework.models import Parameter
from santai.registry.regions import scopes

FILE = Path(__file__).parent / "tariffs.csv"
KEY = "tariff."


class How(StrEnum):
    """EACH: rate times quantity. SHARE: rate times the part of the quantity above `over` up to `up_to`. PERCENT: when
    the quantity is 1, `rate` per cent of the sum so far are added. PORTION: `quantity` per cent of the sum are due."""

    EACH = "each"
    SHARE = "share"
    PERCENT = "percent"
    PORTION = "portion"


class FaultyTariff(ValueError):
    """A row that cannot be calculated with; the message names it."""


@dataclass(frozen=True)
class Rule:
    """One line of a calculation. `default` None means that the quantity must be given."""

    label: str
    how: How
    quantity: str
    unit: str = ""
    default: Decimal | None = None
    rate: Decimal = Decimal(0)
    over: Decimal = Decimal(0)
    up_to: Decimal | None = None


@dataclass(frozen=True)
class Tariff:
    item: str
    label: str
    region: str
    since: date
    rules: tuple[Rule, ...]
    basis: str
    is_confirmed: bool


def tariff_for(item: str, *, region: str, on: date) -> Tariff | None:
    """The rows in force: those of the nearest division, then the latest, then the province's own before the file's."""
    row = parameters.row(KEY + item, region=region, on=on)
    own = [from_parameter(row)] if row else []
    here = {"", *scopes(region)}
    holding = [one for one in [*from_file(), *own] if one.item == item and one.region in here and one.since <= on]
    return max(holding, key=lambda one: (len(one.region), one.since, one in own), default=None)


def items() -> dict[str, str]:
    """Every item the file knows, with its name."""
    return {one.item: one.label for one in from_file()}


@cache
def from_file(path: Path = FILE) -> tuple[Tariff, ...]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    together = groupby(rows, key=lambda row: (row["item"], row["label"], row["region"], row["since"]))
    return tuple(_from_rows(key, list(lines)) for key, lines in together)


def _from_rows(key: tuple[str, str, str, str], rows: list[dict[str, str]]) -> Tariff:
    item, label, region, since = key
    return Tariff(
        item=item,
        label=label,
        region=region,
        since=date.fromisoformat(since),
        rules=tuple(rule_from({**row, "label": row["line"]}) for row in rows),
        basis="；".join(dict.fromkeys(row["basis"] for row in rows)),
        is_confirmed=all(row["confirmed"] == "yes" for row in rows),
    )


def from_parameter(row: Parameter) -> Tariff:
    """FaultyTariff when the value is not written as this module says."""
    item, given = row.key.removeprefix(KEY), row.value
    if not isinstance(given, Mapping) or not isinstance(given.get("lines"), list) or not given["lines"]:
        raise FaultyTariff(f'{row.key}: a tariff is written {{"label": name, "lines": [rows]}}')
    return Tariff(
        item=item,
        label=str(given.get("label") or items().get(item, item)),
        region=row.region,
        since=row.since,
        rules=tuple(rule_from(line) for line in given["lines"]),
        basis=row.basis,
        is_confirmed=row.confirmed,
    )


def rule_from(row: Mapping[str, Any]) -> Rule:
    if not isinstance(row, Mapping) or not row.get("quantity"):
        raise FaultyTariff(f"a line names its quantity: {row}")
    try:
        how = How(str(row.get("how")))
    except ValueError:
        raise FaultyTariff(f"how is one of {', '.join(How)}: {row}") from None
    figures = dict(_figures(row))
    if "rate" not in figures and how is not How.PORTION:
        raise FaultyTariff(f"a line has a rate: {row}")
    return Rule(
        label=str(row.get("label", "")),
        how=how,
        quantity=str(row["quantity"]),
        unit=str(row.get("unit") or ""),
        default=figures.get("default"),
        rate=figures.get("rate", Decimal(0)),
        over=figures.get("over", Decimal(0)),
        up_to=figures.get("up_to"),
    )


def _figures(row: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for name in ("default", "rate", "over", "up_to"):
        given = row.get(name)
        if given is None or given == "":
            continue
        try:
            number = Decimal(str(given))
        except InvalidOperation:
            raise FaultyTariff(f"{name} is not a number: {given!r}") from None
        if not number.is_finite():
            raise FaultyTariff(f"{name} is not a number: {given!r}")
        yield name, number
