"""Safe contact, special groups and declared interests on the pages: shown, set, and only by whoever may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from santai.casework.actions import attach_documents
from santai.casework.conflicts import conflicts
from santai.casework.models import Case, DeclaredInterest
from santai.people.groups import standings
from santai.people.models import ContactRule, GroupMembership
from santai.people.safe_contact import Wish, rule_of, set_rule
from santai.trust.actors import SYSTEM, Channel
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from santai.web.portal.session import PHONES, PROVEN_FOR
from tests import factories
from tests.web.staff_pages import at_desk, case_in_hand

pytestmark = pytest.mark.django_db
WARNING = "联系当事人前先看"


def proven(party: object, *, phone_index: str = "") -> Client:
    client = Client()
    session = client.session
    index = phone_index or party.phone_index  # type: ignore[attr-defined]
    session[PHONES] = {index: (timezone.now() + PROVEN_FOR).isoformat()}
    session.save()
    return client


@pytest.fixture
def case(town: factories.Town) -> Case:
    return case_in_hand(town, applicant=factories.make_party("赵小花", "13811110000", groups=["disabled"]))


# --- shown in red ----------------------------------------------------------------------------------------------------


def test_the_case_page_warns_before_anybody_calls(town, case):
    lawyer = at_desk(town.staff[Role.LAWYER])
    assert WARNING not in lawyer.get(f"/desk/cases/{case.code}").content.decode()
    set_rule(case.applicant, Wish(no_sms=True, safe_phone="13911110000", note="不是本人就挂断"))
    page = lawyer.get(f"/desk/cases/{case.code}").content.decode()
    assert all(words in page for words in (WARNING, "139****0000", "不是本人就挂断", 'role="alert"'))
    assert "13911110000" not in page


def test_the_hotline_and_the_counter_warn_too(town, case):
    set_rule(case.applicant, Wish(is_neutral=True))
    agent = at_desk(town.staff[Role.HOTLINE_AGENT])
    agent.post("/hotline/call", {"phone": case.applicant.phone})
    known = agent.get("/hotline/").context["known"]
    agent.post("/hotline/person", {"person": known[0][1]}) if known else None
    assert WARNING in agent.get("/hotline/").content.decode()
    clerk = at_desk(town.staff[Role.COUNTER_CLERK])
    found = clerk.post("/counter/find/phone", {"q": case.applicant.phone}).context["found"]
    clerk.post("/counter/choose", {"person": found[0][1]})
    assert WARNING in clerk.get("/counter/person").content.decode()


def test_the_citizens_own_page_does_not_show_the_warning(case):
    set_rule(case.applicant, Wish(no_sms=True))
    page = proven(case.applicant).get(f"/my/{case.code}").content.decode()
    assert case.code in page
    assert WARNING not in page


# --- set -------------------------------------------------------------------------------------------------------------


def test_staff_set_it_and_that_is_written_down(town, case):
    lawyer = at_desk(town.staff[Role.LAWYER])
    answer = lawyer.post(
        f"/desk/cases/{case.code}/contact", {"no_sms": "on", "safe_from": "09:00", "safe_until": "11:00"}
    )
    rule = rule_of(case.applicant)
    assert (answer.status_code, rule.set_by, f"{rule.safe_from:%H:%M}") == (302, town.staff[Role.LAWYER], "09:00")
    assert SensitiveLook.objects.filter(party=case.applicant, user=town.staff[Role.LAWYER]).exists()


def test_a_fault_is_told_at_its_field_and_nothing_is_changed(town, case):
    page = at_desk(town.staff[Role.LAWYER]).post(f"/desk/cases/{case.code}/contact", {"safe_phone": "12"})
    assert page.status_code == 422
    assert not ContactRule.objects.exists()


@pytest.mark.parametrize("path", ["contact", "groups"])
def test_a_stranger_finds_nothing_and_an_auditor_only_reads(town, case, path):
    stranger = factories.make_staff(Role.LAWYER, town.other_firm)
    assert at_desk(stranger).get(f"/desk/cases/{case.code}/{path}").status_code == 404
    assert at_desk(town.staff[Role.AUDITOR]).get(f"/desk/cases/{case.code}/{path}").status_code == 403


def test_the_person_sets_it_themself_after_proving_the_phone(case):
    assert Client().get("/my/contact").status_code == 302
    client = proven(case.applicant)
    client.post("/my/contact", {"is_neutral": "on"})
    rule = rule_of(case.applicant)
    assert (rule.is_neutral, rule.set_by) == (True, None)
    assert "不要提法律服务" in client.get("/my/contact").content.decode()
    client.post("/my/contact", {})
    assert rule_of(case.applicant) is None


def test_the_safe_phone_stays_when_the_rest_is_changed_and_goes_with_all_of_it(case):
    set_rule(case.applicant, Wish(no_sms=True, safe_phone="13911110000"))
    client = proven(case.applicant)
    assert "13911110000" not in client.get("/my/contact").content.decode()
    client.post("/my/contact", {"no_sms": "on", "contact_note": "不是本人就挂断"})
    assert rule_of(case.applicant).safe_phone == "13911110000"
    client.post("/my/contact", {})
    assert rule_of(case.applicant) is None


def test_the_safe_phone_opens_the_persons_own_cases(case):
    rule = set_rule(case.applicant, Wish(no_sms=True, safe_phone="13911110000"))
    client = proven(case.applicant, phone_index=rule.safe_phone_index)
    assert case.code in client.get("/my").content.decode()
    set_rule(case.applicant, Wish())
    assert case.code not in client.get("/my").content.decode()


def test_it_is_asked_when_the_need_is_raised(town):
    client = Client()
    client.post("/request/", {"text": "丈夫经常打我，想离婚，不敢让他知道。"})
    who = {"kind": "person", "name": "赵小花", "phone": "13811110000", "region": "230102"}
    page = client.post("/request/who", {**who, "safe_phone": "12"})
    assert page.status_code == 422
    assert "怎样联系才安全" in page.content.decode()
    assert (
        client.post("/request/who", {**who, "no_sms": "on", "safe_from": "09:00", "safe_until": "10:00"}).status_code
        == 302
    )
    again = client.get("/request/who").content.decode()
    assert "09:00" in again


# --- groups ----------------------------------------------------------------------------------------------------------


def test_a_group_is_verified_on_a_paper_of_the_case(town, case):
    lawyer = at_desk(town.staff[Role.LAWYER])
    paper = factories.make_file("残疾人证.pdf")
    attach_documents(case, [(paper, "other")], actor=SYSTEM)
    assert "残疾人（待核实）" in lawyer.get(f"/desk/cases/{case.code}").content.decode()
    lawyer.post(f"/desk/cases/{case.code}/groups", {"group": "disabled", "document": paper.pk})
    assert "残疾人（已核实）" in lawyer.get(f"/desk/cases/{case.code}").content.decode()
    held = GroupMembership.objects.get()
    assert (held.checked_by, held.document) == (town.staff[Role.LAWYER], paper)
    lawyer.post(f"/desk/cases/{case.code}/groups", {"withdraw": held.pk, "reason": "证件是别人的"})
    case.applicant.refresh_from_db()
    assert standings(case.applicant) == []


def test_a_paper_of_another_case_verifies_nothing(town, case):
    foreign = factories.make_file()
    page = at_desk(town.staff[Role.LAWYER]).post(
        f"/desk/cases/{case.code}/groups", {"group": "disabled", "document": foreign.pk}
    )
    assert page.status_code == 422
    assert not GroupMembership.objects.exists()


def test_the_membership_of_another_person_is_not_withdrawn_from_here(town, case):
    other = factories.make_party()
    held = GroupMembership.objects.create(
        party=other,
        group="disabled",
        document=factories.make_file(),
        checked_by=town.staff[Role.LAWYER],
        checked_at=timezone.now(),
    )
    page = at_desk(town.staff[Role.LAWYER]).post(
        f"/desk/cases/{case.code}/groups", {"withdraw": held.pk, "reason": "试一试"}
    )
    assert page.status_code == 404


def test_the_person_reads_what_is_still_to_be_shown(case):
    page = proven(case.applicant).get("/my/contact").content.decode()
    assert "待核实" in page
    assert "残疾人证" in page


# --- priority --------------------------------------------------------------------------------------------------------


def test_the_queue_of_priority_puts_the_most_urgent_first_and_says_why(town):
    calm, soon, urgent = (case_in_hand(town, urgency=level, facts={"groups": ["minor"]}) for level in (0, 1, 2))
    page = at_desk(town.staff[Role.LAWYER]).get("/desk/mine?due=first")
    assert [row.code for row in page.context["page"].rows] == [urgent.code, soon.code]
    assert "当事人是未成年人" in page.content.decode()
    assert calm.code not in page.content.decode()


def test_the_queue_goes_on_over_the_page(town):
    from santai.casework.worklist import worklist

    cases = [case_in_hand(town, urgency=1 + number % 2) for number in range(5)]
    seen, cursor = [], ""
    for _ in range(3):
        page = worklist(town.actor(Role.LAWYER), filters={"due": "first"}, cursor=cursor, size=2)
        seen += [(row.urgency, row.pk) for row in page.rows]
        cursor = page.next_cursor
    assert cursor == ""
    assert sorted(pk for _, pk in seen) == [case.pk for case in cases]
    assert [urgency for urgency, _ in seen] == [2, 2, 1, 1, 1]


# --- interests -------------------------------------------------------------------------------------------------------


def test_a_declared_tie_is_sealed_shown_to_its_owner_and_checked_at_assignment(town):
    lawyer = at_desk(town.staff[Role.LAWYER])
    lawyer.post("/desk/interests", {"name": "赵 小花", "relation": "kin", "note": "表姐"})
    assert "表姐" in lawyer.get("/desk/interests").content.decode()
    assert "表姐" not in at_desk(town.staff[Role.MEDIATOR]).get("/desk/interests").content.decode()
    own = factories.make_case(timezone.now(), applicant=factories.make_party("赵 小花"), channel=Channel.WEB)
    practitioner = town.staff[Role.LAWYER].practitioner
    assert [found.kind for found in conflicts(own, practitioner, timezone.localdate())] == ["interest"]
    lawyer.post(f"/desk/interests/{DeclaredInterest.objects.get().pk}/end")
    assert conflicts(own, practitioner, timezone.localdate()) == []


def test_nobody_ends_the_tie_of_another(town):
    at_desk(town.staff[Role.LAWYER]).post("/desk/interests", {"name": "赵小花", "relation": "kin"})
    tie = DeclaredInterest.objects.get()
    assert at_desk(town.staff[Role.MEDIATOR]).post(f"/desk/interests/{tie.pk}/end").status_code == 404
