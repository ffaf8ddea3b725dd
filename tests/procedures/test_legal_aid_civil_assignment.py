"""Who may be given a legal aid case, and how a refusal to assign explains itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from santai.casework.models import Parameter
from santai.casework.refusals import Missing, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.procedures.rules.legal_aid_assignment import LOAD_KEY
from santai.registry.models import OrganisationKind, Practitioner
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_practitioner, make_staff
from tests.procedures.legal_aid_story import LAWYER, OFFICER, REASON, Story, keep_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(town: Town, monday: datetime) -> Story:
    keep_standard()
    return Story(town, monday).apply().accept().grant()


def another_lawyer(town: Town, name: str = "李律师", **fields: object) -> Practitioner:
    return make_practitioner(make_staff(LAWYER, town.other_firm, name=name), town.other_firm, **fields)


def refused(story: Story, practitioner: Practitioner) -> list[str]:
    with pytest.raises(Missing) as refusal:
        story.take("assign", data={"practitioner": practitioner.pk})
    assert story.state == "granted"
    assert refusal.value.fields == {"practitioner": refusal.value.problems}
    return refusal.value.problems


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"standing": "suspended"}, "停止执业"),
        ({"standing": "ended"}, "注销"),
        ({"last_assessment": "不称职"}, "上年度考核为“不称职”"),
        ({"kind": "notary"}, "公证员，不能承办法律援助案件"),
        ({"user": None}, "平台账号"),
    ],
)
def test_an_obstacle_in_the_person_is_named(granted: Story, fields: dict[str, object], says: str) -> None:
    Practitioner.objects.filter(pk=granted.lawyer.pk).update(**fields)
    assert [problem for problem in refused(granted, granted.lawyer) if says in problem]


def give_cases(story: Story, count: int) -> None:
    for _ in range(count):
        make_case(story.case.opened_at, handler=story.lawyer.user)


def test_a_firm_that_is_closed_gets_no_cases(granted: Story) -> None:
    granted.town.firm.is_active = False
    granted.town.firm.save()
    assert "已停业" in refused(granted, granted.lawyer)[0]


def test_every_obstacle_is_named_at_once(granted: Story) -> None:
    Parameter.objects.create(key=LOAD_KEY, region="2301", value=1, since="2025-01-01", basis="内部规定")
    give_cases(granted, 1)
    Practitioner.objects.filter(pk=granted.lawyer.pk).update(standing="suspended")
    assert len(refused(granted, granted.lawyer)) == 2


def test_the_load_limit_is_a_parameter_of_the_place(granted: Story) -> None:
    Parameter.objects.create(key=LOAD_KEY, region="2301", value=2, since="2025-01-01", basis="内部规定")
    give_cases(granted, 2)
    assert "每人2件" in refused(granted, granted.lawyer)[0]


def test_a_minor_gets_somebody_who_knows_minors(town: Town, monday: datetime) -> None:
    keep_standard()
    story = Story(town, monday, groups=["minor"]).apply().accept().grant()
    assert "未成年人" in refused(story, story.lawyer)[0]
    story.take("assign", data={"practitioner": another_lawyer(town, knows_minors=True).pk})
    assert story.state == "assigned"


def test_a_firm_that_works_for_the_other_side_is_refused_with_the_case(granted: Story) -> None:
    other_side = make_party("某某建筑公司", kind="company")
    theirs = make_case(granted.at, applicant=other_side, organisation=granted.town.firm)
    assert theirs.code in refused(granted, granted.lawyer)[0]
    granted.take("assign", data={"practitioner": another_lawyer(granted.town).pk})
    assert granted.state == "assigned"


def test_a_colleague_who_works_for_the_other_side_bars_the_whole_firm(granted: Story) -> None:
    colleague = make_staff(LAWYER, granted.town.firm)
    make_practitioner(colleague, granted.town.firm)
    make_case(granted.at, applicant=make_party("某某建筑公司", kind="company"), handler=colleague)
    assert "利益冲突" in refused(granted, granted.lawyer)[0]


def test_a_firm_that_already_acts_against_the_applicant_is_refused(granted: Story, town: Town) -> None:
    against = Story(town, granted.at).apply(adverse_name=granted.case.applicant.name)
    against.accept().grant().assign()
    assert against.case.code in refused(granted, granted.lawyer)[0]


def test_a_namesake_is_set_apart_by_a_written_check(granted: Story) -> None:
    make_case(granted.at, applicant=make_party("某某建筑公司", kind="company"), organisation=granted.town.firm)
    data = {"practitioner": granted.lawyer.pk, "no_conflict": "统一社会信用代码不同，不是同一家公司。"}
    granted.take("assign", data=data)
    assert granted.state == "assigned"


def test_a_finished_case_of_the_other_side_is_no_conflict(granted: Story) -> None:
    theirs = make_case(granted.at, applicant=make_party("某某建筑公司"), organisation=granted.town.firm)
    theirs.closed_at, theirs.due_at = granted.at, None
    theirs.save()
    granted.assign()
    assert granted.state == "assigned"


@pytest.mark.parametrize("kind", [OrganisationKind.GRASSROOTS, OrganisationKind.LEGAL_AID])
def test_grass_roots_workers_and_the_offices_own_staff_may_be_assigned(granted: Story, kind: str) -> None:
    home = granted.town.legal_aid if kind == OrganisationKind.LEGAL_AID else make_organisation(kind)
    role = OFFICER if kind == OrganisationKind.LEGAL_AID else LAWYER
    practitioner = make_practitioner(make_staff(role, home), home, kind=kind)
    granted.take("assign", data={"practitioner": practitioner.pk})
    assert granted.case.handler == practitioner.user


def test_a_practitioner_is_found_by_number_licence_or_name_and_never_guessed(granted: Story) -> None:
    for name in ("张伟", "张伟"):
        another_lawyer(granted.town, name)
    for text, says in (("张伟", "不止一位"), ("没有这个人", "没有找到"), ("99999999999999999999", "没有找到")):
        with pytest.raises(Missing, match=says):
            granted.take("assign", data={"practitioner": text})
    granted.take("assign", data={"practitioner": granted.lawyer.name})
    assert granted.case.handler == granted.town.staff[LAWYER]


def test_only_the_office_assigns(granted: Story) -> None:
    for role in (LAWYER, Role.DISPATCHER, Role.APPLICANT):
        with pytest.raises(NotYou):
            granted.take("assign", role, {"practitioner": granted.lawyer.pk})


def test_a_replacement_keeps_who_came_before_and_what_was_handed_over(granted: Story) -> None:
    granted.assign().begin_handling()
    newcomer = another_lawyer(granted.town)
    data = {"practitioner": newcomer.pk, "reason": "conflict", "handover": "立案材料一套、委托手续。", **REASON}
    granted.take("ask_replacement", Role.APPLICANT, REASON)
    with pytest.raises(Missing, match="同一个人"):
        granted.take("replace", data={**data, "practitioner": granted.lawyer.pk})
    granted.take("replace", data=data, after=1)
    assert (granted.state, granted.case.handler) == ("assigned", newcomer.user)
    assert [one["practitioner"] for one in granted.case.facts["earlier_assignments"]] == [granted.lawyer.pk]
    assert "立案材料一套" in granted.letter("legal_aid_replaced")


def test_the_replaced_lawyer_no_longer_acts_on_the_case(granted: Story) -> None:
    granted.assign()
    data = {
        "practitioner": another_lawyer(granted.town).pk,
        "reason": "unable",
        "handover": "没有需要移交的。",
        **REASON,
    }
    granted.take("replace", data=data)
    with pytest.raises(NotYou):
        granted.take("sign_agreement", LAWYER, {"signed_on": granted.today}, Doc.AGREEMENT)
