"""Service (送达) in one procedure that has it; every table with a step that `serves` does the same."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from santai.casework.electronic import opened_by_person
from santai.casework.kernel import FaultyProcedure, all_procedures
from santai.casework.models import Parameter
from santai.casework.refusals import Missing
from santai.casework.service import NOTICE_DAYS, RETURN_OF_SERVICE
from santai.documents.consents import consent_in_force, give_consent, withdraw_consent
from santai.documents.models import Delivery, Letter
from santai.documents.models import DocumentKind as Doc
from santai.trust.immutable import NeverChanged
from santai.trust.roles import Role
from tests.factories import Town, make_file, make_party
from tests.procedures.legal_aid_story import Story

pytestmark = pytest.mark.django_db
DECLINED = "legal_aid_declined"


@pytest.fixture
def story(town: Town, monday: datetime) -> Story:
    return Story(town, monday).apply().accept().decline()


def letter_of(story: Story, kind: str = DECLINED) -> Letter:
    return Letter.objects.filter(case_code=story.case.code, kind=kind).latest("pk")


def serve(story: Story, way: str, *papers: Doc, after: int = 0, **told: Any) -> None:
    served_on = story.at + timedelta(days=after)
    story.take(
        "serve_decision",
        Role.LEGAL_AID_OFFICER,
        {"served_on": served_on.date(), "way": way, **told},
        *papers,
        after=after,
    )


def agree(story: Story) -> None:
    give_consent(story.case.applicant, case_code=story.case.code, channel="web", recorded_by="本人", at=story.at)


def test_a_served_letter_says_when_and_how_and_its_delivery_is_kept(story: Story) -> None:
    serve(story, "post", Doc.SERVICE_RECEIPT, after=2, tracking="EMS 123")
    letter, kept = letter_of(story), Delivery.objects.get()
    assert (letter.served_by, localdate(letter.served_at)) == ("post", story.today)
    assert (kept.letter, kept.way, kept.delivered_on, kept.tracking) == (letter, "post", story.today, "EMS 123")
    assert (kept.addressee, kept.step, kept.returned_reason) == (story.case.applicant.name, "serve_decision", "")
    assert kept.proof is not None
    assert kept.recorded_by


def test_the_served_day_starts_the_limit_and_not_the_day_of_the_record(story: Story) -> None:
    received = story.today + timedelta(days=1)
    story.take("serve_decision", data={"served_on": received, "way": "in_person"}, after=5)
    reading = story.clock("objection_window")
    assert localdate(reading.started_at) == received


def test_a_return_of_service_is_issued_with_what_is_known(story: Story) -> None:
    serve(story, "left", witnesses="村主任李四、执法记录仪录像", receiver="")
    body = letter_of(story, RETURN_OF_SERVICE).body
    for words in (
        letter_of(story).number,
        "送达方式：留置送达",
        "村主任李四",
        story.case.applicant.name,
        "2026年3月2日",
    ):
        assert words in body


@pytest.mark.parametrize(
    ("way", "field"),
    [("left", "witnesses"), ("post", "tracking"), ("notice", "published_on"), ("entrusted", "entrusted_to")],
)
def test_each_way_needs_its_own_proof(story: Story, way: str, field: str) -> None:
    with pytest.raises(Missing) as refused:
        serve(story, way)
    assert field in refused.value.fields
    assert not Delivery.objects.exists()


def test_service_is_not_before_the_letter_nor_after_today(story: Story) -> None:
    for days in (-1, 1):
        with pytest.raises(Missing) as refused:
            story.take("serve_decision", data={"served_on": story.today + timedelta(days=days), "way": "in_person"})
        assert "served_on" in refused.value.fields


def test_a_public_notice_counts_after_thirty_days_or_what_the_setting_says(story: Story) -> None:
    published = story.today
    with pytest.raises(Missing, match="30日"):
        serve(story, "notice", after=29, published_on=published)
    Parameter.objects.create(key=NOTICE_DAYS, value=60, since=date(2020, 1, 1), basis="测试")
    with pytest.raises(Missing, match="60日"):
        serve(story, "notice", after=10, published_on=published)
    serve(story, "notice", after=60 - (story.today - published).days, published_on=published)
    assert Delivery.objects.get().delivered_on == published + timedelta(days=60)


def test_electronic_service_needs_consent(story: Story) -> None:
    with pytest.raises(Missing, match="同意"):
        serve(story, "online")
    agree(story)
    serve(story, "online")
    kept = Delivery.objects.get()
    assert kept.consent is not None
    assert kept.address == story.case.applicant.phone


def test_a_consent_on_paper_is_written_down_with_the_service(story: Story) -> None:
    serve(story, "online", consented=True)
    assert Delivery.objects.get().consent == consent_in_force(story.case.applicant, [story.case.code], at=story.at)


def test_consent_holds_for_its_case_from_when_it_is_given_until_it_is_taken_back(story: Story) -> None:
    person, code = story.case.applicant, story.case.code
    agree(story)
    assert consent_in_force(person, [code], at=story.at)
    assert consent_in_force(person, [code], at=story.at - timedelta(minutes=1)) is None
    assert consent_in_force(person, ["another"], at=story.at) is None
    assert consent_in_force(make_party(phone="13900001111"), [code], at=story.at) is None
    assert withdraw_consent(person, [code], at=story.at + timedelta(hours=1)) == 1
    assert consent_in_force(person, [code], at=story.at + timedelta(minutes=59))
    assert consent_in_force(person, [code], at=story.at + timedelta(hours=1)) is None


def test_whoever_agreed_and_opens_the_letter_is_served_at_that_minute(story: Story) -> None:
    agree(story)
    opened = story.at + timedelta(hours=30)
    assert opened_by_person(letter_of(story), story.case, at=opened)
    letter, kept = letter_of(story), Delivery.objects.get()
    assert (letter.served_by, letter.served_at) == ("online", opened)
    assert (kept.opened_at, kept.delivered_on) == (opened, localdate(opened))
    entry = story.case.log.latest("number")
    assert (entry.step, entry.role) == ("serve_decision", Role.SYSTEM)
    assert localdate(story.clock("objection_window", now=opened).started_at) == localdate(opened)
    assert not opened_by_person(letter_of(story), story.case, at=opened + timedelta(days=1))
    assert Delivery.objects.count() == 1


def test_opening_without_consent_or_after_it_was_taken_back_serves_nothing(story: Story) -> None:
    assert not opened_by_person(letter_of(story), story.case, at=story.at)
    agree(story)
    withdraw_consent(story.case.applicant, [story.case.code], at=story.at)
    assert not opened_by_person(letter_of(story), story.case, at=story.at)
    assert not Delivery.objects.exists()


def test_a_letter_no_step_serves_is_served_by_opening_all_the_same(story: Story) -> None:
    agree(story)
    received = letter_of(story, "legal_aid_received")
    assert opened_by_person(received, story.case, at=story.at)
    assert Delivery.objects.get().letter == received
    assert story.case.log.latest("number").step == "decline"


def test_what_came_back_is_kept_and_starts_nothing(story: Story) -> None:
    story.take("decision_returned", data={"way": "post", "tracking": "EMS1", "returned_reason": "moved"}, after=3)
    kept = Delivery.objects.get()
    assert (kept.delivered_on, kept.returned_reason) == (None, "moved")
    assert letter_of(story).served_at is None
    assert story.clock("decline_service").stopped_at is None
    assert not Letter.objects.filter(kind=RETURN_OF_SERVICE).exists()
    serve(story, "in_person", after=1)
    assert letter_of(story).served_at is not None


def test_a_delivery_is_never_changed(story: Story) -> None:
    serve(story, "in_person")
    kept = Delivery.objects.get()
    for change in (kept.save, kept.delete, Delivery.objects.all().delete):
        with pytest.raises(NeverChanged):
            change()


def test_who_received_it_for_the_person_lies_sealed(story: Story) -> None:
    serve(story, "in_person", receiver="王大明（父亲）")
    assert "王大明" not in str(story.case.log.latest("number").data)
    assert "王大明" in Delivery.objects.get().details


def test_every_step_that_serves_asks_for_the_day_and_names_letters_its_table_issues() -> None:
    serving = [(table, step) for table in all_procedures() for step in table.steps if step.serves]
    assert len(serving) > 10
    for table, step in serving:
        assert step.form is not None, step.name
        assert {"served_on", "way"} <= set(step.form.base_fields) or "returned_reason" in step.form.base_fields
        assert step.served_kinds <= {one.letter for one in table.steps} | {table.opening_letter}


def test_a_table_that_serves_what_nobody_issues_is_faulty() -> None:
    import dataclasses

    table = next(one for one in all_procedures() if one.name == "work_order")
    step = dataclasses.replace(table.steps[0], serves="no_such_letter")
    with pytest.raises(FaultyProcedure, match="no_such_letter"):
        dataclasses.replace(table, steps=(step, *table.steps[1:]))


def test_a_file_that_is_no_receipt_is_no_proof(story: Story) -> None:
    story.case.documents.create(file=make_file(), kind=Doc.OTHER, channel="web", added_by="x", added_at=story.at)
    serve(story, "in_person")
    assert Delivery.objects.get().proof is None
