"""Somebody who knows what they want applies for it: one record, and the statutory case under it at once."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.access import steps_open_to
from santai.intake.receive import Applicant, BadNeed, Need, receive
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.trust.actors import Actor, Channel
from santai.web.portal.services import GROUPS
from tests.factories import Town

pytestmark = pytest.mark.django_db
WEB = Actor(channel=Channel.WEB, name="当事人")


def need(**changes: object) -> Need:
    given = {"channel": Channel.WEB, "text": "我想申请法律援助，要回拖欠的工资。", "region": "230102"}
    return Need(**{**given, "applicant": Applicant("钱小花", "13800002222"), **changes})  # type: ignore[arg-type]


def test_the_statutory_case_waits_for_its_application_under_the_request(town: Town, monday: datetime) -> None:
    root = receive(need(procedure="legal_aid_civil"), actor=WEB, at=monday).case
    child = root.children.get()
    assert (root.state, child.procedure, child.organisation) == ("referred", "legal_aid_civil", town.legal_aid)
    citizen = Actor.applicant(root.applicant_id, Channel.WEB)
    assert "apply" in {step.name for step in steps_open_to(child, citizen, at=monday)}


def test_sent_twice_it_is_one_application(town: Town, monday: datetime) -> None:
    first = receive(need(procedure="legal_aid_civil"), actor=WEB, at=monday)
    again = receive(need(procedure="legal_aid_civil"), actor=WEB, at=monday)
    assert again.is_duplicate
    assert again.case == first.case
    assert first.case.children.count() == 1


def test_what_nobody_may_apply_for_is_refused_by_name(town: Town, monday: datetime) -> None:
    for name in ("work_order", "no_such_thing", "'; drop table"):
        with pytest.raises(BadNeed) as refused:
            receive(need(procedure=name), actor=WEB, at=monday)
        assert "procedure" in refused.value.fields


def test_every_procedure_a_citizen_may_apply_for_has_its_card() -> None:
    cards = {service.procedure for group in GROUPS for service in group.services}
    assert {name for name, _ in procedures_to_apply_for()} <= cards
