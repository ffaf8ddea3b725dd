"""What somebody applied for, as they and the desk see it: its name, what waits for them, what came about in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.timeline import citizen_timeline, staff_timeline
from santai.documents.models import DocumentKind, Letter
from santai.trust.actors import SYSTEM, Actor
from santai.trust.roles import Role
from santai.web.dates import due_on
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_staff
from tests.web.portal_steps import WHO, prove
from tests.web.staff_pages import at_desk, earlier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.DEMO = True


@pytest.fixture
def party(db):
    return make_party(WHO["name"], phone=WHO["phone"])


def applied(party, procedure: str) -> Case:
    root = make_case(earlier(3), applicant=party, text="想问一问", matter="综合咨询")
    take_step(root, "apply_for", actor=Actor.applicant(party.pk), data={"procedure": procedure}, at=earlier(2.9))
    return Case.objects.get(parent=root)


def test_the_page_is_named_for_what_was_applied_for_and_the_form_that_is_waited_for_is_first_and_open(
    client: Client, town: Town, party
) -> None:
    case = applied(party, "complaint_legal_aid")
    prove(client, party.phone)
    page = client.get(f"/my/{case.parent.code}")
    first, *others = page.context["offers"]
    assert page.context["title"] == "法律援助投诉"
    assert (first.step.name, first.is_open) == ("complain", True)
    assert not any(offer.is_open for offer in others)


def test_a_case_that_waits_for_nobody_opens_no_form(client: Client, town: Town, party) -> None:
    case = applied(party, "consultation")
    prove(client, party.phone)
    page = client.get(f"/my/{case.parent.code}")
    assert not any(offer.is_open for offer in page.context["offers"])


def test_a_case_whose_words_said_what_it_is_about_keeps_its_name(client: Client, town: Town, party) -> None:
    root = make_case(earlier(3), applicant=party, matter="劳动纠纷")
    take_step(root, "apply_for", actor=Actor.applicant(party.pk), data={"procedure": "consultation"}, at=earlier(2))
    prove(client, party.phone)
    assert client.get(f"/my/{root.code}").context["title"] == "劳动纠纷"


def test_what_happened_at_one_moment_is_told_in_the_order_it_came_about(town: Town, party) -> None:
    case = applied(party, "evidence_deposit")
    paper = [(make_file("合同.pdf"), DocumentKind.DEPOSIT)]
    data = {"title": "合同", "own": True}
    take_step(case, "deposit", actor=Actor.applicant(party.pk), data=data, documents=paper, at=earlier(1))
    told = [line.label for line in citizen_timeline(Case.objects.get(pk=case.parent_id))]
    assert told[-2:] == ["存证", "法定程序办结"]


def complained(town: Town, party) -> Case:
    case = applied(party, "complaint_legal_aid")
    data = {"target": make_organisation("legal_aid").pk, "ground": "no_progress", "story": "三个月没有人告诉我进展。"}
    take_step(case, "complain", actor=Actor.applicant(party.pk), data=data, at=earlier(2))
    return case


def test_a_day_is_told_in_words_and_no_sentence_stops_twice(client: Client, town: Town, party) -> None:
    case = complained(town, party)
    by = timezone.localdate() + timedelta(days=9)
    asked = {"items": "请补充委托合同。", "by": by}
    entry = take_step(case, "ask_for_more", actor=town.actor(Role.ENFORCEMENT_OFFICER), data=asked, at=earlier(1))
    assert "委托合同。请在" in entry.told
    details = dict(staff_timeline(case)[-1].details)
    assert details["补交截止日"] == f"{by.year}年{by.month}月{by.day}日"
    prove(client, party.phone)
    _, unsaid = client.get(f"/my/{case.parent.code}").context["missing"][0]
    assert unsaid == []


def test_a_moment_is_told_in_chinese_time(town: Town, party) -> None:
    case = applied(party, "consultation")
    rang = earlier(2.5).replace(second=0, microsecond=0)
    take_step(case, "ring", actor=SYSTEM, data={"rang_at": rang}, at=earlier(2))
    local = timezone.localtime(rang)
    assert dict(staff_timeline(case)[-1].details)["开始振铃的时间"].endswith(f"日 {local:%H:%M}")


def test_whoever_may_investigate_is_suggested_and_nobody_else(town: Town, party) -> None:
    case = complained(town, party)
    take_step(case, "accept", actor=town.actor(Role.ENFORCEMENT_OFFICER), data={}, at=earlier(1))
    second = make_staff(Role.ENFORCEMENT_OFFICER, town.bureau)
    page = at_desk(town.staff[Role.BUREAU_HEAD]).get(f"/desk/cases/{case.code}?step=assign")
    named = {choice.title for choice in page.context["opened"].suggested.choices}
    expected = {town.staff[Role.ENFORCEMENT_OFFICER], town.staff[Role.SUPERVISOR], second}
    assert named == {user.display_name for user in expected}
    assert "法律援助投诉</h1>" in page.content.decode()


def test_a_letter_to_a_third_party_is_not_the_applicants_to_read(client: Client, town: Town, party) -> None:
    case = applied(party, "information_request")
    wanted = {"content": "某企业的检查报告", "form_wanted": "electronic", "way": "online", "submitted_by": "online"}
    take_step(case, "request", actor=Actor.applicant(party.pk), data=wanted, at=earlier(2))
    officer = town.actor(Role.ENFORCEMENT_OFFICER)
    take_step(case, "register", actor=officer, at=earlier(1.5))
    asked = {"third_party": "某企业", "received_on": timezone.localdate(), "content": "报告中的配方"}
    take_step(case, "consult", actor=officer, data=asked, at=timezone.now())
    letter = Letter.objects.get(case_code=case.code, kind="information_consult")
    prove(client, party.phone)
    assert letter not in client.get(f"/my/{case.parent.code}").context["letters"]
    assert client.get(f"/my/{case.code}/letters/{letter.number}").status_code == 404


def test_nobody_counts_the_days_of_thirty_years() -> None:
    now = timezone.now()
    assert due_on(now + timedelta(days=10957), now=now).words == "还有 30 年"
    assert due_on(now + timedelta(days=700), now=now).words == "还有 700 天"
