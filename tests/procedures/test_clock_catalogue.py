"""Every limit of the catalogue (clock_catalogue.csv) is a clock of a procedure, under its id and with its length."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from santai.casework.kernel import Procedure, all_procedures
from santai.casework.terms import Clock

# How many limits the catalogue names of each service; each is a number from 1 upwards.
CATALOGUE = {
    "LA": 16,
    "MD": 5,
    "NT": 4,
    "FA": 3,
    "AR": 6,
    "PT": 4,
    "RV": 3,
    "HL": 3,
    "PB": 3,
    "PN": 2,
    "GI": 1,
    "DS": 1,
}


@dataclass(frozen=True)
class Row:
    """`clock` is procedure.clock, or procedure@version.clock."""

    id: str
    what: str
    limit: str
    extension: str
    clock: str

    @property
    def name(self) -> str:
        return f"{self.id}-{self.clock}"


def rows() -> Iterator[Row]:
    with Path(__file__).with_name("clock_catalogue.csv").open(encoding="utf-8", newline="") as handle:
        yield from (Row(**row) for row in csv.DictReader(handle))


ROWS = list(rows())


def tables(address: str) -> list[Procedure]:
    name, _, version = address.partition("@")
    return [one for one in all_procedures() if one.name == name and version in ("", one.version)]


def clocks(row: Row) -> list[Clock]:
    address, _, name = row.clock.rpartition(".")
    return [clock for table in tables(address) for clock in table.clocks if clock.name == name]


def test_every_limit_of_the_catalogue_is_in_the_list() -> None:
    wanted = {f"{service}{number:02d}" for service, count in CATALOGUE.items() for number in range(1, count + 1)}
    assert {row.id for row in ROWS} == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_clock_exists_under_its_id_and_with_its_length(row: Row) -> None:
    found = clocks(row)
    assert found, f"no procedure has {row.clock}"
    for clock in found:
        assert clock.id.startswith(row.id), clock.id
        assert f"{clock.limit.count} {clock.limit.unit}" == row.limit
        assert str(clock.extension.at_most if clock.extension else "") == row.extension


# What the law wants done so long before an event.
COUNTED_BACK = {"LA13": "hearing_on", "LA15N": "help_on"}


def test_what_is_done_so_long_before_an_event_is_counted_back_from_it() -> None:
    found = {clock.id: clock.before for table in all_procedures() for clock in table.clocks if clock.before}
    assert found == COUNTED_BACK


def test_each_id_of_the_catalogue_itself_is_used_and_not_only_its_parts() -> None:
    used = {clock.id for table in all_procedures() for clock in table.clocks}
    assert {row.id for row in ROWS} - used == set()
