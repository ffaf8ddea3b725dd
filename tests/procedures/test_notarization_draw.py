"""Public-benefit notarizations fall to everybody by lot, and anybody can draw the lot again."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.refusals import Missing
from santai.procedures.rules.draw import draw, is_honest
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.notarization_story import DIRECTOR, REASON, Notarization

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Notarization:
    return Notarization(town, monday)


def test_a_public_benefit_case_falls_to_a_notary_by_a_draw_that_can_be_repeated(story: Notarization) -> None:
    story.apply().accept(public_benefit=True, fee="waived")
    (kept,) = story.case.facts["draws"]
    assert kept["seed"] == story.case.code
    assert len(kept["pool"]) == 2
    assert is_honest(kept)
    assert story.case.handler == Practitioner.objects.get(pk=kept["chosen"]).user
    assert not is_honest({**kept, "chosen": next(pk for pk in kept["pool"] if pk != kept["chosen"])})


def test_the_draw_reaches_everybody_and_depends_on_the_code_alone() -> None:
    pool = [11, 5, 8]
    assert {draw(f"code{number}", pool).chosen for number in range(50)} == set(pool)
    assert draw("one", pool) == draw("one", sorted(pool))
    with pytest.raises(ValueError, match="empty"):
        draw("one", [])


def test_notaries_who_may_not_practise_are_not_drawn(story: Notarization) -> None:
    Practitioner.objects.update(standing="suspended")
    story.apply()
    with pytest.raises(Missing, match="没有可以随机确定的公证员"):
        story.accept(public_benefit=True)


def test_a_recused_notary_is_not_drawn_again(story: Notarization) -> None:
    story.apply().accept(public_benefit=True, fee="waived")
    first = story.case.handler
    story.take("ask_recusal", Role.APPLICANT, REASON)
    story.take("replace_notary", DIRECTOR, {"reason": "recusal", **REASON})
    assert story.case.handler not in (None, first)
    assert [kept["turn"] for kept in story.case.facts["draws"]] == [1, 2]
    assert all(map(is_honest, story.case.facts["draws"]))
