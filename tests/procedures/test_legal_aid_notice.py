"""Counsel on notice: who must be appointed, what a refusal leads to, and every way it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.legal_aid_notice import PROCEDURE
from santai.trust.roles import Role
from tests.factories import Town
from tests.procedures.legal_aid_criminal_story import WHY, Criminal, Notice, another_lawyer
from tests.procedures.legal_aid_story import LAWYER, OFFICER, keep_standard

pytestmark = pytest.mark.django_db
REPLACE = {"reason": "asked", "handover": "案卷材料全部移交。", **WHY}
HEARD = {"explanation": "家属委托了律师，已向法院提交委托手续。"}


@pytest.fixture
def story(town: Town, monday: datetime) -> Notice:
    return Notice(town, monday)


@pytest.fixture
def assigned(story: Notice) -> Notice:
    story.register().assign()
    return story


@pytest.fixture
def handled(assigned: Notice) -> Notice:
    return assigned.begin()


def offered(story: Notice, role: Role = OFFICER) -> set[str]:
    return {step.name for step in steps_open_to(story.case, story.actor(role), at=story.at)}


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_deaf_accused_gets_a_lawyer_without_applying_and_nobody_asks_for_income(handled: Notice) -> None:
    handled.take("submit_papers", LAWYER, {"submitted_on": handled.today})
    handled.finish().hand_in().pay()
    assert handled.state == "paid"
    assert "application" not in handled.case.facts
    assert handled.letters == ["legal_aid_notice_assigned", "legal_aid_closed"]


def test_the_organ_reads_whom_the_office_appointed(assigned: Notice) -> None:
    letter = assigned.letter("legal_aid_notice_assigned")
    assert "道里区人民法院" in letter
    assert assigned.lawyer.licence in letter
    assert "（2026）黑0102法援通1号" in letter


@pytest.mark.parametrize(
    ("ground", "stage", "ending", "item"),
    [
        ("minor", "investigation", "charges_proposed", "legal_aid.criminal_investigation"),
        ("limited", "prosecution", "not_prosecuted", "legal_aid.criminal_prosecution"),
        ("in_absentia", "first_instance", "judgement", "legal_aid.criminal_trial"),
        ("death_review", "death_review", "reviewed", "legal_aid.death_penalty_review"),
        ("compulsory_medical", "compulsory_medical", "medical", "legal_aid.compulsory_medical"),
    ],
)
def test_each_kind_of_notice_ends_with_its_paper_and_is_paid_by_its_rule(
    story: Notice, ground: str, stage: str, ending: str, item: str
) -> None:
    lawyer = story.lawyer
    lawyer.knows_minors, lawyer.criminal_defence_since = True, "2015-01-01"
    lawyer.save()
    story.register(ground=ground, stage=stage).assign()
    story.begin().finish(ending).hand_in().pay()
    assert story.case.payments.get().item == item


# --- the notice ---------------------------------------------------------------------------------------------------


def test_without_the_paper_there_is_no_notice(story: Notice) -> None:
    with pytest.raises(Missing, match="办案机关通知书"):
        story.take("register_notice", data={})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": "death_review"}, "stage"),
        ({"stage": "compulsory_medical"}, "stage"),
        ({"ground": "in_absentia", "stage": "investigation"}, "stage"),
        ({"ground": "discretionary", "stage": "prosecution"}, "stage"),
        ({"notified_on": "2026-02-27"}, "notified_on"),
        ({"place": "999999"}, "place"),
    ],
)
def test_what_does_not_fit_together_is_named_by_its_field(story: Notice, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Missing) as refusal:
        story.register(**changes)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (4, True)])
def test_an_organ_that_gives_notice_late_is_on_record(story: Notice, days: int, is_late: bool) -> None:
    """Found on Monday 2 March: due on Thursday."""
    at = story.at + timedelta(days=days)
    story.register(on=at, discovered_on=story.today, notified_on=at.date())
    assert story.case.facts["notice"]["notice_was_late"] is is_late
    assert story.case.facts["notice"]["notice_due"] == "2026-03-05"


def test_an_organ_that_has_not_given_notice_is_reminded_in_writing(story: Notice) -> None:
    reminder = {"organ": "道里区公安分局", "ground": "minor", "discovered_on": story.today, **WHY}
    story.take("remind_organ", data=reminder)
    assert "三日内通知" in story.letter("legal_aid_notice_reminder")
    story.register()
    assert story.state == "granted"


def test_where_no_notice_comes_the_person_reads_what_they_may_do(story: Notice) -> None:
    story.take("no_notice", data={**WHY, "reason": "not_owed"})
    letter = story.letter("legal_aid_notice_none")
    assert story.state == "not_notified"
    assert all(word in letter for word in ("申请法律援助", "值班律师", "人民检察院"))


def test_a_notice_for_another_place_is_passed_on_and_not_refused(story: Notice) -> None:
    story.register().take("transfer", data={**WHY, "reason": "other_office", "to": "南岗区法律援助中心"})
    assert (story.state, "南岗区法律援助中心" in story.letter("legal_aid_notice_transferred")) == ("transferred", True)


def test_a_notice_that_is_taken_back_ends_the_case_in_writing(story: Notice) -> None:
    story.register().take("revoke", data={**WHY, "reason": "own_counsel"})
    assert (story.state, story.letters) == ("revoked", ["legal_aid_notice_revoked"])


# --- the hearing (LA13) -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "is_late"), [(15, False), (14, True)])
def test_papers_less_than_fifteen_days_before_the_hearing_are_a_warning(
    assigned: Notice, before: int, is_late: bool
) -> None:
    hearing = assigned.today + timedelta(days=before)
    assigned.take("set_hearing", data={"hearing_on": hearing, "papers_on": assigned.today})
    assert assigned.case.facts["hearing"]["papers_were_late"] is is_late
    assert ("remind_court" in offered(assigned)) is is_late
    if is_late:
        assigned.take("remind_court", data={"request": "请求延期开庭，保证准备时间。"})
        assert "不足15日" in assigned.letter("legal_aid_notice_short")


def test_a_summary_trial_has_no_such_fifteen_days(assigned: Notice) -> None:
    assigned.take("set_summary_hearing", data={"hearing_on": assigned.today + timedelta(days=3)})
    for step, data in (("remind_court", {"request": "请求延期开庭。"}), ("papers_came", {"papers_on": assigned.today})):
        with pytest.raises(NotFromHere):
            assigned.take(step, data=data)


def test_the_court_is_reminded_of_papers_that_have_not_come(assigned: Notice) -> None:
    hearing_on = assigned.today + timedelta(days=15)
    assigned.take("set_hearing", data={"hearing_on": hearing_on})
    assert "remind_court" not in offered(assigned)
    assigned.take("remind_court", data={"request": "请尽快送来起诉书副本。"}, after=1)
    assert "至今没有送到" in assigned.letter("legal_aid_notice_short")
    with pytest.raises(Missing, match="开庭日期早于"):
        assigned.take("papers_came", data={"papers_on": hearing_on + timedelta(days=1)}, after=16)
    assigned.take("papers_came", data={"papers_on": hearing_on})
    with pytest.raises(NotFromHere, match="没有还没收到"):
        assigned.take("papers_came", data={"papers_on": hearing_on})


# --- who is appointed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ground", "stage"), [("life_or_death", "first_instance"), ("death_review", "death_review")])
def test_life_and_death_go_to_a_lawyer_of_three_years(story: Notice, ground: str, stage: str) -> None:
    story.register(ground=ground, stage=stage)
    with pytest.raises(Missing, match="3年以上刑事辩护经历"):
        story.assign()
    story.assign(another_lawyer(story.town, criminal_defence_since="2020-01-01"))
    assert story.state == "assigned"


def test_a_minor_gets_a_lawyer_who_knows_minors_even_when_only_the_notice_says_so(story: Notice) -> None:
    story.register(ground="minor")
    with pytest.raises(Missing, match="未成年人") as refusal:
        story.assign()
    assert len(refusal.value.problems) == 1
    story.assign(another_lawyer(story.town, knows_minors=True))
    assert story.state == "assigned"


def test_an_applied_for_and_an_owed_defence_of_one_case_are_two_lawyers(assigned: Notice, town: Town) -> None:
    keep_standard()
    other = Criminal(town, assigned.at, name="赵同案").apply().accept().grant()
    with pytest.raises(Missing, match="同案"):
        other.assign()


def test_only_the_office_registers_and_appoints(story: Notice) -> None:
    for role in (Role.APPLICANT, Role.DISPATCHER):
        with pytest.raises(NotYou):
            story.take("register_notice", role, {}, Doc.ORGAN_NOTICE)
    story.register()
    with pytest.raises(NotYou):
        story.take("assign_for_trial", LAWYER, {"practitioner": story.lawyer.pk})


# --- refusal of the lawyer ----------------------------------------------------------------------------------------


def test_a_refusal_is_in_writing_and_the_organ_reads_what_it_has_to_find_out(assigned: Notice) -> None:
    with pytest.raises(Missing, match="拒绝律师"):
        assigned.take("record_refusal", LAWYER, {**WHY, "reason": "other", "refused_on": assigned.today})
    assigned.refuse(in_court=True)
    assert (assigned.state, "当庭" in assigned.letter("legal_aid_notice_refused")) == ("counsel_refused", True)


def test_whoever_must_have_counsel_does_not_defend_alone(assigned: Notice) -> None:
    assigned.refuse()
    assert {"refusal_denied", "refusal_allowed"} <= offered(assigned)
    with pytest.raises(NotFromHere, match="不能没有律师"):
        assigned.organ_finds("self_defence")


def test_whoever_may_do_without_counsel_defends_alone_and_the_aid_ends(story: Notice) -> None:
    story.register(ground="discretionary").assign()
    story.begin().refuse(reason="self_defence")
    with pytest.raises(NotFromHere, match="可以自行辩护"):
        story.organ_finds("refusal_denied")
    story.organ_finds("self_defence")
    assert (story.state, story.case.facts["termination"]) == ("terminated", "refused")
    assert "提出异议" in story.letter("legal_aid_terminated")


def test_an_unjust_refusal_leaves_the_lawyer_in_place(handled: Notice) -> None:
    handled.refuse().organ_finds("refusal_denied")
    assert (handled.state, handled.case.handler) == ("handling", handled.town.staff[LAWYER])
    assert "人民检察院" in handled.letter("legal_aid_notice_continued")


def test_a_just_refusal_leads_to_another_lawyer_and_never_back_to_the_first(handled: Notice) -> None:
    first = handled.lawyer
    handled.refuse().organ_finds("refusal_allowed")
    again = {"notified_on": handled.today, "received_on": handled.today, "document_number": "法援通2号"}
    handled.take("notified_again", data=again)
    assert (handled.state, handled.case.handler) == ("granted", None)
    with pytest.raises(Missing, match="已经被更换过"):
        handled.assign(first)
    handled.assign(another_lawyer(handled.town))
    assert handled.state == "assigned"


def test_a_second_refusal_of_owed_counsel_is_not_allowed(handled: Notice) -> None:
    handled.refuse().organ_finds("refusal_allowed")
    again = {"notified_on": handled.today, "received_on": handled.today, "document_number": "法援通2号"}
    handled.take("notified_again", data=again)
    lawyer = another_lawyer(handled.town)
    handled.assign(lawyer)
    data = {**WHY, "reason": "distrust", "refused_on": handled.today}
    handled.take("record_refusal", OFFICER, data)
    assert "refusal_allowed" not in offered(handled)
    with pytest.raises(NotFromHere, match="再次拒绝不予准许"):
        handled.organ_finds("refusal_allowed")
    handled.organ_finds("refusal_denied")
    assert handled.state == "handling"


def test_an_answer_of_the_organ_is_not_before_the_refusal(assigned: Notice) -> None:
    assigned.refuse()
    early = assigned.today - timedelta(days=1)
    with pytest.raises(Missing, match="早于拒绝"):
        assigned.take("refusal_denied", data={**WHY, "decided_on": early})


# --- counsel of one's own, replacement, termination ---------------------------------------------------------------


@pytest.mark.parametrize("when", ["granted", "assigned", "handling", "own_counsel"])
def test_counsel_of_ones_own_ends_the_aid_whenever_it_is_hired(story: Notice, when: str) -> None:
    story.register()
    if when != "granted":
        story.assign()
    if when in {"handling", "own_counsel"}:
        story.begin()
    if when == "own_counsel":
        story.refuse().organ_finds("refusal_allowed")
    assert story.state == when
    story.take("own_counsel", data={**HEARD, "happened_on": story.today, "heard_on": story.today})
    assert (story.state, story.case.facts["termination"]) == ("terminated", "own_counsel")
    story.serve("serve_termination")


def test_the_accused_may_keep_the_aid_lawyer_beside_the_familys_choice(handled: Notice) -> None:
    handled.take("aid_lawyer_chosen", data=WHY)
    assert handled.state == "handling"


def test_a_replaced_lawyer_meets_the_person_anew(handled: Notice) -> None:
    handled.take("ask_replacement", Role.APPLICANT, WHY)
    handled.take("replace_at_trial", data={**REPLACE, "practitioner": another_lawyer(handled.town).pk})
    assert handled.state == "assigned"
    assert "会见受援人" in handled.letter("legal_aid_replaced")


def test_a_termination_that_is_set_aside_leads_to_a_new_appointment(handled: Notice) -> None:
    handled.take("terminate", data={"ground": "other", "explanation": "受援人拒不配合，无法继续办理。"})
    handled.serve("serve_termination")
    handled.take("object_termination", Role.APPLICANT, WHY)
    handled.take("order_resumption", Role.SUPERVISOR, WHY)
    assert handled.state == "granted"
    assert handled.clock("assign").condition == "running"


def test_work_on_a_terminated_case_is_paid_for_the_part_that_was_done(handled: Notice) -> None:
    handled.take("terminate", data={"ground": "own_counsel", "explanation": "受援人自行委托了律师。"})
    handled.serve("serve_termination")
    handled.take("object_termination", Role.APPLICANT, WHY)
    handled.take("uphold_termination", Role.SUPERVISOR, WHY)
    handled.hand_in()
    with pytest.raises(Missing) as refusal:
        handled.pay()
    assert set(refusal.value.fields) == {"done_percent"}
    handled.pay(done_percent=40)
    payment = handled.case.payments.get()
    assert payment.amount * 100 == 40 * sum(
        type(payment.amount)(line["amount"]) for line in payment.quote["lines"][:-1]
    )


def test_every_ending_has_a_reason_and_a_letter() -> None:
    for name in ("no_notice", "transfer", "revoke", "terminate", "own_counsel", "self_defence", "refusal_denied"):
        step = PROCEDURE.step(name)
        assert step.letter, name
        assert step.form
        assert step.form.base_fields["explanation"].required, name


def test_compulsory_treatment_and_review_of_death_sentences_are_grounds_of_this_table() -> None:
    step = PROCEDURE.step("register_notice")
    grounds = dict(step.form.base_fields["ground"].choices) if step.form else {}
    assert {"compulsory_medical", "death_review", "minor", "discretionary"} <= set(grounds)
