"""A need comes in by the API, and its owner looks how it is getting on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError
from django.utils import timezone

from santai.casework.models import Case
from santai.intake.models import Arrival
from santai.people.models import Contact
from santai.trust.roles import Role
from santai.web.api import requests
from santai.web.api.callers import PROOF_SALT
from tests.factories import make_party
from tests.web.api_calls import PHONE, PROBLEM, WAGES, get, need, post, proof_of, recent_case, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def proven(code: str, phone: str = PHONE, **changes: str):
    headers = {"X_Phone_Last4": phone[-4:], "X_One_Time_Code": post("/codes", {"phone": phone}).json()["code"]}
    return get(f"/requests/{code}", **{**headers, **changes})


def test_anybody_may_hand_in_a_need_and_learns_its_code_and_why(town):
    response = post("/requests", need())
    told = response.json()
    assert response.status_code == 201
    assert Case.objects.get().code == told["code"]
    assert told["is_duplicate"] is False
    assert told["matter"]
    assert {reason["stage"] for reason in told["reasons"]} >= {"triage"}
    assert {"add", "withdraw"} <= {step["name"] for step in told["available_steps"]}
    assert told["due_on"]


def test_an_unproven_phone_counts_as_not_verified(town):
    post("/requests", need())
    assert Arrival.objects.get().phone_verified is False


def test_a_proven_phone_counts_as_verified(town):
    post("/requests", need(), auth=proof_of(make_party(phone=PHONE)))
    assert Arrival.objects.get().phone_verified is True


def test_the_same_key_twice_is_one_case(town):
    first = post("/requests", need(), Idempotency_Key="k-1")
    second = post("/requests", need(), Idempotency_Key="k-1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["is_duplicate"] is True
    assert second.json()["code"] == first.json()["code"]


def test_two_with_one_key_at_the_same_moment_are_one_case(town, monkeypatch):
    first = post("/requests", need(), Idempotency_Key="k-1").json()
    answers = iter([IntegrityError, requests.receive])

    def raced(*args, **kwargs):
        answer = next(answers)
        if answer is IntegrityError:
            raise IntegrityError
        return answer(*args, **kwargs)

    monkeypatch.setattr(requests, "receive", raced)
    second = post("/requests", need(), Idempotency_Key="k-1")
    assert (second.status_code, second.json()["code"]) == (200, first["code"])


def test_the_same_key_for_another_need_is_a_conflict(town):
    post("/requests", need(), Idempotency_Key="k-1")
    response = post("/requests", need(text="邻居的狗咬伤了我，不肯赔医药费"), Idempotency_Key="k-1")
    assert response.status_code == 409
    assert response["Content-Type"] == PROBLEM


def test_the_same_words_of_the_same_person_within_ten_minutes_are_one_case(town):
    post("/requests", need())
    response = post("/requests", need())
    assert response.status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.parametrize("channel", ["hotline", "counter"])
def test_nobody_speaks_for_the_hotline_or_the_counter_without_a_token(town, channel):
    assert post("/requests", need(channel=channel)).status_code == 401


def test_a_lawyer_does_not_speak_for_the_hotline(town):
    response = post("/requests", need(channel="hotline"), auth=token_of(town.staff[Role.LAWYER]))
    assert response.status_code == 403
    assert "热线坐席" in response.json()["todo"] + response.json()["detail"]


def test_the_agent_who_takes_a_call_may_go_on_with_the_case(town):
    agent = token_of(town.staff[Role.COUNTER_CLERK])
    code = post("/requests", need(channel="counter"), auth=agent).json()["code"]
    assert Case.objects.get().channel == "counter"
    assert Contact.objects.get().user == town.staff[Role.COUNTER_CLERK]
    assert get(f"/cases/{code}", auth=agent).status_code == 200


def test_every_fault_is_named_with_its_field(town):
    bad = need(text="?", region="999999", applicant={"phone": "123", "id_number": "230102199001011234"})
    response = post("/requests", bad)
    assert response.status_code == 422
    fields = response.json()["fields"]
    assert {"text", "region", "applicant.phone", "applicant.id_number"} <= set(fields)
    assert not Case.objects.exists()


def test_a_number_that_belongs_to_another_name_is_told_at_the_field(town):
    number = "230102199003071237"
    assert post("/requests", need(applicant={"id_number": number})).status_code == 201
    response = post("/requests", need(text=f"{WAGES}？", applicant={"id_number": number, "name": "李大力"}))
    assert response.status_code == 422
    assert "applicant.name" in response.json()["fields"]


def test_what_is_missing_is_named_in_chinese(town):
    response = post("/requests", {"channel": "api", "applicant": {"name": "王小明"}})
    assert response.status_code == 422
    assert response.json()["fields"] == {
        "text": ["请填写诉求内容"],
        "region": ["请填写地区"],
        "applicant.phone": ["请填写电话"],
    }


def test_a_field_that_is_not_known_is_not_swallowed(town):
    response = post("/requests", need(idNumber="1"))
    assert response.json()["fields"] == {"idNumber": ["没有“idNumber”这一项，请核对名称"]}


def test_two_hundred_thousand_letters_are_refused_with_a_way_out(town):
    response = post("/requests", need(text="我" * 200_000))
    assert response.status_code == 422
    assert "材料上传" in response.json()["detail"]


def test_what_partners_leave_empty_may_be_null_and_a_phone_may_be_a_number(town):
    given = need(groups=None, matter=None, applicant={"id_number": None, "kind": None, "phone": int(PHONE)})
    assert post("/requests", given).status_code == 201


def test_one_address_cannot_flood_the_intake(town, monkeypatch, settings):
    monkeypatch.setattr(settings.ENV, "public_rate", "2/h")
    statuses = [post("/requests", need(text=f"{WAGES}{n}")).status_code for n in range(3)]
    assert statuses == [201, 201, 429]
    limited = post("/requests", need())
    assert limited["Content-Type"] == PROBLEM
    assert int(limited["Retry-After"]) > 0
    assert post("/requests", need(), auth=token_of(town.staff[Role.HOTLINE_AGENT])).status_code == 201


def test_a_code_is_shown_in_demo_mode_only(db, settings):
    settings.DEMO = False
    response = post("/codes", {"phone": PHONE})
    assert (response.status_code, response.json()["code"]) == (202, None)


def test_a_second_code_at_once_is_too_much(db, demo):
    post("/codes", {"phone": PHONE})
    response = post("/codes", {"phone": PHONE})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60


def test_a_code_goes_to_no_wrong_number(db):
    response = post("/codes", {"phone": "12"})
    assert response.status_code == 422
    assert response["Content-Type"] == PROBLEM


def test_the_owner_sees_the_whole_story_with_phone_and_code(town, demo):
    case = recent_case(applicant=make_party(phone=PHONE))
    told = proven(case.code).json()
    assert [line["label"] for line in told["story"]] == ["受理登记"]
    assert told["clocks"][0]["explanation"]
    assert told["letters"][0]["case_code"] == case.code
    assert told["applicant"]["id"] is None
    assert {step["name"] for step in told["available_steps"]} == {"add", "apply_for", "withdraw"}


def test_a_proof_opens_the_case_again_without_a_new_code(town, demo):
    case = recent_case(applicant=make_party(phone=PHONE))
    proof = proven(case.code).json()["proof"]["token"]
    again = get(f"/requests/{case.code}", auth=f"Proof {proof}")
    assert again.status_code == 200
    assert again.json()["proof"] is None


def test_a_proof_is_good_for_one_phone_only(town):
    own, other = recent_case(applicant=make_party(phone=PHONE)), recent_case()
    assert get(f"/requests/{other.code}", auth=proof_of(own.applicant)).status_code == 404


def test_a_proof_ends_after_two_hours(town, monkeypatch):
    case = recent_case()
    stale = timezone.now() - timedelta(hours=2, minutes=1)
    monkeypatch.setattr(signing.time, "time", stale.timestamp)
    old = signing.dumps(case.applicant.phone_index, salt=PROOF_SALT)
    monkeypatch.undo()
    assert get(f"/requests/{case.code}", auth=f"Proof {old}").status_code == 401


@pytest.mark.parametrize("header", ["X_Phone_Last4", "X_One_Time_Code"])
def test_a_wrong_digit_opens_nothing_and_does_not_say_which(town, demo, header):
    case = recent_case(applicant=make_party(phone=PHONE))
    response = proven(case.code, **{header: "0000" if header == "X_Phone_Last4" else "000000"})
    assert response.status_code == 403
    assert "手机号后四位或验证码不对" in response.json()["detail"]


def test_without_proof_one_is_told_how_to_give_it(town):
    response = get(f"/requests/{recent_case().code}")
    assert response.status_code == 401
    assert "POST /codes" in response.json()["todo"]


def test_a_mistyped_code_is_explained(town, demo):
    response = get("/requests/123", X_Phone_Last4="1234", X_One_Time_Code="000000")
    assert response.status_code == 404
    assert "少输了16位" in response.json()["detail"]


def test_staff_see_a_request_by_their_token(town):
    case = recent_case()
    told = get(f"/requests/{case.code}", auth=token_of(town.staff[Role.DISPATCHER])).json()
    assert told["code"] == case.code
    assert told["applicant"]["id"] == case.applicant_id
    assert PHONE not in str(told)
