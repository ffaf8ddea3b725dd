"""Clues: filed or not with a reason, and neither side reads the other's file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import cases_for
from santai.casework.actions import take_step
from santai.casework.family import family
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.people.models import Party
from santai.trust.actors import Actor
from santai.trust.models import User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_case, make_file, make_party, make_staff
from tests.procedures.enforcement_story import HEAD, OFFICER, on

pytestmark = pytest.mark.django_db
REGISTER = {
    "source": "complaint",
    "kind": "person",
    "name": "赵律师",
    "phone": "13900001111",
    "id_number": "",
    "happened_on": "2026-01-10",
    "conduct": "私自收取委托人费用一万元，没有开具票据。",
}
FILE = {"opinion": "有收条和聊天记录，涉嫌违反律师法第四十八条。", "in_scope": True}
REASON = {"explanation": "理由写在这里，足够清楚明白，没有个人信息。"}


class Clue:
    def __init__(self, town: Town, at: datetime) -> None:
        self.town, self.at = town, at
        self.officer, self.second = make_staff(OFFICER, town.bureau), make_staff(OFFICER, town.bureau)
        self.head = make_staff(HEAD, town.bureau)
        self.reporter = make_party("钱举报")
        self.case = make_case(at, procedure="enforcement_clue", applicant=self.reporter, organisation=town.bureau)

    def take(self, name: str, who: User | None = None, data: Any = None, *papers: Doc, after: int = 0) -> None:
        self.at += timedelta(days=after)
        actor = Actor.staff(User.objects.get(pk=(who or self.officer).pk))
        files = [(make_file(), kind) for kind in papers]
        take_step(self.case, name, actor=actor, data=data, documents=files, at=self.at)

    def filed(self) -> Case:
        self.take("file", self.head, FILE)
        return Case.objects.get(procedure="enforcement")


@pytest.fixture
def clue(town: Town) -> Clue:
    import_package_years([2025, 2026])
    return Clue(town, on(2, 5))


def test_a_filed_case_is_about_the_other_side_and_knows_nothing_of_who_reported(clue: Clue) -> None:
    clue.take("register", data=REGISTER)
    case = clue.filed()
    assert case.applicant.name == "赵律师"
    assert (case.parent, case.organisation) == (None, clue.town.bureau)
    assert "钱举报" not in f"{case.facts}{case.text}"
    assert family(clue.case) == [clue.case]
    told = "".join(line.sentence for line in citizen_timeline(clue.case))
    assert "已经立案" in told
    assert "赵律师" not in told
    letter = Letter.objects.get(case_code=clue.case.code, kind="enforcement_clue_filed")
    assert "赵律师" not in letter.body
    accused = Actor.applicant(case.applicant_id)
    assert list(cases_for(accused)) == [case]


def test_whom_a_clue_points_at_is_sealed_in_facts_and_log(clue: Clue) -> None:
    clue.take("register", data=REGISTER)
    kept = f"{clue.case.facts}{[entry.data for entry in clue.case.log.all()]}"
    assert "赵律师" not in kept
    assert "13900001111" not in kept


def test_only_the_officers_of_the_bureau_read_a_clue(clue: Clue) -> None:
    for role in (Role.HOTLINE_AGENT, Role.COUNTER_CLERK, Role.DISPATCHER, Role.LAWYER, Role.SUPERVISOR):
        assert not cases_for(clue.town.actor(role)).filter(pk=clue.case.pk).exists(), role
    assert cases_for(Actor.staff(clue.officer)).filter(pk=clue.case.pk).exists()


def test_whoever_checked_does_not_decide_on_filing(clue: Clue) -> None:
    from santai.trust.models import Membership

    Membership.objects.create(user=clue.officer, role=HEAD, organisation=clue.town.bureau, since="2020-01-01")
    clue.take("register", data=REGISTER)
    for step, data in (("file", FILE), ("not_file", {"reason": "slight", **REASON})):
        with pytest.raises(NotYou, match="核查"):
            clue.take(step, clue.officer, data)


def test_not_filing_has_a_reason_a_letter_and_a_remedy(clue: Clue) -> None:
    clue.take("register", data=REGISTER)
    clue.take("not_file", clue.head, {"reason": "unproven", **REASON})
    letter = Letter.objects.get(case_code=clue.case.code, kind="enforcement_clue_not_filed")
    assert "60日" in letter.body
    assert "没有初步证据" in letter.body
    assert not Case.objects.filter(procedure="enforcement").exists()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"phone": "123"}, "电话"),
        ({"name": "李<script>"}, "不能有"),
        ({"id_number": "23010219900101123"}, "少了 1 位"),
        ({"happened_on": "2026-12-31"}, "不能晚于今天"),
        ({"conduct": "坏"}, "太短"),
    ],
)
def test_bad_input_is_named(clue: Clue, change: dict[str, str], problem: str) -> None:
    with pytest.raises(Missing, match=problem):
        clue.take("register", data={**REGISTER, **change})


def test_when_the_person_is_somebody_else_already_nothing_is_filed(clue: Clue) -> None:
    make_party("孙某人", id_number="11010519491231002X")
    clue.take("register", data={**REGISTER, "id_number": "11010519491231002X"})
    with pytest.raises(Missing, match="另一个姓名"):
        clue.filed()
    assert not Case.objects.filter(procedure="enforcement").exists()
    assert not Party.objects.filter(pk__gt=clue.reporter.pk, phone_index="").exists()


def test_nobody_reports_themselves(clue: Clue) -> None:
    clue.take("register", data={**REGISTER, "name": clue.reporter.name, "phone": clue.reporter.phone})
    with pytest.raises(Missing, match="同一个"):
        clue.filed()


def test_a_breach_that_is_too_old_is_marked(clue: Clue) -> None:
    clue.take("register", data={**REGISTER, "happened_on": "2020-01-01"})
    assert clue.case.facts["clue"]["is_old"] is True


def test_on_the_spot_two_officers_act_at_once(clue: Clue) -> None:
    clue.take("register", data=REGISTER)
    data = {**FILE, "lead_certificate": "1", "second": clue.officer.pk, "second_certificate": "2"}
    with pytest.raises(Missing, match="两名"):
        clue.take("act_on_spot", clue.officer, data)
    clue.take("act_on_spot", clue.officer, {**data, "second": clue.second.pk})
    case = Case.objects.get(procedure="enforcement")
    assert [one["id"] for one in case.facts["officers"]] == [clue.officer.pk, clue.second.pk]
    assert case.facts["is_simple"] is True


def test_filing_is_decided_in_fifteen_working_days_over_spring_festival(clue: Clue) -> None:
    def due() -> date | None:
        return clocks_of(clue.case, now=clue.at)[0].due_on

    # Six days to the make-up Saturday 14 February, five to 28 February (make-up), four in March.
    assert due() == date(2026, 3, 4)
    clue.take("register", data=REGISTER)
    clue.take("extend", clue.head, REASON)
    assert due() == date(2026, 3, 25)
