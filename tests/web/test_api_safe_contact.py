"""Whoever may reach a person by what the API tells is told first how to do it without endangering them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from santai.intake.codes import send_code
from santai.people.models import Party
from santai.people.safe_contact import Wish, rule_of, set_rule
from santai.trust.roles import Role
from tests.factories import make_party
from tests.web.api_calls import PHONE, get, need, post, proof_of, recent_case, token_of
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
SAFE = "13911110000"


@pytest.fixture
def case(town):
    case = recent_case(applicant=make_party(phone=PHONE))
    set_rule(case.applicant, Wish(no_sms=True, safe_phone=SAFE, note="不是本人就挂断"))
    return case


def test_the_case_and_the_person_found_say_how_to_reach_them(town, case):
    dispatcher, clerk = token_of(town.staff[Role.DISPATCHER]), token_of(town.staff[Role.COUNTER_CLERK])
    told = rule_of(case.applicant).in_words()
    assert get(f"/cases/{case.code}", auth=dispatcher).json()["applicant"]["safe_contact"] == told
    asked = {"phone": PHONE, "channel": "counter", "reason": "来访人询问进展"}
    found = post("/parties/lookup", asked, auth=clerk).json()["parties"][0]
    assert found["safe_contact"] == told
    assert SAFE not in str(found)


def test_who_sees_the_phone_sees_the_one_to_call_instead(town, case):
    asked = {"fields": ["phone"], "reason": "电话核对事发地点", "case": case.code}
    shown = post(f"/parties/{case.applicant_id}/unmask", asked, auth=token_of(town.staff[Role.DISPATCHER])).json()
    assert shown["fields"] == {"phone": PHONE, "safe_phone": SAFE}
    assert "不是本人就挂断" in shown["safe_contact"]


def test_the_safe_phone_is_not_shown_to_who_did_not_ask_for_the_phone(town, case):
    asked = {"fields": ["name"], "reason": "核对来访人身份", "case": case.code}
    shown = post(f"/parties/{case.applicant_id}/unmask", asked, auth=token_of(town.staff[Role.DISPATCHER])).json()
    assert shown["fields"] == {"name": case.applicant.name}


def test_on_the_page_too_the_one_to_call_stands_beside_the_phone(town, case):
    dispatcher = at_desk(town.staff[Role.DISPATCHER])
    given = {"fields_wanted": ["phone"], "reason": "电话核对事发地点"}
    page = dispatcher.post(f"/desk/cases/{case.code}/person", given).content.decode()
    assert SAFE in page
    assert "不是本人就挂断" in page


def test_a_stranger_learns_nothing_of_it(town, case):
    stranger = recent_case(applicant=make_party(phone="13700001111")).applicant
    assert get(f"/cases/{case.code}", auth=proof_of(stranger)).status_code == 404


def test_a_need_may_bring_its_own_rule(town):
    wish = {"no_sms": True, "safe_phone": SAFE, "safe_from": "09:00", "safe_until": "11:00Z"}
    assert post("/requests", need(safe_contact=wish)).status_code == 201
    rule = rule_of(Party.objects.get())
    assert (rule.no_sms, rule.safe_phone, f"{rule.safe_from:%H:%M}", f"{rule.safe_until:%H:%M}") == (
        True, SAFE, "09:00", "11:00",
    )  # fmt: skip


def test_a_rule_that_cannot_be_is_told_by_its_field(town):
    answer = post("/requests", need(safe_contact={"safe_phone": "12", "safe_from": "09:00"}))
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"safe_contact.safe_phone", "safe_contact.safe_until"}


def test_the_safe_phone_proves_as_well_as_the_own(case, settings):
    settings.DEMO = True
    code = send_code(SAFE, at=timezone.now())
    headers = {"X_Phone_Last4": SAFE[-4:], "X_One_Time_Code": code}
    assert get(f"/requests/{case.code}", **headers).status_code == 200
    wrong = {**headers, "X_Phone_Last4": "9999"}
    assert get(f"/requests/{case.code}", **wrong).status_code == 403
