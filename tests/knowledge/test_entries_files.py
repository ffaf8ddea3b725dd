"""A file that is wrong is told with name, line and field; an import never costs what staff wrote here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from santai.knowledge.entries import publishing
from santai.knowledge.entries.citing import mentions
from santai.knowledge.entries.files import BadEntry, read
from santai.knowledge.entries.imports import import_entries
from santai.knowledge.models import Entry, EntryCitation, EntryVersion
from santai.knowledge.sources.texts import UnknownSource
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import AT, WAGES, wording, write_entry

Status = EntryVersion.Status


def problems(folder: Path, text: str, name: str = "answers/a.md") -> str:
    with pytest.raises(BadEntry) as caught:
        read(write_entry(folder, name, text))
    return "；".join(caught.value.problems)


def test_a_file_is_read_with_all_it_says(tmp_path):
    one = read(write_entry(tmp_path))
    assert (one.kind, one.slug, one.wording.service) == (Entry.Kind.ANSWER, "unpaid-wages", "arbitration_labour")
    assert [basis.law + basis.place.label for basis in one.wording.laws] == ["试验劳动法第三条", "没有的法第一条"]
    assert str(one.wording.expires_on) == "2027-12-31"
    assert one.wording.body.startswith("## 现在怎么做")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("---\ntitle", "title", "第 1 行"),
        ("title: 老板", "title: 老板: 拖: 欠", "第 2 行"),
        ("title: 老板拖欠工资怎么办", "title:", "title：没有写标题"),
        ("title: 老板拖欠工资怎么办", "title: " + "长" * 61, "最多 60 字"),
        ("matter:", "mater:", "mater：不认识这一项"),
        ("2027-05-31", "明年", "review_by：应是 2027-05-31 这样的日期，现在是“明年”"),
        ("2027-05-31", "2028-05-31", "复核日期不能晚于"),
        ("topics: [欠薪, 劳动]", "topics: 欠薪", "topics：应是列表"),
        ("试验劳动法 第三条", "试验劳动法", "laws：“试验劳动法”应写成"),
        ("1. 先把", "<b>先把", "第 17 行：不能用 HTML"),
        ("1. 先把", "| 先把", "第 17 行：不能用表格"),
        ("1. 先把", "# 先把", "第 17 行：标题用"),
        ("1. 先把", "[先把](http://x)", "第 17 行：不能放链接"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, before, after, said):
    assert before in WAGES
    assert said in problems(tmp_path, WAGES.replace(before, after, 1))


def test_the_line_of_the_body_is_that_of_the_file(tmp_path):
    text = WAGES.replace("- 从离职", "<i>- 从离职")
    line = text.splitlines().index(next(one for one in text.splitlines() if "<i>" in one)) + 1
    assert f"第 {line} 行：不能用 HTML" in problems(tmp_path, text)


@pytest.mark.parametrize("name", ["answers/Über.md", "answers/a b.md", "others/a.md"])
def test_a_name_that_is_no_address_is_refused(tmp_path, name):
    assert problems(tmp_path, WAGES, name)


def test_bytes_that_are_no_text_are_told(tmp_path):
    path = write_entry(tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadEntry, match="UTF-8"):
        read(path)


def test_articles_named_one_after_another_are_each_found():
    text = "按《劳动法》第五十条、第九十一条和《民法典》第一千零七十九条第二款，可以。《劳动法》很好。第三条没有法。"
    found = [(text[one.start : one.end], one.basis.law + one.basis.place.label) for one in mentions(text)]
    assert found == [
        ("《劳动法》第五十条", "劳动法第五十条"),
        ("第九十一条", "劳动法第九十一条"),
        ("《民法典》第一千零七十九条", "民法典第一千零七十九条"),
    ]


@pytest.mark.django_db
class TestImport:
    def test_twice_is_once(self, tmp_path, library):
        write_entry(tmp_path)
        assert import_entries(tmp_path, at=AT).added == 1
        again = import_entries(tmp_path, at=AT)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
        assert EntryVersion.objects.count() == 1

    def test_citations_lead_to_the_articles_the_library_has(self, tmp_path, library):
        write_entry(tmp_path)
        assert import_entries(tmp_path, at=AT).cited == 1
        cited = {str(one): one.article is not None for one in EntryCitation.objects.all()}
        assert cited == {"《试验劳动法》第三条": True, "《没有的法》第一条": False}

    def test_a_changed_file_is_a_new_version_and_the_old_one_is_replaced(self, tmp_path):
        write_entry(tmp_path)
        import_entries(tmp_path, at=AT)
        write_entry(tmp_path, text=WAGES.replace("仲裁不收费", "仲裁不用花钱"))
        assert import_entries(tmp_path, at=AT).changed == 1
        entry = Entry.objects.get()
        assert (entry.published.number, "不用花钱" in entry.published.summary) == (2, True)
        assert entry.versions.get(number=1).status == Status.REPLACED

    def test_a_file_changed_back_is_a_third_version(self, tmp_path):
        for text in (WAGES, WAGES.replace("仲裁不收费", "仲裁不用花钱"), WAGES):
            write_entry(tmp_path, text=text)
            import_entries(tmp_path, at=AT)
        entry = Entry.objects.get()
        assert (entry.published.number, "不收费" in entry.published.summary) == (3, True)

    def test_a_version_that_staff_wrote_is_left_alone_and_told(self, tmp_path, town: factories.Town):
        write_entry(tmp_path)
        import_entries(tmp_path, at=AT)
        writer, reviewer = town.staff[Role.LAWYER], town.staff[Role.BUREAU_HEAD]
        own = publishing.draft(Entry.objects.get(), wording(summary="我们自己写的。"), by=writer)
        publishing.publish(publishing.submit(own), by=reviewer, at=AT)
        assert import_entries(tmp_path, at=AT).unchanged == 1
        write_entry(tmp_path, text=WAGES.replace("仲裁不收费", "仲裁不用花钱"))
        taken = import_entries(tmp_path, at=AT)
        assert (taken.changed, len(taken.left)) == (0, 1)
        assert Entry.objects.get().published.summary == "我们自己写的。"

    def test_what_staff_withdrew_is_not_published_again(self, tmp_path, town: factories.Town):
        write_entry(tmp_path)
        import_entries(tmp_path, at=AT)
        publishing.withdraw(Entry.objects.get(), "法律改了", by=town.staff[Role.LAWYER], at=AT)
        import_entries(tmp_path, at=AT)
        write_entry(tmp_path, text=WAGES.replace("仲裁不收费", "仲裁不用花钱"))
        assert "撤下" in import_entries(tmp_path, at=AT).left[0].what
        assert Entry.objects.get().published is None

    def test_a_bad_file_costs_only_itself(self, tmp_path, capsys):
        write_entry(tmp_path)
        write_entry(tmp_path, "answers/bad.md", "no front matter")
        call_command("import_entries", tmp_path)
        said = capsys.readouterr().out
        assert "新增 1 篇" in said
        assert "没读懂：answers/bad.md：第 1 行" in said

    def test_the_same_address_cannot_be_two_kinds(self, tmp_path):
        write_entry(tmp_path)
        write_entry(tmp_path, "guides/unpaid-wages.md")
        taken = import_entries(tmp_path, at=AT)
        assert (taken.added, len(taken.faults)) == (1, 1)

    def test_a_folder_without_entries_is_told(self, tmp_path):
        with pytest.raises(UnknownSource):
            import_entries(tmp_path, at=AT)
        with pytest.raises(CommandError, match="answers"):
            call_command("import_entries", tmp_path)
