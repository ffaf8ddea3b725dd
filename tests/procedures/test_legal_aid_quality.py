"""Looking again: peers grade a closed file, the office checks a commitment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from santai.casework.access import steps_open_to
from santai.casework.actions import open_case, take_step
from santai.casework.family import family, root_of
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.registry.models import Practitioner
from santai.trust.actors import SYSTEM, Actor
from santai.trust.roles import Role
from tests.factories import Town, make_file, make_organisation, make_practitioner, make_staff
from tests.procedures.legal_aid_criminal_story import another_lawyer
from tests.procedures.legal_aid_story import DIRECTOR, FINISH, LAWYER, OFFICER, Story

pytestmark = pytest.mark.django_db
WHY = {"explanation": "理由写在这里，足够清楚明白。"}
FALSE = {**WHY, "checked": "data_sharing", "reason": "income", "household_income": "9000"}


class Look:
    """A child of a legal aid case, told step by step."""

    def __init__(self, procedure: str, parent: Case, town: Town, at: datetime) -> None:
        self.town, self.at = town, at
        self.case = open_case(
            procedure,
            applicant=parent.applicant,
            region=parent.region,
            text=parent.text,
            channel=parent.channel,
            actor=town.actor(OFFICER),
            parent=parent,
            organisation=town.legal_aid,
            at=at,
        )

    def take(self, name: str, who: Role | Practitioner = OFFICER, *papers: Doc, after: int = 0, **data: Any) -> Look:
        self.at += timedelta(days=after)
        take_step(
            self.case, name, actor=self._actor(who), data=data, documents=[(make_file(), k) for k in papers], at=self.at
        )
        return self

    def _actor(self, who: Role | Practitioner) -> Actor:
        if isinstance(who, Practitioner):
            assert who.user
            return Actor.staff(who.user)
        if who == Role.APPLICANT:
            return Actor.applicant(self.case.applicant_id)
        return SYSTEM if who == Role.SYSTEM else self.town.actor(who)

    def offered(self, who: Role | Practitioner) -> set[str]:
        return {step.name for step in steps_open_to(self.case, self._actor(who), at=self.at)}

    def letter(self, kind: str) -> str:
        return Letter.objects.get(case_code=self.case.code, kind=kind).body

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)


@pytest.fixture
def closed(handled: Story) -> Story:
    handled.take("finish", LAWYER, {**FINISH, "closed_on": handled.today}, Doc.COURT_PAPER, Doc.MEETING_RECORD)
    handled.take("hand_in_file", LAWYER, {}, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    handled.take("accept_file", data={"grade": "good"})
    return handled


@pytest.fixture
def review(closed: Story) -> Look:
    return Look("legal_aid_peer_review", closed.case, closed.town, closed.at)


@pytest.fixture
def check(handled: Story) -> Look:
    return Look("legal_aid_commitment_check", handled.case, handled.town, handled.at)


def peer(town: Town, name: str = "陈评估") -> Practitioner:
    firm = make_organisation("law_firm")
    return make_practitioner(make_staff(LAWYER, firm, name=name), firm)


# --- peers --------------------------------------------------------------------------------------------------------


def test_a_lawyer_of_another_firm_grades_and_the_head_confirms(review: Look) -> None:
    one = peer(review.town)
    review.take("choose_reviewer", practitioner=one.pk)
    assert review.case.handler == one.user
    review.take("grade", one, grade="good", strengths="质证充分，通报及时。", after=5)
    review.take("confirm", DIRECTOR, opinion="同意评估意见。")
    assert (review.state, review.case.facts["grade"]) == ("confirmed", "good")
    assert "质量等次：良好" in review.letter("legal_aid_peer_graded")


def test_who_handled_the_case_and_their_firm_do_not_grade_it(review: Look, closed: Story) -> None:
    colleague = make_practitioner(make_staff(LAWYER, closed.town.firm), closed.town.firm)
    for one, says in ((closed.lawyer, "不能评估自己的案件"), (colleague, "同一家单位")):
        with pytest.raises(Missing, match=says):
            review.take("choose_reviewer", practitioner=one.pk)


def test_who_decided_in_the_case_does_not_grade_it(review: Look, closed: Story) -> None:
    officer = make_practitioner(closed.town.staff[OFFICER], closed.town.legal_aid, kind="legal_aid")
    with pytest.raises(Missing, match="参与过本案"):
        review.take("choose_reviewer", practitioner=officer.pk)


def test_a_suspended_lawyer_and_a_notary_do_not_grade(review: Look) -> None:
    one = peer(review.town)
    for fields, says in (({"standing": "suspended"}, "停止执业"), ({"kind": "notary"}, "不能评估")):
        Practitioner.objects.filter(pk=one.pk).update(standing="active", kind="lawyer")
        Practitioner.objects.filter(pk=one.pk).update(**fields)
        with pytest.raises(Missing, match=says):
            review.take("choose_reviewer", practitioner=one.pk)


def test_who_steps_back_is_not_chosen_again(review: Look) -> None:
    one = peer(review.town)
    review.take("choose_reviewer", practitioner=one.pk)
    review.take("step_back", one, **WHY, reason="conflict")
    assert (review.state, review.case.handler) == ("drawn", None)
    with pytest.raises(Missing, match="已经表示不能评估"):
        review.take("choose_reviewer", practitioner=one.pk)


@pytest.mark.parametrize("grade", ["qualified", "unqualified"])
def test_a_poor_grade_names_what_is_wrong(review: Look, grade: str) -> None:
    one = peer(review.town)
    review.take("choose_reviewer", practitioner=one.pk)
    with pytest.raises(Missing) as refusal:
        review.take("grade", one, grade=grade)
    assert set(refusal.value.fields) == {"faults"}
    review.take("grade", one, grade=grade, faults="没有会见笔录，代理意见过于简单。")
    review.take("confirm", DIRECTOR)
    assert "没有会见笔录" in review.letter("legal_aid_peer_graded")


def test_the_head_may_ask_one_more_lawyer_once_and_the_first_grade_stays_on_record(review: Look) -> None:
    first, second = peer(review.town), peer(review.town, "周评估")
    review.take("choose_reviewer", practitioner=first.pk)
    review.take("grade", first, grade="unqualified", faults="没有出庭记录，材料缺失。")
    review.take("hear_handler", text="出庭笔录在法院，已经补交。")
    review.take("order_second_review", DIRECTOR, **WHY)
    with pytest.raises(Missing, match="已经表示不能评估"):
        review.take("choose_reviewer", practitioner=first.pk)
    review.take("choose_reviewer", practitioner=second.pk)
    review.take("grade", second, grade="good")
    assert review.case.facts["first_grade"]["grade"] == "unqualified"
    assert "order_second_review" not in review.offered(DIRECTOR)
    review.take("confirm", DIRECTOR)
    assert review.case.facts["grade"] == "good"


def test_only_the_chosen_lawyer_grades_and_only_the_head_confirms(review: Look) -> None:
    one, other = peer(review.town), another_lawyer(review.town)
    review.take("choose_reviewer", practitioner=one.pk)
    with pytest.raises(NotYou):
        review.take("grade", other, grade="good")
    review.take("grade", one, grade="good")
    for who in (one, OFFICER, Role.SUPERVISOR):
        with pytest.raises(NotYou):
            review.take("confirm", who)


def test_a_review_that_makes_no_sense_is_ended_with_a_reason(review: Look) -> None:
    review.take("void", DIRECTOR, **WHY)
    assert review.state == "void"


# --- commitments --------------------------------------------------------------------------------------------------


def test_a_true_commitment_changes_nothing(check: Look, handled: Story) -> None:
    check.take("found_true", checked="data_sharing", finding="社保、民政数据一致。")
    assert (check.state, handled.state) == ("true", "handling")


def test_papers_are_asked_for_once_and_their_absence_is_no_verdict(check: Look) -> None:
    by = (check.at + timedelta(days=10)).date()
    check.take("ask_papers", items="家庭收入证明", by=by)
    with pytest.raises(NotFromHere):
        check.take("time_is_up", Role.SYSTEM, after=10)
    check.take("time_is_up", Role.SYSTEM, after=1)
    assert check.state == "checking"
    assert "ask_papers" not in check.offered(OFFICER)
    assert {"found_true", "propose_false"} <= check.offered(OFFICER)


def test_the_person_may_send_papers_themselves(check: Look) -> None:
    check.take("ask_papers", items="家庭收入证明", by=(check.at + timedelta(days=10)).date())
    assert "没有任何影响" in check.letter("legal_aid_commitment_papers")
    check.take("supply", Role.APPLICANT, Doc.HARDSHIP, note="工资条见附件。")
    assert check.state == "checking"


def test_the_fine_is_for_the_bureau_to_decide_and_the_office_hands_it_over_once(check: Look) -> None:
    assert "hand_over" not in check.offered(DIRECTOR)
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    with pytest.raises(Missing) as refusal:
        check.take("hand_over", DIRECTOR, **WHY, phone="123")
    assert set(refusal.value.fields) == {"phone"}
    check.take("hand_over", DIRECTOR, **WHY, phone="13812345678")
    clue = Case.objects.get(procedure="enforcement_clue")
    assert (clue.organisation, clue.parent) == (check.town.bureau, check.case)
    assert clue.applicant_id != check.case.applicant_id
    assert check.case.facts["false"]["owed"] in clue.text
    assert "hand_over" not in check.offered(DIRECTOR)
    assert "hand_over" not in check.offered(OFFICER)


def test_whose_commitment_it_was_does_not_read_the_clue(check: Look) -> None:
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    check.take("hand_over", DIRECTOR, **WHY, phone="13812345678")
    person = Actor.applicant(check.case.applicant_id)
    assert [one.procedure for one in family(root_of(check.case), person)] == [
        "legal_aid_civil",
        "legal_aid_commitment_check",
    ]
    assert "移送" not in "".join(line.sentence for line in citizen_timeline(check.case))


def test_a_false_commitment_ends_the_aid_and_the_cost_is_calculated(check: Look, handled: Story) -> None:
    check.take("propose_false", **FALSE)
    assert "有权陈述和申辩" in check.letter("legal_aid_commitment_doubt")
    check.take("state", Role.APPLICANT, text="那是一次性的拆迁款，不是收入。")
    check.take("confirm_false", DIRECTOR, **WHY)
    assert (check.state, handled.state) == ("false", "terminated")
    letter = check.letter("legal_aid_commitment_false")
    assert check.case.facts["false"]["owed"] in letter
    assert "60日内申请行政复议" in letter
    handled.case.refresh_from_db()
    assert handled.case.log.latest("number").data["ground"] == "fraud"
    assert handled.case.log.latest("number").actor == handled.town.staff[DIRECTOR]


def test_what_is_owed_is_what_the_rules_say_the_service_is_worth(check: Look) -> None:
    from santai.procedures.rules.legal_aid_subsidy import quote_for

    check.take("propose_false", **FALSE)
    parent = check.case.parent
    assert parent
    assert check.case.facts["false"]["owed"] == str(quote_for(parent, on=check.at.date()).total)


def test_whoever_proposed_does_not_decide(check: Look) -> None:
    check.take("propose_false", DIRECTOR, **FALSE)
    for step in ("confirm_false", "not_false"):
        with pytest.raises(NotYou, match="不能自己批准"):
            check.take(step, DIRECTOR, **WHY)


def test_a_doubt_that_was_explained_goes_back_to_checking(check: Look, handled: Story) -> None:
    check.take("propose_false", **FALSE)
    check.take("not_false", DIRECTOR, **WHY)
    check.take("found_true", checked="papers", finding="拆迁款已用于购房，符合条件。")
    assert (check.state, handled.state) == ("true", "handling")


def test_the_cost_is_recovered_or_the_reason_is_written_down(check: Look) -> None:
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    assert "nothing_owed" not in check.offered(OFFICER)
    with pytest.raises(Missing, match="不能晚于今天"):
        check.take("recovered", recovered_on=(check.at + timedelta(days=1)).date())
    check.take("recovered", recovered_on=check.at.date(), after=3)
    assert check.state == "recovered"


def test_a_debt_that_cannot_be_paid_is_closed_by_the_head_with_a_letter(check: Look) -> None:
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    with pytest.raises(NotYou):
        check.take("not_recovered", OFFICER, **WHY, reason="hardship")
    check.take("not_recovered", DIRECTOR, **WHY, reason="hardship")
    assert (check.state, "没有收回" in check.letter("legal_aid_commitment_closed")) == ("not_recovered", True)


def test_before_any_service_nothing_is_owed(story: Story) -> None:
    story.apply().accept().grant()
    check = Look("legal_aid_commitment_check", story.case, story.town, story.at)
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    assert (check.case.facts["false"]["owed"], story.state) == ("0", "terminated")
    check.take("nothing_owed")
    assert check.state == "not_recovered"


def test_a_case_that_is_closed_stays_closed_when_the_commitment_was_false(closed: Story) -> None:
    check = Look("legal_aid_commitment_check", closed.case, closed.town, closed.at)
    check.take("propose_false", **FALSE).take("confirm_false", DIRECTOR, **WHY)
    assert (check.state, closed.state) == ("false", "closed")


def test_the_time_for_a_check_stands_still_while_papers_are_awaited(check: Look) -> None:
    assert check.case.clocks.get(name="check").condition == "running"
    check.take("ask_papers", items="家庭收入证明", by=(check.at + timedelta(days=10)).date())
    assert check.case.clocks.get(name="check").condition == "paused"
