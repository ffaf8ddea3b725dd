"""The page of rounds: done, due, missed, for the heads of committees and the supervisors of the division."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from santai.casework.models import Case
from santai.intake.screening import open_rounds
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.screening import by_committee, rounds_for, summed
from tests.factories import Town, make_organisation, make_staff
from tests.procedures.screening_story import FOUND, HEAD, Screening, make_committee
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
NAME, OTHER = "幸福村人民调解委员会", "和平村人民调解委员会"


@pytest.fixture
def story(town: Town) -> Screening:
    """Four weeks ago a round was reported with one dispute, three weeks ago one was missed; one is due this week."""
    now = timezone.now()
    screening = Screening(town, now - timedelta(days=28))
    screening.take("find_dispute", data=FOUND)
    screening.report(disputes_found=1)
    other = make_committee("230102002201", OTHER)
    for days in (21, 0):
        open_rounds(at=now - timedelta(days=days))
    assert Case.objects.filter(organisation=other).count() == 2
    return screening


def page(user: User) -> str:
    answer = at_desk(user).get("/desk/screening")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_supervisor_sees_every_committee_of_the_division(story: Screening) -> None:
    text = page(story.town.staff[Role.SUPERVISOR])
    for words in (NAME, OTHER, "没有按期", "待报告", "已报告", "1 件", "转入调解 1 件"):
        assert words in text


def test_a_head_sees_the_own_committee_alone(story: Screening) -> None:
    text = page(story.people[HEAD])
    assert NAME in text
    assert OTHER not in text
    assert OTHER not in page(make_staff(HEAD, make_organisation("mediation")))


def test_somebody_elses_division_is_not_counted(story: Screening) -> None:
    away = make_staff(Role.SUPERVISOR, make_organisation("bureau", region="230202"))
    assert "还没有排查任务" in page(away)


def test_done_due_late_and_missed_are_counted_by_committee(story: Screening) -> None:
    now = timezone.now()
    rounds = rounds_for(story.town.staff[Role.SUPERVISOR], since=now - timedelta(days=90))
    found = {one.name: (one.in_time, one.late, one.due, one.missed) for one in by_committee(rounds, now)}
    assert found == {NAME: (1, 0, 1, 1), OTHER: (0, 0, 1, 1)}
    assert summed(rounds, now) == {"in_time": 1, "late": 0, "due": 2, "missed": 2, "mediations": 1}


def test_a_late_report_counts_as_late_and_a_written_down_miss_as_missed(story: Screening) -> None:
    late, now = story.rounds()[1], timezone.now()
    story.case = late
    story.report(on=now)
    rounds = rounds_for(story.people[HEAD], since=now - timedelta(days=90))
    (found,) = by_committee(rounds, now)
    assert (found.in_time, found.late, found.due, found.missed) == (1, 1, 1, 0)


def test_the_page_asks_no_more_for_more_committees(story: Screening, django_assert_max_num_queries) -> None:
    for number in range(5):
        make_committee(f"2301020032{number:02d}", f"第{number}村人民调解委员会")
    open_rounds(at=timezone.now())
    client = at_desk(story.town.staff[Role.SUPERVISOR])
    with django_assert_max_num_queries(16):
        client.get("/desk/screening")
