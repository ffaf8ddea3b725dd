"""Administrative licences: silence accepts, expert time does not count, the reviewer does not decide."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from santai.casework.actions import take_step
from santai.casework.clocks import Reading
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.publication.models import Entry
from santai.trust.actors import SYSTEM, Actor
from santai.trust.models import Membership, User
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town, make_case, make_file, make_party, make_staff
from tests.procedures.enforcement_story import HEAD, OFFICER, REASON, on

pytestmark = pytest.mark.django_db
APPLICATION = {"item": "lawyer", "text": "实习期满考核合格，申请律师执业。", "is_true": True}
OPINION = {"opinion": "材料齐全，符合律师法第五条规定的条件。"}


class Licence:
    def __init__(self, town: Town, at: datetime) -> None:
        self.at = at
        self.officer, self.head = make_staff(OFFICER, town.bureau), make_staff(HEAD, town.bureau)
        self.party = make_party("周申请")
        self.case = make_case(at, procedure="administrative_licence", applicant=self.party, organisation=town.bureau)

    def take(self, name: str, who: User | Role, data: Any = None, *papers: Doc, on: datetime | None = None) -> None:
        self.at = on or self.at
        if who == Role.APPLICANT:
            actor = Actor.applicant(self.party.pk)
        elif who == Role.SYSTEM:
            actor = SYSTEM
        else:
            actor = Actor.staff(User.objects.get(pk=getattr(who, "pk", None)))
        files = [(make_file(), kind) for kind in papers]
        take_step(self.case, name, actor=actor, data=data, documents=files, at=self.at)

    def applied(self) -> Licence:
        self.take("apply", Role.APPLICANT, APPLICATION, Doc.IDENTITY, Doc.MATTER_PROOF)
        return self

    def accepted(self) -> Licence:
        self.applied().take("accept", self.officer)
        return self

    def granted(self) -> Licence:
        self.accepted().take("review", self.officer, OPINION)
        self.take("grant", self.head, {"content": "准予律师执业，执业机构为金诚律师事务所。"})
        return self

    @property
    def state(self) -> str:
        return Case.objects.values_list("state", flat=True).get(pk=self.case.pk)

    def clock(self, name: str) -> Reading:
        return next(one for one in clocks_of(self.case, now=self.at) if one.clock.name == name)


@pytest.fixture
def story(town: Town) -> Licence:
    import_package_years([2025, 2026])
    return Licence(town, on(2, 5))


def test_a_licence_is_granted_issued_and_its_decision_is_to_be_published(story: Licence) -> None:
    story.granted().take("issue", story.officer, {"licence_number": "12301202610000001", "issued_on": "2026-02-05"})
    assert story.state == "issued"
    entry = Entry.objects.get()
    assert (entry.subject, entry.published_at) == ("licence", None)
    text = entry.case.facts["text"]
    assert text["party"] == "周某某"
    assert story.party.name not in f"{text}"


def test_whoever_reviewed_does_not_decide(story: Licence, town: Town) -> None:
    Membership.objects.create(user=story.officer, role=HEAD, organisation=town.bureau, since="2020-01-01")
    story.accepted().take("review", story.officer, OPINION)
    with pytest.raises(NotYou):
        story.take("grant", story.officer, {"content": "准予律师执业。"})


@pytest.mark.parametrize("step", ["refuse", "not_accept"])
def test_every_refusal_has_a_reason_a_letter_and_a_remedy(story: Licence, step: str) -> None:
    if step == "refuse":
        story.accepted().take("review", story.officer, OPINION)
        story.take("refuse", story.head, {"reason": "conditions", **REASON})
    else:
        story.applied().take("not_accept", story.officer, {"reason": "not_ours", **REASON})
    letter = Letter.objects.filter(case_code=story.case.code).latest("pk")
    assert "60日" in letter.body
    assert "6个月" in letter.body
    assert not Entry.objects.exists()


def test_five_working_days_of_silence_accept_from_the_day_of_receipt(story: Licence) -> None:
    story.applied()
    assert story.clock("acceptance").due_on == date(2026, 2, 12)
    with pytest.raises(NotFromHere):
        story.take("deem_accepted", Role.SYSTEM, on=on(2, 12, 23))
    with pytest.raises(NotFromHere, match="视为受理"):
        story.take("not_accept", story.officer, {"reason": "not_ours", **REASON}, on=on(2, 13))
    story.take("deem_accepted", Role.SYSTEM)
    # Twenty working days after 5 February: seven to the make-up Saturday, the festival, thirteen from 24 February.
    assert story.clock("silent").due_on == date(2026, 3, 11)


def test_the_twenty_days_run_from_acceptance_pause_for_experts_and_are_extended_once(story: Licence) -> None:
    story.applied().take("accept", story.officer, on=on(2, 10))
    assert story.clock("decision").due_on == date(2026, 3, 16)
    story.take("examine", story.officer, {"kind": "expert", "explanation": "专家评审，约需十日。"}, on=on(2, 12))
    assert story.clock("decision").condition == "paused"
    story.take("examined", story.officer, {"finding": "专家评审合格。"}, on=on(2, 26))
    # 11 and 12 February were used; eighteen follow 26 February, the make-up Saturday 28 February among them.
    assert story.clock("decision").due_on == date(2026, 3, 23)
    with pytest.raises(Missing):
        story.take("extend", story.head, {"amount": 11, "explanation": "延长太多了。"})
    story.take("extend", story.head, {"amount": 10, "explanation": "情况复杂，需要核实。"})
    assert story.clock("decision").due_on == date(2026, 4, 7)
    with pytest.raises(NotFromHere, match="延长过一次"):
        story.take("extend", story.head, {"amount": 1, "explanation": "再延长一次。"})


def test_the_certificate_follows_within_ten_working_days_over_national_day(story: Licence) -> None:
    story.at = on(9, 24)
    story.granted()
    assert story.clock("certificate").due_on == date(2026, 10, 15)


def test_more_is_asked_for_once_and_all_at_once(story: Licence) -> None:
    story.applied().take("ask_for_more", story.officer, {"items": "实习考核合格证明", "by": "2026-02-28"})
    story.take("supplement", Role.APPLICANT, {"text": "已补交。"}, Doc.MATTER_PROOF, on=story.at + timedelta(days=1))
    with pytest.raises(NotFromHere, match="一次"):
        story.take("ask_for_more", story.officer, {"items": "再补一份", "by": "2026-02-28"})
