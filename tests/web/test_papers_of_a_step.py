"""The person who must bring papers is offered a place for each of them, in the form where they apply."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.actions import take_step
from santai.casework.kernel import Procedure, all_procedures, procedure_in_force
from santai.documents.models import MADE_BY_OFFICES
from santai.documents.models import DocumentKind as Doc
from santai.trust.actors import Actor
from santai.web.steps import paper_kinds
from tests.factories import Town, make_case, make_file

pytestmark = pytest.mark.django_db


def test_an_applicant_for_legal_aid_may_hand_in_every_paper_the_office_will_ask_for(monday: datetime) -> None:
    case = make_case(monday, procedure="legal_aid_civil")
    table = procedure_in_force("legal_aid_civil", monday.date())
    offered = set(paper_kinds(case, table.step("apply")))
    assert {Doc.IDENTITY, Doc.MATTER_PROOF, Doc.HARDSHIP, Doc.EXEMPTION, Doc.COMMITMENT} <= offered


def test_papers_for_the_next_step_are_offered_but_not_demanded(town: Town, monday: datetime) -> None:
    case = make_case(monday, procedure="notarization")
    table = procedure_in_force("notarization", monday.date())
    step = next(one for one in table.steps if one.name == "apply")
    assert not step.needs
    assert set(paper_kinds(case, step)) >= set().union(*(s.needs for s in table.steps if step.target in s.sources))


@pytest.mark.parametrize("table", all_procedures(), ids=lambda table: f"{table.name}-{table.version}")
def test_nobody_is_asked_to_bring_what_offices_and_courts_make_themselves(table: Procedure) -> None:
    for step in table.steps:
        asked = table.handed_in_with(step) - step.needs - step.takes
        assert not asked & MADE_BY_OFFICES, step.name


def test_a_step_of_staff_asks_only_for_its_own_papers(monday: datetime) -> None:
    case = make_case(monday)
    table = procedure_in_force("work_order", monday.date())
    assert paper_kinds(case, table.step("claim")) == ()
    assert paper_kinds(case, table.step("add")) == (Doc.OTHER,)


def test_a_note_carries_its_paper_onto_the_case(monday: datetime) -> None:
    case = make_case(monday)
    citizen = Actor.applicant(case.applicant_id)
    take_step(case, "add", actor=citizen, data={"text": "工资条"}, documents=[(make_file(), Doc.OTHER)], at=monday)
    assert [paper.kind for paper in case.documents.all()] == [Doc.OTHER]
