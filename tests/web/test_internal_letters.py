"""What an office writes for itself: read by its staff, and by the person of the case on no surface at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone

from santai.casework.access import procedure_of
from santai.casework.kernel import all_procedures
from santai.casework.models import Case, CaseDocument
from santai.casework.service import letters_to_serve
from santai.documents import letters
from santai.documents.letters import UnknownLetter, issue, kinds, template_of
from santai.documents.models import DocumentKind, Letter
from santai.documents.records import INTERNAL
from santai.documents.signing import APPLICANT
from santai.people.parties import open_contact
from santai.trust.actors import Channel
from santai.trust.roles import Role
from tests.factories import Town, make_file, make_party
from tests.procedures.enforcement_story import LARGE, REVIEWED, Enforcement
from tests.web.api_calls import get, proof_of, token_of
from tests.web.portal_steps import prove
from tests.web.staff_pages import at_desk, case_in_hand, earlier

pytestmark = pytest.mark.django_db
PHONE, TITLE, SECRET = "13812345678", "内部审查意见", "当事人的说法前后矛盾"
SURFACES = ("/my", "/my/{code}", "/my/dossier", "/my/dossier?part=letters", "/my/looks")


@pytest.fixture(autouse=True)
def _letters(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DEMO = True
    settings.LETTER_FOLDERS = [*project.LETTER_FOLDERS, tmp_path]
    (tmp_path / "memo.txt").write_text(f"{TITLE} | 测内 | letter | | internal\n\n{SECRET}。\n", encoding="utf-8")
    (tmp_path / "odd.txt").write_text("意见 | 测内 | letter | | secret\n\n正文。\n", encoding="utf-8")
    letters.template_of.cache_clear()
    yield
    letters.template_of.cache_clear()


@pytest.fixture
def case(town: Town) -> Case:
    return case_in_hand(town, applicant=make_party("王小明", PHONE))


@pytest.fixture
def memo(case: Case) -> Letter:
    return issue("memo", case_code=case.code, region="230102", context={}, at=timezone.now())


@pytest.fixture
def citizen(client: Client, case: Case) -> Client:
    prove(client)
    return client


def gives_away(content: str, memo: Letter) -> bool:
    return any(words in content for words in (TITLE, SECRET, memo.number, memo.digest))


@pytest.mark.parametrize("surface", SURFACES)
def test_no_page_of_the_person_knows_of_it(citizen: Client, case: Case, memo: Letter, surface: str) -> None:
    page = citizen.get(surface.format(code=case.code))
    assert page.status_code == 200
    assert not gives_away(page.content.decode(), memo)


@pytest.mark.parametrize("tail", ["", "/pdf", "/sign", "/signatures"])
def test_its_number_opens_nothing_for_the_person(citizen: Client, case: Case, memo: Letter, tail: str) -> None:
    assert citizen.get(f"/my/{case.code}/letters/{quote(memo.number)}{tail}").status_code == 404
    assert not memo.deliveries.exists()


def test_the_person_takes_no_export_with_it(citizen: Client, case: Case, memo: Letter) -> None:
    own = citizen.post("/my/dossier/export/json", {"who": case.applicant_id})
    assert own.status_code == 200
    assert not gives_away(own.content.decode(), memo)


def test_the_api_keeps_it_from_the_person_and_gives_it_to_the_handler(case: Case, memo: Letter, town: Town) -> None:
    path, pdf = f"/cases/{case.code}", f"/cases/{case.code}/letters/{quote(memo.number)}/pdf"
    person, handler = proof_of(case.applicant), token_of(town.staff[Role.LAWYER])
    assert not gives_away(get(path, auth=person).content.decode(), memo)
    assert get(pdf, auth=person).status_code == 404
    told = {one["number"]: one["is_internal"] for one in get(path, auth=handler).json()["letters"]}
    assert told[memo.number]
    assert list(told.values()).count(True) == 1
    assert get(pdf, auth=handler).status_code == 200


def test_the_list_of_cases_over_the_api_knows_nothing_of_it(case: Case, memo: Letter) -> None:
    answer = get("/cases", auth=proof_of(case.applicant))
    assert not gives_away(answer.content.decode(), memo)


def test_nothing_internal_is_printed_at_the_counter(case: Case, memo: Letter, town: Town) -> None:
    clerk = town.staff[Role.COUNTER_CLERK]
    open_contact(case.applicant, user=clerk, channel=Channel.COUNTER, found_by="phone")
    page = at_desk(clerk).get(f"/counter/cases/{case.code}")
    assert page.status_code == 200
    assert not gives_away(page.content.decode(), memo)
    for tail in ("pdf", "sign"):
        assert at_desk(clerk).get(f"/counter/cases/{case.code}/letters/{memo.pk}/{tail}").status_code == 404


def test_the_desk_shows_it_and_says_that_it_is_internal(case: Case, memo: Letter, town: Town) -> None:
    desk = at_desk(town.staff[Role.LAWYER])
    page = desk.get(f"/desk/cases/{case.code}").content.decode()
    assert TITLE in page
    assert "内部文书，当事人看不到" in page
    read = desk.get(f"/desk/cases/{case.code}/letters/{memo.pk}").content.decode()
    assert SECRET in read
    assert "这是内部文书" in read


def test_it_stays_internal_when_its_template_changes_or_goes(citizen: Client, case: Case, memo: Letter) -> None:
    project.LETTER_FOLDERS[-1].joinpath("memo.txt").write_text(f"{TITLE} | 测内\n\n{SECRET}。\n", encoding="utf-8")
    letters.template_of.cache_clear()
    assert not gives_away(citizen.get(f"/my/{case.code}").content.decode(), memo)


def test_the_opinion_of_the_legality_review_is_such_a_letter(town: Town, client: Client) -> None:
    story = Enforcement(town, earlier(3))
    story.told(LARGE).considered("to_review").take("pass_review", data=REVIEWED, who=Role.LEGALITY_REVIEWER)
    opinion = Letter.objects.get(case_code=story.case.code, kind="enforcement_legality_opinion")
    assert opinion.is_internal
    assert REVIEWED["opinion"] in opinion.body
    prove(client, story.party.phone)
    page = client.get(f"/my/{story.case.code}").content.decode()
    assert "告知书" in page
    assert "法制审核意见书" not in page
    shown = get(f"/cases/{story.case.code}", auth=proof_of(story.party)).json()
    assert opinion.number not in {one["number"] for one in shown["letters"]}
    assert REVIEWED["opinion"] not in f"{shown}"


# --- papers the office keeps to itself ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(INTERNAL))
def test_the_person_is_not_shown_the_papers_of_the_office(citizen: Client, case: Case, town: Town, kind: str) -> None:
    name = "询问王证人.pdf"
    CaseDocument.objects.create(
        case=case, file=make_file(name), kind=kind, channel="web", added_by="承办人", added_at=timezone.now()
    )
    assert name not in citizen.get(f"/my/{case.code}").content.decode()
    assert get(f"/cases/{case.code}", auth=proof_of(case.applicant)).json()["documents"] == []
    assert name in at_desk(town.staff[Role.LAWYER]).get(f"/desk/cases/{case.code}").content.decode()


def test_what_the_person_handed_in_is_shown(citizen: Client, case: Case) -> None:
    CaseDocument.objects.create(
        case=case,
        file=make_file("合同.pdf"),
        kind=DocumentKind.EVIDENCE,
        channel="web",
        added_by="",
        added_at=earlier(),
    )
    assert "合同.pdf" in citizen.get(f"/my/{case.code}").content.decode()


# --- the templates ------------------------------------------------------------------------------------------------


def test_a_heading_says_internal_and_nothing_else() -> None:
    assert template_of("memo").is_internal
    assert not template_of("service_return").is_internal
    with pytest.raises(UnknownLetter):
        template_of("odd")


def test_no_step_serves_an_internal_letter_and_no_person_signs_one() -> None:
    internal = {kind for kind in kinds() if kind != "odd" and template_of(kind).is_internal}
    assert internal >= {"enforcement_legality_opinion", "enforcement_legality_returned"}
    assert not [step for table in all_procedures() for step in table.steps if step.served_kinds & internal]
    assert not [kind for kind in internal if APPLICANT in template_of(kind).signers]
    assert not {table.opening_letter for table in all_procedures()} & internal


def test_even_a_table_that_said_so_would_not_serve_it(case: Case, memo: Letter) -> None:
    step = replace(procedure_of(case).steps[0], serves="memo")
    assert letters_to_serve(case, step) == []
