from __future__ import annotations

from santai.triage.lexicon import Lexicon, is_denied


def terms(lexicon: Lexicon[int], text: str, **options: bool) -> list[str]:
    return [hit.term for hit in lexicon.find(text, **options)]


def test_the_longest_term_wins_and_terms_inside_it_are_silent() -> None:
    lexicon = Lexicon([("合同", 1), ("劳动合同", 2), ("劳动", 3)])

    assert terms(lexicon, "劳动合同和买卖合同") == ["劳动合同", "合同"]
    assert terms(lexicon, "劳动合同", nested=True) == ["劳动合同", "劳动", "合同"]


def test_terms_that_overlap_without_nesting_both_count() -> None:
    assert terms(Lexicon([("交通事故", 1), ("事故责任", 2)]), "交通事故责任") == ["交通事故", "事故责任"]


def test_a_gap_is_short_and_inside_one_sentence() -> None:
    lexicon = Lexicon([("明天…开庭", 1)])

    assert terms(lexicon, "明天上午九点开庭") == ["明天…开庭"]
    assert terms(lexicon, "明天去。开庭是下月") == []
    assert terms(lexicon, "明天一二三四五六七八九十一开庭") == []


def test_a_term_in_two_rows_gives_both() -> None:
    (hit,) = Lexicon([("贷款", "债务"), ("贷款", "抵押")]).find("贷款")

    assert hit.rows == ("债务", "抵押")


def test_denial_is_the_word_just_before() -> None:
    text = "没有家暴，有没有家暴，家暴"
    starts = [hit.start for hit in Lexicon([("家暴", 1)]).find(text)]

    assert [is_denied(text, start) for start in starts] == [True, False, False]
