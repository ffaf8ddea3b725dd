"""Every time limit of an administrative penalty in the log of a real case: holidays, make-up days, pauses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.procedures.enforcement import PROCEDURE
from santai.procedures.rules.enforcement_execution import account
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.enforcement_story import DISCUSSION, HEAD, OFFICER, REASON, REVIEWED, REVIEWER, Enforcement, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town) -> Enforcement:
    """Thursday 5 February 2026. Spring Festival is 15 to 23 February, Mid-Autumn 25 to 27 September, the National Day
    holidays 1 to 7 October; 14 and 28 February, 20 September and 10 October are working days."""
    import_package_years([2025, 2026])
    return Enforcement(town, on(2, 5))


# --- PN01 ninety days ---------------------------------------------------------------------------------------------


def test_ninety_days_from_filing_move_over_the_may_holidays(town: Town, story: Enforcement) -> None:
    # 90 days after 31 January is 1 May, Labour Day: the first working day after it is 6 May.
    story = Enforcement(town, on(1, 31))
    assert story.clock("decision").due_on == date(2026, 5, 6)


def test_ninety_days_may_end_on_a_make_up_day(town: Town, story: Enforcement) -> None:
    # Saturday 10 October 2026 is a working day.
    story = Enforcement(town, on(7, 12))
    assert story.clock("decision").due_on == date(2026, 10, 10)


def test_an_approved_extension_lengthens_the_ninety_days_once(story: Enforcement) -> None:
    before = story.clock("decision").due_on
    with pytest.raises(Missing):
        story.take("extend", HEAD, {"amount": 91, "explanation": "延长太多了。"})
    story.take("extend", HEAD, {"amount": 30, "explanation": "需要委托鉴定。"})
    assert before == date(2026, 5, 6)
    assert story.clock("decision").due_on == date(2026, 6, 5)
    with pytest.raises(NotFromHere, match="延长过一次"):
        story.take("extend", HEAD, {"amount": 30, "explanation": "再延长一次。"})


def test_the_days_at_the_judicial_organ_do_not_count(story: Enforcement) -> None:
    story.assigned()
    data = {"outcome": "judicial", "facts": "查明数额巨大，涉嫌诈骗犯罪。", "gravity": ["rights"]}
    story.take("propose_grave", OFFICER, data, Doc.INVESTIGATION_REPORT)
    story.take("pass_review", REVIEWER, REVIEWED, Doc.LEGALITY_OPINION)
    story.take("discuss", HEAD, {**DISCUSSION, "held_on": story.day()}, Doc.DISCUSSION_RECORD)
    story.take("transfer_judicial", HEAD, {"to": "公安机关", **REASON}, Doc.HANDOVER, on=on(2, 15))
    assert story.clock("decision").condition == "paused"
    story.take("judicial_returned", OFFICER, {"received_on": date(2026, 3, 17), **REASON}, on=on(3, 17))
    # Ten days were used; eighty follow 17 March: 5 June.
    assert story.clock("decision").due_on == date(2026, 6, 5)


def test_sent_back_for_more_the_ninety_days_go_on(story: Enforcement) -> None:
    story.told().considered()
    story.take("send_back", HEAD, {"reason": "facts", "explanation": "请补充询问委托人，查清金额。"}, on=on(3, 5))
    assert story.clock("decision").due_on == date(2026, 5, 6)


# --- PN02 seven working days --------------------------------------------------------------------------------------


def test_seven_working_days_of_service_count_the_make_up_saturday(story: Enforcement) -> None:
    story.punished()
    # 6, 9, 10, 11, 12, 13 and the make-up Saturday 14 February.
    assert story.clock("service").due_on == date(2026, 2, 14)
    story.served(on=on(2, 14, 23))
    assert story.clock("service").condition == "met"


def test_service_over_spring_festival(town: Town, story: Enforcement) -> None:
    other = Enforcement(town, on(2, 11)).punished()
    # 12, 13, 14, then 24, 25, 26, 27 February.
    assert other.clock("service").due_on == date(2026, 2, 27)
    other.served(on=on(2, 28))
    assert other.clock("service").condition == "missed"


def test_what_was_received_in_time_and_recorded_late_is_in_time(story: Enforcement) -> None:
    story.punished()
    story.at = on(2, 26)
    story.take("serve_fine", OFFICER, {"served_on": date(2026, 2, 13), "way": "in_person"})
    assert story.clock("service").condition == "met"


# --- PN03 five working days ---------------------------------------------------------------------------------------


def test_five_working_days_to_ask_for_a_hearing_run_from_the_day_the_notice_was_received(story: Enforcement) -> None:
    story.assigned().proposed().take("notify", on=on(2, 11))
    story.take("serve_notice", OFFICER, {"served_on": date(2026, 2, 12), "way": "in_person"}, on=on(2, 13))
    # 13, 14, then 24, 25, 26 February.
    assert story.clock("hearing_window").due_on == date(2026, 2, 26)
    with pytest.raises(NotFromHere, match="2026-02-26"):
        story.take("to_decision", OFFICER, {"opinion": "没有提出陈述申辩意见，按期进入决定。"}, on=on(2, 26, 23))


# --- PN05, PN06, PN07, PN10 ---------------------------------------------------------------------------------------


def test_evidence_that_was_kept_is_decided_on_within_seven_working_days(story: Enforcement) -> None:
    story.assigned()
    kept = {"items": "2025年收费账册一本", "place": "本局证据室", "ground": "当事人准备销毁账册。"}
    story.take("keep_evidence", HEAD, kept, Doc.SEIZURE_LIST, Doc.AV_SEIZURE, on=on(9, 23))
    # 24, 28, 29, 30 September, 8, 9 October and the make-up Saturday 10 October.
    assert story.clock("evidence").due_on == date(2026, 10, 10)
    with pytest.raises(Missing, match="登记保存"):
        story.proposed()
    with pytest.raises(NotFromHere):
        story.take("keep_evidence", HEAD, kept, Doc.SEIZURE_LIST, Doc.AV_SEIZURE)
    story.take("release_evidence", OFFICER, {"outcome": "copied", "explanation": "已复印，原件退还。"})
    assert story.clock("evidence").condition == "met"


def test_fifteen_days_to_pay_move_over_the_national_day(story: Enforcement) -> None:
    story.punished().served(on=on(9, 16))
    assert story.clock("payment").due_on == date(2026, 10, 8)
    assert story.case.facts["pay_by"] == "2026-10-08"


def test_a_province_may_replace_an_unconfirmed_limit_and_the_surcharge_follows(story: Enforcement) -> None:
    Parameter.objects.create(
        key="clock.PN06", region="23", value={"count": 20, "unit": "CD"}, since="2025-01-01", basis="本省规定"
    )
    story.punished().served(on=on(9, 14))
    assert story.case.facts["pay_by"] == "2026-10-08"
    assert story.clock("payment").due_on == date(2026, 10, 8)


def test_remedies_are_open_for_six_months_and_the_case_ends_by_itself_after_them(story: Enforcement) -> None:
    story.punished().served(on=on(4, 1)).pay("2000").perform()
    assert story.clock("archive").due_on == date(2026, 5, 6)
    story.take("archive", OFFICER, {"pages": 60, "term": "long"}, Doc.CASE_FILE)
    # 1 October is a holiday: 8 October.
    assert story.clock("remedies").due_on == date(2026, 10, 8)
    with pytest.raises(NotFromHere):
        story.take("end", Role.SYSTEM, on=on(10, 8, 23))
    story.take("end", Role.SYSTEM, on=on(10, 9))
    assert story.state == "ended"


def test_an_urged_party_has_ten_days(story: Enforcement) -> None:
    story.punished().served(on=on(8, 3)).take("urge", OFFICER, on=on(9, 21))
    assert story.clock("urged").due_on == date(2026, 10, 8)


def test_a_year_without_published_holidays_gives_a_provisional_date(town: Town) -> None:
    assert Enforcement(town, on(9, 24, year=2031)).punished().clock("service").is_provisional


def test_every_clock_of_the_catalogue_is_there_and_unconfirmed_ones_are_marked() -> None:
    found = {clock.id: clock.confidence.value for clock in PROCEDURE.clocks}
    assert {key: found[key] for key in ("PN01", "PN02")} == {"PN01": "S", "PN02": "S"}
    assert {found[key] for key in ("PN05", "PN06", "PN07", "PN09", "PN10")} == {"U"}


# --- the additional fine ------------------------------------------------------------------------------------------


def owed(on_day: date, *payments: tuple[date, str], disputes: tuple[tuple[date, date | None], ...] = ()) -> Decimal:
    found = account(
        fine=Decimal(1000),
        confiscate=Decimal(500),
        pay_by=date(2026, 3, 25),
        payments=[(day, Decimal(amount)) for day, amount in payments],
        disputes=disputes,
        on=on_day,
    )
    return found.surcharge


def test_the_last_day_itself_costs_nothing_and_the_next_costs_three_per_cent() -> None:
    assert owed(date(2026, 3, 25)) == 0
    assert owed(date(2026, 3, 26)) == Decimal("30.00")


def test_the_additional_fine_is_never_more_than_the_fine() -> None:
    assert owed(date(2026, 4, 27)) == Decimal("990.00")
    assert owed(date(2026, 4, 28)) == owed(date(2030, 1, 1)) == Decimal("1000.00")


def test_only_what_is_unpaid_grows_and_what_was_confiscated_never_does() -> None:
    assert owed(date(2026, 3, 31), (date(2026, 3, 28), "500")) == Decimal("135.00")
    assert owed(date(2026, 12, 31), (date(2026, 3, 25), "1000")) == 0


def test_days_of_a_dispute_are_not_counted() -> None:
    dispute = (date(2026, 3, 28), date(2026, 4, 10))
    assert owed(date(2026, 4, 11), disputes=(dispute,)) == Decimal("90.00")
    assert owed(date(2030, 1, 1), disputes=((date(2026, 3, 26), None),)) == 0
