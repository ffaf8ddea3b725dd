"""A small procedure and short logs, so that a test of a clock reads like the story of a case. Needs no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import TextChoices

from santai.casework.clocks import Reading, readings
from santai.casework.kernel import Procedure, Step
from santai.casework.models import LogEntry
from santai.casework.terms import Amount, Clock, Extension
from santai.trust.roles import Role
from santai.workdays.package import package_rows, package_years
from santai.workdays.table import Calendar, Row, Table

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEILONGJIANG = "230102"


class S(TextChoices):
    RECEIVED = "received", "已收到"
    WORKING = "working", "办理中"
    WAITING = "waiting", "待补充"
    CHECKING = "checking", "核查中"
    DONE = "done", "已办结"
    CLOSED = "closed", "已归档"


class Days(forms.Form):
    served_on = forms.DateField()
    filed_on = forms.DateField()
    days = forms.IntegerField()


ANY = frozenset({S.RECEIVED, S.WORKING, S.WAITING, S.CHECKING, S.DONE})
STEPS = (
    Step("accept", "受理", S.RECEIVED, S.WORKING, Role.LAWYER, form=Days),
    Step("hand_on", "转交", S.WORKING, S.WORKING, Role.LAWYER),
    Step("ask", "要求补充", S.WORKING, S.WAITING, Role.LAWYER),
    Step("supply", "补充材料", S.WAITING, S.WORKING, Role.APPLICANT),
    Step("check", "异地核查", S.WORKING, S.CHECKING, Role.LAWYER),
    Step("checked", "核查完毕", S.CHECKING, S.WORKING, Role.LAWYER),
    Step("suspend", "中止", ANY, None, Role.LAWYER),
    Step("resume", "恢复", ANY, None, Role.LAWYER),
    Step("extend", "同意延期", ANY, None, Role.LAWYER),
    Step("note", "记录", ANY, None, Role.LAWYER),
    Step("finish", "办结", S.WORKING, S.DONE, Role.LAWYER, form=Days),
    Step("drop", "终止", S.WAITING, S.DONE, Role.LAWYER),
    Step("redo", "重新办理", S.DONE, S.WORKING, Role.LAWYER),
    Step("close", "归档", ANY, S.CLOSED, Role.LAWYER),
)
TARGETS = {step.name: step.target for step in STEPS}
PROCEDURE = Procedure(
    label="试验程序",
    kind="99",
    states=S,
    initial=S.RECEIVED,
    final=frozenset({S.CLOSED}),
    in_force=date(2020, 1, 1),
    steps=STEPS,
    stages={"办理": frozenset(S.values)},
)


def clock(limit: Amount, **fields: Any) -> Clock:
    """From acceptance to completion, paused while waiting."""
    values: dict[str, Any] = {
        "name": "work",
        "label": "办理",
        "limit": limit,
        "basis": "试验规则第1条",
        "runs_from": frozenset({S.WORKING}),
        "until": frozenset({S.DONE}),
        "paused_in": frozenset({S.WAITING, S.CHECKING}),
        "paused_between": (("suspend", "resume"),),
        "extension": Extension("extend", at_most=60, times=5),
    }
    return Clock(**{**values, **fields})


def moment(text: str) -> datetime:
    """`2026-02-10` is nine in the morning in China; `2026-02-10 23:50` that minute."""
    return datetime.fromisoformat(text if ":" in text else f"{text} 09:00").replace(tzinfo=SHANGHAI)


def story(*steps: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> list[LogEntry]:
    """The log of (step, moment[, data]); it is opened an instant before the first step."""
    state = S.RECEIVED
    log = [LogEntry(step="open", from_state="", to_state=state, at=moment(steps[0][1]), data={}, number=1)]
    for number, (name, at, *data) in enumerate(steps, start=2):
        target = TARGETS[name] or state
        entry = LogEntry(step=name, from_state=state, to_state=target, at=moment(at), number=number)
        entry.data = data[0] if data else {}
        log.append(entry)
        state = S(target)
    return log


def read_all(
    *clocks: Clock,
    log: list[LogEntry],
    now: str = "2026-01-01",
    calendar: Calendar | None = None,
    parameters: dict[str, Amount] | None = None,
) -> list[Reading]:
    return readings(
        replace(PROCEDURE, clocks=clocks),
        log,
        region=HEILONGJIANG,
        now=moment(now),
        calendar=calendar or published(),
        parameters=parameters,
    )


def read(one: Clock, *steps: Any, now: str = "2026-01-01", **more: Any) -> Reading:
    (reading,) = read_all(one, log=story(*steps), now=now, **more)
    return reading


@cache
def published(region: str = HEILONGJIANG) -> Calendar:
    return Table(national_rows(), package_years()).of(region)


def national_rows() -> list[Row]:
    return [Row(r.day, r.region, r.is_workday, r.name) for year in package_years() for r in package_rows(year)]
