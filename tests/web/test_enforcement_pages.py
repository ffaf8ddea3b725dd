"""What the bureau sees of enforcement, inspection and publication, and what the party sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.trust.models import User
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.enforcement_story import OFFICER, OPINION, SMALL, Enforcement
from tests.procedures.test_enforcement_inspection import Round
from tests.publication.publishing import TEXT, Publication
from tests.web.portal_steps import prove
from tests.web.staff_pages import at_desk, case_in_hand, earlier

pytestmark = pytest.mark.django_db


def page(user: User, case: Case, step: str = "") -> str:
    answer = at_desk(user).get(f"/desk/cases/{case.code}", {"step": step} if step else {})
    assert answer.status_code == 200
    return answer.content.decode()


def initial(user: User, case: Case, step: str) -> dict[str, object]:
    form = at_desk(user).get(f"/desk/cases/{case.code}", {"step": step}).context["opened"].form
    return {name: form[name].value() for name in form.fields}


def test_the_head_decides_on_what_was_proposed_without_typing_it_again(town: Town) -> None:
    story = Enforcement(town, earlier(24 * 12)).told()
    story.take("to_decision", OFFICER, OPINION, after=9)
    filled = initial(story.head, story.case, "decide_penalty")
    assert {name: filled[name] for name in ("facts", "row", "grade", "fine")} == {
        name: SMALL[name] for name in ("facts", "row", "grade", "fine")
    }
    assert not filled["reasons"]


def test_no_breach_and_no_grade_is_chosen_by_leaving_the_list_alone(town: Town) -> None:
    story = Enforcement(town, earlier()).assigned()
    filled = initial(story.lead, story.case, "propose_penalty")
    assert (filled["row"], filled["grade"]) == (None, None)
    assert page(story.lead, story.case, "propose_penalty").count('<option value="" selected>请选择</option>') == 2


def test_looking_up_the_party_suggests_nobody(town: Town) -> None:
    story = Enforcement(town, earlier()).assigned()
    assert "建议交给" not in page(story.lead, story.case, "identify")


def test_a_text_is_prepared_from_what_the_decision_says_and_read_before_it_is_approved(town: Town) -> None:
    story = Publication(town, earlier(30))
    assert initial(story.officer, story.case, "prepare")["content"] == TEXT["content"]
    shown = page(story.reviewer, story.case)
    assert "公示文本" in shown
    assert TEXT["content"] in shown


def test_the_officers_see_whom_they_were_drawn_to_inspect(town: Town) -> None:
    round_ = Round(town, earlier(48)).drawn()
    shown = page(round_.of(1), round_.case)
    for place in round_.places:
        assert place["name"] in shown
        assert all(officer["name"] in shown for officer in place["officers"])
    round_.at += timedelta(hours=1)
    round_.record(1, done_on=localdate(round_.at))
    assert "未发现问题" in page(round_.of(1), round_.case)


def test_what_staff_only_take_down_is_marked_as_the_partys_own(town: Town) -> None:
    story = Enforcement(town, earlier()).told()
    shown = page(story.lead, story.case)
    assert "要求听证<span" in shown
    assert "附音视频记录<span" not in shown


def test_the_party_is_not_told_that_the_charge_was_their_own_words(town: Town, client: Client, settings) -> None:
    settings.DEMO = True
    story = Enforcement(town, earlier()).assigned()
    prove(client, story.party.phone)
    shown = client.get(f"/my/{story.case.code}").content.decode()
    assert "您当时说的" not in shown
    assert story.case.text in shown
    assert "诉求" not in page(story.lead, story.case).split('id="need-title"')[1][:40]


def test_a_list_names_the_procedure_where_there_is_no_matter(town: Town) -> None:
    story = Enforcement(town, earlier())
    listed = at_desk(story.head).get("/desk/ours").content.decode()
    assert "行政处罚" in listed
    assert "未归类" not in listed
    case_in_hand(town)
    assert "未归类" in at_desk(town.staff[Role.LAWYER]).get("/desk/mine").content.decode()
