"""Every period that people are told stands in the article that is named beside it."""

from __future__ import annotations

import pytest

from santai.guidance.asking.time_limits import TimeLimit, time_limits, time_limits_for
from santai.triage.matters import matters
from tests.statutes import laws, statutes

SUING, COOLING_OFF = "到法院起诉要求还钱、赔偿（诉讼时效）", "协议离婚冷静期内可以撤回申请"
REVIEW = "对行政机关的决定申请行政复议（村委会、村集体的决定不算）"


@pytest.mark.parametrize("limit", time_limits(), ids=lambda limit: f"{limit.law}{limit.place}-{limit.name}")
def test_the_period_stands_in_its_article(limit: TimeLimit):
    # Regulations of the State Council are not among the statutes of the package.
    if limit.law in laws():
        assert limit.period in statutes()[limit.law, limit.place]


def test_most_of_the_table_was_checked():
    assert sum(limit.law in laws() for limit in time_limits()) >= len(time_limits()) - 1


def test_the_matters_of_the_table_exist_and_every_row_can_be_reached():
    assert {matter for limit in time_limits() for matter in limit.matters} <= set(matters())
    assert [limit.name for limit in time_limits() if not (limit.matters or limit.words)] == []


@pytest.mark.parametrize(
    ("text", "matter", "told", "not_told"),
    [
        ("老板拖欠工资", "劳动纠纷", {"申请劳动仲裁"}, {"申请行政复议"}),
        ("上班摔伤了", "劳动纠纷", {"申请劳动仲裁", "单位申请工伤认定；单位不申请的，本人一年内可以申请"}, set()),
        ("朋友借钱不还，还有人担保", "债权债务", {"要求担保人承担责任（没有约定保证期间的）"}, {"申请劳动仲裁"}),
        ("我想离婚", "婚姻家庭", {"协议离婚冷静期内可以撤回申请"}, set()),
        ("已经起诉离婚", "婚姻家庭", set(), {"协议离婚冷静期内可以撤回申请"}),
        ("一审判决判了三年有期徒刑", "刑事辩护", {"对刑事判决上诉（裁定五日）"}, {"民事判决上诉（裁定十日）"}),
        ("对方判了不给，怎么申请强制执行", "", {"申请法院强制执行"}, set()),
        ("法院判了他还我八万，一年了不还", "房产纠纷", {"申请法院强制执行"}, {SUING}),
        ("离婚后前夫不给抚养费", "婚姻家庭", set(), {COOLING_OFF}),
        ("老公打我，我想离婚", "婚姻家庭", set(), {COOLING_OFF}),
        ("养老金算错了社保局不给改", "劳动纠纷", set(), {"申请劳动仲裁"}),
        ("在饭店干活滑倒骨折", "劳动纠纷", {"单位申请工伤认定；单位不申请的，本人一年内可以申请"}, set()),
        ("继承房子要交多少税", "房产纠纷", set(), {SUING}),
        ("判决书收到十天了想上诉", "行政诉讼", {"民事判决上诉（裁定十日）"}, {REVIEW}),
        ("房子要被征收，补偿太少", "拆迁安置", {REVIEW}, set()),
    ],
)
def test_what_fits_is_told_and_what_does_not_is_not(text, matter, told, not_told):
    names = {limit.name for limit in time_limits_for(text, [matter])}
    assert told <= names
    assert not names & not_told


def test_a_word_of_the_person_comes_before_what_the_matter_alone_brings():
    first = time_limits_for("公司不给工伤待遇，上班受伤", ["劳动纠纷"])[0]
    assert first.law == "工伤保险条例"


@pytest.mark.parametrize("text", ["", "12345", "🙂" * 100, "'; DROP TABLE", "吾妻欲去"])
def test_without_a_matter_odd_words_bring_nothing(text):
    assert time_limits_for(text, []) == []


def test_who_is_in_danger_is_told_of_no_period_that_only_the_matter_brings():
    text = "欠了网贷，不想活了"
    assert [limit.name for limit in time_limits_for(text, ["债权债务"])] == [SUING]
    assert time_limits_for(text, ["债权债务"], only_named=True) == []
