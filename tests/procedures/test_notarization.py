"""Notarization from application to closed file: the whole way, who may do what, and every way it can end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.actions import take_step
from santai.casework.chain import fault_in
from santai.casework.models import LogEntry
from santai.casework.periodic import take_timed_steps
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms.notarization import (
    DECLINE_GROUNDS,
    NOT_ACCEPTED_GROUNDS,
    TERMINATION_GROUNDS,
    Application,
)
from santai.procedures.notarization import PROCEDURE
from santai.procedures.rules.notarization_items import ITEMS
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.actors import Actor
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_practitioner, make_region, make_staff
from tests.procedures.legal_aid_story import Story, keep_standard
from tests.procedures.notarization_story import (
    APPLICATION,
    ASK,
    DECLINE,
    DIRECTOR,
    DRAFT,
    FILED,
    NOTARY,
    REASON,
    TOLD,
    Notarization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Notarization:
    return Notarization(town, monday)


def refused(story: Notarization, field: str, **changes: object) -> str:
    with pytest.raises(Missing) as refusal:
        story.apply(**changes)
    assert story.state == "preparing"
    return refusal.value.fields[field][0]


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_mandate_walks_from_application_to_closed_file(story: Notarization) -> None:
    story.delivered()
    story.take("archive", NOTARY, FILED, Doc.CASE_FILE, after=5)
    assert PROCEDURE.has_answered(story.state)
    assert take_timed_steps(at=story.at + timedelta(days=300)) == 0
    assert take_timed_steps(at=story.at + timedelta(days=400)) == 1
    story.case.refresh_from_db()
    assert (story.state, story.case.due_at) == ("closed", None)
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""
    assert story.letters == ["notarization_accepted", "notarization_certificate"]


def test_the_certificate_carries_the_wording_the_notary_and_the_way_to_a_re_check(story: Notarization) -> None:
    body = story.accepted().submit().issue().letter("notarization_certificate")
    for words in (DRAFT["text"], story.notary.display_name, story.case.code, "1年内", "20年"):
        assert words in body


def test_a_referring_work_order_goes_on_when_the_certificate_is_issued(story: Notarization) -> None:
    order = make_case(story.at, applicant=story.case.applicant)
    dispatcher = story.town.actor(Role.DISPATCHER)
    take_step(order, "refer", actor=dispatcher, data={"procedure": "notarization"}, at=story.at)
    story.case = order.children.get()
    assert story.case.organisation == story.office
    story.accepted().submit().issue()
    order.refresh_from_db()
    assert order.state == "finished"


def test_the_citizen_reads_no_internal_step_and_no_empty_name(story: Notarization) -> None:
    told = [entry.told for entry in story.delivered().case.log.all() if entry.told]
    assert f"由{story.notary.display_name}承办" in " ".join(told)
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


# --- application --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", ["will", "survival", "adoption"])
def test_wills_survival_and_adoption_have_no_agent(story: Notarization, item: str) -> None:
    assert "必须由本人办理" in refused(story, "agent", item=item, agent="李四")


@pytest.mark.parametrize("item", ["inheritance", "marriage", "adoption", "kinship", "will"])
def test_status_matters_have_no_electronic_certificate(story: Notarization, item: str) -> None:
    assert "电子签名法第三条" in refused(story, "medium", item=item, medium="electronic")


def test_an_electronic_certificate_of_a_status_matter_cannot_be_issued_either(story: Notarization) -> None:
    story.accepted(item="kinship").submit().take("approve", DIRECTOR)
    with pytest.raises(Missing, match="电子签名法"):
        story.take("issue", NOTARY, {"copies": 1, "medium": "electronic"})


def test_a_minor_needs_a_guardian_and_their_proof(town: Town, monday: datetime) -> None:
    story = Notarization(town, monday, groups=["minor"])
    assert "监护人" in refused(story, "guardian", item="birth")
    story.apply(item="birth", guardian="王大明")
    with pytest.raises(Missing, match="代理权证明"):
        story.accept()
    story.take("accept", NOTARY, {"fee": "full"}, Doc.AUTHORISATION)
    assert story.state == "reviewing"


@pytest.mark.parametrize("item", [key for key, item in ITEMS.items() if item.own_table])
def test_what_has_a_table_of_its_own_is_led_there_with_the_same_office(story: Notarization, item: str) -> None:
    assert "改用专门程序" in refused(story, "item", item=item)
    story.take("use_own_table", Role.APPLICANT, {"procedure": ITEMS[item].own_table})
    child = story.case.children.get()
    assert (story.state, child.procedure, child.organisation) == ("moved", ITEMS[item].own_table, story.office)


def test_real_estate_must_be_placed_and_wrong_places_are_named(story: Notarization) -> None:
    assert "不动产在哪个" in refused(story, "property_place", item="contract", real_estate=True)
    assert "没有这个区划" in refused(story, "place", place="999999")


def test_a_commitment_replaces_proofs_only_where_data_can_be_looked_up(story: Notarization) -> None:
    assert "不能用承诺" in refused(story, "commitment", commitment=True)
    story.apply(Doc.IDENTITY, item="no_crime", commitment=True)
    with pytest.raises(Missing, match="诚信承诺书"):
        story.accept()
    story.take("accept", NOTARY, {"fee": "full"}, Doc.COMMITMENT)
    assert story.state == "reviewing"


# --- acceptance ---------------------------------------------------------------------------------------------------


def test_missing_papers_are_asked_for_once_and_then_accepted(story: Notarization) -> None:
    story.apply(Doc.IDENTITY)
    with pytest.raises(Missing, match="与申请事项有关的材料"):
        story.accept()
    story.take("ask_papers", NOTARY, ASK)
    story.take("hand_in", Role.APPLICANT, {}, Doc.MATTER_PROOF, after=2)
    story.accept()
    assert story.case.facts["one_visit"] is False


def test_an_item_of_one_visit_is_told_so_when_all_papers_are_there(story: Notarization) -> None:
    assert "最多跑一次" in story.accepted().letter("notarization_accepted")
    assert story.case.facts["one_visit"] is True


def test_real_estate_of_another_city_goes_to_the_office_of_its_place_at_once(story: Notarization) -> None:
    make_region("230202", "龙沙区", "黑龙江省齐齐哈尔市龙沙区")
    theirs = make_organisation(OrganisationKind.NOTARY, region="230202")
    story.apply(item="contract", real_estate=True, property_place="230202")
    assert story.case.organisation == theirs


def test_real_estate_elsewhere_is_not_accepted_but_a_mandate_about_it_is(story: Notarization) -> None:
    make_region("230202", "龙沙区", "黑龙江省齐齐哈尔市龙沙区")
    story.apply(item="contract", real_estate=True, property_place="230202")
    assert story.case.organisation == story.office
    with pytest.raises(Missing, match="不动产在黑龙江省齐齐哈尔市龙沙区"):
        story.accept()
    free = Notarization(story.town, story.at)
    free.case.organisation = free.office
    free.case.save()
    free.accepted(real_estate=True, property_place="230202")
    assert free.state == "reviewing"


@pytest.mark.parametrize("reason", [key for key, _ in NOT_ACCEPTED_GROUNDS])
def test_an_application_is_turned_away_with_reason_and_the_right_place(story: Notarization, reason: str) -> None:
    data = {"reason": reason, "route": "齐齐哈尔市公证处，电话见公示", **REASON}
    story.apply().take("turn_away", NOTARY, data)
    body = story.letter("notarization_not_accepted")
    assert story.state == "not_accepted"
    for words in (dict(NOT_ACCEPTED_GROUNDS)[reason], "齐齐哈尔市公证处", "公证协会", story.town.bureau.name):
        assert words in body


def test_legal_aid_holders_are_offered_lower_fees_and_a_full_fee_needs_a_reason(story: Notarization) -> None:
    keep_standard()
    aid = Story(story.town, story.at).apply().accept().grant()
    story.case.applicant = aid.case.applicant
    story.case.save()
    story.citizen = aid.citizen
    story.apply()
    with pytest.raises(Missing, match="应当减收或者免收") as refusal:
        story.accept()
    assert "fee_reason" in refusal.value.fields
    story.accept(fee="waived")
    assert "免收" in story.letter("notarization_accepted")


def test_social_relief_offers_lower_fees_too_and_others_get_no_offer(town: Town, monday: datetime) -> None:
    assert Notarization(town, monday, groups=["low_income"]).apply().case.facts["fee_relief"]
    assert Notarization(town, monday).apply().case.facts["fee_relief"] == ""


@pytest.mark.parametrize("fields", [{"standing": "suspended"}, {"kind": "lawyer"}, {"last_assessment": "不称职"}])
def test_only_a_notary_in_good_standing_accepts(story: Notarization, fields: dict[str, str]) -> None:
    Practitioner.objects.filter(user=story.notary).update(**fields)
    with pytest.raises(Missing):
        story.accepted()


# --- review, recusal, approval ------------------------------------------------------------------------------------


def test_the_legal_meaning_is_told_before_approval_is_asked(story: Notarization) -> None:
    story.accepted()
    with pytest.raises(NotFromHere, match="法律意义"):
        story.take("submit", NOTARY, DRAFT)


def test_nobody_approves_refuses_or_ends_their_own_case(story: Notarization) -> None:
    both = story.director
    make_practitioner(both, story.office, kind="notary")
    story.apply().take("accept", DIRECTOR, {"fee": "full"})
    story.submit()
    for step, data in (("approve", {}), ("decline", DECLINE), ("terminate", {**DECLINE, "ground": "other"})):
        with pytest.raises(NotYou, match="承办人不能审批"):
            story.take(step, DIRECTOR, data)
    story.take("approve", make_staff(DIRECTOR, story.office))
    assert story.state == "approved"


def test_a_notary_does_not_approve_and_an_approver_may_send_back(story: Notarization) -> None:
    story.accepted().submit()
    with pytest.raises(NotYou):
        story.take("approve", NOTARY)
    story.take("send_back", DIRECTOR, REASON)
    assert story.state == "reviewing"


def test_recusal_is_answered_by_the_office_with_another_notary_or_a_reason(story: Notarization) -> None:
    story.accepted()
    with pytest.raises(NotFromHere, match="没有待决定"):
        story.take("keep_notary", DIRECTOR, REASON)
    story.take("ask_recusal", Role.APPLICANT, REASON)
    with pytest.raises(NotFromHere, match="正在审查"):
        story.take("ask_recusal", Role.APPLICANT, REASON)
    replace = {"reason": "recusal", **REASON}
    for chosen in ("", story.notary.pk):
        with pytest.raises(Missing) as refusal:
            story.take("replace_notary", DIRECTOR, {**replace, "handler": chosen})
        assert "handler" in refusal.value.fields
    story.take("replace_notary", DIRECTOR, {**replace, "handler": story.colleague.pk})
    assert story.case.handler == story.colleague
    with pytest.raises(NotYou):
        story.take("tell_meaning", NOTARY, TOLD, Doc.NOTARY_RECORD)


def test_a_notary_of_another_office_does_not_take_over(story: Notarization) -> None:
    elsewhere = make_organisation(OrganisationKind.NOTARY)
    stranger = make_staff(NOTARY, elsewhere)
    make_practitioner(stranger, elsewhere, kind="notary")
    story.accepted()
    with pytest.raises(Missing, match="不是本处的公证员"):
        story.take("replace_notary", DIRECTOR, {"handler": stranger.pk, "reason": "unable", **REASON})


# --- refusal, termination, withdrawal -----------------------------------------------------------------------------


def test_the_law_has_nine_grounds_of_refusal() -> None:
    assert len(DECLINE_GROUNDS) == 9


@pytest.mark.parametrize("ground", [key for key, _ in DECLINE_GROUNDS])
def test_a_refusal_names_its_ground_the_fee_and_the_remedy(story: Notarization, ground: str) -> None:
    story.accepted().take("decline", DIRECTOR, {**DECLINE, "ground": ground})
    body = story.letter("notarization_declined")
    for words in (dict(DECLINE_GROUNDS)[ground], "部分退还", "公证法第三十一条", "公证协会", story.town.bureau.name):
        assert words in body
    story.take("archive_ending", NOTARY, FILED, Doc.CASE_FILE, after=3)
    assert story.state == "closed"


@pytest.mark.parametrize("lacking", ["ground", "explanation", "refund"])
def test_a_refusal_without_ground_reason_or_fee_is_not_taken(story: Notarization, lacking: str) -> None:
    story.accepted()
    with pytest.raises(Missing) as refusal:
        story.take("decline", DIRECTOR, {key: value for key, value in DECLINE.items() if key != lacking})
    assert set(refusal.value.fields) == {lacking}


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.LAWYER, Role.COUNTER_CLERK, NOTARY, Role.SYSTEM])
@pytest.mark.parametrize("step", ["decline", "terminate"])
def test_nobody_but_the_approver_refuses_or_ends(story: Notarization, role: Role, step: str) -> None:
    story.accepted()
    with pytest.raises(NotYou):
        story.take(step, role, DECLINE)


@pytest.mark.parametrize("ground", ["withdrawn", "death", "obstruction", "other"])
def test_a_case_is_ended_with_ground_letter_and_remedy(story: Notarization, ground: str) -> None:
    story.accepted()
    data = {"ground": ground, "refund": "all", **REASON}
    if ground == "withdrawn":
        with pytest.raises(Missing, match="没有申请撤回"):
            story.take("terminate", DIRECTOR, data)
        story.take("ask_to_stop", Role.APPLICANT, REASON)
    story.take("terminate", DIRECTOR, data)
    body = story.letter("notarization_terminated")
    assert dict(TERMINATION_GROUNDS)[ground] in body
    assert "公证协会" in body
    assert PROCEDURE.has_answered(story.state)


def test_before_acceptance_the_person_withdraws_alone_afterwards_not(story: Notarization) -> None:
    story.accepted()
    with pytest.raises(NotFromHere):
        story.take("withdraw", Role.APPLICANT, {})
    other = Notarization(story.town, story.at)
    other.take("withdraw", Role.APPLICANT, {})
    assert other.state == "withdrawn"


def test_an_application_that_never_comes_is_closed_by_the_office(story: Notarization) -> None:
    story.take("not_applied", DIRECTOR, REASON)
    assert story.state == "withdrawn"


# --- delivery -----------------------------------------------------------------------------------------------------


def test_a_certificate_is_not_received_before_it_is_issued_nor_sent_online_on_paper(story: Notarization) -> None:
    story.accepted().submit().issue()
    today = story.at.date()
    for received, way, field in (
        (today - timedelta(days=1), "post", "received_on"),
        (today + timedelta(days=1), "post", "received_on"),
        (today, "online", "way"),
    ):
        with pytest.raises(Missing) as refusal:
            story.take("deliver", NOTARY, {"received_on": received, "way": way})
        assert field in refusal.value.fields


def test_the_file_is_needed_to_archive(story: Notarization) -> None:
    story.delivered()
    with pytest.raises(Missing, match="案卷材料"):
        story.take("archive", NOTARY, FILED)


def test_a_stranger_from_another_office_has_no_role(story: Notarization) -> None:
    stranger = make_staff(DIRECTOR, make_organisation(OrganisationKind.NOTARY))
    story.accepted().submit()
    with pytest.raises(NotYou):
        take_step(story.case, "approve", actor=Actor.staff(stranger), at=story.at)
    assert LogEntry.objects.filter(case=story.case, step="approve").count() == 0


def test_every_item_has_a_complete_form(story: Notarization) -> None:
    common = [key for key, item in ITEMS.items() if not item.own_table]
    assert all(Application({**APPLICATION, "item": key}).is_valid() for key in common)
