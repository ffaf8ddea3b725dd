"""What an office writes to others is not offered to the applicant: it is nothing to collect, and may not be theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from santai.casework.kernel import all_procedures
from santai.documents.copies import mark_of
from santai.documents.letters import template_of
from santai.documents.models import Letter
from tests.factories import Town
from tests.procedures.review_story import Review
from tests.web.api_calls import get, proof_of
from tests.web.portal_steps import prove
from tests.web.staff_pages import at_desk, earlier

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(settings: Any, town: Town) -> Review:
    settings.DEMO = True
    return Review(town, earlier(3)).apply().accept().copy()


def test_the_notice_to_the_respondent_is_not_offered_to_the_applicant(review: Review, client: Client) -> None:
    notice = Letter.objects.get(case_code=review.case.code, kind="review_answer_notice")
    assert notice.is_internal
    prove(client, review.case.applicant.phone)
    page = client.get(f"/my/{review.case.code}").content.decode()
    assert "申请书副本已送达被申请人" in page
    assert notice.title not in page
    assert client.get(f"/my/{review.case.code}/letters/{notice.number}").status_code == 404
    shown = get(f"/cases/{review.case.code}", auth=proof_of(review.case.applicant)).json()
    assert notice.number not in {one["number"] for one in shown["letters"]}


def test_the_reviewer_has_it_and_the_respondent_can_check_it(review: Review, client: Client, town: Town) -> None:
    notice = Letter.objects.get(case_code=review.case.code, kind="review_answer_notice")
    reviewer = review.case.log.get(step="send_copy").actor
    assert reviewer is not None
    assert notice.title in at_desk(reviewer).get(f"/desk/cases/{review.case.code}").content.decode()
    checked = client.get(f"/verify/letters/{mark_of(notice)}").content.decode()
    assert notice.number in checked


def test_what_a_step_kept_from_the_person_writes_is_kept_from_them_too() -> None:
    """A report to the police of a quarrel that may turn violent among them."""
    hidden: set[str] = set()
    open_to_them: set[str] = set()
    for table in all_procedures():
        for step in table.steps:
            if step.letter:
                (open_to_them if step.public else hidden).add(step.letter)
    assert "mediation_police_report" in hidden
    assert [kind for kind in sorted(hidden - open_to_them) if not template_of(kind).is_internal] == []
