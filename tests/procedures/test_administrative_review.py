"""Administrative review: the whole way, every refusal and ending, RV01 to RV03 over holidays, pauses, extensions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.chain import fault_in
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.procedures.administrative_review import PROCEDURE
from santai.procedures.rules.review_window import last_day_to_apply
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.adviser_story import APPLICANT, CLERK, HEAD, REASON, REVIEWER, SUPERVISOR, on
from tests.procedures.review_story import OPINION, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Review:
    return Review(town, monday)


@pytest.fixture
def trial(story: Review) -> Review:
    return story.apply().accept()


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_penalty_is_reviewed_decided_and_served(trial: Review) -> None:
    trial.served()
    assert trial.state == "decided"
    assert trial.letters == [
        "review_received",
        "review_accepted",
        "review_answer_notice",
        "review_decision",
        "service_return",
    ]
    body = trial.letter("review_decision")
    assert "撤销、部分撤销" in body
    assert "依据：行政复议法第六十四条。" in body
    assert "15日内向人民法院提起行政诉讼" in body
    assert fault_in(trial.case.log.order_by("number"), code=trial.case.code, version=trial.case.version) == ""


def test_the_applicant_reads_it_in_plain_words_and_hears_of_legal_aid(trial: Review) -> None:
    trial.decided()
    told = [line.sentence for line in citizen_timeline(trial.case)]
    assert any("法律援助" in sentence for sentence in told)
    assert any("撤销该行政处罚决定" in sentence for sentence in told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_review_is_free_of_charge() -> None:
    labels = [str(field.label) for step in PROCEDURE.steps if step.form for field in step.form.base_fields.values()]
    assert [label for label in labels if "费用" in label or "收费" in label] == []


def test_the_window_of_a_review_starts_before_the_application(story: Review) -> None:
    story.take("note_decision", APPLICANT, {"known_on": story.today - timedelta(days=10), "act": "penalty"})
    assert story.due("apply_window") == story.today + timedelta(days=50)
    story.apply(known_on=story.today - timedelta(days=10))
    assert story.clock("apply_window").condition == "met"


# --- acceptance ---------------------------------------------------------------------------------------------------


def test_papers_are_asked_for_once_and_for_no_less_than_ten_working_days(story: Review) -> None:
    story.apply()
    with pytest.raises(Missing, match="不能少于10个工作日"):
        story.take("ask_for_more", SUPERVISOR, {"items": "缺处罚决定书", "by": story.today + timedelta(days=5)})
    story.take("ask_for_more", SUPERVISOR, {"items": "缺处罚决定书", "by": story.today + timedelta(days=16)})
    story.take("supplement", APPLICANT, {})
    with pytest.raises(NotFromHere, match="已经一次性"):
        story.take("ask_for_more", SUPERVISOR, {"items": "缺身份证", "by": story.today + timedelta(days=16)})
    assert story.state == "submitted"


def test_papers_that_do_not_come_count_as_giving_the_application_up(story: Review) -> None:
    story.apply()
    story.take("ask_for_more", SUPERVISOR, {"items": "缺处罚决定书", "by": story.today + timedelta(days=16)})
    assert take_timed_steps(at=story.at + timedelta(days=16)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=17)) == 1
    assert story.refresh().state == "deemed_withdrawn"
    assert "视为放弃申请" in story.letter("review_lapsed")


def test_silence_is_acceptance_from_the_day_the_review_ended(story: Review) -> None:
    story.apply()
    # The fifth working day after 2 March is Monday 9 March.
    assert story.due("acceptance") == date(2026, 3, 9)
    assert take_timed_steps(at=on(3, 9, 23)) == 0
    with pytest.raises(NotFromHere, match="还没有届满"):
        story.take("deem_accepted", SUPERVISOR, {"accepted_on": date(2026, 3, 9)}, on=on(3, 9, 20))
    assert take_timed_steps(at=on(3, 12)) == 1
    story.refresh()
    assert (story.state, story.facts["accepted_on"]) == ("ordinary", "2026-03-09")
    # 60 days from the 9th, not from the 12th: 8 May.
    assert story.due("decision") == date(2026, 5, 8)


def test_nobody_says_accepted_by_silence_with_another_day(story: Review) -> None:
    story.apply()
    with pytest.raises(Missing, match="2026-03-09"):
        story.take("deem_accepted", SUPERVISOR, {"accepted_on": date(2026, 3, 12)}, on=on(3, 12))


def test_an_application_that_is_too_late_is_not_accepted_without_a_reason(story: Review) -> None:
    story.apply(known_on=story.today - timedelta(days=63))
    with pytest.raises(Missing, match="已经届满"):
        story.accept()
    story.accept(late_excused="申请人住院，有病历为证，出院后五日内提出。")
    assert story.state == "ordinary"


def test_nobody_told_the_remedy_gives_a_year(story: Review) -> None:
    story.apply(known_on=story.today - timedelta(days=200), told_remedy=False)
    assert story.facts["is_late"] is False
    story.accept()


@pytest.mark.parametrize(
    ("application", "last"),
    [
        # 60 days after 30 January 2026 is Tuesday 31 March.
        ({"known_on": "2026-01-30", "told_remedy": True, "act": "penalty"}, date(2026, 3, 31)),
        # 60 days after 4 February is Sunday 5 April, Qingming is off until Monday the 6th: 7 April.
        ({"known_on": "2026-02-04", "told_remedy": True, "act": "penalty"}, date(2026, 4, 7)),
        # An obstacle of the whole of February stops the sixty days.
        (
            {
                "known_on": "2026-01-30",
                "told_remedy": True,
                "act": "penalty",
                "obstacle_from": "2026-02-01",
                "obstacle_until": "2026-03-01",
            },
            date(2026, 4, 28),
        ),
        # A year when nobody told the remedy.
        ({"known_on": "2026-01-30", "told_remedy": False, "act": "penalty"}, date(2027, 2, 1)),
        # Five years from the act are the most, twenty for real estate.
        ({"known_on": "2026-01-30", "told_remedy": False, "act": "penalty", "act_on": "2021-06-01"}, date(2026, 6, 1)),
        (
            {"known_on": "2026-01-30", "told_remedy": False, "act": "resources", "act_on": "2021-06-01"},
            date(2027, 2, 1),
        ),
    ],
)
def test_the_last_day_to_apply(db: None, application: dict[str, Any], last: date) -> None:
    import_package_years([2026])
    assert last_day_to_apply(application, "230102") == last


def test_an_application_that_is_declined_names_a_ground_and_the_court(story: Review) -> None:
    story.apply()
    with pytest.raises(Missing):
        story.take("decline", SUPERVISOR, {"reason": "too_late"})
    story.take("decline", SUPERVISOR, {"reason": "no_interest", **REASON})
    assert story.state == "declined"
    body = story.letter("review_declined")
    assert "没有利害关系" in body
    assert "15日内向人民法院提起行政诉讼" in body


@pytest.mark.parametrize("role", [Role.LAWYER, Role.DISPATCHER, Role.BUREAU_HEAD, Role.APPLICANT])
def test_only_the_reviewing_body_accepts(story: Review, role: Role) -> None:
    story.apply()
    with pytest.raises(NotYou):
        story.take("accept", role, {"has_jurisdiction": True})


# --- simple procedure ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "simple", "fits"),
    [
        ({"act": "on_the_spot"}, "on_the_spot", True),
        ({"act": "information"}, "information", True),
        ({"amount": "3000"}, "small", True),
        ({"amount": "3000.01"}, "small", False),
        ({"act": "licence"}, "on_the_spot", False),
        ({"agrees_simple": True}, "agreed", True),
        ({"agrees_simple": False}, "agreed", False),
    ],
)
def test_the_simple_procedure_is_for_the_kinds_the_act_lists(
    story: Review, changes: dict[str, Any], simple: str, fits: bool
) -> None:
    story.apply(**changes)
    if fits:
        story.accept_simple(simple)
        assert story.state == "simple"
    else:
        with pytest.raises(Missing, match="不符合"):
            story.accept_simple(simple)


def test_a_major_case_is_not_decided_in_the_simple_procedure(story: Review) -> None:
    story.apply(agrees_simple=True)
    with pytest.raises(Missing, match="重大、疑难"):
        story.accept_simple(is_major=True)


def test_from_the_simple_to_the_ordinary_the_sixty_days_go_on(story: Review) -> None:
    import_package_years([2026])
    story.apply(agrees_simple=True).accept_simple()
    assert story.due("decision_simple") == date(2026, 4, 1)
    with pytest.raises(Missing, match="受理日是2026-03-02"):
        story.take("to_ordinary", HEAD, {"accepted_on": date(2026, 3, 20), **REASON}, on=on(3, 20))
    story.take("to_ordinary", HEAD, {"accepted_on": date(2026, 3, 2), **REASON}, on=on(3, 20))
    assert story.due("decision") == date(2026, 5, 6)


# --- hand-over ----------------------------------------------------------------------------------------------------


def test_another_organ_gets_it_with_both_receipts(story: Review) -> None:
    story.apply()
    sent = {"organ": "哈尔滨市人民政府", "sent_at": story.at, **REASON}
    with pytest.raises(Missing, match="晚于现在"):
        story.take("hand_over", SUPERVISOR, {**sent, "sent_at": story.at + timedelta(hours=1)})
    story.take("hand_over", SUPERVISOR, sent)
    with pytest.raises(Missing, match="早于转送"):
        story.take("organ_received", CLERK, {"received_at": story.at - timedelta(hours=2)})
    story.take("organ_received", CLERK, {"received_at": on(3, 4, 15), "number": "哈复1号"}, on=on(3, 4, 16))
    assert "有权的机关3月4日15时00分收到" in citizen_timeline(story.case)[-1].sentence
    body = story.letter("review_receipt")
    assert "平台收到的时间：2026年3月2日9时00分" in body
    assert "哈尔滨市人民政府收到的时间：2026年3月4日15时00分" in body
    # Five working days from its own receipt: 11 March.
    assert story.due("acceptance_there") == date(2026, 3, 11)
    story.take("organ_answers", CLERK, {"answered_on": date(2026, 3, 11), "outcome": "accepted"}, on=on(3, 12))
    assert story.state == "handed_over"
    assert story.case.clocks.get(name="acceptance_there").condition == "met"


def test_the_route_to_an_administrative_ruling_is_explained_and_not_decided_here(story: Review) -> None:
    data = {"kind": "procurement", "body": "道里区财政局", "deadline": "知道权益受损之日起七个工作日内先质疑", **REASON}
    story.take("explain_ruling", CLERK, data)
    assert "道里区财政局" in story.letter("review_ruling_route")
    story.take("choose_ruling", APPLICANT, {})
    assert story.state == "ruled"


# --- answer, hearing, norm ----------------------------------------------------------------------------------------


def test_an_organ_that_does_not_answer_has_no_evidence(trial: Review) -> None:
    trial.copy()
    assert trial.due("answer") == date(2026, 3, 16)
    with pytest.raises(NotFromHere, match="还没有届满"):
        trial.take("answer_is_missing", SUPERVISOR, on=on(3, 16, 17))
    assert take_timed_steps(at=on(3, 17)) == 1
    trial.refresh()
    assert "没有证据" in citizen_timeline(trial.case)[-1].sentence
    with pytest.raises(NotFromHere, match="已经登记过"):
        trial.take("answer_is_missing", SUPERVISOR)


def test_nothing_is_decided_without_the_answer_and_the_hearing_of_a_major_case(trial: Review) -> None:
    with pytest.raises(Missing, match="听取当事人的意见"):
        trial.take("propose", REVIEWER, OPINION)
    trial.take("hear_opinions", REVIEWER, {"heard_on": trial.today, "side": "applicant", "way": "phone",
                                           "summary": "坚持复议请求。"})  # fmt: skip
    with pytest.raises(Missing, match="没有被申请人的答复"):
        trial.take("propose", REVIEWER, OPINION)


def test_a_major_case_is_heard_first(story: Review) -> None:
    story.apply().accept(is_major=True).heard()
    with pytest.raises(Missing, match="应当组织听证"):
        story.take("propose", REVIEWER, OPINION)
    with pytest.raises(Missing, match="听证应当在举行"):
        story.take("set_hearing", REVIEWER, {"hearing_on": story.today + timedelta(days=3), "hour": "上午9:00",
                                             "place": "会议室", "topic": "程序是否合法"})  # fmt: skip
    story.take("set_hearing", REVIEWER, {"hearing_on": story.today + timedelta(days=10), "hour": "上午9:00",
                                         "place": "会议室", "topic": "程序是否合法"})  # fmt: skip
    story.take("hold_hearing", REVIEWER, {"held_on": story.today + timedelta(days=10), "summary": "双方到场，已质证。"},
               on=story.at + timedelta(days=10))  # fmt: skip
    story.take("propose", REVIEWER, OPINION)


def test_a_norm_may_be_reviewed_along_with_it(story: Review) -> None:
    import_package_years([2026])
    trial = story.apply().accept()
    trial.take("ask_norm_review", APPLICANT, {"norm": "某局〔2025〕3号通知", **REASON})
    assert trial.due("norm") == date(2026, 4, 1)
    assert trial.due("norm_transfer") == date(2026, 3, 11)
    with pytest.raises(NotFromHere, match="还没有结果"):
        trial.take("ask_norm_review", APPLICANT, {"norm": "另一份通知", **REASON})
    trial.take("transfer_norm", REVIEWER, {"organ": "区人民政府", "sent_on": trial.today}, after=3)
    assert trial.clock("norm_transfer").condition == "met"
    assert trial.due("norm_there") == date(2026, 5, 6)
    trial.take("norm_handled", REVIEWER, {"result": "stopped", "handled_on": trial.today, **REASON})
    trial.proposed()


def test_a_case_is_not_proposed_while_a_norm_waits(trial: Review) -> None:
    trial.take("ask_norm_review", APPLICANT, {"norm": "某局〔2025〕3号通知", **REASON})
    with pytest.raises(NotFromHere, match="附带审查还没有结果"):
        trial.take("propose", REVIEWER, OPINION)
