"""Triage against tables of sentences that a lawyer can read and extend, each about one thing triage says."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from santai.triage.areas import areas_of
from santai.triage.classify import Finding, classify
from santai.triage.deadlines import deadline_alarms
from santai.triage.folding import fold
from santai.triage.matters import matters
from santai.triage.tables import rows_of
from santai.triage.urgency import alarms_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)  # a Monday
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (Path(__file__).parent / f"expected_{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def hold(name: str, said: Callable[[Finding, Row], Row]) -> None:
    """Names every row that is not met, so that one run shows all of them."""
    found = []
    for row in table(name):
        told = said(classify(row["text"], today=TODAY), row)
        wrong = [
            f"{key} {value or '-'} instead of {row[key] or '-'}" for key, value in told.items() if value != row[key]
        ]
        if wrong:
            found.append(f"{row['text']}: {'; '.join(wrong)}")
    assert not found, "\n" + "\n".join(found)


def test_matters_and_areas_are_as_the_table_says() -> None:
    def said(finding: Finding, row: Row) -> Row:
        return {"matter": finding.matter} | ({"area": finding.area} if row["area"] else {})

    hold("matters", said)


def test_urgency_and_its_reasons_are_as_the_table_says() -> None:
    def said(finding: Finding, row: Row) -> Row:
        folded = fold(row["text"])
        alarms = [*deadline_alarms(folded, finding.matter, TODAY), *alarms_in(folded)]
        words = "".join(alarm.reason + alarm.at_once for alarm in alarms)
        return {
            "urgency": str(finding.urgency),
            "kinds": " ".join(sorted({alarm.kind for alarm in alarms})),
            "says": row["says"] if row["says"] in words else words,
        }

    hold("urgency", said)


def test_groups_are_as_the_table_says() -> None:
    hold("groups", lambda finding, row: {"groups": " ".join(finding.groups)})


def test_services_and_procedures_are_as_the_table_says() -> None:
    def said(finding: Finding, row: Row) -> Row:
        return {"service": finding.service, "procedure": finding.procedure}

    hold("services", said)


def test_the_other_side_is_as_the_table_says() -> None:
    def said(finding: Finding, row: Row) -> Row:
        return {
            "roles": " ".join(other.role for other in finding.others if other.role),
            "names": " ".join(other.name for other in finding.others if other.name),
        }

    hold("parties", said)


def test_the_tables_cover_what_triage_can_say() -> None:
    assert {row["matter"] for row in table("matters")} == set(matters())
    shown = {row["procedure"] for row in table("services")}
    assert {row["procedure"] for row in rows_of("procedure.csv")} <= shown
    assert set(areas_of()) == set(matters())
    told = ("matters", "urgency", "groups", "services", "parties")
    assert sum(len(table(name)) for name in told) >= 150


def test_no_sentence_expected_here_is_one_the_model_learned_from() -> None:
    learned = {row["text"] for row in rows_of("examples.csv")}
    assert not learned & {row["text"] for name in ("matters", "services") for row in table(name)}
