"""The demo's calls: one for what the hotline took in of late, most of them answered in time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.demo.calls import build_calls
from santai.intake import calls
from santai.intake.models import CallRecord
from santai.trust.actors import Channel
from santai.trust.roles import Role
from tests.factories import Town, make_case

pytestmark = pytest.mark.django_db


def test_every_call_of_the_last_month_belongs_to_what_was_taken_in(town: Town, monday: datetime) -> None:
    agent, clerk = town.actor(Role.HOTLINE_AGENT, Channel.HOTLINE), town.actor(Role.COUNTER_CLERK, Channel.COUNTER)
    codes = set()
    for number in range(60):
        case = make_case(monday - timedelta(hours=number), actor=agent, channel=Channel.HOTLINE)
        codes.add(case.code)
    make_case(monday, actor=clerk, channel=Channel.COUNTER)
    make_case(monday - timedelta(days=40), actor=agent, channel=Channel.HOTLINE)
    build_calls(now=monday)
    answered = CallRecord.objects.exclude(agent=None)
    assert CallRecord.objects.count() == 60
    assert set(answered.values_list("case_code", flat=True)) <= codes
    days = calls.answering(town.hotline, since=(monday - timedelta(days=9)).date(), now=monday + timedelta(hours=1))
    assert sum(day.calls for day in days) == 60
    assert 40 < sum(day.in_time for day in days) < 60
