"""Two experts with that licence, none of whom has had to do with the matter before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.models import Membership
from santai.trust.roles import Role
from tests.factories import LONG_AGO, Town, make_organisation
from tests.procedures.appraisal_story import EXTEND, FIRST, HEAD, REASON, SECOND, THIRD, Appraisal, hire
from tests.procedures.legal_aid_story import Story, keep_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(town: Town, monday: datetime) -> Appraisal:
    return Appraisal(town, monday).commission().accept()


def refused(story: Appraisal, field: str, **changes: object) -> list[str]:
    with pytest.raises(Missing) as refusal:
        story.take("sign", HEAD, story.signing(**changes), Doc.AGREEMENT)
    assert story.state == "agreeing"
    return refusal.value.fields[field]


def test_the_signed_agreement_is_needed(accepted: Appraisal) -> None:
    with pytest.raises(Missing, match="委托协议"):
        accepted.take("sign", HEAD, accepted.signing())


def test_one_person_is_not_two_experts(accepted: Appraisal) -> None:
    assert "同一个人" in refused(accepted, "second", second=accepted.experts[FIRST].pk)[0]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"matters": ["物证类"]}, "没有登记“法医类”执业类别"),
        ({"matters": []}, "没有登记“法医类”执业类别"),
        ({"kind": "notary"}, "不是司法鉴定人"),
        ({"standing": "suspended"}, "停止执业"),
        ({"user": None}, "平台账号"),
    ],
)
def test_an_obstacle_in_an_expert_is_named_at_the_field(
    accepted: Appraisal, fields: dict[str, object], says: str
) -> None:
    Practitioner.objects.filter(pk=accepted.experts[SECOND].pk).update(**fields)
    assert [problem for problem in refused(accepted, "second") if says in problem]


def test_an_expert_of_another_institution_is_not_chosen(accepted: Appraisal) -> None:
    stranger = hire(make_organisation(OrganisationKind.APPRAISAL))
    assert "不是本机构" in refused(accepted, "practitioner", practitioner=stranger.pk)[0]


def test_whoever_took_part_before_stands_aside(town: Town, monday: datetime) -> None:
    story = Appraisal(town, monday)
    story.commission(took_part=f"{story.experts[FIRST].name}、某教授").accept()
    assert "应当回避" in refused(story, "practitioner")[0]


def test_the_agreement_takes_effect_between_acceptance_and_today(accepted: Appraisal) -> None:
    for shift in (-1, 1):
        effective = accepted.at.date() + timedelta(days=shift)
        assert refused(accepted, "effective_on", effective_on=effective)


def test_legal_aid_holders_are_offered_lower_fees(town: Town, monday: datetime) -> None:
    keep_standard()
    aid = Story(town, monday).apply().accept().grant()
    story = Appraisal(town, monday)
    story.case.applicant, story.citizen = aid.case.applicant, aid.citizen
    story.case.save()
    story.commission().accept()
    assert refused(story, "fee_reason")
    story.sign(fee="waived", fee_amount="")
    assert "免收" in story.letter("appraisal_agreed")


# --- recusal ------------------------------------------------------------------------------------------------------


@pytest.fixture
def challenged(accepted: Appraisal) -> Appraisal:
    accepted.sign()
    accepted.take("ask_recusal", Role.APPLICANT, {"practitioner": accepted.experts[FIRST].pk, **REASON})
    return accepted


def test_only_an_expert_of_the_case_is_challenged_and_once(challenged: Appraisal) -> None:
    challenge = {"practitioner": challenged.experts[SECOND].pk, **REASON}
    with pytest.raises(NotFromHere, match="正在审查"):
        challenged.take("ask_recusal", Role.APPLICANT, challenge)
    challenged.take("keep_expert", HEAD, REASON)
    with pytest.raises(Missing, match="不是本案的鉴定人"):
        challenged.take("ask_recusal", Role.APPLICANT, {**challenge, "practitioner": challenged.experts[THIRD].pk})


@pytest.mark.parametrize("who", [FIRST, SECOND, THIRD])
def test_an_expert_does_not_decide_on_a_challenge(challenged: Appraisal, who: int) -> None:
    with pytest.raises(NotYou):
        challenged.take("keep_expert", who, REASON)


def test_a_head_who_appraises_does_not_decide_on_the_own_recusal(accepted: Appraisal) -> None:
    expert = accepted.experts[FIRST].user
    Membership.objects.create(user=expert, role=HEAD, organisation=accepted.institution, since=LONG_AGO)
    accepted.sign()
    accepted.take("ask_recusal", Role.APPLICANT, {"practitioner": accepted.experts[FIRST].pk, **REASON})
    for step, data in (("keep_expert", REASON), ("extend", EXTEND)):
        with pytest.raises(NotYou, match="不能复核、审批自己的鉴定"):
            accepted.take(step, FIRST, data)


def test_whoever_has_no_account_of_an_expert_is_not_chosen(accepted: Appraisal) -> None:
    Membership.objects.filter(user=accepted.experts[FIRST].user).update(role=HEAD)
    assert "没有“司法鉴定人”角色" in refused(accepted, "practitioner")[0]


def test_without_a_challenge_there_is_nothing_to_refuse(accepted: Appraisal) -> None:
    accepted.sign()
    with pytest.raises(NotFromHere, match="没有待决定"):
        accepted.take("keep_expert", HEAD, REASON)


def test_a_replaced_expert_leaves_and_does_not_come_back(challenged: Appraisal) -> None:
    first, _, third = challenged.experts
    fourth = hire(challenged.institution)
    swap = {"leaving": first.pk, "practitioner": fourth.pk, **REASON}
    with pytest.raises(Missing, match="不是本案的鉴定人"):
        challenged.take("replace_expert", HEAD, {**swap, "leaving": third.pk})
    challenged.take("replace_expert", HEAD, swap)
    assert fourth.name in challenged.letter("appraisal_replaced")
    assert [kept["name"] for kept in challenged.case.facts["experts"]][0] == fourth.name
    with pytest.raises(NotYou):
        challenged.record()
    with pytest.raises(Missing, match="已经回避"):
        challenged.take("replace_expert", HEAD, {**swap, "leaving": fourth.pk, "practitioner": first.pk})
