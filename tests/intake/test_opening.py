"""Cases that begin at a desk: who may open which, where, and about whom."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.access import cases_for
from santai.casework.refusals import NotYou
from santai.intake.opening import Opening, open_at_desk, procedures_open_to
from santai.intake.receive import Applicant, BadNeed
from santai.trust.roles import Role
from tests.factories import Town

pytestmark = pytest.mark.django_db
VILLAGER = Applicant("赵大山", "13800001111")
WORDS = "当事人到法律援助中心当面申请，情况已经问清楚。"


def opening(**changes: object) -> Opening:
    return Opening(
        **{"procedure": "legal_aid_civil", "text": WORDS, "region": "230102", "applicant": VILLAGER, **changes}
    )  # type: ignore[arg-type]


def test_the_officer_opens_a_case_and_their_office_holds_it(town: Town, monday: datetime) -> None:
    officer = town.actor(Role.LEGAL_AID_OFFICER)
    case = open_at_desk(opening(), actor=officer, at=monday)
    assert (case.procedure, case.organisation, case.parent) == ("legal_aid_civil", town.legal_aid, None)
    assert case.log.get().role == Role.LEGAL_AID_OFFICER
    assert cases_for(officer, at=monday).get() == case


def test_only_the_roles_of_the_table_open_such_cases(town: Town, monday: datetime) -> None:
    for role in (Role.LAWYER, Role.HOTLINE_AGENT, Role.AUDITOR, Role.SYSTEM_ADMIN):
        if role in town.staff:
            with pytest.raises(NotYou):
                open_at_desk(opening(), actor=town.actor(role), at=monday)
    with pytest.raises(NotYou):
        open_at_desk(opening(procedure="work_order"), actor=town.actor(Role.LEGAL_AID_OFFICER), at=monday)
    officer = town.staff[Role.LEGAL_AID_OFFICER]
    assert "legal_aid_civil" in {table.name for table in procedures_open_to(officer, on=monday)}
    assert "notarization" not in {table.name for table in procedures_open_to(officer, on=monday)}


def test_every_fault_of_an_opening_is_named_and_nothing_is_written(town: Town, monday: datetime) -> None:
    officer = town.actor(Role.LEGAL_AID_OFFICER)
    for changes, field in (
        ({"text": ""}, "text"),
        ({"region": "230103"}, "region"),
        ({"region": "999999"}, "region"),
        ({"applicant": Applicant("", "1")}, "name"),
    ):
        with pytest.raises(BadNeed) as refused:
            open_at_desk(opening(**changes), actor=officer, at=monday)
        assert field in refused.value.fields
    assert not cases_for(officer, at=monday).exists()
