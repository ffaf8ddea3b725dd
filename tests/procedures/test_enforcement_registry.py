"""The register follows a penalty that touches a licence: from service, for its months, and back when it is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from santai.casework import periodic
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.registry.standing import may_practise
from santai.trust.roles import Role
from tests.factories import Town, make_organisation, make_practitioner, make_staff
from tests.procedures.enforcement_story import HEAD, OFFICER, SUSPENSION, Enforcement, on

pytestmark = pytest.mark.django_db
Standing = Practitioner.Standing
REVOCATION = {"row": "LS49", "grade": "heavy", "factors": ["grave"], "facts": SUSPENSION["facts"], "revoke": True}
MILD = {**SUSPENSION, "months": ""}


def practitioner_named(name: str) -> Practitioner:
    firm = make_organisation(OrganisationKind.LAW_FIRM)
    return make_practitioner(make_staff(Role.LAWYER, firm, name=name), firm)


@pytest.fixture
def lawyer(town: Town) -> Practitioner:
    return practitioner_named("李大明")


@pytest.fixture
def story(town: Town) -> Enforcement:
    return Enforcement(town, on(3, 2)).assigned()


def decided(story: Enforcement, who: Practitioner, penalty: dict = SUSPENSION) -> Enforcement:
    story.take("identify", OFFICER, {"licensee": who.licence})
    story.proposed(penalty).take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    return story.considered("to_review").reviewed().decided(penalty)


def standing_of(who: Practitioner) -> str:
    return Practitioner.objects.values_list("standing", flat=True).get(pk=who.pk)


def test_a_suspension_counts_from_service_and_not_before(story: Enforcement, lawyer: Practitioner) -> None:
    decided(story, lawyer)
    assert standing_of(lawyer) == Standing.ACTIVE
    story.served(on=on(3, 10))
    assert standing_of(lawyer) == Standing.SUSPENDED
    assert not may_practise(Practitioner.objects.get(pk=lawyer.pk), story.day())


def test_a_licence_that_is_taken_away_is_ended_in_the_register(story: Enforcement, lawyer: Practitioner) -> None:
    decided(story, lawyer, REVOCATION).served("serve", on=on(3, 10))
    assert standing_of(lawyer) == Standing.ENDED
    periodic.take_daily_steps(at=on(9, 1))
    assert standing_of(lawyer) == Standing.ENDED


@pytest.mark.parametrize("step", ["revoke", "order_redo"])
def test_a_revoked_decision_gives_the_standing_back(story: Enforcement, lawyer: Practitioner, step: str) -> None:
    decided(story, lawyer).served(on=on(3, 10)).revoke(step)
    assert standing_of(lawyer) == Standing.ACTIVE


def test_a_decision_changed_to_a_milder_one_gives_it_back(story: Enforcement, lawyer: Practitioner) -> None:
    decided(story, lawyer).served(on=on(3, 10)).revoke(
        "change_decision", **MILD, reasons="变更后不再停止执业，只罚款。"
    )
    assert standing_of(lawyer) == Standing.ACTIVE
    story.served(on=on(3, 12))
    assert standing_of(lawyer) == Standing.ACTIVE


def test_it_ends_by_itself_when_its_months_are_over_and_not_a_day_before(
    story: Enforcement, lawyer: Practitioner
) -> None:
    decided(story, lawyer).served(on=on(3, 10)).pay("5000")
    for day, standing in ((10, Standing.SUSPENDED), (11, Standing.ACTIVE)):
        periodic.take_daily_steps(at=on(7, day))
        assert standing_of(lawyer) == standing


def test_the_case_does_not_end_before_the_suspension(town: Town, lawyer: Practitioner) -> None:
    story = Enforcement(town, on(3, 2)).assigned()
    year = {**SUSPENSION, "row": "LS49", "warning": "", "fine": "", "grade": "normal", "months": "9"}
    decided(story, lawyer, year).served("serve", on=on(3, 10)).perform(explanation="已交回执业证。")
    story.take("archive", OFFICER, {"pages": 80, "term": "long"}, Doc.CASE_FILE)
    for at in (on(10, 20), on(10, 21)):
        periodic.take_daily_steps(at=at)
    assert (story.state, standing_of(lawyer)) == ("archived", Standing.SUSPENDED)
    for at in (on(12, 11), on(12, 12)):
        periodic.take_daily_steps(at=at)
    assert (story.state, standing_of(lawyer)) == ("ended", Standing.ACTIVE)


def test_with_another_penalty_running_the_licence_stays_suspended(town: Town, lawyer: Practitioner) -> None:
    first, second = (Enforcement(town, on(3, 2)).assigned() for _ in range(2))
    decided(first, lawyer, REVOCATION).served("serve", on=on(3, 10))
    decided(second, lawyer).served(on=on(3, 11))
    assert standing_of(lawyer) == Standing.ENDED
    first.revoke()
    assert standing_of(lawyer) == Standing.SUSPENDED
    second.at = first.at + timedelta(days=1)
    second.revoke()
    assert standing_of(lawyer) == Standing.ACTIVE


def test_what_somebody_wrote_into_the_register_since_is_not_undone(story: Enforcement, lawyer: Practitioner) -> None:
    decided(story, lawyer).served(on=on(3, 10))
    Practitioner.objects.filter(pk=lawyer.pk).update(standing=Standing.ENDED)
    story.revoke()
    assert standing_of(lawyer) == Standing.ENDED


def test_a_term_that_is_over_is_given_back_once(story: Enforcement, lawyer: Practitioner) -> None:
    decided(story, lawyer).served(on=on(3, 10))
    periodic.take_daily_steps(at=on(7, 11))
    Practitioner.objects.filter(pk=lawyer.pk).update(standing=Standing.SUSPENDED)
    story.case, story.at = Case.objects.get(pk=story.case.pk), on(7, 13)
    story.revoke()
    assert standing_of(lawyer) == Standing.SUSPENDED


def test_a_body_ordered_to_stop_is_not_active_until_the_decision_is_revoked(town: Town) -> None:
    story = Enforcement(town, on(3, 2), kind="company").assigned()
    firm = make_organisation(OrganisationKind.LAW_FIRM, name="金诚律师事务所")
    story.take("identify", OFFICER, {"body": firm.name})
    penalty = {**SUSPENSION, "row": "LS50", "fine": "50000", "months": "3"}
    story.proposed(penalty).take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    story.considered("to_review").reviewed().decided(penalty).served(on=on(3, 10))
    assert not Organisation.objects.get(pk=firm.pk).is_active
    story.revoke()
    assert Organisation.objects.get(pk=firm.pk).is_active


# --- nobody else's licence ----------------------------------------------------------------------------------------


def test_a_licence_is_touched_only_after_its_owner_was_looked_up(story: Enforcement, lawyer: Practitioner) -> None:
    with pytest.raises(Missing, match="还没有核对"):
        story.take("propose_penalty", OFFICER, SUSPENSION, Doc.INVESTIGATION_REPORT)
    story.proposed(SUSPENSION)
    assert story.case.facts["listed"] == {"not_listed": True}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "请填写名册里的当事人"),
        ({"not_listed": True, "licensee": "李大明"}, "请填写"),
        ({"licensee": "赵二"}, "不一致"),
    ],
)
def test_nobody_elses_licence_is_written_down(
    story: Enforcement, lawyer: Practitioner, data: dict[str, object], problem: str
) -> None:
    practitioner_named("赵二")
    with pytest.raises(Missing, match=problem):
        story.take("identify", OFFICER, data)
    assert "listed" not in story.case.facts


def test_a_body_is_not_looked_up_for_a_person(story: Enforcement) -> None:
    firm = make_organisation(OrganisationKind.LAW_FIRM)
    with pytest.raises(Missing, match="当事人是个人"):
        story.take("identify", OFFICER, {"body": firm.name})


def test_only_the_officers_of_the_case_look_up(story: Enforcement, town: Town) -> None:
    with pytest.raises(NotYou):
        story.take("identify", make_staff(OFFICER, town.bureau), {"not_listed": True})
    with pytest.raises(NotYou):
        story.take("identify", HEAD, {"not_listed": True})


def test_a_penalty_on_somebody_outside_the_register_changes_nothing(
    story: Enforcement, lawyer: Practitioner, town: Town
) -> None:
    story.proposed(SUSPENSION).take("notify")
    story.take("serve_notice", OFFICER, {"served_on": story.day(), "way": "in_person"})
    story.considered("to_review").reviewed().decided(SUSPENSION).served(on=on(3, 10)).revoke()
    assert standing_of(lawyer) == Standing.ACTIVE
