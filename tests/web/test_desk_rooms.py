"""The dispatcher's pool, messages, the supervisor's view, people and looks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.notices.models import Notice
from santai.trust.looks import write_look
from santai.trust.models import Membership
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import at_desk, case_in_hand, dispatched_case, earlier, waiting_case

pytestmark = pytest.mark.django_db


# --- pool ----------------------------------------------------------------------------------------------------------


def test_the_urgent_waits_on_top_and_one_press_gives_it_away(town):
    waiting_case(matter="劳动纠纷")
    urgent = waiting_case(matter="劳动纠纷", urgency=2)
    client = at_desk(town.staff[Role.DISPATCHER])
    rows = client.get("/desk/pool").context["rows"]
    assert rows[0].case.pk == urgent.pk
    best = rows[0].best
    client.post(f"/desk/pool/{urgent.code}/accept", {"proposal": best.value, "version": urgent.version})
    urgent.refresh_from_db()
    assert (urgent.state, urgent.organisation.name) == ("dispatched", best.title)
    assert urgent.log.last().data["reasons"] == "；".join(best.reasons)


def test_what_a_colleague_gave_away_meanwhile_is_told(town):
    case = waiting_case(matter="劳动纠纷")
    client = at_desk(town.staff[Role.DISPATCHER])
    best = client.get("/desk/pool").context["rows"][0].best
    given = {"organisation": str(town.mediation.pk), "handler": "", "reasons": ""}
    take_step(case, "dispatch", actor=town.actor(Role.DISPATCHER), data=given, at=earlier(1))
    page = client.post(f"/desk/pool/{case.code}/accept", {"proposal": best.value, "version": 1}, follow=True)
    case.refresh_from_db()
    assert case.organisation == town.mediation
    assert "已经有了新的进展" in page.content.decode()


def test_without_a_proposal_nothing_is_given(town):
    case = waiting_case()
    page = at_desk(town.staff[Role.DISPATCHER]).post(f"/desk/pool/{case.code}/accept", {"proposal": ""}, follow=True)
    assert "再选一次" in page.content.decode()
    case.refresh_from_db()
    assert case.state == "received"


def test_the_clear_ones_are_given_together_after_a_look(town):
    cases = [waiting_case(matter="劳动纠纷") for _ in range(2)]
    client = at_desk(town.staff[Role.DISPATCHER])
    rows = client.get("/desk/pool/clear").context["rows"]
    assert {row.case.pk for row in rows} == {case.pk for case in cases}
    assert Case.objects.filter(state="received").count() == 2
    ticked = rows[0].case
    data = {"case": [ticked.code], f"proposal_{ticked.code}": rows[0].best.value, f"version_{ticked.code}": 1}
    page = client.post("/desk/pool/clear", data)
    assert page.context["done"] == 1
    assert Case.objects.filter(state="dispatched").get().code == ticked.code


def test_a_case_that_left_the_pool_is_named_in_the_result(town):
    gone = dispatched_case(town)
    page = at_desk(town.staff[Role.DISPATCHER]).post("/desk/pool/clear", {"case": [gone.code]})
    assert page.context["failed"] == 1
    assert "可能刚被别人分派" in page.content.decode()


def test_a_pool_ends_at_the_division(town):
    far = waiting_case(region="230103")
    client = at_desk(town.staff[Role.DISPATCHER])
    assert client.get("/desk/pool").context["rows"] == []
    assert client.post(f"/desk/pool/{far.code}/accept", {"proposal": "x"}).status_code == 404


def test_a_broken_page_mark_leads_back_to_the_first_page(town):
    answer = at_desk(town.staff[Role.DISPATCHER]).get("/desk/pool?cursor=abc")
    assert answer.headers["Location"] == "/desk/pool"


# --- messages ------------------------------------------------------------------------------------------------------


def notice_for(user, **fields):
    return Notice.objects.create(user=user, way="desk", text="有人催办", once=f"{user.pk}:{timezone.now()}", **fields)


def test_opening_a_message_reads_it_and_leads_to_its_case(town):
    user, case = town.staff[Role.LAWYER], case_in_hand(town)
    notice = notice_for(user, case_code=case.code)
    client = at_desk(user)
    assert "有人催办" in client.get("/desk/notices").content.decode()
    assert client.post(f"/desk/notices/{notice.pk}").headers["Location"] == f"/desk/cases/{case.code}"
    assert notice not in client.get("/desk/notices?unread=1").context["rows"]
    client.post("/desk/notices/read")
    assert "没有未读的消息" in client.get("/desk/notices?unread=1").content.decode()


def test_a_message_about_a_case_that_left_says_so(town):
    case = waiting_case()
    notice = notice_for(town.staff[Role.LAWYER], case_code=case.code)
    page = at_desk(town.staff[Role.LAWYER]).post(f"/desk/notices/{notice.pk}", follow=True)
    assert "不归您办了" in page.content.decode()


def test_nobody_reads_the_messages_of_another(town):
    notice = notice_for(town.staff[Role.LAWYER])
    other = at_desk(town.staff[Role.MEDIATOR])
    assert other.post(f"/desk/notices/{notice.pk}").status_code == 404
    other.post("/desk/notices/read")
    notice.refresh_from_db()
    assert notice.read_at is None


# --- supervision ---------------------------------------------------------------------------------------------------


def test_the_supervisor_sees_what_is_late_where_and_can_act_on_it(town):
    case = case_in_hand(town)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=2))
    client = at_desk(town.staff[Role.SUPERVISOR])
    page = client.get("/desk/watch")
    assert [(row.name, row.number) for row in page.context["late_at"]] == [(town.firm.name, 1)]
    assert f"/desk/cases/{case.code}?step=supervise" in page.content.decode()
    words = {"version": case.version, "text": "今天内办结", "next": "/desk/watch"}
    answer = client.post(f"/desk/cases/{case.code}/steps/supervise", words)
    assert answer.headers["Location"] == "/desk/watch"
    assert case.log.last().step == "supervise"


def test_disputes_and_dissatisfaction_of_the_region_are_listed(town):
    disputed, poor, far = case_in_hand(town), case_in_hand(town), waiting_case(region="230103")
    Case.objects.filter(pk__in=[disputed.pk, far.pk]).update(state="disputed")
    Case.objects.filter(pk=poor.pk).update(state="dissatisfied")
    context = at_desk(town.staff[Role.SUPERVISOR]).get("/desk/watch").context
    assert [case.pk for case in context["disputed"]] == [disputed.pk]
    assert [case.pk for case in context["dissatisfied"]] == [poor.pk]


def test_figures_of_nothing_are_a_dash_and_never_zero_percent(town):
    case_in_hand(town)
    rows = {row.label: row.cells for row in at_desk(town.staff[Role.SUPERVISOR]).get("/desk/watch").context["figures"]}
    assert rows["网络"][0] == "1"
    assert rows["热线"] == ["0", "—", "—", "—", "—"]


# --- people --------------------------------------------------------------------------------------------------------


def test_the_system_administrator_gives_a_role_and_ends_it(town):
    client, path = at_desk(town.staff[Role.SYSTEM_ADMIN]), f"/desk/people/organisations/{town.centre.pk}"
    person = town.staff[Role.MEDIATOR]
    today = timezone.localdate()
    client.post(path, {"person": person.username, "role": "counter_clerk", "since": today.isoformat(), "until": ""})
    held = Membership.objects.get(user=person, organisation=town.centre)
    assert (held.role, held.since, held.until) == ("counter_clerk", today, None)
    client.post(f"/desk/people/memberships/{held.pk}/end")
    held.refresh_from_db()
    assert held.until == today


def test_two_separate_duties_are_not_given_to_one_person(town):
    client = at_desk(town.staff[Role.SYSTEM_ADMIN])
    auditor = town.staff[Role.AUDITOR]
    page = client.post(
        f"/desk/people/organisations/{town.bureau.pk}",
        {"person": auditor.username, "role": "system_admin", "since": "2026-01-01", "until": ""},
    )
    assert page.status_code == 422
    assert "必须由三个不同的人担任" in page.content.decode()
    assert auditor.username in page.content.decode()


def test_an_organisation_is_found_by_a_part_of_its_name(town):
    page = at_desk(town.staff[Role.SYSTEM_ADMIN]).get("/desk/people", {"q": town.firm.name})
    assert f"/desk/people/organisations/{town.firm.pk}" in page.content.decode()


# --- looks ---------------------------------------------------------------------------------------------------------


def test_the_auditor_sees_who_looked_at_whom_and_why(town):
    party = factories.make_party("欧阳小明")
    write_look(party.pk, user=town.staff[Role.LAWYER], what=["phone"], reason="约当事人见面")
    write_look(party.pk, user=town.staff[Role.MEDIATOR], what=["cases"], reason="当事人来电")
    client = at_desk(town.staff[Role.AUDITOR])
    page = client.get("/desk/looks").content.decode()
    assert "约当事人见面" in page
    assert "欧***" in page
    assert "欧阳小明" not in page
    rows = client.get("/desk/looks", {"who": town.staff[Role.MEDIATOR].username}).context["rows"]
    assert [row.reason for row, _ in rows] == ["当事人来电"]
    assert client.get("/desk/looks?until=2020-01-01").context["rows"] == []
    assert client.get("/desk/looks?since=gestern").status_code == 422
