"""Which kinds of organisation answer which service, in what order: services.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from santai.registry.models import OrganisationKind

DEFAULT = "consultation"
# A statutory procedure has its own service, whatever the text says.
SERVICE_OF_PROCEDURE = {"legal_aid_civil": "legal_aid"}


@dataclass(frozen=True)
class Duty:
    """`rank` 1 answers first; `reason` is shown to the dispatcher."""

    rank: int
    reason: str


@cache
def _table() -> dict[tuple[str, str], dict[str, Duty]]:
    table: dict[tuple[str, str], dict[str, Duty]] = {}
    with (Path(__file__).parent / "services.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            kind = OrganisationKind(row["kind"])
            table.setdefault((row["service"], row["matter"]), {})[kind] = Duty(int(row["rank"]), row["reason"])
    return table


def duties(service: str, matter: str) -> dict[str, Duty]:
    """Kinds of organisation and their duty. A row for the matter replaces the general one; rank 0 removes the kind."""
    table = _table()
    known = service if (service, "") in table else DEFAULT
    found = table[known, ""] | table.get((known, matter), {})
    return {kind: duty for kind, duty in found.items() if duty.rank > 0}
