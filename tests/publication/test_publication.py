"""Publication: from the decision to the page, corrected, taken down, and gone when its term is over."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import localdate

from santai.casework import periodic
from santai.casework.models import Case, Parameter
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import Letter
from santai.procedures.publication import PROCEDURE
from santai.publication.models import Entry
from santai.trust.models import Membership
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.enforcement_story import SMALL, SUSPENSION, Enforcement, on
from tests.publication.publishing import CHECKED, OFFICER, TEXT, Publication

pytestmark = pytest.mark.django_db
REASON = {"explanation": "理由写在这里，足够清楚明白，没有个人信息。"}


@pytest.fixture
def story(town: Town) -> Publication:
    """Thursday 5 February 2026, before Spring Festival (15 to 23 February; 14 and 28 are working days)."""
    import_package_years([2025, 2026])
    return Publication(town, on(2, 5))


def of_decision(penalty: Enforcement) -> Publication:
    case = Case.objects.get(procedure="publication", closed_at__isnull=True)
    return Publication(penalty.town, penalty.at, case)


# --- from the decision to the page --------------------------------------------------------------------------------


def test_a_penalty_begins_its_publication_by_itself_without_the_persons_name(town: Town) -> None:
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty)
    text = story.case.facts["text"]
    assert text["party"] == "李某某"
    assert "李大明" not in f"{text}"
    assert (text["result"], text["formed_on"]) == ("警告、罚款2,000.00元", "2026-03-02")
    assert text["number"] == Letter.objects.get(kind="enforcement_penalty").number
    assert "律师法第四十七条" in text["basis"]
    assert not story.is_shown()
    assert story.entry.title == story.entry.content == ""


def test_a_body_is_named_in_full(town: Town) -> None:
    firm = {**SMALL, "row": "LS50", "fine": "40000"}
    penalty = Enforcement(town, on(3, 2), kind="company").told(firm).considered("to_review").reviewed().decided(firm)
    assert of_decision(penalty).case.facts["text"]["party"] == "金诚律师事务所"


def test_it_stands_on_the_page_when_another_has_approved_it_word_for_word(story: Publication) -> None:
    story.prepared(title="李某某一案")
    assert not story.is_shown()
    story.take("approve", story.head, CHECKED)
    assert story.is_shown()
    assert (story.entry.title, story.entry.content) == ("李某某一案", TEXT["content"])


def test_whoever_prepared_a_text_does_not_approve_it(story: Publication, town: Town) -> None:
    Membership.objects.create(
        user=story.officer, role=Role.LEGALITY_REVIEWER, organisation=town.bureau, since="2020-01-01"
    )
    story.prepared()
    for step, data in (("approve", CHECKED), ("return_draft", REASON)):
        with pytest.raises(NotYou, match="自己的文本"):
            story.take(step, story.officer, data)


def test_nobody_but_the_bureau_touches_it(story: Publication, town: Town) -> None:
    with pytest.raises(NotYou):
        story.take("prepare", town.staff[Role.LAWYER], {**TEXT, **CHECKED})
    with pytest.raises(NotYou):
        story.take("prepare", Role.APPLICANT, {**TEXT, **CHECKED})


def test_withholding_needs_a_reason_of_the_law_and_the_head(story: Publication) -> None:
    with pytest.raises(NotYou):
        story.take("withhold", story.officer, {"reason": "privacy", **REASON})
    story.take("withhold", story.head, {"reason": "privacy", **REASON})
    assert story.state == "withheld"
    assert Letter.objects.filter(case_code=story.case.code, kind="publication_withheld").exists()


def test_an_open_hearing_is_announced_and_a_closed_one_is_not(town: Town) -> None:
    call = {"place": "区司法局三楼听证室", "held_on": "2026-03-20"}
    for is_closed in (False, True):
        penalty = Enforcement(town, on(3, 2)).told(SUSPENSION)
        penalty.take("ask_hearing", Role.APPLICANT, {"text": "请举行听证。"})
        closed = {"is_closed": True, "closed_reason": "privacy"} if is_closed else {}
        penalty.take("call_hearing", Role.BUREAU_HEAD, {**call, "host": penalty.reviewer.pk, **closed})
    assert [entry.phase for entry in Entry.objects.all()] == ["during"]


def test_a_penalty_is_not_taken_in_with_the_longer_period(story: Publication, town: Town) -> None:
    with pytest.raises(Missing, match="7个工作日"):
        Publication.take(
            fresh(town),
            "take_in",
            story.officer,
            {**TEXT, "phase": "after", "subject": "penalty", "formed_on": "2026-02-05"},
        )


def fresh(town: Town) -> Publication:
    from tests.factories import make_case, make_party

    return Publication(
        town, on(2, 5), make_case(on(2, 5), procedure="publication", applicant=make_party(), organisation=town.bureau)
    )


# --- clocks -------------------------------------------------------------------------------------------------------


def test_a_penalty_is_published_within_seven_working_days_of_the_decision(story: Publication) -> None:
    # 6, 9, 10, 11, 12, 13 and the make-up Saturday 14 February.
    assert story.clock("decision").due_on == date(2026, 2, 14)
    story.published(on=on(2, 14, 23))
    assert story.clock("decision").condition == "met"


def test_seven_working_days_over_spring_festival(story: Publication, town: Town) -> None:
    other = Publication(town, on(2, 12))
    assert other.clock("decision").due_on == date(2026, 2, 28)
    other.published(on=on(3, 2))
    assert other.clock("decision").condition == "missed"


def test_other_information_has_twenty_working_days_from_the_day_it_was_formed(story: Publication, town: Town) -> None:
    other = Publication(town, on(2, 10), subject="basis", phase="before", formed_on=date(2026, 2, 5))
    assert other.clock("general").due_on == date(2026, 3, 11)


def test_what_changed_is_brought_up_to_date_within_twenty_working_days_and_stands_meanwhile(town: Town) -> None:
    import_package_years([2025, 2026])
    story = Publication(town, on(2, 5), subject="guide", phase="before").published()
    change = {"changed_on": date(2026, 9, 21), "explanation": "办公地点变了。"}
    story.take("note_change", story.officer, change, on=on(9, 22))
    assert story.clock("update").due_on == date(2026, 10, 26)
    assert story.is_shown()
    story.prepared(content="办公地点改到新址，请到新址办理。")
    assert "新址" not in story.entry.content
    story.take("approve", story.reviewer, CHECKED)
    assert "新址" in story.entry.content
    assert story.clock("update").condition == "met"


def test_every_clock_of_the_catalogue_is_there() -> None:
    found = {clock.id: clock.confidence.value for clock in PROCEDURE.clocks}
    assert {key: found[key] for key in ("PB01", "PB02", "PB03", "PB04")} == {
        "PB01": "S",
        "PB02": "S2",
        "PB03": "S",
        "PB04": "U",
    }


# --- taken down ---------------------------------------------------------------------------------------------------


def test_a_revoked_decision_is_off_the_page_at_once_and_explained_within_three_working_days(town: Town) -> None:
    import_package_years([2025, 2026])
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty).published()
    assert story.is_shown()
    penalty.served(on=on(3, 3))
    # The judgement was received the day before the National Day holidays.
    penalty.at = on(9, 30)
    penalty.revoke()
    story.case.refresh_from_db()
    story.at = penalty.at
    assert not story.is_shown()
    assert story.state == "withdrawing"
    assert story.clock("withdrawal").due_on == date(2026, 10, 10)
    with pytest.raises(Missing, match="手机号"):
        story.take("take_down", story.officer, {"public_reason": "李大明13812345678的案件被撤销。"})
    story.take("take_down", story.officer, {"public_reason": "人民法院判决撤销原决定。"}, on=on(10, 10))
    assert story.clock("withdrawal").condition == "met"
    gone = story.entry
    assert (gone.title, gone.party, gone.content) == ("已撤下的公示信息", "", "")
    assert gone.reason == "人民法院判决撤销原决定。"
    assert list(Entry.objects.explained()) == [gone]


def test_what_was_recorded_late_was_taken_down_late(town: Town) -> None:
    import_package_years([2025, 2026])
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty).published()
    penalty.served(on=on(3, 3)).at = on(3, 20)
    penalty.revoke(received_on=date(2026, 3, 10))
    story.case.refresh_from_db()
    story.take("take_down", story.officer, {"public_reason": "人民法院判决撤销原决定。"}, on=on(3, 20))
    assert story.clock("withdrawal").condition == "missed"


def test_a_decision_revoked_before_it_was_published_never_appears(town: Town) -> None:
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty).prepared()
    penalty.served(on=on(3, 3)).revoke()
    assert story.state == "cancelled"
    assert not Entry.objects.explained().exists()


@pytest.mark.parametrize("standing", ["published", "revising", "correcting", "returned"])
def test_wherever_its_publication_stands_a_revoked_decision_disappears(town: Town, standing: str) -> None:
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty).published()
    penalty.served(on=on(3, 3))
    story.at = penalty.at
    if standing == "revising":
        story.take("note_change", story.officer, {"changed_on": localdate(story.at), "explanation": "文书号更正了。"})
    if standing in {"correcting", "returned"}:
        story.take("ask_correction", Role.APPLICANT, {"text": "金额写错了，请更正。"})
        story.take("correct", story.officer, {**TEXT, **CHECKED})
    if standing == "returned":
        story.take("return_draft", story.reviewer, REASON)
    penalty.revoke()
    assert not story.is_shown()
    assert story.state == "withdrawing"


def test_a_changed_decision_leaves_and_the_new_one_is_to_be_published(town: Town) -> None:
    penalty = Enforcement(town, on(3, 2)).punished()
    story = of_decision(penalty).published()
    penalty.served(on=on(3, 3))
    change = {**SMALL, "fine": "1600", "ground": "own", "document": "9号", "public_reason": "计算有误，予以变更。"}
    change |= {"received_on": penalty.day(), "reasons": "原决定计算有误，予以变更。"}
    penalty.take("change_decision", Role.BUREAU_HEAD, change)
    assert not story.is_shown()
    waiting = Case.objects.get(procedure="publication", state="draft")
    assert waiting.facts["text"]["result"] == "警告、罚款1,600.00元"


# --- correction, term ---------------------------------------------------------------------------------------------


def test_anybody_may_ask_for_a_correction_and_is_answered_one_after_another(story: Publication) -> None:
    story.published()
    story.take("ask_correction", Role.SYSTEM, {"text": "金额写错了，请更正。", "phone": "13800001111"})
    with pytest.raises(NotFromHere, match="正在核实"):
        story.take("ask_correction", Role.APPLICANT, {"text": "我也要求更正。"})
    assert "13800001111" not in f"{[entry.data for entry in story.case.log.all()]}"
    assert story.clock("correction").clock.confidence.value == "U"
    story.take("correct", story.officer, {**TEXT, **CHECKED, "result": "罚款1,500.00元"})
    assert story.entry.result == TEXT["result"]
    story.take("approve", story.head, CHECKED)
    assert story.entry.result == "罚款1,500.00元"
    assert story.clock("correction").condition == "met"


def test_a_refused_correction_has_a_reason_and_a_letter(story: Publication) -> None:
    story.published().take("ask_correction", Role.APPLICANT, {"text": "金额写错了，请更正。"})
    story.take("refuse_correction", story.head, {"reason": "true", **REASON})
    letter = Letter.objects.get(case_code=story.case.code, kind="publication_not_corrected")
    assert "60日" in letter.body


def test_a_penalty_stands_three_years_and_goes_by_itself(story: Publication) -> None:
    story.published(on=on(2, 10))
    assert story.entry.shown_until == date(2029, 2, 10)
    assert story.is_shown(on(2, 10, year=2029))
    # Nobody has to do anything: the page looks at the day, the worker closes the case.
    assert not story.is_shown(on(2, 11, year=2029))
    assert periodic.take_daily_steps(at=on(2, 11, year=2029)) >= 1
    assert story.state == "expired"
    assert story.entry.hidden_at is not None


def test_a_warning_alone_stands_three_months_and_a_province_may_say_otherwise(town: Town) -> None:
    Enforcement(town, on(3, 2)).punished({**SMALL, "fine": "", "warning": True})
    slight = Publication(town, on(3, 2), Case.objects.get(procedure="publication")).published()
    assert slight.entry.shown_until == date(2026, 6, 2)
    Parameter.objects.create(
        key="publication.months", region="23", value={"penalty": 60}, since="2025-01-01", basis="本省规定"
    )
    assert Publication(town, on(3, 2)).published().entry.shown_until == date(2031, 3, 2)
    rules = Publication(town, on(3, 2), subject="basis", phase="before").published()
    assert rules.entry.shown_until is None


def test_the_desk_reads_nothing_of_another_bureau(story: Publication, town: Town) -> None:
    from santai.casework.access import cases_for
    from santai.trust.actors import Actor
    from tests.factories import make_organisation, make_staff

    stranger = make_staff(OFFICER, make_organisation("bureau", region="230103"))
    assert not cases_for(Actor.staff(stranger)).filter(pk=story.case.pk).exists()
