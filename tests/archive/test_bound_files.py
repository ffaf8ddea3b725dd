"""The file of a closed case is bound once and opens at once; it is bound anew when something was added."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from santai.archive import bound_files
from santai.archive.bound_files import bind_closed, file_of
from santai.archive.models import BoundFile
from santai.casework.models import Case
from santai.documents.binding import TooLong
from santai.documents.models import DocumentKind
from tests.factories import make_case, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch: Any) -> list[str]:
    """The codes of the cases whose file was bound, in order."""
    done: list[str] = []

    def bind(case: Case, *, at: datetime) -> bytes:
        done.append(case.code)
        return f"%PDF {len(done)}".encode()

    monkeypatch.setattr(bound_files, "case_file", bind)
    return done


def closed(at: datetime, **fields: Any) -> Case:
    case = make_case(at - timedelta(days=2), **fields)
    Case.objects.filter(pk=case.pk).update(closed_at=at - timedelta(days=1), due_at=None)
    return Case.objects.get(pk=case.pk)


def add_paper(case: Case, at: datetime) -> None:
    case.documents.create(file=make_file(), kind=DocumentKind.OTHER, channel="web", added_by="x", added_at=at)


def test_the_worker_binds_a_closed_case_once_and_opening_it_binds_nothing(monday: datetime, drawn: list[str]) -> None:
    case = closed(monday)
    assert bind_closed(at=monday, most=5) == 1
    assert bind_closed(at=monday, most=5) == 0
    assert file_of(case, at=monday) == b"%PDF 1"
    assert drawn == [case.code]
    kept = BoundFile.objects.get()
    assert b"%PDF" not in bytes(kept.sealed), "it is kept sealed"


def test_whoever_opens_it_first_binds_it_for_the_next(monday: datetime, drawn: list[str]) -> None:
    case = closed(monday)
    assert file_of(case, at=monday) == file_of(case, at=monday) == b"%PDF 1"


def test_what_is_added_afterwards_is_in_the_file(monday: datetime, drawn: list[str]) -> None:
    case = closed(monday)
    bind_closed(at=monday, most=5)
    add_paper(case, monday)
    assert file_of(case, at=monday) == b"%PDF 2"
    assert bind_closed(at=monday, most=5) == 0
    assert BoundFile.objects.count() == 1


def test_an_open_case_is_bound_when_it_is_asked_for_and_not_kept(monday: datetime, drawn: list[str]) -> None:
    case = make_case(monday)
    assert bind_closed(at=monday, most=5) == 0
    assert [file_of(case, at=monday), file_of(case, at=monday)] == [b"%PDF 1", b"%PDF 2"]
    assert not BoundFile.objects.exists()


def test_no_copy_of_a_sealed_file_lies_about(monday: datetime, drawn: list[str]) -> None:
    case = closed(monday, procedure="notarization_will")
    assert bind_closed(at=monday, most=5) == 0
    file_of(case, at=monday)
    assert not BoundFile.objects.exists()


def test_one_that_cannot_be_bound_does_not_hold_up_the_others(monday: datetime, monkeypatch: Any) -> None:
    cases = [closed(monday), closed(monday)]

    def bind(case: Case, *, at: datetime) -> bytes:
        if case == cases[0]:
            raise TooLong
        return b"%PDF"

    monkeypatch.setattr(bound_files, "case_file", bind)
    assert bind_closed(at=monday, most=5) == 2
    assert bind_closed(at=monday, most=5) == 0
    assert file_of(cases[1], at=monday) == b"%PDF"
    with pytest.raises(TooLong):
        file_of(cases[0], at=monday)


def test_a_file_that_is_very_large_is_bound_but_not_kept(monday: datetime, drawn: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(bound_files, "LARGEST", 3)
    case = closed(monday)
    assert file_of(case, at=monday) == b"%PDF 1"
    assert file_of(case, at=monday) == b"%PDF 2"


def test_a_round_binds_no_more_than_it_is_told(monday: datetime, drawn: list[str]) -> None:
    for _ in range(3):
        closed(monday)
    assert [bind_closed(at=monday, most=2), bind_closed(at=monday, most=2)] == [2, 1]
