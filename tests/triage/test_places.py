"""Where a need comes from, read from what people write."""

from __future__ import annotations

import pytest

from santai.registry.models import Region
from santai.triage import places
from santai.triage.classify import Finding, classify

pytestmark = pytest.mark.usefixtures("heilongjiang")


def told(finding: Finding, kind: str = "region") -> list[str]:
    return [reason.text for reason in finding.reasons if reason.kind == kind]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我在哈尔滨市道里区打工", "230102"),
        ("家住富裕县", "230227"),
        ("鹤岗向阳区的房子", "230402"),
        ("我在五常打工", "230184"),
        ("五大连池的房子", "231182"),
        ("杜尔伯特那边的草场", "230624"),
        ("牡丹江西安的楼", "231005"),
        ("大庆大同的井", "230606"),
        ("黑龙江省的政策", "23"),
    ],
)
def test_a_division_is_found_by_the_name_people_use(text: str, code: str) -> None:
    assert classify(text).region == code


@pytest.mark.parametrize(
    "text",
    [
        "五常大米变质了",
        "他家很富裕",
        "我在西安打工",
        "上海市宝山区的公司",
        "深圳市南山区",
        "我们是友好分手",
        "郊区的地",
    ],
)
def test_an_ordinary_word_or_a_place_elsewhere_is_not_a_division_of_ours(text: str) -> None:
    assert classify(text).region == ""


def test_a_name_that_two_cities_have_needs_the_city() -> None:
    finding = classify("我家在向阳区，想离婚")

    assert finding.region == ""
    assert told(finding, "doubt") == ["“向阳区”在鹤岗市、佳木斯市都有，请确认是哪个市"]
    assert finding.needs_person


def test_the_given_city_tells_divisions_of_one_name_apart() -> None:
    assert classify("我家在向阳区", region="2308").region == "230803"


def test_a_county_in_the_text_makes_the_given_city_more_exact() -> None:
    assert classify("在道里区上班", region="2301").region == "230102"


def test_the_given_region_stands_and_the_contradiction_is_told() -> None:
    finding = classify("欠钱的人在大庆市，合同也是在那签的", region="2301")

    assert finding.region == "2301"
    assert told(finding) == ["填写的是哈尔滨市，文字里提到黑龙江省大庆市，请核对"]


def test_two_places_in_one_text_are_told() -> None:
    finding = classify("我在哈尔滨打工，老家绥化")

    assert finding.region == "2301"
    assert told(finding, "doubt") == ["文字里提到了哈尔滨市、绥化市，请确认事情发生在哪里"]


def test_a_region_that_is_not_ours_does_not_hide_what_the_text_says() -> None:
    assert classify("在道里区上班", region="990000").region == "230102"


def test_the_divisions_are_read_once_for_many_needs(django_assert_num_queries) -> None:
    classify("道里区")

    with django_assert_num_queries(0):
        for _ in range(5):
            classify("道里区，老板不给工资")


def test_a_new_division_is_known_at_once() -> None:
    classify("道里区")
    Region.objects.create(
        code="230199", name="松北新区", full_name="黑龙江省哈尔滨市松北新区", level=6, parent_id="2301"
    )

    assert classify("松北新区的房子").region == "230199"


def test_divisions_are_read_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    classify("道里区")
    Region.objects.filter(code="230102").update(name="新道里区")
    assert places.name_of("230102") == "道里区"

    monkeypatch.setattr(places, "KEPT_SECONDS", -1.0)

    assert places.name_of("230102") == "新道里区"
