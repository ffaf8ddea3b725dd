"""Help by a duty lawyer: asked for or notified, given, refused, and led on into legal aid."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.duty_lawyer import PROCEDURE
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.legal_aid_criminal_story import WHY, Duty, another_lawyer, duty_place
from tests.procedures.legal_aid_story import LAWYER, OFFICER

pytestmark = pytest.mark.django_db
PLEA = {"is_voluntary": True}


@pytest.fixture
def story(town: Town, monday: datetime) -> Duty:
    return Duty(town, monday)


@pytest.fixture
def named(story: Duty) -> Duty:
    return story.request().tell()


@pytest.fixture
def helped(named: Duty) -> Duty:
    return named.help()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_detained_person_asks_is_helped_and_the_lawyer_is_paid_by_the_rule(helped: Duty) -> None:
    helped.take("read_file", LAWYER, {"read_on": helped.today})
    helped.take("give_opinion", LAWYER, {"about": "measures", "text": "建议变更强制措施为取保候审。"})
    helped.take("opinion_answered", LAWYER, {"adopted": "adopted"})
    helped.take("close", LAWYER, {})
    helped.pay()
    payment = helped.case.payments.get()
    assert (helped.state, payment.item) == ("paid", "legal_aid.duty_lawyer")


def test_a_witnessed_plea_is_part_of_the_subsidy(helped: Duty) -> None:
    helped.take("witness_plea", LAWYER, {**PLEA, "signed_on": helped.today}, Doc.PLEA_PAPER)
    helped.take("close", LAWYER, {})
    helped.pay()
    assert [line["label"] for line in helped.case.payments.get().quote["lines"]] == ["法律帮助", "认罪认罚在场见证"]


def test_an_organ_gives_notice_and_reads_who_comes(story: Duty) -> None:
    story.notice()
    story.on_rota(story.at + timedelta(days=7))
    story.take("name_lawyer", data={"practitioner": story.lawyer.licence})
    letter = story.letter("duty_lawyer_named")
    assert (story.state, "道里区公安分局" in letter, "道里区看守所" in letter) == ("named", True, True)


# --- request and notice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"place": "没有这个地方"}, "没有“没有这个地方”这个值班地点"),
        ({"has_no_counsel": False}, "先做到这一项"),
        ({"requested_at": "2026-03-02T09:01"}, "不能晚于现在"),
        ({"requested_at": "昨天"}, "2026-12-03 14:30"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(story: Duty, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.request(**changes)
    assert says in "".join([*refusal.value.problems, *(m for ms in refusal.value.fields.values() for m in ms)])


def test_a_place_is_found_by_a_part_of_its_name_unless_two_have_it(story: Duty, town: Town) -> None:
    story.request(place="看守")
    duty_place(town, "道外区看守所")
    other = Duty(town, story.at)
    with pytest.raises(Missing, match="不止一个值班地点"):
        other.request(place="看守")


@pytest.mark.parametrize(("days", "is_short"), [(3, False), (2, True)])
def test_a_notice_of_fewer_than_three_working_days_is_on_record(story: Duty, days: int, is_short: bool) -> None:
    story.notice(help_on=story.today + timedelta(days=days))
    assert story.case.facts["duty"]["notice_was_short"] is is_short


def test_fast_track_and_far_away_cases_need_no_three_days(story: Duty) -> None:
    story.notice("register_urgent_notice", reason="fast_track", help_on=story.today)
    assert story.case.facts["duty"]["notice_was_short"] is False
    assert "name_lawyer" not in {reading.name for reading in story.case.clocks.all()}


# --- the lawyer ---------------------------------------------------------------------------------------------------


def test_whoever_is_not_on_the_rota_is_named_only_with_a_reason(story: Duty) -> None:
    story.request()
    given = {"practitioner": story.lawyer.pk, "told_at": story.at.isoformat()}
    with pytest.raises(Missing, match="没有排") as refusal:
        story.take("tell_lawyer", data=given)
    assert set(refusal.value.fields) == {"off_rota"}
    story.take("tell_lawyer", data={**given, "off_rota": "当班律师临时生病，请其顶班。"})
    assert story.state == "named"


def test_a_shift_at_another_place_does_not_count(story: Duty, town: Town) -> None:
    story.request()
    story.place = duty_place(town, "道外区看守所")
    with pytest.raises(Missing, match="没有排"):
        story.tell()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"standing": "suspended"}, "停止执业"),
        ({"kind": "grassroots"}, "不能担任值班律师"),
        ({"user": None}, "平台账号"),
    ],
)
def test_an_obstacle_in_the_lawyer_is_named(story: Duty, fields: dict[str, object], says: str) -> None:
    story.request()
    story.on_rota(story.at)
    Practitioner.objects.filter(pk=story.lawyer.pk).update(**fields)
    with pytest.raises(Missing, match=says):
        story.take("tell_lawyer", data={"practitioner": story.lawyer.pk, "told_at": story.at.isoformat()})


def test_a_minor_is_helped_by_somebody_who_knows_minors(story: Duty) -> None:
    story.request(is_minor=True)
    with pytest.raises(Missing, match="未成年人"):
        story.tell()


def test_a_lawyer_is_not_told_before_anybody_asked(story: Duty) -> None:
    story.request()
    with pytest.raises(Missing, match="早于提出申请"):
        story.tell(told_at=(story.at - timedelta(minutes=5)).isoformat())


def test_another_lawyer_comes_with_a_reason(named: Duty) -> None:
    data = {"reason": "unavailable", **WHY, "off_rota": "当班律师不能到场，临时安排。"}
    with pytest.raises(Missing, match="同一个人"):
        named.take("change_lawyer", data={**data, "practitioner": named.lawyer.pk})
    newcomer = another_lawyer(named.town)
    named.take("change_lawyer", data={**data, "practitioner": newcomer.pk})
    assert (named.state, named.case.handler) == ("named", newcomer.user)
    with pytest.raises(NotYou):
        named.help()


# --- help ---------------------------------------------------------------------------------------------------------


def test_what_is_written_down_the_next_day_is_marked_in_the_record(named: Duty) -> None:
    yesterday = named.at
    named.at += timedelta(days=1)
    named.help(helped_at=yesterday.isoformat())
    assert named.case.facts["recorded_late"] is True


def test_a_person_may_be_helped_again(helped: Duty) -> None:
    helped.help()
    assert (helped.state, helped.case.facts["helped_times"]) == ("helped", 2)


def test_help_without_a_word_of_what_was_done_is_not_written_down(named: Duty) -> None:
    with pytest.raises(Missing) as refusal:
        named.help(services=[])
    assert set(refusal.value.fields) == {"services"}


def test_an_opinion_that_is_not_followed_is_explained(helped: Duty) -> None:
    with pytest.raises(NotFromHere, match="没有等待答复"):
        helped.take("opinion_answered", LAWYER, {"adopted": "adopted"})
    helped.take("give_opinion", LAWYER, {"about": "sentence", "text": "建议适用缓刑，有悔罪表现。"})
    with pytest.raises(Missing) as refusal:
        helped.take("opinion_answered", LAWYER, {"adopted": "not_adopted"})
    assert set(refusal.value.fields) == {"explanation"}
    helped.take("opinion_answered", LAWYER, {"adopted": "not_adopted", "explanation": "有前科，不宜适用缓刑。"})


def test_a_plea_is_witnessed_with_the_paper_or_the_exception_is_named(helped: Duty, town: Town) -> None:
    with pytest.raises(Missing, match="认罪认罚具结书"):
        helped.take("witness_plea", LAWYER, {**PLEA, "signed_on": helped.today})
    with pytest.raises(Missing, match="先做到"):
        helped.take("witness_plea", LAWYER, {"signed_on": helped.today}, Doc.PLEA_PAPER)
    helped.take("no_plea_paper", LAWYER, {**WHY, "reason": "not_voluntary"})
    with pytest.raises(NotFromHere, match="已经记录过"):
        helped.take("witness_plea", LAWYER, {**PLEA, "signed_on": helped.today}, Doc.PLEA_PAPER)


# --- refusal, cancelling ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["asked", "named"])
def test_a_refusal_of_help_is_written_down_and_closes_nothing_for_good(story: Duty, state: str) -> None:
    story.request()
    if state == "named":
        story.tell()
    role = LAWYER if state == "named" else OFFICER
    data = {**WHY, "reason": "no_need", "refused_at": story.at.isoformat(), "told_again": True}
    with pytest.raises(Missing, match="拒绝律师辩护"):
        story.take("refuse_help", role, data)
    story.take("refuse_help", role, data, Doc.REFUSAL_RECORD)
    assert (story.state, "随时再要求" in story.letter("duty_lawyer_refused")) == ("refused", True)


@pytest.mark.parametrize("reason", ["counsel", "released", "moved", "withdrawn", "asked"])
def test_a_visit_that_is_called_off_has_a_reason_and_a_letter(named: Duty, reason: str) -> None:
    named.take("cancel", data={**WHY, "reason": reason})
    assert (named.state, named.letters[-1]) == ("cancelled", "duty_lawyer_cancelled")


# --- on into legal aid --------------------------------------------------------------------------------------------


def test_an_application_goes_on_as_a_case_of_its_own_in_the_same_office(helped: Duty) -> None:
    helped.take("take_application", LAWYER, {"received_at": helped.at.isoformat()})
    assert helped.state == "applying"
    helped.take("transfer_application", LAWYER, {"handed_over_at": helped.at.isoformat()})
    child = helped.case.children.get()
    assert (child.procedure, child.organisation, child.state) == (
        "legal_aid_criminal",
        helped.town.legal_aid,
        "preparing",
    )
    assert helped.state == "helped"
    with pytest.raises(NotFromHere, match="已经转交"):
        helped.take("take_application", LAWYER, {"received_at": helped.at.isoformat()})


def test_whoever_must_have_counsel_is_reported_and_the_office_reminds_the_organ(helped: Duty) -> None:
    helped.take("report_notice_owed", LAWYER, {"ground": "disabled", **WHY})
    child = helped.case.children.get()
    assert (child.procedure, child.state) == ("legal_aid_notice", "awaiting")
    with pytest.raises(NotFromHere, match="已经报告过"):
        helped.take("report_notice_owed", LAWYER, {"ground": "disabled", **WHY})


def test_only_the_lawyer_at_hand_writes_down_the_help(named: Duty) -> None:
    for role in (Role.APPLICANT, Role.DISPATCHER, Role.LEGAL_AID_DIRECTOR):
        assert "help" not in {step.name for step in steps_open_to(named.case, named.actor(role), at=named.at)}


def test_nothing_in_help_by_a_duty_lawyer_asks_for_income(story: Duty) -> None:
    fields = {name for step in PROCEDURE.steps if step.form for name in step.form.base_fields}
    assert not fields & {"household_income", "own_income", "commitment", "amount"}
