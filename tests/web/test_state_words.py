"""A request that waits for a procedure of its own says which one is under way."""

from __future__ import annotations

import pytest

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.state_words import state_words
from santai.casework.timeline import summary
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case
from tests.web.staff_pages import at_desk, case_in_hand, earlier

pytestmark = pytest.mark.django_db


def applied_for(procedure: str) -> Case:
    case = make_case(earlier())
    take_step(case, "apply_for", actor=Actor.applicant(case.applicant_id), data={"procedure": procedure})
    return case


@pytest.mark.parametrize(
    ("procedure", "words"),
    [
        ("special_collection", "专题搜集办理中"),
        ("evidence_deposit", "电子存证办理中"),
        ("consultation", "法律咨询办理中"),
        ("arbitration_labour", "劳动争议仲裁办理中"),
    ],
)
def test_the_order_names_what_was_applied_for(procedure: str, words: str) -> None:
    case = applied_for(procedure)
    assert state_words(case) == summary(case)["state_label"] == words


def test_the_desk_names_it_and_so_does_what_the_person_is_told(town: Town) -> None:
    case = case_in_hand(town)
    take_step(case, "refer", actor=Actor.staff(town.staff[Role.LAWYER]), data={"procedure": "special_collection"})
    assert case.log.latest("number").told == "已为您转入“专题搜集”，后面的进展在这里都能看到。"
    client = at_desk(town.staff[Role.LAWYER])
    for page in (f"/desk/cases/{case.code}", "/desk/mine"):
        shown = client.get(page).content.decode()
        assert "专题搜集办理中</span>" in shown, page
        assert "法定程序办理中</span>" not in shown, page


def test_a_sealed_file_is_not_named_on_the_order_it_came_from() -> None:
    case = applied_for("notarization_will")
    assert state_words(case) == "法定程序办理中"


def test_once_it_is_answered_the_order_is_as_its_table_says() -> None:
    case = applied_for("special_collection")
    Case.objects.filter(pk=case.pk).update(state="finished")
    case.refresh_from_db()
    assert "办理中" not in state_words(case)
