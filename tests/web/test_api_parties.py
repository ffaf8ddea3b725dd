"""Finding the person one speaks with, and reading what identifies them."""

from __future__ import annotations

import pytest

from santai.people.models import Contact
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests.factories import make_party, make_region
from tests.web.api_calls import PHONE, get, post, recent_case, token_of

pytestmark = pytest.mark.django_db
ASKED = {"channel": "counter", "reason": "来访人询问进展"}


@pytest.fixture
def clerk(town):
    return token_of(town.staff[Role.COUNTER_CLERK])


@pytest.fixture
def elsewhere(town):
    """A case in another county, which the clerk does not see by rights."""
    make_region("230202", "龙沙区", "黑龙江省齐齐哈尔市龙沙区")
    return recent_case(applicant=make_party(phone=PHONE), region="230202")


def look_up(auth, **given):
    return post("/parties/lookup", {**ASKED, **given}, auth=auth)


def test_who_stands_at_the_counter_is_found_and_their_cases_open(clerk, elsewhere):
    assert get(f"/cases/{elsewhere.code}", auth=clerk).status_code == 404
    found = look_up(clerk, phone="138 0000 1234").json()["parties"]
    assert [(one["name"], one["phone"], one["is_open"]) for one in found] == [("王**", "138****1234", True)]
    assert [case["code"] for case in found[0]["cases"]] == [elsewhere.code]
    assert get(f"/cases/{elsewhere.code}", auth=clerk).status_code == 200
    assert "add" in {step["name"] for step in get(f"/cases/{elsewhere.code}", auth=clerk).json()["available_steps"]}


def test_looking_somebody_up_is_written_down_with_the_reason(clerk, elsewhere, town):
    look_up(clerk, phone=PHONE)
    looks = SensitiveLook.objects.filter(party=elsewhere.applicant, user=town.staff[Role.COUNTER_CLERK])
    assert ASKED["reason"] in {look.reason for look in looks}


def test_a_look_without_a_reason_is_refused_and_opens_nothing(clerk, elsewhere):
    response = look_up(clerk, phone=PHONE, reason="看")
    assert (response.status_code, list(response.json()["fields"])) == (422, ["reason"])
    assert not Contact.objects.exists()


def test_a_common_name_opens_nobody_until_one_is_chosen(clerk, elsewhere):
    namesake = make_party(phone="13900005678")
    matches = look_up(clerk, name="王小明").json()
    assert {(one["id"], one["is_open"]) for one in matches["parties"]} == {
        (elsewhere.applicant_id, False),
        (namesake.pk, False),
    }
    assert matches["todo"]
    assert all(one["cases"] == [] for one in matches["parties"])
    chosen = look_up(clerk, name="王小明", party=elsewhere.applicant_id).json()["parties"]
    assert {one["id"]: one["is_open"] for one in chosen} == {elsewhere.applicant_id: True, namesake.pk: False}


def test_nobody_found_is_no_fault(clerk):
    response = look_up(clerk, phone="13700000000")
    assert (response.status_code, response.json()["parties"]) == (200, [])
    assert response.json()["todo"]


@pytest.mark.parametrize("given", [{}, {"phone": PHONE, "name": "王小明"}])
def test_one_thing_is_looked_for_at_a_time(clerk, given):
    assert look_up(clerk, **given).status_code == 422


@pytest.mark.parametrize("role", [Role.LAWYER, Role.DISPATCHER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_only_the_front_line_looks_people_up(town, role):
    assert look_up(token_of(town.staff[role]), phone=PHONE).status_code == 403


def test_the_full_number_is_shown_for_a_reason_that_is_kept(town):
    case = recent_case(applicant=make_party(phone=PHONE))
    dispatcher = token_of(town.staff[Role.DISPATCHER])
    asked = {"fields": ["phone"], "reason": "电话核对事发地点", "case": case.code}
    response = post(f"/parties/{case.applicant_id}/unmask", asked, auth=dispatcher)
    assert response.json() == {"fields": {"phone": PHONE}, "safe_contact": []}
    look = SensitiveLook.objects.get()
    assert (look.fields, look.reason, look.case_code) == ("phone", asked["reason"], case.code)


def test_nothing_is_shown_without_a_reason(town):
    case = recent_case()
    dispatcher = token_of(town.staff[Role.DISPATCHER])
    response = post(f"/parties/{case.applicant_id}/unmask", {"fields": ["phone"], "reason": "  "}, auth=dispatcher)
    assert (response.status_code, list(response.json()["fields"])) == (422, ["reason"])
    assert not SensitiveLook.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MEDIATOR, 404), (Role.SYSTEM_ADMIN, 404), (Role.AUDITOR, 403), (Role.DISPATCHER, 200)]
)
def test_only_who_works_on_the_case_sees_the_full_number(town, role, status):
    case = recent_case()
    asked = {"fields": ["phone"], "reason": "电话核对事发地点"}
    assert post(f"/parties/{case.applicant_id}/unmask", asked, auth=token_of(town.staff[role])).status_code == status


@pytest.mark.parametrize("party", ["0", "999999", "9" * 30, "x"])
def test_a_party_that_does_not_exist_is_told_so(town, party):
    asked = {"fields": ["phone"], "reason": "电话核对事发地点"}
    response = post(f"/parties/{party}/unmask", asked, auth=token_of(town.staff[Role.DISPATCHER]))
    assert response.status_code in {404, 422}
    assert response.json()["detail"]
