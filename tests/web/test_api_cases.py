"""Working on a case by the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.trust.actors import SYSTEM
from santai.trust.roles import Role
from tests.factories import make_party
from tests.web.api_calls import PROBLEM, get, post, proof_of, recent_case, token_of, upload

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def given(town):
    """A case that the firm was given and nobody has claimed."""
    case = recent_case()
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": str(town.firm.pk)})
    return case


@pytest.fixture
def lawyer(town):
    return token_of(town.staff[Role.LAWYER])


def step(case, name, data=None, **rest):
    auth = rest.pop("auth")
    return post(f"/cases/{case.code}/steps/{name}", {"data": data or {}, **rest}, auth=auth)


def finished(given, lawyer):
    step(given, "claim", auth=lawyer)
    return step(given, "finish", {"answer": "可以向劳动监察大队投诉，也可以申请仲裁。"}, auth=lawyer)


def test_a_step_answers_with_the_new_state_and_what_comes_next(given, lawyer):
    response = step(given, "claim", auth=lawyer, version=given.version)
    told = response.json()
    assert response.status_code == 200
    assert (told["state"], told["version"]) == ("handling", given.version + 1)
    assert "finish" in {one["name"] for one in told["available_steps"]}


def test_a_step_says_what_is_to_be_filled_in(given, lawyer):
    told = step(given, "claim", auth=lawyer).json()
    finish = next(one for one in told["available_steps"] if one["name"] == "finish")
    answer = next(field for field in finish["form"] if field["name"] == "answer")
    assert (answer["type"], answer["required"], answer["max_length"]) == ("text", True, 5000)


def test_a_form_that_learns_its_choices_shows_them(given, lawyer):
    told = step(given, "claim", auth=lawyer).json()
    refer = next(one for one in told["available_steps"] if one["name"] == "refer")
    field = next(field for field in refer["form"] if field["name"] == "procedure")
    assert "legal_aid_civil" in {choice["value"] for choice in field["choices"]}


def test_a_step_from_a_stale_page_is_a_conflict_and_changes_nothing(given, lawyer):
    step(given, "claim", auth=lawyer)
    response = step(given, "progress", {"text": "已经联系单位"}, auth=lawyer, version=given.version)
    assert (response.status_code, response["Content-Type"]) == (409, PROBLEM)
    assert response.json()["type"] == "urn:santai:problem:stale"
    assert response.json()["todo"]
    assert Case.objects.get().version == given.version + 1


@pytest.mark.parametrize("name", ["finish", "no_such_step"])
def test_a_step_that_does_not_lead_from_here_is_a_conflict(given, lawyer, name):
    response = step(given, name, {"answer": "可以申请仲裁。"}, auth=lawyer)
    assert (response.status_code, response.json()["type"]) == (409, "urn:santai:problem:not-from-here")


def test_a_step_of_another_role_is_forbidden(given, town):
    response = step(given, "claim", auth=token_of(town.staff[Role.SUPERVISOR]))
    assert (response.status_code, response.json()["type"]) == (403, "urn:santai:problem:not-you")


def test_what_a_step_lacks_is_named_by_field(given, lawyer):
    step(given, "claim", auth=lawyer)
    response = step(given, "finish", {"answer": "好"}, auth=lawyer)
    assert response.status_code == 422
    assert list(response.json()["fields"]) == ["answer"]


def test_a_case_of_somebody_else_is_not_there(given, town):
    stranger = token_of(town.staff[Role.MEDIATOR])
    assert get(f"/cases/{given.code}", auth=stranger).status_code == 404
    assert step(given, "claim", auth=stranger).status_code == 404
    assert upload(f"/cases/{given.code}/documents", "a.pdf", PDF, auth=stranger).status_code == 404
    assert post(f"/cases/{given.code}/rating", {"score": 5}, auth=stranger).status_code == 404


def test_a_system_administrator_sees_no_case(given, town):
    assert get(f"/cases/{given.code}", auth=token_of(town.staff[Role.SYSTEM_ADMIN])).status_code == 404


def test_staff_see_every_step_and_the_owner_what_they_were_told(given, town, lawyer):
    step(given, "claim", auth=lawyer)
    step(given, "contact", {"way": "phone", "text": "约好明天再谈"}, auth=lawyer)
    desk = get(f"/cases/{given.code}", auth=lawyer).json()["story"]
    owner = get(f"/cases/{given.code}", auth=proof_of(given.applicant)).json()["story"]
    assert "联系当事人" in [line["label"] for line in desk]
    assert "联系当事人" not in [line["label"] for line in owner]
    assert {"label": "联系情况", "value": "约好明天再谈"} in next(
        line["details"] for line in desk if line["label"] == "联系当事人"
    )


def test_the_owner_adds_to_the_story_with_their_proof(given):
    response = step(given, "add", {"text": "单位又说下个月给"}, auth=proof_of(given.applicant), channel="web")
    assert response.status_code == 200
    assert Case.objects.get().log.last().channel == "web"


def test_the_owner_does_not_speak_for_the_hotline(given):
    response = step(given, "add", {"text": "单位又说下个月给"}, auth=proof_of(given.applicant), channel="hotline")
    assert response.status_code == 401


def test_the_owner_of_another_phone_finds_nothing(given):
    assert step(given, "add", {"text": "让我看看"}, auth=proof_of(make_party())).status_code == 404


def test_the_owner_rates_the_answer(given, lawyer):
    assert finished(given, lawyer).status_code == 200
    response = post(f"/cases/{given.code}/rating", {"score": 5}, auth=proof_of(given.applicant))
    assert (response.status_code, response.json()["rating"], response.json()["state"]) == (200, 5, "rated")


def test_a_bad_rating_asks_why(given, lawyer):
    finished(given, lawyer)
    proof = proof_of(given.applicant)
    refused = post(f"/cases/{given.code}/rating", {"score": 1}, auth=proof)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["comment"])
    taken = post(f"/cases/{given.code}/rating", {"score": 1, "comment": "没有回答我的问题"}, auth=proof)
    assert taken.json()["state"] == "dissatisfied"


def test_a_paper_is_taken_and_shown_on_the_case(given, lawyer):
    response = upload(f"/cases/{given.code}/documents?kind=identity", "身份证.pdf", PDF, auth=lawyer)
    assert response.status_code == 201
    assert response.json()["label"] == "身份证明"
    shown = get(f"/cases/{given.code}", auth=lawyer).json()["documents"]
    assert [paper["id"] for paper in shown] == [response.json()["id"]]


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("空.pdf", b"", 422),
        ("照片.jpg", PDF, 422),
        ("程序.exe", b"MZ\x90\x00" + b"\x00" * 60, 415),
        ("大.pdf", PDF + b" " * 2**20, 413),
    ],
)
def test_a_file_that_is_not_taken_says_why(given, lawyer, settings, monkeypatch, name, content, status):
    monkeypatch.setattr(settings.ENV, "upload_limit_mb", 1)
    response = upload(f"/cases/{given.code}/documents", name, content, auth=lawyer)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    assert response.json()["fields"]["file"] == response.json()["problems"]
    assert response.json()["todo"]


def test_an_upload_without_a_file_or_of_an_unknown_kind_is_explained(given, lawyer):
    nothing = post(f"/cases/{given.code}/documents", auth=lawyer)
    assert (nothing.status_code, nothing.json()["fields"]) == (422, {"file": ["请填写文件"]})
    wrong = upload(f"/cases/{given.code}/documents?kind=passport", "a.pdf", PDF, auth=lawyer)
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["kind"])


def test_an_auditor_reads_but_adds_nothing(given, town):
    auditor = token_of(town.staff[Role.AUDITOR])
    assert get(f"/cases/{given.code}", auth=auditor).status_code == 200
    assert upload(f"/cases/{given.code}/documents", "a.pdf", PDF, auth=auditor).status_code == 403


def test_a_closed_case_takes_no_more_papers(given):
    proof = proof_of(given.applicant)
    step(given, "withdraw", auth=proof)
    assert upload(f"/cases/{given.code}/documents", "a.pdf", PDF, auth=proof).status_code == 409


def test_a_step_relies_only_on_papers_of_its_own_case(given, lawyer, town):
    other = recent_case()
    take_step(other, "dispatch", actor=SYSTEM, data={"organisation": str(town.firm.pk)})
    paper = upload(f"/cases/{other.code}/documents", "a.pdf", PDF, auth=lawyer).json()["id"]
    response = step(given, "claim", auth=lawyer, documents=[paper])
    assert (response.status_code, list(response.json()["fields"])) == (422, ["documents"])
    assert step(other, "claim", auth=lawyer, documents=[paper]).status_code == 200


def test_the_work_list_shows_masked_names_and_the_steps_one_may_take(given, lawyer):
    page = get("/cases?scope=organisation", auth=lawyer).json()
    assert [row["code"] for row in page["cases"]] == [given.code]
    assert page["cases"][0]["applicant"] == "王**"
    assert "claim" in {one["name"] for one in page["cases"][0]["available_steps"]}
    assert get("/cases?scope=organisation&state=handling", auth=lawyer).json()["cases"] == []


def test_the_work_list_is_paged_by_key_and_loses_none(town, lawyer):
    codes = set()
    for _ in range(5):
        case = recent_case()
        take_step(case, "dispatch", actor=SYSTEM, data={"organisation": str(town.firm.pk)})
        codes.add(case.code)
    seen, cursor = [], ""
    for _ in range(3):
        page = get(f"/cases?scope=organisation&size=2&cursor={cursor}", auth=lawyer).json()
        seen += [row["code"] for row in page["cases"]]
        cursor = page["next_cursor"]
    assert (len(seen), set(seen), cursor) == (5, codes, "")


def test_a_work_list_needs_six_queries_however_long_it_is(town):
    dispatcher = token_of(town.staff[Role.DISPATCHER])
    for _ in range(12):
        recent_case(applicant=make_party())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = get("/cases?scope=region", auth=dispatcher).json()
    assert len(page["cases"]) == 12
    assert len(queries) <= 6


def test_a_step_needs_no_more_queries_on_a_long_story(given, lawyer):
    def count(text):
        with CaptureQueriesContext(connection) as queries:
            assert step(given, "progress", {"text": text}, auth=lawyer).status_code == 200
        return len(queries)

    step(given, "claim", auth=lawyer)
    first = count("已联系单位")
    for number in range(6):
        step(given, "progress", {"text": f"第{number}次协调"}, auth=lawyer)
    assert count("单位答应付款") <= first <= 40
