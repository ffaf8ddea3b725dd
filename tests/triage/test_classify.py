"""What triage says of a text, whatever the text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from santai.casework.kernel import all_procedures
from santai.people.models import SpecialGroup
from santai.triage import matters as matters_room
from santai.triage.classify import Finding, classify
from santai.triage.matters import GENERAL, Opinion, by_terms, matters
from santai.triage.services import service_labels
from santai.triage.tables import FOLDER, FaultyTable, rows_of

pytestmark = pytest.mark.django_db

WAGES = "老板拖欠我三个月工资，劳动合同也没签"


def told(finding: Finding, kind: str) -> list[str]:
    return [reason.text for reason in finding.reasons if reason.kind == kind]


def test_the_reason_names_the_words_that_decided() -> None:
    finding = classify(WAGES)

    assert finding.matter == "劳动纠纷"
    assert "“拖欠工资”" in told(finding, "matter")[0] or "“劳动合同”" in told(finding, "matter")[0]
    assert not finding.needs_person


def test_every_finding_says_why_for_matter_and_procedure() -> None:
    for text in (WAGES, "", "你好"):
        finding = classify(text)
        assert told(finding, "matter")
        assert told(finding, "procedure")


def test_nothing_recognised_is_general_and_needs_a_person() -> None:
    finding = classify("嗯嗯，好的吧")

    assert (finding.matter, finding.needs_person) == (GENERAL, True)


def test_a_given_matter_stands_and_a_different_text_is_told() -> None:
    finding = classify(WAGES, matter="婚姻家庭")

    assert (finding.matter, finding.confidence) == ("婚姻家庭", 1.0)
    assert any("更像劳动纠纷" in reason for reason in told(finding, "matter"))


def test_an_unknown_matter_is_not_taken_over() -> None:
    assert classify(WAGES, matter="不存在的事项").matter == "劳动纠纷"


def test_given_groups_stand_first_and_found_ones_follow() -> None:
    finding = classify("我奶奶是残疾人", groups=["veteran", "no such group"])

    assert finding.groups[0] == "veteran"
    assert {"elderly", "disabled"} <= set(finding.groups)
    assert "本人说明是退役军人" in told(finding, "group")


@pytest.mark.parametrize(("age", "group"), [("17岁", "minor"), ("60岁", "elderly"), ("18岁", ""), ("59周岁", "")])
def test_an_age_shows_a_group_from_eighteen_down_and_sixty_up(age: str, group: str) -> None:
    assert "".join(classify(f"我今年{age}").groups) == group


def test_danger_is_urgent_and_says_what_to_do_at_once() -> None:
    finding = classify("我丈夫正在打我")

    assert finding.urgency == 2
    assert "110" in finding.at_once[0]


@pytest.mark.parametrize("text", ["他没有家暴", "不是家暴", "从未家暴过"])
def test_what_is_denied_is_not_urgent(text: str) -> None:
    assert classify(text).urgency == 0


def test_a_question_is_not_a_denial() -> None:
    assert classify("怎么认定有没有家暴").urgency == 2


def test_a_false_friend_of_a_group_word_shows_no_group() -> None:
    assert "disabled" not in classify("残疾赔偿金怎么算").groups


def test_a_matter_inside_a_longer_word_does_not_count() -> None:
    assert classify("劳动合同").matter == "劳动纠纷"
    assert "合同纠纷" not in {opinion.matter for opinion in by_terms("劳动合同")}


def test_the_most_urgent_of_several_reasons_counts() -> None:
    finding = classify("下周开庭，他昨天还拿刀堵在门口")

    assert finding.urgency == 2
    assert len(told(finding, "urgency")) == 2
    assert "110" in finding.at_once[0]


def test_a_criminal_case_is_not_sent_into_civil_legal_aid() -> None:
    finding = classify("哥哥被刑拘，家里没钱请律师，要申请法律援助")

    assert (finding.procedure, finding.suggested_service) == ("legal_aid_criminal", "刑事法律援助")


@pytest.mark.parametrize("group", ["elderly", "disabled", "low_income", "minor"])
def test_exempt_people_with_an_aid_matter_are_pointed_to_legal_aid(group: str) -> None:
    assert classify("单位不给工伤待遇", groups=[group]).procedure == "legal_aid_civil"
    assert classify("单位不给工伤待遇").procedure == "work_order"


ODD_TEXTS = [
    "",
    " \n\t",
    "'; DROP TABLE casework_case;--",
    "<script>alert(1)</script>",
    "😀👨\u200d👩\u200d👧🏳",
    "\x00\ufffe\ud7ff",
    "吾夫殴吾，欲去之",
    "𠮷𠀀",
    "(" * 3000,
    "[[[%s%d{}]]]",
    "1" * 5000 + "元",
    "<" * 5000,
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_no_text_breaks_it(text: str) -> None:
    finding = classify(text)

    assert finding.matter in matters()
    assert 0 <= finding.confidence <= 1
    json.dumps(finding.as_facts())


@pytest.mark.parametrize(
    "text", ["離婚後撫養費怎麼算", "离 婚 后 抚 养 费 怎么算", "离婚<b>后</b>抚养费怎么算", "离\u200b婚后抚养费怎么算"]
)
def test_script_blanks_and_mark_up_do_not_hide_a_word(text: str) -> None:
    assert classify(text).matter == "婚姻家庭"


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _one_lookup_for_each(text: str) -> None:
    table: dict[str, str] = {}
    for character in text:
        table.get(character)


@pytest.mark.parametrize("length", [500, 10_000])
def test_it_costs_no_more_than_some_plain_readings_of_the_text(length: int) -> None:
    """About 1 ms for 500 characters and 20 ms for 10,000 on a slow core; as a ratio, so that a busy machine is no
    fault."""
    text = ("我在工地上干活，老板拖欠三个月工资共3万元，明天开庭，离婚后老公打我，房子拆迁。" * 300)[:length]
    classify(text)

    yardstick = min(_seconds(lambda: [_one_lookup_for_each(text) for _ in range(20)]) for _ in range(5)) / 20
    assert min(_seconds(lambda: classify(text)) for _ in range(7)) <= 200 * yardstick


def test_another_scorer_may_stand_beside_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def scorer(folded: str) -> list[Opinion]:
        return [Opinion("海事海商", 50.0, ("另一张表",))]

    monkeypatch.setattr(matters_room, "model_for", lambda scheme: None)
    monkeypatch.setattr(matters_room, "SCORERS", [*matters_room.SCORERS, scorer])

    finding = classify(WAGES)
    assert finding.ranking[:2] == ["海事海商", "劳动纠纷"]
    assert "另一张表" in told(finding, "matter")[0]


def test_the_tables_speak_only_of_what_exists() -> None:
    groups = set(SpecialGroup.values)
    assert {row["group"] for row in rows_of("groups.csv")} <= groups | {""}
    assert {row["level"] for row in rows_of("urgency.csv")} <= {"1", "2"}
    assert {row["term"] for row in rows_of("urgency.csv") if row["kind"] == "group"} <= groups
    assert all(row["reason"] and row["at_once"] for row in rows_of("urgency.csv"))
    assert all(float(row["weight"]) > 0 for row in rows_of("matters.csv"))
    for row in rows_of("procedure.csv"):
        assert set(row["groups"].split()) <= groups
        assert set(row["matters"].split()) <= set(matters())


def test_only_procedures_that_exist_are_suggested() -> None:
    known = {procedure.name for procedure in all_procedures()} | {"legal_aid_civil"}

    assert {row["procedure"] for row in rows_of("procedure.csv")} <= known


def test_there_are_twenty_matters_and_no_row_twice() -> None:
    assert len(matters()) == 20
    for name in ("matters.csv", "urgency.csv", "groups.csv"):
        lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(set(lines)), name


def test_every_service_can_be_dispatched() -> None:
    from santai.dispatch.services import duties

    general = duties("consultation", "")
    assert all(duties(service, "") != general for service in service_labels() if service != "consultation")


def test_a_faulty_table_names_its_line(tmp_path) -> None:
    (tmp_path / "bad.csv").write_text("term,group\n老人,elderly\n,minor\n", encoding="utf-8")

    with pytest.raises(FaultyTable, match=r"bad\.csv line 3"):
        list(rows_of("bad.csv", tmp_path))
