"""Importing holidays: all or nothing, again with the same result, every fault with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from santai.workdays import calendar
from santai.workdays.imports import NotPublished, import_file, import_package_years
from santai.workdays.models import Day, KnownYear
from santai.workdays.sheet import FaultySheet, parse_sheet
from santai.workdays.signals import calendar_changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
Sheet = Callable[..., Path]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("holidays", *arguments, stdout=out)
    return out.getvalue()


def test_the_package_brings_every_year_it_knows() -> None:
    assert set(range(2004, 2027)) <= set(KnownYear.objects.values_list("year", flat=True))
    assert Day.objects.get(date=date(2026, 2, 28), region="").is_workday
    assert Day.objects.get(date=date(2026, 2, 17), region="").name == "春节"


def test_importing_again_changes_nothing() -> None:
    stamps = list(KnownYear.objects.values_list("imported_at", flat=True))
    outcome = import_package_years()
    assert (outcome.added, outcome.changed, outcome.removed, outcome.years) == (0, 0, 0, [])
    assert outcome.unchanged > 700
    assert list(KnownYear.objects.values_list("imported_at", flat=True)) == stamps


def test_a_year_the_package_does_not_know_is_refused_with_the_way_out() -> None:
    with pytest.raises(NotPublished):
        import_package_years([2027])
    with pytest.raises(CommandError, match="2027年的放假安排还没有随软件发布.*--file"):
        run("import", "--year", "2027")


def test_a_complete_file_makes_its_year_known(year_2027: Path) -> None:
    outcome = import_file(year_2027)
    assert (outcome.added, outcome.years) == (27, [2027])
    assert calendar.is_known(date(2027, 2, 8))
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 14))
    again = import_file(year_2027)
    assert (again.added, again.changed, again.unchanged, again.years) == (0, 0, 27, [])


def test_a_file_saved_by_chinese_excel_is_read(sheet: Sheet) -> None:
    path = sheet("2027/1/1,,放假,元旦,国办通知", "2027/2/14,230000,班,春节,国办通知", encoding="gb18030")
    import_file(path)
    assert list(Day.objects.filter(date__year=2027).values_list("date", "region", "is_workday", "name")) == [
        (date(2027, 1, 1), "", False, "元旦"),
        (date(2027, 2, 14), "23", True, "春节"),
    ]


def test_an_incomplete_year_is_kept_but_stays_provisional(sheet: Sheet) -> None:
    path = sheet("2027-01-01,,0,元旦,国办通知")
    assert "2027年还不完整：工作日里只有1天放假" in run("import", "--file", str(path))
    assert not calendar.is_known(date(2027, 1, 1))
    assert "新标为已公布的年份：2027年" in run("import", "--file", str(path), "--complete")
    assert calendar.is_known(date(2027, 1, 1))


def test_local_holidays_do_not_make_a_year_known(sheet: Sheet) -> None:
    outcome = import_file(sheet("2027-09-03,222400,0,州庆,州政府通知"))
    assert (outcome.years, outcome.incomplete) == ([], {})
    assert not calendar.is_known(date(2027, 9, 3))
    assert not calendar.is_workday(date(2027, 9, 3), "222401")
    assert calendar.is_workday(date(2027, 9, 3), "220102")


def test_a_wrong_line_stops_the_whole_file_and_every_fault_is_named(sheet: Sheet) -> None:
    path = sheet(
        "2027-01-01,,0,元旦,国办通知",
        "2027-02-30,,0,春节,国办通知",
        "",
        "2027-02-08,hlj,0,春节,国办通知",
        "2027-02-09,,maybe,春节,国办通知",
        "2027-02-10,,0,,",
        "2027-02-11,,0,春节",
        "2027-01-01,,1,元旦,国办通知",
    )
    with pytest.raises(FaultySheet) as caught:
        import_file(path)
    assert [fault.split("，")[0] for fault in caught.value.faults] == [
        "第3行：日期“2027-02-30”不对",
        "第5行：区划“hlj”不对",
        "第6行：is_workday“maybe”不对",
        "第7行：放假日请写名称",
        "第7行：请写来源",
        "第8行：应有5列",
        "第9行：2027-01-01（全国）在第2行已经写过",
    ]
    assert not Day.objects.filter(date__year=2027).exists()
    with pytest.raises(CommandError, match="没有写入任何内容"):
        run("import", "--file", str(path))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "表头应为"),
        ("day,place\n", "表头应为"),
        ("date,region,is_workday,name,source\n", "没有数据"),
        ("date,region,is_workday,name,source\n\n \n", "没有数据"),
        ('date,region,is_workday,name,source\n2027-01-01,,0,"元旦,国办', "引号"),
        ("date,region,is_workday,name,source\n1027-01-01,,0,元旦,国办", "日期"),
        ("date,region,is_workday,name,source\n2027-01-01,,0," + "长" * 41 + ",国办", "名称太长"),
        ("date,region,is_workday,name,source\n2027-01-01,,0,元旦," + "长" * 121, "来源太长"),
        ("date,region,is_workday,name,source\n2027-01-01,2,0,元旦,国办", "区划"),
    ],
)
def test_a_file_of_another_shape_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(FaultySheet, match=words):
        parse_sheet(text)


def test_a_file_that_is_missing_or_no_text_is_refused_in_words(tmp_path: Path) -> None:
    picture = tmp_path / "holidays.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff\x00")
    with pytest.raises(CommandError, match="CSV"):
        run("import", "--file", str(picture))
    with pytest.raises(CommandError, match="打不开"):
        run("import", "--file", str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("23", "23"),
        ("230000", "23"),
        ("230100", "2301"),
        ("230102", "230102"),
        ("230102001000", "230102001"),
        ("230000000000", "23"),
    ],
)
def test_a_division_code_is_kept_as_the_prefix_of_what_lies_in_it(written: str, kept: str) -> None:
    (row,) = parse_sheet(f"date,region,is_workday,name,source\n2027-01-01,{written},0,元旦,国办")
    assert row.region == kept


def test_a_changed_day_is_counted_and_seen_by_other_processes(sheet: Sheet) -> None:
    before = calendar._stamp()
    outcome = import_file(sheet("2026-10-10,,0,国庆节,更正通知"))
    assert (outcome.added, outcome.changed) == (0, 1)
    assert calendar._stamp() != before
    assert not calendar.is_workday(date(2026, 10, 10))


def test_the_package_leaves_a_year_of_an_official_file_alone_unless_it_is_named(sheet: Sheet) -> None:
    import_file(sheet("2026-10-10,,0,国庆节,更正通知", "2026-10-12,,0,国庆节,更正通知"), is_complete=True)
    outcome = import_package_years()
    assert outcome.left_alone == [2026]
    assert not calendar.is_workday(date(2026, 10, 12))
    named = import_package_years([2026])
    assert (named.changed, named.removed) == (1, 1)
    assert calendar.is_workday(date(2026, 10, 10))
    assert calendar.is_workday(date(2026, 10, 12))


def test_an_import_tells_which_days_moved(year_2027: Path) -> None:
    heard: list[tuple[date, date]] = []

    def listen(first: date, last: date, **_signal: object) -> int:
        heard.append((first, last))
        return 2

    calendar_changed.connect(listen)
    try:
        assert import_file(year_2027).recomputed == 2
        assert import_file(year_2027).recomputed == 0
    finally:
        calendar_changed.disconnect(listen)
    assert heard == [(date(2027, 1, 1), date(2027, 12, 31))]


def test_the_command_lists_what_is_known() -> None:
    listed = run("import", "--list")
    assert "2026年  放假33天  调休上班6天" in listed
    assert run("list") == listed


def test_the_command_reports_in_numbers(year_2027: Path) -> None:
    report = run("import", "--file", str(year_2027))
    assert "新增27天，改动0天，删除0天，原样0天" in report
    assert "新标为已公布的年份：2027年" in report
    assert "新增0天" in run("import")
