"""A dossier by API: deny by default, a reason first, everything written down; the person has all of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from santai.archive.models import DossierExport
from santai.people.safe_contact import Wish, set_rule
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from santai.web.api.callers import proof_for
from tests.factories import make_case, make_party
from tests.web.api_calls import get, proof_of, recent_case, token_of
from tests.web.staff_pages import case_in_hand

pytestmark = pytest.mark.django_db
WHY = {"purpose": "supervision", "reason": "核对投诉的经过"}


def asked(path: str, auth: str, **query: str):
    from urllib.parse import urlencode

    return get(f"{path}?{urlencode(query)}", auth=auth)


@pytest.fixture
def case(town):
    return case_in_hand(town)


@pytest.fixture
def supervisor(town):
    return token_of(town.staff[Role.SUPERVISOR])


def test_staff_get_what_the_page_exports_and_the_person_reads_who_took_it(town, case, supervisor):
    answer = asked(f"/dossiers/{case.applicant_id}", supervisor, **WHY, case=case.code)
    body = answer.json()
    assert (answer.status_code, body["format"], body["made"]["scope"]) == (200, "santai-dossier/1", "staff")
    assert [one["code"] for one in body["cases"]] == [case.code]
    assert body["looks"] == []
    assert case.applicant.phone not in answer.content.decode()
    assert case.applicant.name not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    looks = SensitiveLook.objects.filter(party=case.applicant, user=town.staff[Role.SUPERVISOR])
    assert {look.fields for look in looks} == {"dossier", "export"}
    assert {look.case_code for look in looks} == {case.code}
    told = asked("/dossiers/me/looks", proof_of(case.applicant)).json()["looks"]
    assert any("核对投诉的经过" in one["reason"] for one in told)
    assert DossierExport.objects.get(number=body["made"]["number"]).form == "json"


def test_the_pdf_is_the_same_dossier_on_paper(case, supervisor):
    answer = asked(f"/dossiers/{case.applicant_id}", supervisor, **WHY, format="pdf")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("given", "field"), [({}, "purpose"), ({"purpose": "handling"}, "reason"), ({**WHY, "reason": "看"}, "reason")]
)
def test_without_a_reason_nothing_is_opened(case, supervisor, given, field):
    answer = asked(f"/dossiers/{case.applicant_id}", supervisor, **given)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not SensitiveLook.objects.exists()


def test_the_dossier_of_a_stranger_does_not_exist(town, case, supervisor):
    stranger = make_party(phone="13700001111")
    for person in (stranger.pk, 999999, "me"):
        assert asked(f"/dossiers/{person}", supervisor, **WHY).status_code == 404
    others = make_case(timezone.now() - timedelta(hours=2), applicant=stranger)
    assert asked(f"/dossiers/{case.applicant_id}", supervisor, **WHY, case=others.code).status_code == 404
    assert not SensitiveLook.objects.filter(fields="dossier").exists()


def test_whoever_handles_single_cases_opens_no_dossier(town, case):
    assert asked(f"/dossiers/{case.applicant_id}", token_of(town.staff[Role.LAWYER]), **WHY).status_code == 403


def test_the_person_takes_their_own_with_everything_in_it(case):
    answer = asked("/dossiers/me", proof_of(case.applicant))
    body = answer.json()
    assert (body["made"]["scope"], body["person"]["name"]) == ("own", case.applicant.name)
    assert asked(f"/dossiers/{case.applicant_id}", proof_of(case.applicant)).status_code == 200


def test_nobody_takes_the_dossier_of_another_phone(case):
    other = recent_case(applicant=make_party(phone="13700001111")).applicant
    assert asked(f"/dossiers/{case.applicant_id}", proof_of(other)).status_code == 404
    assert asked("/dossiers/me", proof_of(other), case=case.code).status_code == 404


def test_of_several_people_on_one_phone_the_case_says_which(case):
    sister = make_party("王小红", phone=case.applicant.phone)
    theirs = make_case(timezone.now() - timedelta(hours=2), applicant=sister)
    answer = asked("/dossiers/me", proof_of(sister))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["case"])
    assert asked("/dossiers/me", proof_of(sister), case=theirs.code).json()["person"]["name"] == "王小红"


def test_the_safe_phone_opens_the_own_dossier_as_on_the_page(case):
    rule = set_rule(case.applicant, Wish(no_sms=True, safe_phone="13911110000"))
    proof = f"Proof {proof_for(rule.safe_phone_index, at=timezone.now())[0]}"
    assert asked("/dossiers/me", proof).json()["person"]["name"] == case.applicant.name
    assert get(f"/cases/{case.code}", auth=proof).status_code == 200


@pytest.mark.parametrize("person", ["0x1", "-1", "1" * 40, "you"])
def test_an_odd_number_is_no_fault_of_the_server(supervisor, person):
    assert asked(f"/dossiers/{person}", supervisor, **WHY).status_code in {404, 422}


def test_staff_do_not_ask_who_looked_in_the_persons_place(supervisor):
    assert get("/dossiers/me/looks", auth=supervisor).status_code == 401
