"""Staff at their pages, and cases for them, a little while ago so that a step now is never before the last one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import User
from santai.trust.roles import Role
from tests import factories


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def earlier(hours: float = 2) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def waiting_case(**fields: Any) -> Case:
    return factories.make_case(earlier(), **fields)


def dispatched_case(town: factories.Town, **fields: Any) -> Case:
    case = waiting_case(**fields)
    given = {"organisation": str(town.firm.pk), "handler": "", "reasons": "离当事人最近；擅长劳动纠纷"}
    take_step(case, "dispatch", actor=SYSTEM, data=given, at=earlier(1.9))
    return case


def case_in_hand(town: factories.Town, **fields: Any) -> Case:
    case = dispatched_case(town, **fields)
    take_step(case, "claim", actor=Actor.staff(town.staff[Role.LAWYER]), at=earlier(1.8))
    return case


def answered_case(town: factories.Town, **fields: Any) -> Case:
    case = case_in_hand(town, **fields)
    answer = {"answer": "可以申请劳动仲裁，不收费。", "basis": ""}
    take_step(case, "finish", actor=Actor.staff(town.staff[Role.LAWYER]), data=answer, at=earlier(1.7))
    return case
