"""When a year is published, provisional dates become certain by themselves, and no state moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from santai.casework.actions import take_step
from santai.casework.models import Case, CaseClock
from santai.casework.recompute import recompute_provisional
from santai.trust.actors import SYSTEM
from santai.workdays.calendar import forget
from santai.workdays.imports import HOLIDAYS_A_YEAR, import_file, import_package_years
from tests.casework.clock_stories import moment
from tests.factories import Town, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published(db: None) -> Iterator[None]:
    import_package_years()
    yield
    forget()


def dispatched(town: Town, at: str) -> Case:
    case = make_case(moment(at))
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=moment(at))
    case.refresh_from_db()
    return case


def holidays(tmp_path: Path, *days: str) -> Path:
    path = tmp_path / "holidays.csv"
    lines = [f"{day},,0,试验假日,试验通知" for day in days]
    path.write_text("\n".join(["date,region,is_workday,name,source", *lines]), encoding="utf-8")
    return path


def finish_day(case: Case) -> date:
    due_at = CaseClock.objects.get(case=case, name="finish").due_at
    assert due_at is not None
    return due_at.astimezone(moment("2026-01-01").tzinfo).date()


def test_an_import_makes_a_provisional_date_certain(town: Town, tmp_path: Path) -> None:
    case = dispatched(town, "2026-12-30")
    assert (finish_day(case), case.is_provisional) == (date(2027, 1, 7), True)
    state, version = case.state, case.version
    outcome = import_file(holidays(tmp_path, "2027-01-01", "2027-01-04", "2027-01-05"), is_complete=True)
    assert outcome.recomputed == 1
    case.refresh_from_db()
    assert (finish_day(case), case.is_provisional) == (date(2027, 1, 11), False)
    assert not case.clocks.filter(is_provisional=True).exists()
    # The nearest limit of the case, two working days to claim it, has moved as well.
    assert case.due_clock == "claim"
    assert case.due_at == case.clocks.get(name="claim").due_at
    assert (case.state, case.version) == (state, version)


def test_an_incomplete_import_keeps_the_date_provisional(town: Town, tmp_path: Path) -> None:
    case = dispatched(town, "2026-12-30")
    import_file(holidays(tmp_path, "2027-01-04"))
    case.refresh_from_db()
    assert HOLIDAYS_A_YEAR > 1
    assert (finish_day(case), case.is_provisional) == (date(2027, 1, 8), True)


def test_a_correction_inside_a_known_year_moves_the_clocks_it_touches(town: Town, tmp_path: Path) -> None:
    touched, before = dispatched(town, "2026-03-02"), dispatched(town, "2026-01-12")
    outcome = import_file(holidays(tmp_path, "2026-03-04"))
    assert outcome.recomputed == 1
    assert finish_day(touched) == date(2026, 3, 10)
    assert finish_day(before) == date(2026, 1, 19)


def test_a_holiday_declared_on_the_last_day_moves_it(town: Town, tmp_path: Path) -> None:
    case = dispatched(town, "2026-03-02")
    import_file(holidays(tmp_path, "2026-03-09"))
    assert finish_day(case) == date(2026, 3, 10)


def test_recomputing_without_a_change_changes_nothing(town: Town) -> None:
    case = dispatched(town, "2026-12-30")
    rows = list(CaseClock.objects.order_by("pk").values())
    assert recompute_provisional(now=moment("2026-12-31")) == 1
    assert list(CaseClock.objects.order_by("pk").values()) == rows
    again = Case.objects.get(pk=case.pk)
    assert (again.due_at, again.due_clock, again.is_paused) == (case.due_at, case.due_clock, case.is_paused)


def test_a_case_of_a_procedure_no_longer_installed_is_left_alone(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case, other = dispatched(town, "2026-12-30"), dispatched(town, "2026-12-30")
    Case.objects.filter(pk=case.pk).update(procedure_version="1900-01-01")
    import_file(holidays(tmp_path, "2027-01-01", "2027-01-04"), is_complete=True)
    assert finish_day(case) == date(2027, 1, 7)
    assert finish_day(other) == date(2027, 1, 8)
    assert case.code in caplog.text
