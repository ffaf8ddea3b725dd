"""The rota of duty lawyers (值班律师排班) week by week, and their ledger (工作台账)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_POST

from santai.dispatch import duty_ledger
from santai.dispatch.duty import cancel, places_of, plan_weekly, seen_by
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField
from santai.registry.duty import DutyPlace, DutyShift, between
from santai.registry.models import Organisation
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.desk.export import BYTE_ORDER_MARK, sheet_line
from santai.web.guard import actor_of, roles_required, user_of

CHINA = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(weeks=1)
MOST_WEEKS, SHOWN_ROWS = 12, 200
HEAD = ["时间", "地点", "办案机关", "当事人", "案码", "事项", "内容", "值班律师", "登记时间", "是否补记"]
sees_duty = roles_required(Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.LAWYER, Role.SUPERVISOR)
plans_duty = roles_required(Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR)


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": f"请填写{label}。", "invalid": "时间请写成08:30这样。"},
    )


class PlanForm(forms.Form):
    place = forms.ModelChoiceField(
        DutyPlace.objects.none(),
        label="值班地点",
        empty_label="请选择",
        error_messages={"required": "请选择值班地点。", "invalid_choice": "没有这个值班地点，请从列表中选择。"},
    )
    practitioner = PractitionerField(label="值班律师", max_length=60, help_text="姓名、执业证号或编号。")
    on = day("日期")
    begins = _clock("几点开始")
    ends = _clock("几点结束")
    mode = forms.ChoiceField(label="值班方式", choices=DutyShift.Mode.choices, initial=DutyShift.Mode.IN_TURN)
    weeks = forms.IntegerField(
        label="以后每周同一时间再排几周",
        min_value=0,
        max_value=MOST_WEEKS,
        initial=0,
        help_text="只排这一次的填0。",
        error_messages={"max_value": f"最多连续排{MOST_WEEKS}周。", "required": "只排这一次的填0。"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_of(user)  # type: ignore[attr-defined]

    def shift(self, user: User) -> DutyShift:
        """An end before the beginning is on the next morning."""
        given = self.cleaned_data
        starts_at = datetime.combine(given["on"], given["begins"], CHINA)
        ends_at = datetime.combine(given["on"], given["ends"], CHINA)
        if ends_at <= starts_at:
            ends_at += timedelta(days=1)
        return DutyShift(
            place=given["place"],
            practitioner=given["practitioner"],
            starts_at=starts_at,
            ends_at=ends_at,
            mode=given["mode"],
            planned_by=user,
        )


class PlaceForm(forms.Form):
    name = forms.CharField(label="名称", max_length=120, error_messages={"required": "请填写名称。"})
    kind = forms.ChoiceField(label="类别", choices=DutyPlace.Kind.choices)
    address = forms.CharField(label="地址", max_length=200, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)


class Period(forms.Form):
    first = day("从哪天", required=False)
    last = day("到哪天", required=False)
    place = forms.ModelChoiceField(DutyPlace.objects.none(), label="地点", required=False, empty_label="全部地点")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = DutyPlace.objects.filter(pk__in=seen_by(user).values("place")) | places_of(user)
        self.fields["place"].queryset = seen.distinct()  # type: ignore[attr-defined]

    def wanted(self, today: date) -> dict[str, Any]:
        """This month unless something else is asked for; what cannot be meant is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        last = given.get("last") or today
        first = given.get("first") or last.replace(day=1)
        place = given.get("place")
        return {"first": min(first, last), "last": last, "place": place.pk if place else None}


# --- the rota -----------------------------------------------------------------------------------------------------


@sees_duty
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    return _rota(request)


def _rota(
    request: HttpRequest, *, form: PlanForm | None = None, place_form: PlaceForm | None = None, status: int = 200
) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    monday = _monday(request.GET.get("week", ""), localdate(now))
    begins = datetime.combine(monday, datetime.min.time(), CHINA)
    shifts = list(seen_by(user).filter(between(begins, begins + WEEK), cancelled_at__isnull=True))
    own = list(places_of(user))
    may_plan = _office_of(user) is not None
    taken = {shift.place_id for shift in shifts}
    context = {
        "now": now,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "shifts": [{"shift": one, "may_cancel": may_plan and one.place in own and one.ends_at > now} for one in shifts],
        "empty_places": [place for place in own if place.pk not in taken],
        "has_places": bool(own),
        "form": (form or PlanForm(user=user, initial={"on": max(monday, localdate(now)).isoformat(), "weeks": 0}))
        if may_plan
        else None,
        "place_form": (place_form or PlaceForm()) if may_plan else None,
    }
    return render(request, "web/desk/duty.html", context, status=status)


@plans_duty
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = PlanForm(request.POST, user=user)
    if not form.is_valid():
        return _rota(request, form=form, status=422)
    try:
        planned = plan_weekly(form.shift(user), form.cleaned_data["weeks"])
    except ValidationError as fault:
        form.add_error(None, fault.messages)
        return _rota(request, form=form, status=422)
    first = planned[0]
    messages.success(request, f"已排{first.practitioner.name}到{first.place}，共{len(planned)}班。")
    return redirect(f"{reverse('desk_duty')}?week={localtime(first.starts_at).date().isoformat()}")


@plans_duty
@require_POST
def add_place(request: HttpRequest) -> HttpResponse:
    office, form = _office_of(user_of(request)), PlaceForm(request.POST)
    if office is None or not form.is_valid():
        return _rota(request, place_form=form, status=422)
    given = form.cleaned_data
    place, is_new = DutyPlace.objects.get_or_create(organisation=office, name=given["name"], defaults=given)
    if not is_new:
        form.add_error("name", "这个地点已经登记过。")
        return _rota(request, place_form=form, status=422)
    messages.success(request, f"已登记值班地点：{place}。")
    return redirect("desk_duty")


@plans_duty
@require_POST
def cancel_shift(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    own = DutyShift.objects.filter(place__in=places_of(user)).select_related("practitioner", "place")
    shift = get_object_or_404(own, pk=pk)
    try:
        cancel(shift, reason=request.POST.get("reason", ""), at=timezone.now())
    except ValidationError as fault:
        messages.error(request, "；".join(fault.messages))
    else:
        messages.success(request, f"已取消{shift.practitioner.name}在{shift.place}的这一班。")
    return redirect(f"{reverse('desk_duty')}?week={localtime(shift.starts_at).date().isoformat()}")


def _monday(text: str, today: date) -> date:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = today
    chosen = asked if 2000 <= asked.year <= 2100 else today
    return chosen - timedelta(days=chosen.weekday())


def _office_of(user: User) -> Organisation | None:
    plans = (Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR)
    return next((held.organisation for held in current_memberships(user) if held.role in plans), None)


# --- the ledger ---------------------------------------------------------------------------------------------------


@sees_duty
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    period = Period(request.GET or None, user=user_of(request))
    wanted = period.wanted(localdate(now))
    period.initial = {name: wanted[name].isoformat() for name in ("first", "last")}
    rows = duty_ledger.entries(actor, **wanted, at=now, most=SHOWN_ROWS + 1)
    query = request.GET.urlencode()
    context = {
        "now": now,
        "period": period,
        "wanted": wanted,
        "rows": rows[:SHOWN_ROWS],
        "is_cut": len(rows) > SHOWN_ROWS,
        "summary": duty_ledger.summary(actor, **wanted, at=now),
        "export": f"{reverse('desk_duty_ledger_export')}{'?' if query else ''}{query}",
    }
    return render(request, "web/desk/duty_ledger.html", context)


@sees_duty
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    now = timezone.now()
    wanted = Period(request.GET or None, user=user_of(request)).wanted(localdate(now))
    rows = duty_ledger.entries(actor_of(request), **wanted, at=now)
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="duty-{wanted["first"]}-{wanted["last"]}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(rows: list[duty_ledger.Entry]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + sheet_line(HEAD)
    for row in rows:
        written = f"{localtime(row.written_at):%Y-%m-%d %H:%M}"
        cells = [row.happened_on, row.place, row.organ, row.case.applicant.masked_name, row.case.code, row.what]
        yield sheet_line([*cells, row.details, row.lawyer, written, "补记" if row.is_late else ""])
    if len(rows) == duty_ledger.MOST:
        yield sheet_line([f"只导出了最近{duty_ledger.MOST}条，请缩短时间分几次导出。"])
