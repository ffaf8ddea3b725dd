"""A sealed file (密卷): for the person, whoever handles it and the head of the office; for nobody else is it there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from santai.casework.access import case_for, cases_for, roles_on, steps_open_to
from santai.casework.actions import take_step
from santai.casework.family import family
from santai.casework.kernel import all_procedures
from santai.casework.models import Case
from santai.casework.refusals import NotYou
from santai.casework.timeline import citizen_timeline, missing_from_citizen
from santai.casework.worklist import worklist
from santai.documents.models import Letter
from santai.notices.models import Notice
from santai.people.parties import open_contact
from santai.registry.models import OrganisationKind
from santai.trust.actors import Actor, Channel
from santai.trust.models import ApiToken, Membership, SensitiveLook, User
from santai.trust.roles import FRONT_LINE, Role
from santai.web.desk.watch import open_cases
from santai.web.reception import history_of
from tests.factories import Town, make_case, make_organisation, make_party, make_staff
from tests.procedures.notarization_special_story import DIRECTOR, Will
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
SECRET = "房屋一套由女儿继承"


@pytest.fixture
def will(town: Town, monday: datetime) -> Will:
    return Will(town, monday).delivered()


def others(will: Will) -> dict[str, User]:
    """Everybody else of staff: a colleague, the head of another office, and each role of the county."""
    elsewhere = make_organisation(OrganisationKind.NOTARY)
    return {
        "colleague": will.colleague,
        "second director elsewhere": make_staff(DIRECTOR, elsewhere),
        "counter at the office": make_staff(Role.COUNTER_CLERK, will.office),
        "supervisor at the office": make_staff(Role.SUPERVISOR, will.office),
        **{role.value: user for role, user in will.town.staff.items()},
    }


def fresh(user: User) -> Actor:
    return Actor.staff(User.objects.get(pk=user.pk))


def test_owner_handler_and_director_open_the_file(will: Will) -> None:
    for actor in (will.citizen, fresh(will.notary), fresh(will.director)):
        assert case_for(actor, will.case.code).pk == will.case.pk
        assert roles_on(will.case, actor)
    assert not roles_on(will.case, Actor.applicant(make_party().pk))


def test_for_everybody_else_it_is_not_there(will: Will) -> None:
    for who, user in others(will).items():
        actor = fresh(user)
        with pytest.raises(Case.DoesNotExist):
            case_for(actor, will.case.code)
        assert not cases_for(actor).filter(pk=will.case.pk).exists(), who
        assert roles_on(will.case, actor) == frozenset(), who
        assert steps_open_to(will.case, actor) == [], who
        for scope in ("mine", "organisation", "region"):
            assert will.case not in worklist(actor, scope).rows, (who, scope)
        assert not open_cases(user).filter(pk=will.case.pk).exists(), who


def test_a_colleague_takes_no_step_even_with_the_case_in_hand(will: Will) -> None:
    with pytest.raises(NotYou):
        take_step(will.case, "register_will", actor=fresh(will.colleague), data={}, at=will.at)


def test_an_unclaimed_will_is_the_directors_alone(town: Town, monday: datetime) -> None:
    will = Will(town, monday).apply()
    assert will.case.handler is None
    for user, sees in ((will.notary, False), (will.colleague, False), (will.director, True)):
        assert cases_for(fresh(user)).filter(pk=will.case.pk).exists() is sees


def test_whoever_handed_it_on_sees_it_no_more(will: Will) -> None:
    will.take("assign", DIRECTOR, {"handler": will.colleague.pk})
    assert not cases_for(fresh(will.notary)).filter(pk=will.case.pk).exists()
    assert cases_for(fresh(will.colleague)).filter(pk=will.case.pk).exists()


def test_a_conversation_opens_nothing(will: Will) -> None:
    agent = will.town.staff[Role.HOTLINE_AGENT]
    open_contact(will.case.applicant, user=agent, channel=Channel.HOTLINE, found_by="phone")
    assert not cases_for(fresh(agent)).filter(pk=will.case.pk).exists()
    assert roles_on(will.case, fresh(agent)) == frozenset()
    assert will.case not in history_of(will.case.applicant)


def test_a_director_who_left_sees_nothing(will: Will) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=will.director).update(until=yesterday)
    assert not cases_for(fresh(will.director)).filter(pk=will.case.pk).exists()


# --- pages and API ------------------------------------------------------------------------------------------------


def addresses(will: Will) -> list[str]:
    paper = will.case.documents.first()
    letter = Letter.objects.filter(case_code=will.case.code).latest("pk")
    case = f"/desk/cases/{will.case.code}"
    return [case, f"{case}/documents/{paper.pk}", f"{case}/letters/{letter.pk}", f"{case}/since", f"{case}/live"]


def test_no_page_and_no_paper_opens_for_anybody_else(will: Will) -> None:
    pages = addresses(will)
    for who, user in others(will).items():
        client = at_desk(user)
        assert {client.get(page).status_code for page in pages} <= {403, 404}, who
        token = ApiToken.issue(user, "test")
        answer = Client().get(f"/api/v1/cases/{will.case.code}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in (403, 404), who


def test_the_search_finds_it_for_nobody_else(will: Will) -> None:
    for user, sees in ((will.colleague, False), (will.town.staff[Role.SUPERVISOR], False), (will.notary, True)):
        for typed in (will.case.code, will.case.applicant.phone):
            answer = at_desk(user).post("/desk/search", {"q": typed}, follow=True)
            assert (f"/desk/cases/{will.case.code}" in answer.content.decode()) is sees


def test_handler_and_director_read_the_file_in_the_browser(will: Will) -> None:
    for user in (will.notary, will.director):
        answer = at_desk(user).get(f"/desk/cases/{will.case.code}")
        assert (answer.status_code, SECRET in answer.content.decode()) == (200, True)


# --- every look is written down -----------------------------------------------------------------------------------


def test_every_opening_by_staff_is_written_down_for_the_person(will: Will) -> None:
    case_for(fresh(will.director), will.case.code, at=will.at)
    look = SensitiveLook.objects.filter(party=will.case.applicant).latest("pk")
    assert (look.user, look.case_code, look.fields) == (will.director, will.case.code, "file")
    assert look.reason == "打开保密案卷（公证处负责人履行职责）"


def test_a_look_says_in_which_role_the_file_was_opened(will: Will, town: Town) -> None:
    case_for(fresh(will.notary), will.case.code, at=will.at)
    clue = make_case(will.at, procedure="enforcement_clue", organisation=town.bureau)
    officer, reviewer = (make_staff(role, town.bureau) for role in (Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER))
    for user in (officer, reviewer):
        case_for(fresh(user), clue.code, at=will.at)
    reasons = dict(SensitiveLook.objects.filter(fields="file").values_list("user", "reason"))
    assert reasons[will.notary.pk] == "打开保密案卷（承办人办理）"
    assert reasons[officer.pk] == "打开保密案卷（行政执法人员履行职责）"
    assert reasons[reviewer.pk] == "打开保密案卷（法制审核人员履行职责）"


def test_a_page_that_keeps_asking_is_one_look_and_the_next_hour_another(will: Will) -> None:
    def looks() -> int:
        return SensitiveLook.objects.filter(user=will.notary, fields="file").count()

    before = looks()
    for seconds in (0, 5, 60, 599):
        case_for(fresh(will.notary), will.case.code, at=will.at + timedelta(seconds=seconds))
    assert looks() == before + 1
    case_for(fresh(will.notary), will.case.code, at=will.at + timedelta(hours=1))
    assert looks() == before + 2


def test_neither_the_person_nor_somebody_who_is_turned_away_leaves_a_look(will: Will) -> None:
    before = SensitiveLook.objects.count()
    case_for(will.citizen, will.case.code)
    at_desk(will.colleague).get(f"/desk/cases/{will.case.code}")
    assert SensitiveLook.objects.count() == before


# --- what other cases and messages give away ----------------------------------------------------------------------


def test_the_request_it_came_from_tells_nothing_of_it(will: Will, town: Town) -> None:
    order = make_case(will.at, applicant=will.case.applicant)
    data = {"procedure": "notarization_will"}
    take_step(order, "refer", actor=town.actor(Role.DISPATCHER), data=data, at=will.at)
    child = order.children.get()
    clerk = town.actor(Role.COUNTER_CLERK)
    assert family(order) == family(order, clerk) == [order]
    assert missing_from_citizen(order) == missing_from_citizen(order, clerk) == []
    assert child.code not in {line.code for line in citizen_timeline(order)}
    assert [one.pk for one in family(order, will.citizen)] == [order.pk, child.pk]
    assert missing_from_citizen(order, will.citizen)


def test_the_parent_learns_only_that_there_is_a_result(will: Will, town: Town) -> None:
    order = make_case(will.at, applicant=will.case.applicant)
    take_step(order, "refer", actor=town.actor(Role.DISPATCHER), data={"procedure": "notarization_will"}, at=will.at)
    child = order.children.select_related("applicant", "organisation", "handler").get()
    will.case = child
    will.take("not_applied", DIRECTOR, {"explanation": "当事人没有填写申请表。"})
    assert order.log.get(step="child_closed").data["ending"] == "遗嘱公证：已有结果"


def test_colleagues_get_no_message_about_it(will: Will) -> None:
    will.take("ask_revocation", Role.APPLICANT)
    assert not Notice.objects.filter(case_code=will.case.code, user=will.colleague).exists()
    assert Notice.objects.filter(case_code=will.case.code, user=will.notary).exists()


def test_an_open_procedure_is_not_touched_by_all_this(town: Town, monday: datetime) -> None:
    case = make_case(monday, procedure="mediation")
    assert cases_for(town.actor(Role.SUPERVISOR)).filter(pk=case.pk).exists()
    assert Role.COUNTER_CLERK in roles_on(case, town.actor(Role.COUNTER_CLERK))
    case_for(town.actor(Role.SUPERVISOR), case.code)
    assert not SensitiveLook.objects.filter(fields="file").exists()


def test_no_step_of_a_sealed_procedure_is_for_somebody_who_speaks_for_others() -> None:
    """They could never take it: a conversation opens no sealed file."""
    sealed = [table for table in all_procedures() if table.sealed_for]
    assert "notarization_will" in {table.name for table in sealed}
    assert [step.name for table in sealed for step in table.steps if step.allowed_roles & FRONT_LINE] == []
