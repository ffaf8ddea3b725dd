"""Lower fees are offered to whom they fit, with what still has to be shown; the fee itself is shown line by line."""

from __future__ import annotations

import pytest

from santai.people.groups import verify
from santai.people.models import SpecialGroup
from santai.procedures.rules import fee_waivers
from santai.procedures.rules.fee_relief import relief_offered
from santai.procedures.rules.fee_waivers import waivers_for
from santai.procedures.rules.notarization_fees import fee_lines
from santai.trust.roles import Role
from tests import factories
from tests.procedures.legal_aid_criminal_story import Notice
from tests.procedures.legal_aid_story import Story
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db


def case_of(monday, procedure: str = "notarization", groups=(), **fields):
    return factories.make_case(
        monday, procedure=procedure, applicant=factories.make_party(groups=list(groups)), **fields
    )


@pytest.mark.parametrize("procedure", ["notarization", "appraisal", "arbitration_commercial"])
def test_a_declared_group_is_offered_the_waiver_and_told_what_to_show(town, monday, procedure):
    (offered,) = waivers_for(case_of(monday, procedure, ["low_income"]), monday)
    assert "低保证" in offered.todo
    assert "待核实" in str(offered)


def test_with_the_proof_on_record_nothing_is_asked_for_and_it_comes_first(town, monday):
    case = case_of(monday, groups=["disabled", "low_income"])
    clerk = town.staff[Role.COUNTER_CLERK]
    verify(case.applicant, "low_income", document_id=factories.make_file().pk, user=clerk, at=monday)
    first, second = waivers_for(case, monday)
    assert (first.todo, bool(second.todo)) == ("", True)
    assert "（已核实）" in relief_offered(case, monday)


def test_whoever_has_legal_aid_is_offered_it_in_every_paid_procedure(town, monday):
    aided = Story(town, monday).apply().accept()
    aided.take("grant", data={"override": "情况特殊，集体研究同意。"})
    for procedure in ("notarization", "appraisal"):
        case = factories.make_case(monday, procedure=procedure, applicant=aided.case.applicant)
        assert aided.case.code in str(waivers_for(case, monday)[0])


def own_counsel(story: Notice) -> None:
    days = {"happened_on": story.today, "heard_on": story.today}
    story.take("own_counsel", data={"explanation": "家属已经请了律师办理。", **days})


def self_defence(story: Notice) -> None:
    story.assign().refuse(reason="self_defence").organ_finds("self_defence")


def objection_upheld(story: Notice) -> None:
    own_counsel(story)
    story.take("object_termination", Role.APPLICANT, {"explanation": "家属请的律师不能来。"})
    story.take("order_resumption", Role.SUPERVISOR, {"explanation": "没有律师，应当恢复。"})


@pytest.mark.parametrize(
    ("what_follows", "is_aided"),
    [(lambda story: None, True), (own_counsel, False), (self_defence, False), (objection_upheld, True)],
)
def test_counsel_on_notice_counts_until_the_person_does_without_it(town, monday, what_follows, is_aided):
    story = Notice(town, monday)
    case = factories.make_case(monday, procedure="notarization", applicant=story.case.applicant)
    assert not relief_offered(case, monday)
    what_follows(story.register(ground="discretionary"))
    assert (story.case.code in relief_offered(case, monday)) is is_aided


def test_a_procedure_that_is_free_offers_nothing(town, monday):
    assert waivers_for(case_of(monday, "mediation", ["low_income"]), monday) == []
    assert waivers_for(case_of(monday), monday) == []


def test_the_case_page_offers_it_beside_the_steps(town, monday):
    case = case_of(monday, groups=["low_income"])
    page = at_desk(town.staff[Role.SUPERVISOR]).get(f"/desk/cases/{case.code}").content.decode()
    assert "可以减免的费用" in page
    assert "公证法第三十四条" in page


def test_every_row_names_a_fee_and_a_group_that_exist():
    assert {row.fee for row in fee_waivers.rows()} == set(fee_waivers.NAMES)
    assert {row.group for row in fee_waivers.rows()} <= set(SpecialGroup.values)
    assert all(row.basis and row.waiver for row in fee_waivers.rows())


def test_the_fee_of_a_notarization_is_shown_line_by_line(town, monday):
    case = case_of(monday, facts={"application": {"item": "mandate"}})
    assert fee_lines(case, monday) == ["公证费：1件×100元＝100元", "合计：100元（标准待核实）"]
    case.facts = {"application": {"item": "contract"}}
    assert fee_lines(case, monday) == []


def test_a_verified_group_is_proof_enough_in_legal_aid(town, monday):
    from santai.documents.models import DocumentKind as Doc

    story = Story(town, monday, groups=["low_income"])
    story.apply(Doc.IDENTITY, Doc.MATTER_PROOF, unchecked="relief", commitment=False)
    with pytest.raises(Exception, match="缺少材料"):
        story.accept()
    clerk = town.staff[Role.COUNTER_CLERK]
    verify(story.case.applicant, "low_income", document_id=factories.make_file().pk, user=clerk, at=monday)
    assert story.accept().grant().state == "granted"
