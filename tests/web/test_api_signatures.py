"""Signing a letter by API: the person for themself, the handler for the office, nobody for anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from santai.documents import letters
from santai.documents.copies import copy_of
from santai.documents.letters import issue
from santai.documents.models import Letter, Signature
from santai.trust.actors import Channel
from santai.trust.roles import Role
from tests.factories import make_party
from tests.web.api_calls import get, post, proof_of, recent_case, token_of
from tests.web.staff_pages import case_in_hand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Iterator[None]:
    for name in ("record", "memo"):
        readers = " | internal" if name == "memo" else ""
        (tmp_path / f"{name}.txt").write_text(
            f"谈话笔录 | 笔 | letter | 当事人、承办人{readers}\n\n说了什么。\n", encoding="utf-8"
        )
    settings.LETTER_FOLDERS = [tmp_path, *settings.LETTER_FOLDERS]
    letters.template_of.cache_clear()
    yield
    letters.template_of.cache_clear()


@pytest.fixture
def case(town):
    return case_in_hand(town)


@pytest.fixture
def letter(case) -> Letter:
    return issue("record", case_code=case.code, region="230102", context={}, at=timezone.now())


def path(letter: Letter) -> str:
    return f"/cases/{letter.case_code}/letters/{letter.number}/signatures"


def given(letter: Letter, **changes: Any) -> dict[str, Any]:
    return {"digest": letter.digest, "confirmed": True, "name": "王小明", **changes}


def test_the_person_signs_the_text_they_saw_and_then_the_handler(town, case, letter):
    answer = post(path(letter), given(letter), auth=proof_of(case.applicant))
    body = answer.json()
    assert (answer.status_code, body["still_to_sign"]) == (201, ["承办人"])
    assert (body["signatures"][0]["digest"], body["signatures"][0]["sha256"]) == (letter.digest, copy_of(letter).sha256)
    lawyer = town.staff[Role.LAWYER]
    done = post(path(letter), given(letter, name=""), auth=token_of(lawyer)).json()
    assert done["still_to_sign"] == []
    first, second = Signature.objects.order_by("pk")
    assert (first.party, first.user, first.how, first.channel) == (case.applicant, None, "code", Channel.API)
    assert (second.party, second.user, second.how) == (None, lawyer, "login")
    shown = get(path(letter), auth=proof_of(case.applicant)).json()
    assert [one["capacity"] for one in shown["signatures"]] == ["当事人", "承办人"]


def test_who_only_sees_the_case_signs_nothing(town, letter):
    for role in (Role.DISPATCHER, Role.SUPERVISOR, Role.COUNTER_CLERK):
        assert post(path(letter), given(letter), auth=token_of(town.staff[role])).status_code == 403
    assert not Signature.objects.exists()


def test_a_stranger_finds_no_letter_to_sign(town, letter):
    stranger = recent_case(applicant=make_party(phone="13700001111")).applicant
    assert post(path(letter), given(letter), auth=proof_of(stranger)).status_code == 404
    assert post(path(letter), given(letter)).status_code == 401


def test_another_text_than_the_one_seen_is_not_signed(case, letter):
    answer = post(path(letter), given(letter, digest="0" * 64), auth=proof_of(case.applicant))
    assert (answer.status_code, Signature.objects.count()) == (409, 0)
    assert answer.json()["todo"]


@pytest.mark.parametrize(("changes", "field"), [({"name": "王大明"}, "name"), ({"confirmed": False}, "confirmed")])
def test_another_name_or_no_consent_is_no_signature(case, letter, changes, field):
    answer = post(path(letter), given(letter, **changes), auth=proof_of(case.applicant))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_nobody_signs_twice(case, letter):
    post(path(letter), given(letter), auth=proof_of(case.applicant))
    again = post(path(letter), given(letter), auth=proof_of(case.applicant))
    assert (again.status_code, Signature.objects.count()) == (409, 1)


def test_a_letter_of_the_office_is_not_there_for_the_person(case):
    memo = issue("memo", case_code=case.code, region="230102", context={}, at=timezone.now())
    assert not Letter.objects.for_the_person().filter(pk=memo.pk).exists()
    assert get(path(memo), auth=proof_of(case.applicant)).status_code == 404
    assert post(path(memo), given(memo), auth=proof_of(case.applicant)).status_code == 404
