"""Commercial mediation from 1 May 2026 and mediation by lawyers: scope, bodies, fees, ties, and the courts' days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.actions import take_step
from santai.casework.conflicts import Kind, conflicts
from santai.casework.kernel import procedure_in_force
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents import letters
from santai.documents.models import DocumentKind as Doc
from santai.procedures import commercial_mediation, lawyer_mediation
from santai.procedures.forms import licensed_mediation as forms
from santai.procedures.forms.mediation import END_GROUNDS
from santai.trust.actors import Actor
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_case, make_party, make_practitioner, make_staff
from tests.procedures.mediation_story import AGREEMENT, DISPUTE, DRAFT, END, REASON, Confirmation, Mediation, on

pytestmark = pytest.mark.django_db
TABLES = {"commercial_mediation": commercial_mediation.PROCEDURE, "lawyer_mediation": lawyer_mediation.PROCEDURE}
MAY = on(5, 11)
COURT_STEPS = {
    "court_delegated": ("accept_delegated", "delegated"),
    "court_entrusted": ("accept_entrusted_ordinary", "entrusted"),
    "court_entrusted_summary": ("accept_entrusted_summary", "entrusted_summary"),
}


class Licensed(Mediation):
    def __init__(self, town: Town, at: datetime, procedure: str, **fields: Any) -> None:
        self.town, self.at, self.procedure = town, at, procedure
        self.case = make_case(at, procedure=procedure, **{"applicant": make_party(), **fields})
        self.citizen = Actor.applicant(self.case.applicant_id)

    @property
    def is_commercial(self) -> bool:
        return self.procedure == "commercial_mediation"

    @property
    def role(self) -> Role:
        return Role.MEDIATOR if self.is_commercial else Role.LAWYER

    def take(self, name: str, role: Role | None = None, *rest: Any, **more: Any) -> Any:
        return super().take(name, role or self.role, *rest, **more)

    def apply(self, *papers: Doc, on: datetime | None = None, **changes: Any) -> Licensed:
        trade = "trade" if self.is_commercial else "contract"
        data = {**DISPUTE, "dispute": trade, "origin": "application", **changes}
        self.take("apply", Role.APPLICANT, data, *papers, on=on)
        return self

    def give(self) -> Licensed:
        home = self.town.mediation if self.is_commercial else self.town.firm
        self.take("give_to_body", Role.DISPATCHER, {"body": home.pk, "licence": "黑商调字第1号"})
        return self

    def charge(self, amount: str = "800") -> Licensed:
        data = {"amount": amount, "paid_by": "双方各半", "is_public": True, "both_agree": True}
        self.take("agree_on_fee", data=data)
        return self

    def ready(self, **changes: Any) -> Licensed:
        self.apply(**changes).give().reply()
        return self.charge()

    def accept(self, step: str = "accept", data: Any = None, *papers: Doc) -> Licensed:
        self.take(step, None, data or {}, *papers)
        return self

    def name(self, **changes: Any) -> Licensed:
        practitioner = self.town.staff[self.role].practitioner  # type: ignore[attr-defined]
        data = {"practitioner": practitioner.pk, "disclosed": True, "told_ban": True, **changes}
        self.take("name_mediator", data=data)
        return self

    def meet(self) -> Licensed:
        session = {"held_on": self.today, "way": "online", "present": "双方", "record": "双方在线说明了情况。"}
        self.take("hold_session", None, session, Doc.MEDIATION_RECORD)
        return self

    def draft(self) -> Licensed:
        self.take("draft_agreement", data=DRAFT)
        return self

    def sign(self, **changes: Any) -> Licensed:
        self.take("take_effect", None, self.signatures(**changes), Doc.MEDIATION_AGREEMENT)
        return self


@pytest.fixture(params=sorted(TABLES))
def story(request: pytest.FixtureRequest, town: Town) -> Licensed:
    import_package_years([2026])
    return Licensed(town, MAY, request.param)


@pytest.fixture
def table(story: Licensed) -> Licensed:
    return story.ready().accept().name()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_dispute_walks_from_application_to_performance(table: Licensed) -> None:
    table.meet().draft().sign().fulfil()
    table.case.refresh_from_db()
    assert (table.state, table.case.due_at) == ("fulfilled", None)
    assert table.letters == [
        "licensed_mediation_registered",
        "licensed_mediation_accepted",
        "licensed_mediation_rights",
        "licensed_mediation_agreement",
    ]
    assert "800" in table.letter("licensed_mediation_accepted")


def test_the_agreement_goes_to_the_court_for_confirmation(table: Licensed) -> None:
    table.meet().draft().sign()
    child = Confirmation(table)
    child.take("check_agreement", Role.APPLICANT, {**AGREEMENT, "effective_on": child.effective_on})
    assert child.case.organisation == table.case.organisation
    assert "李大山" in child.letter("judicial_confirmation_application")


def test_commercial_mediation_begins_with_its_law(town: Town) -> None:
    with pytest.raises(KeyError):
        procedure_in_force("commercial_mediation", date(2026, 4, 30))
    assert procedure_in_force("commercial_mediation", date(2026, 5, 1))
    order = make_case(on(4, 29), organisation=town.mediation)
    with pytest.raises(Missing, match="没有施行"):
        take_step(
            order, "refer", actor=town.actor(Role.DISPATCHER), data={"procedure": "commercial_mediation"}, at=on(4, 30)
        )


# --- scope, body, fee ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [key for key, _ in forms.EXCLUDED])
def test_what_is_no_commercial_dispute_is_stopped_at_the_door(town: Town, kind: str) -> None:
    story = Licensed(town, MAY, "commercial_mediation")
    with pytest.raises(Missing, match=dict(forms.EXCLUDED)[kind]):
        story.apply(excluded=[kind])


def test_the_body_is_of_the_right_kind_and_comes_before_anything_else(story: Licensed, town: Town) -> None:
    story.apply()
    with pytest.raises(Missing, match="不是"):
        story.take("give_to_body", Role.DISPATCHER, {"body": town.centre.pk, "licence": "1"})
    with pytest.raises(NotYou):
        story.reply()
    story.give().reply()


def test_nothing_is_mediated_before_both_agree_and_the_fee_is_settled(story: Licensed) -> None:
    story.apply().give()
    with pytest.raises(Missing, match="对方还没有同意"):
        story.accept()
    story.reply()
    with pytest.raises(Missing, match="费用"):
        story.accept()
    with pytest.raises(Missing):
        story.charge("-1")
    story.charge("0").accept()
    assert story.state == "accepted"


# --- mediators ----------------------------------------------------------------------------------------------------


def test_a_mediator_has_the_right_calling(story: Licensed, town: Town) -> None:
    story.ready().accept()
    home = story.case.organisation
    wrong = make_practitioner(make_staff(Role.NOTARY, home), home, kind="notary")
    with pytest.raises(Missing, match="不是"):
        story.name(practitioner=wrong.pk)


def served(town: Town, story: Licensed) -> None:
    """The mediator's own house acts for the other side."""
    held = make_case(MAY, applicant=make_party("李大山"), organisation=story.case.organisation)
    held.handler = town.staff[story.role]
    held.save(update_fields=["handler"])


def test_a_lawyer_whose_firm_acts_for_a_side_does_not_mediate(town: Town) -> None:
    story = Licensed(town, MAY, "lawyer_mediation").ready().accept()
    served(town, story)
    with pytest.raises(Missing, match="利益冲突"):
        story.name()


def test_a_commercial_mediator_with_a_tie_needs_the_consent_of_both(town: Town) -> None:
    story = Licensed(town, MAY, "commercial_mediation").ready().accept()
    served(town, story)
    with pytest.raises(Missing, match="利益冲突") as refusal:
        story.name()
    assert set(refusal.value.fields) == {"consent_to_conflict"}
    story.name(consent_to_conflict="双方知情后当面表示同意。")
    assert story.state == "mediating"


def test_the_order_a_mediation_came_from_is_no_tie(town: Town) -> None:
    order = make_case(MAY, applicant=make_party("王小明"), organisation=town.firm)
    order.handler = town.staff[Role.LAWYER]
    order.save(update_fields=["handler"])
    story = Licensed(town, MAY, "lawyer_mediation", applicant=order.applicant, parent=order)
    assert story.ready().accept().name().state == "mediating"


def test_a_lawyer_knows_that_they_may_not_act_later_and_is_barred(town: Town) -> None:
    story = Licensed(town, MAY, "lawyer_mediation").ready().accept()
    with pytest.raises(Missing) as refusal:
        story.name(told_ban=False)
    assert set(refusal.value.fields) == {"told_ban"}
    story.name()
    lawyer = town.staff[Role.LAWYER].practitioner  # type: ignore[attr-defined]
    colleague = make_practitioner(make_staff(Role.LAWYER, town.firm), town.firm)
    for name in (story.case.applicant.name, "李大山"):
        new = make_case(MAY, applicant=make_party(name))
        found = conflicts(new, lawyer, MAY.date())
        assert [(one.kind, story.case.code in one.reason) for one in found] == [(Kind.EARLIER_PART, True)]
        assert conflicts(new, colleague, MAY.date()) == []
    assert conflicts(make_case(MAY, applicant=make_party("张三")), lawyer, MAY.date()) == []


# --- endings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [key for key, _ in forms.DECLINE_REASONS])
def test_a_refusal_says_why_and_where_else_to_go(story: Licensed, reason: str) -> None:
    replies = {"refused": "refuses", "unreachable": "unreachable"}
    story.apply().give().reply(replies.get(reason, "agrees"))
    story.take("decline", data={"reason": reason, "route": "道里区人民法院", **REASON})
    assert story.state == "not_accepted"
    assert dict(forms.DECLINE_REASONS)[reason] in story.letter("licensed_mediation_not_accepted")


@pytest.mark.parametrize("ground", [key for key, _ in END_GROUNDS if key != "expired"])
def test_every_ground_ends_the_talks_with_a_letter(table: Licensed, ground: str) -> None:
    table.take("terminate", data={**END, "ground": ground})
    assert table.state == "failed"
    assert "人民法院起诉" in table.letter("licensed_mediation_terminated")


def test_a_party_may_stop_at_any_time(table: Licensed) -> None:
    table.take("stop", Role.APPLICANT)
    assert table.state == "failed"


def test_an_agreement_takes_effect_only_when_all_have_signed(table: Licensed) -> None:
    table.meet().draft()
    with pytest.raises(Missing) as refusal:
        table.sign(sealed_on="", other_signed_on="")
    assert set(refusal.value.fields) == {"sealed_on", "other_signed_on"}


def test_an_agreement_that_is_not_kept_leads_to_court(table: Licensed) -> None:
    table.meet().draft().sign()
    data = {"reason": "not_performed", "owed": "货款还差两万元。", "urged_on": table.today}
    with pytest.raises(Missing, match="还没有届满"):
        table.take("not_performed", data=data)
    table.take("not_performed", data=data, after=1)
    assert table.state == "routed"
    assert "起诉" in table.letter("licensed_mediation_not_performed")


# --- clocks -------------------------------------------------------------------------------------------------------


def test_the_usual_thirty_days_move_over_holidays_and_are_lengthened_by_both(town: Town) -> None:
    import_package_years([2026])
    for procedure in TABLES:
        story = Licensed(town, on(9, 2), procedure).ready().accept().name()
        assert story.clock("mediation").due_on == date(2026, 10, 8)
        assert Licensed(town, on(9, 10), procedure).ready().accept().clock("mediation").due_on == date(2026, 10, 10)
        more = {"amount": 10, "applicant_agrees": True, "other_agrees": True, "reason": "等对账结果。"}
        story.take("extend_days", data=more, on=on(9, 20))
        assert story.clock("mediation").due_on == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("origin", "due"),
    [
        ("court_delegated", date(2026, 10, 21)),
        ("court_entrusted", date(2026, 10, 8)),
        ("court_entrusted_summary", date(2026, 9, 28)),
    ],
)
def test_what_a_court_hands_over_has_its_own_days_and_leaves_an_appraisal_out(
    story: Licensed, origin: str, due: date
) -> None:
    story.at = on(9, 21)
    step, clock = COURT_STEPS[origin]
    story.ready(origin=origin, sender="道里区人民法院")
    for other in {"accept", *(name for name, _ in COURT_STEPS.values())} - {step}:
        with pytest.raises(NotFromHere):
            story.accept(other, {"received_on": story.today}, Doc.HANDOVER)
    story.accept(step, {"received_on": story.today, "is_online": True}, Doc.HANDOVER).name()
    assert story.clock(clock).due_on == due
    last = story.clock(clock).last_day
    story.take("begin_appraisal", data={"what": "工程造价评估", "by": "某鉴定所"}, on=on(9, 24))
    story.take("end_appraisal", data={}, on=on(10, 12))
    assert story.clock(clock).last_day == last + timedelta(days=18)


def test_the_window_for_confirmation_moves_over_the_holidays(town: Town) -> None:
    import_package_years([2026])
    for procedure in TABLES:
        story = Licensed(town, on(9, 2), procedure).ready().accept().name().meet().draft().sign()
        assert story.clock("confirmation_window").due_on == date(2026, 10, 8)
        assert story.clock("follow_up").due_on == date(2026, 9, 17)


# --- the tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_every_unconfirmed_limit_is_marked(name: str) -> None:
    for clock in TABLES[name].clocks:
        assert clock.id
        assert ("默认值" in clock.basis) == (clock.confidence == "U"), clock.name


@pytest.mark.parametrize("name", TABLES)
def test_every_letter_of_the_table_has_a_template_and_every_template_a_step(name: str) -> None:
    named = {step.letter for step in TABLES[name].steps} - {""}
    assert named == {kind for kind in letters.kinds() if kind.startswith("licensed_mediation")}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_belongs_to_one_stage(name: str) -> None:
    members = [state for states in TABLES[name].stages.values() for state in states]
    assert sorted(members) == sorted(TABLES[name].states.values)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SUPERVISOR, Role.SYSTEM])
def test_nobody_but_the_mediators_accepts(story: Licensed, role: Role) -> None:
    story.ready()
    with pytest.raises(NotYou):
        story.take("accept", role)
