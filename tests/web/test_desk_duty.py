"""The desk's pages of duty lawyers and of looking again, and what a legal aid case shows of its conditions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from santai.evaluation.models import Sample
from santai.evaluation.samples import Quarter
from santai.registry.duty import DutyPlace, DutyShift
from santai.trust.roles import Role
from tests.factories import Town, make_organisation, make_staff
from tests.procedures.legal_aid_criminal_story import Duty, Notice, duty_place, plan_shift
from tests.procedures.legal_aid_story import LAWYER, OFFICER, Story, keep_standard
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db


def tomorrow() -> datetime:
    return localtime(timezone.now()).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


def form(town: Town, place: DutyPlace, **changes: object) -> dict[str, object]:
    lawyer = town.staff[LAWYER].practitioner  # type: ignore[attr-defined]
    return {
        "place": place.pk,
        "practitioner": lawyer.licence,
        "on": tomorrow().date().isoformat(),
        "begins": "09:00",
        "ends": "17:00",
        "mode": "in_turn",
        "weeks": 0,
        **changes,
    }


def rota(town: Town, role: Role, at: datetime | None = None) -> str:
    week = (at or tomorrow()).date().isoformat()
    return at_desk(town.staff[role]).get(f"{reverse('desk_duty')}?week={week}").content.decode()


# --- the rota -----------------------------------------------------------------------------------------------------


def test_an_officer_plans_a_shift_and_the_lawyer_sees_it(town: Town) -> None:
    place = duty_place(town)
    response = at_desk(town.staff[OFFICER]).post(reverse("desk_duty_plan"), form(town, place, weeks=1))
    assert response.status_code == 302
    assert DutyShift.objects.count() == 2
    for role in (OFFICER, LAWYER, Role.SUPERVISOR):
        assert "道里区看守所" in rota(town, role)
    assert reverse("desk_duty_plan") not in rota(town, LAWYER)


def test_an_end_before_the_beginning_is_the_next_morning(town: Town) -> None:
    given = form(town, duty_place(town), begins="20:00", ends="08:00")
    at_desk(town.staff[OFFICER]).post(reverse("desk_duty_plan"), given)
    shift = DutyShift.objects.get()
    assert shift.ends_at - shift.starts_at == timedelta(hours=12)


def test_a_clash_is_told_on_the_form_and_nothing_is_planned(town: Town) -> None:
    place, court = duty_place(town), duty_place(town, "道里区人民法院")
    lawyer = town.staff[LAWYER].practitioner  # type: ignore[attr-defined]
    plan_shift(town, court, lawyer, tomorrow(), tomorrow() + timedelta(hours=3))
    response = at_desk(town.staff[OFFICER]).post(reverse("desk_duty_plan"), form(town, place))
    assert response.status_code == 422
    assert "同一时间不能排两处" in response.content.decode()
    assert DutyShift.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"practitioner": "没有这个人"}, "没有找到"),
        ({"on": "0001-01-01"}, "核对年份"),
        ({"begins": "25点"}, "08:30"),
        ({"weeks": 99}, "最多连续排12周"),
        ({"place": 0}, "没有这个值班地点"),
        ({"mode": "x"}, "选择"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(town: Town, changes: dict[str, object], says: str) -> None:
    given = {**form(town, duty_place(town)), **changes}
    response = at_desk(town.staff[OFFICER]).post(reverse("desk_duty_plan"), given)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not DutyShift.objects.exists()


def test_nobody_plans_for_the_places_of_another_office(town: Town) -> None:
    stranger = make_staff(OFFICER, make_organisation("legal_aid", region="230103"))
    response = at_desk(stranger).post(reverse("desk_duty_plan"), form(town, duty_place(town)))
    assert (response.status_code, DutyShift.objects.count()) == (422, 0)


def test_a_shift_is_cancelled_with_a_reason_by_its_own_office(town: Town) -> None:
    lawyer = town.staff[LAWYER].practitioner  # type: ignore[attr-defined]
    shift = plan_shift(town, duty_place(town), lawyer, tomorrow(), tomorrow() + timedelta(hours=3))
    address = reverse("desk_duty_cancel", args=[shift.pk])
    stranger = make_staff(OFFICER, make_organisation("legal_aid", region="230103"))
    assert at_desk(stranger).post(address, {"reason": "随便"}).status_code == 404
    at_desk(town.staff[OFFICER]).post(address, {"reason": ""})
    shift.refresh_from_db()
    assert shift.cancelled_at is None
    at_desk(town.staff[OFFICER]).post(address, {"reason": "律师出庭"})
    shift.refresh_from_db()
    assert shift.cancelled_because == "律师出庭"
    assert lawyer.name not in rota(town, Role.SUPERVISOR)


def test_a_place_is_registered_once(town: Town) -> None:
    given = {"name": "道里区看守所", "kind": "detention"}
    assert at_desk(town.staff[OFFICER]).post(reverse("desk_duty_places"), given).status_code == 302
    response = at_desk(town.staff[OFFICER]).post(reverse("desk_duty_places"), given)
    assert (response.status_code, DutyPlace.objects.count()) == (422, 1)
    assert "已经登记过" in response.content.decode()


def test_a_place_without_a_shift_this_week_stands_out(town: Town) -> None:
    duty_place(town)
    assert "这一周还没有排班的地点" in rota(town, OFFICER)


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_any_week_can_be_asked_for(town: Town, week: str) -> None:
    assert at_desk(town.staff[LAWYER]).get(reverse("desk_duty"), {"week": week}).status_code == 200


# --- the ledger ---------------------------------------------------------------------------------------------------


def test_the_ledger_is_read_and_taken_away_without_a_name(town: Town) -> None:
    now = timezone.now() - timedelta(minutes=5)
    story = Duty(town, localtime(now)).request()
    story.take(
        "tell_lawyer", data={"practitioner": story.lawyer.pk, "told_at": now.isoformat(), "off_rota": "临时安排顶班。"}
    )
    story.help()
    page = at_desk(town.staff[OFFICER]).get(reverse("desk_duty_ledger")).content.decode()
    assert "提供帮助 1 人次" in page
    assert "24小时内通知律师的：1/1" in page
    sheet = b"".join(at_desk(town.staff[OFFICER]).get(reverse("desk_duty_ledger_export")).streaming_content).decode()
    assert "道里区看守所" in sheet
    assert "王**" in sheet
    assert "王小明" not in page + sheet


@pytest.mark.parametrize("query", ["first=x", "first=9999-01-01", "place=0", "first=2026-12-31&last=2026-01-01"])
def test_any_period_can_be_asked_for(town: Town, query: str) -> None:
    for name in ("desk_duty_ledger", "desk_duty_ledger_export"):
        assert at_desk(town.staff[LAWYER]).get(f"{reverse(name)}?{query}").status_code == 200


# --- looking again ------------------------------------------------------------------------------------------------


def granted_last_quarter(town: Town) -> Story:
    keep_standard(since=localdate() - timedelta(days=800))
    end = Quarter.of(localdate()).before.ends_at
    return Story(town, end - timedelta(days=10)).apply().accept().grant()


def test_the_office_draws_the_last_quarter_and_reads_what_came_of_it(town: Town) -> None:
    granted_last_quarter(town)
    quarter = Quarter.of(localdate()).before
    given = {"purpose": "commitment", "quarter": quarter.name}
    assert at_desk(town.staff[OFFICER]).post(reverse("desk_samples_draw"), given).status_code == 302
    page = at_desk(town.staff[OFFICER]).get(reverse("desk_samples")).content.decode()
    assert all(text in page for text in (quarter.label, "已抽中，待核查", "重算一致", "从 1 件中"))
    assert "已抽中，待核查" in at_desk(town.staff[Role.SUPERVISOR]).get(reverse("desk_samples")).content.decode()
    again = at_desk(town.staff[OFFICER]).post(reverse("desk_samples_draw"), given)
    assert (again.status_code, "已经抽过" in again.content.decode(), Sample.objects.count()) == (409, True, 1)


def test_an_empty_quarter_and_one_to_come_are_told_on_the_form(town: Town) -> None:
    for quarter, status in ((Quarter.of(localdate()).before.name, 422), (Quarter.of(localdate()).name, 422)):
        given = {"purpose": "peer_review", "quarter": quarter}
        assert at_desk(town.staff[OFFICER]).post(reverse("desk_samples_draw"), given).status_code == status


# --- the case page ------------------------------------------------------------------------------------------------


def test_each_condition_is_told_before_the_decision_and_kept_after_it(town: Town) -> None:
    keep_standard()
    story = Story(town, timezone.now() - timedelta(hours=1)).apply(household_income="9000").accept()
    address = reverse("desk_case", args=[story.case.code])
    page = at_desk(town.staff[OFFICER]).get(address).content.decode()
    assert all(text in page for text in ("援助条件（按现在的材料）", "不符合", "超过标准", "申请事项", "23 2024-01-01"))
    story.take("grant", data={"override": "本月突发重病，实际生活困难。"})
    page = at_desk(town.staff[OFFICER]).get(address).content.decode()
    assert all(text in page for text in ("援助条件（决定时）", "不符合", "本月突发重病"))


def test_a_late_notice_is_a_warning_on_the_page(town: Town) -> None:
    story = Notice(town, localtime(timezone.now() - timedelta(hours=1)))
    story.register(discovered_on=story.today - timedelta(days=20))
    page = at_desk(town.staff[OFFICER]).get(reverse("desk_case", args=[story.case.code])).content.decode()
    assert "通知书晚了" in page


def test_a_case_that_is_no_legal_aid_shows_nothing_of_it(town: Town) -> None:
    story = Duty(town, localtime(timezone.now() - timedelta(hours=1)))
    page = at_desk(town.staff[OFFICER]).get(reverse("desk_case", args=[story.case.code])).content.decode()
    assert "aid-title" not in page
