"""Families, homes, legal aid: what people tell, and the advice, sums, limits and drafts that follow."""

from __future__ import annotations

from datetime import date

import pytest

from santai.casework.models import Parameter
from santai.procedures.rules.legal_aid_eligibility import INCOME_KEY
from tests.guidance.stories import advice, draft, dues, laws, sums, told

pytestmark = pytest.mark.django_db


def test_a_beaten_wife_is_told_first_how_to_be_safe_and_sues_for_damages() -> None:
    found = told(
        "divorce",
        violence="yes",
        agree="no",
        side="wife",
        pregnant="yes",
        grounds=["none"],
        children="1",
        youngest="1",
        custody="me",
        income="5000",
        property=["house"],
    )
    assert [each.text[:6] for each in found.urgent] == ["先保证安全："]
    assert found.way.in_danger
    assert {"反家庭暴力法第二十三条", "民法典第一千零九十一条", "法律援助法第三十二条"} <= laws(found)
    assert "不满两周岁的孩子，一般跟母亲生活" in advice(found)
    assert sums(found)["抚养费（一个孩子，按月收入两成算）"] == "1,000元"
    assert "离婚损害赔偿" in draft(found)
    assert "离婚协议书" not in draft(found)


def test_a_couple_that_agrees_registers_after_thirty_days() -> None:
    found = told(
        "divorce",
        violence="no",
        agree="yes",
        side="husband",
        pregnant="no",
        children="0",
        property=["none"],
        married_on="2015-05-01",
    )
    assert dues(found) == {"cooling": date(2026, 12, 23)}
    assert found.urgent == []
    assert not found.way.in_danger
    assert "离婚协议书" in draft(found)
    assert "2015年5月1日登记结婚" in draft(found)
    assert "没有未成年子女" in draft(found)


def test_a_man_cannot_ask_for_divorce_of_a_pregnant_wife_and_a_refused_suit_waits_six_months() -> None:
    found = told(
        "divorce",
        violence="no",
        agree="no",
        side="husband",
        pregnant="yes",
        grounds=["refused"],
        refused_on="2026-08-10",
        children="0",
    )
    assert "男方不能提出离婚" in advice(found)
    assert dues(found)["again"] == date(2027, 2, 10)
    assert "民事诉讼法第一百二十七条" in laws(found)


def test_a_child_without_support_may_sue_at_any_time_for_a_share_of_the_income() -> None:
    found = told(
        "support",
        unsafe="no",
        kind="child",
        parents="divorced",
        age="9",
        settled="paper",
        agreed="800",
        months="5",
        income="6000",
        need="2000",
    )
    assert sums(found) == {
        "欠付的数额": "4,000元",
        "每月抚养费（一个孩子，按收入两成）": "1,200元",
        "每月抚养费（一个孩子，按收入三成）": "1,800元",
    }
    assert "不受三年诉讼时效的限制" in advice(found)
    assert dues(found) == {}
    assert "判令被告支付欠付的4,000元" in draft(found)


def test_what_a_court_has_ordered_is_enforced_within_two_years_of_the_last_payment() -> None:
    found = told(
        "support",
        kind="elder",
        elder_can="no",
        payers="3",
        need="1500",
        settled="court",
        agreed="300",
        months="10",
        last_on="2025-06-30",
    )
    assert dues(found) == {"execution": date(2027, 6, 30)}
    assert sums(found)["平均每个子女每月"] == "500元"
    assert "强制执行申请书" in draft(found)
    assert "民事起诉状" not in draft(found)


def test_a_will_is_written_by_hand_and_cannot_forget_who_has_nothing() -> None:
    found = told(
        "inheritance",
        goal="make",
        can_write="yes",
        weak="yes",
        outsider="yes",
        assets=["house"],
        married="yes",
        heirs="房子给女儿",
    )
    assert {"民法典第一千一百三十四条", "民法典第一千一百四十一条"} <= laws(found)
    text = draft(found)
    assert "遗嘱（自书样本）" in text
    assert "房子给女儿" in text
    assert "打印出来签名没有用" in found.drafts[0].note
    assert "起诉状" not in text


def test_heirs_who_quarrel_sue_where_the_dead_lived_and_a_legacy_is_accepted_within_sixty_days() -> None:
    found = told(
        "inheritance",
        goal="share",
        has_will="yes",
        gift_on="2026-11-02",
        count="4",
        agree="no",
        assets=["house", "debts"],
        weak="no",
    )
    assert dues(found) == {"gift": date(2027, 1, 4)}
    assert "民事诉讼法第三十四条" in laws(found)
    assert "在遗产的价值以内还" in advice(found)
    assert "民事起诉状（继承）" in draft(found)
    assert sums(found)["法定继承，平均每人占遗产的百分比"] == "25"


def test_noise_from_next_door_rests_on_the_code_that_is_in_force() -> None:
    found = told(
        "neighbours",
        threat="no",
        kind="noise",
        source="home",
        since="2026-11-02",
        hurt="no",
        tried=["talked"],
        other="楼上",
    )
    assert "生态环境法典第五百九十四条" in laws(found)
    assert dues(found) == {}
    assert "停止妨碍（噪声来源：邻居家里" in draft(found)


def test_management_may_not_cut_the_water_to_collect_its_fee() -> None:
    found = told(
        "neighbours",
        threat="no",
        kind="fee",
        cut_off="yes",
        served="yes",
        fee="2400",
        hurt="yes",
        loss="300",
        since="2026-11-02",
    )
    assert "民法典第九百四十四条" in laws(found)
    assert "恢复供水" in draft(found)
    assert "赔偿损失300元" in draft(found)
    assert dues(found) == {"court": date(2029, 11, 2)}


def test_legal_aid_is_judged_by_the_rules_of_the_procedure() -> None:
    Parameter.objects.create(key=INCOME_KEY, region="", value=1500, since=date(2026, 1, 1), basis="某省文件")
    poor = {
        "matter": "labour",
        "no_limit": "no",
        "unchecked": "no",
        "has_agent": "no",
        "place": "230102",
        "adverse_lives_with": "no",
        "household_income": "3000",
        "household_size": "3",
        "commitment": "yes",
    }
    found = told("legal-aid", **poor)
    assert found.values["aid_overall"] == "pass"
    assert "条件都对得上" in advice(found)
    assert [row.label for row in found.findings] == ["申请事项", "没有代理人", "受理地点", "时效期限", "经济困难"]
    assert "人均1,000元" in draft(found)
    rich = told("legal-aid", **{**poor, "household_income": "30000"})
    assert rich.values["aid_overall"] == "fail"
    assert "您还是可以申请" in advice(rich)


def test_a_victim_of_violence_has_no_limit_of_means_and_is_asked_for_none() -> None:
    found = told(
        "legal-aid",
        unsafe="yes",
        matter="support",
        no_limit="violence",
        has_agent="no",
        place="230102",
        term_ends_on="2026-11-26",
    )
    assert found.values["aid_overall"] == "pass"
    assert "household_income" not in {question.id for question in found.way.asked}
    assert {"法律援助法第三十二条", "法律援助法第四十四条"} <= laws(found)
    assert found.way.in_danger


def test_the_button_applies_for_what_fits_and_never_sends_a_beaten_wife_to_mediation() -> None:
    assert told("divorce", violence="yes", agree="no").request[0] == "legal_aid_civil"
    assert told("divorce", violence="no", agree="no").request[0] == "mediation"
    assert told("inheritance", goal="make").request[0] == "notarization_will"
    assert told("inheritance", goal="share", agree="yes").request[0] == "notarization"
    assert told("inheritance", goal="share", agree="no").request[0] == "mediation"
    assert told("wages", relation="odd").request == ("mediation", "我帮人干活没有拿到钱，想申请人民调解。")
