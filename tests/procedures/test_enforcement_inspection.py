"""Inspection by lot: anybody can draw again, nobody picks; every result is recorded before it is published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.rules.enforcement_inspection import OFFICERS_EACH, is_honest, several
from santai.publication.models import Entry
from santai.registry.models import OrganisationKind
from santai.trust.actors import Actor
from santai.trust.models import User
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_staff
from tests.procedures.enforcement_story import HEAD, OFFICER, on

pytestmark = pytest.mark.django_db
PLAN = {"kind": "law_firm", "number": 3, "matters": "收费管理\n利益冲突审查", "begins_on": "2026-03-02"}
PLAN |= {"ends_on": "2026-05-29"}
FOUND = {"done_on": "2026-03-03", "showed": True, "result": "clean", "finding": "制度健全，没有发现问题。"}


class Round:
    def __init__(self, town: Town, at: datetime, firms: int = 8, officers: int = 5) -> None:
        self.at = at
        for _ in range(firms):
            make_organisation(OrganisationKind.LAW_FIRM)
        make_organisation(OrganisationKind.LAW_FIRM, region="230602")
        self.officers = [make_staff(OFFICER, town.bureau) for _ in range(officers)]
        self.head = make_staff(HEAD, town.bureau)
        bureau = make_party("道里区司法局", kind="company")
        self.case = make_case(at, procedure="enforcement_inspection", applicant=bureau, organisation=town.bureau)

    def take(self, name: str, who: User | None = None, data: Any = None, *papers: Doc, after: int = 0) -> None:
        self.at += timedelta(days=after)
        actor = Actor.staff(User.objects.get(pk=(who or self.head).pk))
        files = [(make_file(), kind) for kind in papers]
        take_step(self.case, name, actor=actor, data=data, documents=files, at=self.at)

    def drawn(self, **changes: Any) -> Round:
        self.take("plan", data={**PLAN, **changes})
        self.take("draw")
        return self

    @property
    def places(self) -> list[dict[str, Any]]:
        return list(self.case.facts["places"])

    def of(self, place: int) -> User:
        return User.objects.get(pk=self.places[place - 1]["officers"][0]["id"])

    def record(self, place: int, **changes: Any) -> None:
        data = {**FOUND, "place": place, **changes}
        self.take("record_result", self.of(place), data, Doc.SITE_RECORD, Doc.AV_SITE)


@pytest.fixture
def round_(town: Town) -> Round:
    return Round(town, on(3, 2))


def test_what_was_drawn_can_be_drawn_again_by_anybody(round_: Round) -> None:
    facts = round_.drawn().case.facts
    assert is_honest(facts)
    bodies = [place["body"] for place in facts["places"]]
    assert len(set(bodies)) == 3
    assert set(bodies) <= set(facts["draw"]["pool"])
    assert all(len({one["id"] for one in place["officers"]}) == OFFICERS_EACH for place in facts["places"])
    swapped = {**facts, "places": [*facts["places"][1:], facts["places"][0]]}
    assert not is_honest(swapped)


def test_only_bodies_of_the_own_area_and_kind_are_in_the_pool(round_: Round, town: Town) -> None:
    facts = round_.drawn().case.facts
    assert town.mediation.pk not in facts["draw"]["pool"]
    assert len(facts["draw"]["pool"]) == 10


def test_the_same_seed_draws_the_same_and_another_seed_another() -> None:
    pool = range(1, 200)
    assert several("a", pool, 20) == several("a", reversed(pool), 20)
    assert several("a", pool, 20) != several("b", pool, 20)


def test_more_than_there_are_cannot_be_drawn(round_: Round) -> None:
    with pytest.raises(Missing, match="只有10家"):
        round_.take("plan", data={**PLAN, "number": 11})
    with pytest.raises(Missing, match="早于开始"):
        round_.take("plan", data={**PLAN, "ends_on": "2026-03-01"})


def test_one_officer_alone_is_not_sent(town: Town) -> None:
    lonely = Round(town, on(3, 2), officers=0)
    lonely.take("plan", data=PLAN)
    with pytest.raises(Missing, match="至少2名"):
        lonely.take("draw")


def test_only_those_who_were_drawn_record_with_their_own_film(round_: Round) -> None:
    round_.drawn()
    stranger = next(one for one in round_.officers if one.pk not in {o["id"] for o in round_.places[0]["officers"]})
    round_.at += timedelta(days=1)
    with pytest.raises(NotYou, match="抽中"):
        round_.take("record_result", stranger, {**FOUND, "place": 1}, Doc.SITE_RECORD, Doc.AV_SITE)
    round_.record(1)
    with pytest.raises(Missing, match="这一家的"):
        round_.take("record_result", round_.of(2), {**FOUND, "place": 2})
    with pytest.raises(Missing, match="只抽了3家"):
        round_.take("record_result", round_.of(1), {**FOUND, "place": 4}, Doc.SITE_RECORD, Doc.AV_SITE)


def test_whoever_cannot_go_is_replaced_by_lot(round_: Round) -> None:
    round_.drawn()
    leaving, place = round_.of(1), round_.places[0]
    reason = {"reason": "interest", "explanation": "与该所负责人是亲属。"}
    round_.take("replace_officer", data={"place": 1, "officer": leaving.pk, **reason})
    now = {one["id"] for one in round_.places[0]["officers"]}
    assert leaving.pk not in now
    assert len(now & {one["id"] for one in place["officers"]}) == 1
    assert is_honest(round_.case.facts)
    with pytest.raises(Missing, match="没有被抽去"):
        round_.take("replace_officer", data={"place": 1, "officer": leaving.pk, **reason})


def test_a_round_ends_when_all_is_recorded_and_breaches_are_handed_over(round_: Round) -> None:
    round_.drawn()
    round_.at += timedelta(days=1)
    round_.record(1)
    round_.record(2, result="breach", finding="账外收费，涉嫌违法。")
    with pytest.raises(Missing, match="第3家"):
        round_.take("finish")
    round_.record(3, result="corrected")
    with pytest.raises(Missing, match="没有移交|还没有移交"):
        round_.take("finish")
    with pytest.raises(Missing, match="没有登记为涉嫌违法"):
        round_.take("hand_over", round_.of(1), {"place": 1, "explanation": "账外收费，请立案核查。"})
    round_.take("hand_over", round_.of(2), {"place": 2, "explanation": "账外收费，请立案核查。"})
    clue = Case.objects.get(procedure="enforcement_clue")
    assert (clue.parent, clue.applicant) == (round_.case, round_.case.applicant)
    round_.take("finish")
    entry = Entry.objects.get()
    assert (entry.subject, entry.phase, entry.published_at) == ("inspection", "after", None)
    assert "未发现问题" in entry.case.facts["text"]["content"]
    assert "账外收费" not in entry.case.facts["text"]["content"]
