"""Triage against a table a lawyer can read and extend: expected.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from santai.triage.classify import classify

ROWS = list(csv.DictReader((Path(__file__).parent / "expected.csv").open(encoding="utf-8", newline="")))

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:24] for row in ROWS])
def test_a_sentence_is_classified_as_the_table_says(row: dict[str, str]) -> None:
    finding = classify(row["text"])

    found = {
        "matter": finding.matter,
        "urgency": str(finding.urgency),
        "groups": " ".join(sorted(finding.groups)),
        "service": finding.service,
        "procedure": finding.procedure,
    }
    assert found == {key: row[key] for key in found}


def test_the_table_has_every_matter_and_enough_rows() -> None:
    from santai.triage.matters import matters

    assert {row["matter"] for row in ROWS} == set(matters())
    assert len(ROWS) >= 80
