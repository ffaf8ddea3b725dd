from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from santai.knowledge.citations import references
from santai.knowledge.models import Level
from santai.knowledge.names import Place, place_of, short_name
from santai.knowledge.numerals import to_chinese, to_int
from santai.knowledge.sources import folder, jsonl, package
from santai.knowledge.sources.texts import Fault
from tests.knowledge.small_library import FAMILY_LAW, WORK_LAW


def parsed(text: str):
    faults: list[Fault] = []
    lines = [line for line in (folder._MARK_UP.sub("", line).strip(" \u3000") for line in text.splitlines()) if line]
    return folder.parse(lines, "file", faults), faults


@pytest.mark.parametrize("number", [1, 9, 10, 11, 19, 20, 34, 100, 101, 110, 133, 1001, 1010, 1079, 1260, 9999])
def test_a_number_survives_the_way_to_chinese_and_back(number):
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("第三十四条", Place(34)),
        ("第34条", Place(34)),
        ("第一百三十三条之一", Place(133, 1)),
        ("第三项", Place(3, 0, True)),
    ],
)
def test_every_spelling_of_a_label_is_the_same_place(label, place):
    assert place_of(label) == place


def test_an_address_tells_an_article_from_its_inserted_one():
    places = [Place(133), Place(133, 1), Place(3, 0, True), Place(0)]
    assert [place.key for place in places] == ["133", "133-1", "item-3", "text"]


def test_the_state_is_no_part_of_the_short_name():
    assert short_name("《中华人民共和国 民法典》") == "民法典"


def test_a_text_is_cut_into_chapters_articles_and_items():
    text, faults = parsed(WORK_LAW)
    assert faults == []
    assert [one.place.key for one in text.articles] == ["1", "2", "3", "3-1", "4", "5"]
    assert text.articles[2].chapter == "第二章 劳动报酬"
    assert text.articles[2].text.splitlines()[1] == "（一）未及时足额支付劳动报酬的；"


def test_the_day_of_the_last_amendment_and_of_coming_into_force_are_read_from_the_head():
    text, _ = parsed(WORK_LAW)
    assert (text.issued_on, text.in_force_from) == (date(2012, 12, 28), date(2013, 7, 1))
    assert text.level == Level.STATUTE


def test_the_day_of_the_first_wording_says_nothing_of_an_amended_one():
    text, _ = parsed(WORK_LAW.replace("　自2013年7月1日起施行", ""))
    assert text.in_force_from is None


def test_an_article_that_comes_twice_is_told_and_kept_once():
    text, faults = parsed(FAMILY_LAW)
    assert [one.place.key for one in text.articles] == ["1", "2"]
    assert "第二条出现了两次" in faults[0].what


def test_a_reference_inside_an_article_begins_no_article():
    text, _ = parsed("试验法\n第一条　依照下列规定：\n第二条规定的情形除外。\n第二条　其他。")
    assert [one.place.key for one in text.articles] == ["1", "2"]


def test_a_folder_tells_what_it_could_not_read(folder: Path):
    faults: list[Fault] = []
    from santai.knowledge.sources.folder import read

    names = [text.name for text in read(folder, faults)]
    assert names == ["试验婚姻法", "中华人民共和国试验劳动法"]
    assert {fault.where for fault in faults} == {"broken.docx", "empty.md", "family.md"}


def test_a_docx_is_read_like_text(tmp_path: Path):
    paper = Document()
    for line in WORK_LAW.splitlines():
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "law.docx"))
    (text,) = folder.read(tmp_path, [])
    assert len(text.articles) == 6


def test_lines_of_json_are_gathered_by_law(tmp_path: Path):
    row = {"law": "试验条例", "article": "第一条", "content": "甲。", "level": "行政法规", "date": "2020-01-02"}
    rows = [row, {**row, "article": "第二条", "content": "乙。"}, {**row, "article": "第三条", "content": " "}]
    path = tmp_path / "laws.jsonl.gz"
    with gzip.open(path, "wt") as lines:
        lines.write("\n".join([*(json.dumps(one) for one in rows), "no json", '{"law": 1}']))
    faults: list[Fault] = []
    (text,) = jsonl.read(path, faults)
    assert [one.text for one in text.articles] == ["甲。", "乙。"]
    assert (text.level, text.issued_on) == (Level.REGULATION, date(2020, 1, 2))
    assert [fault.where for fault in faults] == ["laws.jsonl.gz:3", "laws.jsonl.gz:4", "laws.jsonl.gz:5"]


def test_the_package_gives_statutes_with_status_and_dates():
    laws = {(text.name, text.issued_on): text for text in package.read([])}
    civil = laws["中华人民共和国民法典", date(2020, 5, 28)]
    assert len(civil.articles) == 1260
    assert civil.articles[1078].place == Place(1079)
    assert any(text.status == "repealed" for text in laws.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("因本法第二十六条第一款规定的情形", [("", 26)]),
        (
            "依照《中华人民共和国劳动法》第九十一条、第九十二条",
            [("中华人民共和国劳动法", 91), ("中华人民共和国劳动法", 92)],
        ),
        ("第三条至第五条", [("", 3), ("", 4), ("", 5)]),
        ("《甲法》的规定。第七条", [("", 7)]),
        ("没有提到别的", []),
    ],
)
def test_who_cites_whom_is_read_from_the_text(text, found):
    assert [(one.law, one.place.number) for one in references(text)] == found
