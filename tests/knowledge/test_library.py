from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from santai.knowledge.building import take_in
from santai.knowledge.imports import _order_versions, import_laws
from santai.knowledge.models import Article, Citation, Law, LawVersion
from santai.knowledge.periodic import let_laws_come_into_force
from santai.knowledge.reading import around, article_of, beside, find, version_of
from santai.knowledge.sources.texts import UnknownSource
from tests.knowledge.small_library import TODAY, WORK_LAW

Status = LawVersion.Status
pytestmark = pytest.mark.django_db


def work_law() -> Law:
    return Law.objects.get(name="试验劳动法")


def test_a_second_import_changes_nothing(library: Path, folder: Path):
    before = list(Article.objects.values_list("pk", "text"))
    again = take_in(str(folder), on=TODAY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert list(Article.objects.values_list("pk", "text")) == before


def test_a_corrected_text_keeps_its_articles(library: Path, folder: Path):
    kept = Article.objects.get(version__law=work_law(), key="4")
    (folder / "work.txt").write_text(WORK_LAW.replace("经济补偿按年限计算。", "经济补偿按工作年限计算。"))
    outcome = take_in(str(folder), on=TODAY)
    assert (outcome.changed, outcome.unchanged) == (1, 1)
    kept.refresh_from_db()
    assert kept.text == "经济补偿按工作年限计算。"


def test_a_new_version_takes_over_and_the_old_one_ends_that_day(library: Path, folder: Path):
    newer = WORK_LAW.replace("自2013年7月1日起施行", "根据2025年1月2日决定第二次修正　自2025年5月1日起施行")
    (folder / "work-2025.txt").write_text(newer)
    take_in(str(folder), on=TODAY)
    old, new = work_law().versions.order_by("issued_on")
    assert (old.status, old.in_force_until, old.is_current) == (Status.AMENDED, date(2025, 5, 1), False)
    assert (new.status, new.in_force_until, new.is_current) == (Status.IN_FORCE, None, True)
    assert version_of(work_law(), on=date(2025, 4, 30)) == old
    assert version_of(work_law(), on=date(2025, 5, 1)) == new
    assert version_of(work_law(), on=date(2013, 6, 30)) is None


def test_a_version_that_does_not_apply_yet_leaves_the_old_one_in_force(library: Path, folder: Path):
    newer = WORK_LAW.replace("自2013年7月1日起施行", "根据2026年2月2日决定第二次修正　自2026年5月1日起施行")
    (folder / "work-2026.txt").write_text(newer)
    take_in(str(folder), on=TODAY)
    old, new = work_law().versions.order_by("issued_on")
    assert (old.status, old.is_current) == (Status.IN_FORCE, True)
    assert (new.status, new.is_current) == (Status.PENDING, False)


def test_on_its_first_day_a_version_takes_the_place_of_the_old_one(library: Path, folder: Path):
    newer = WORK_LAW.replace("自2013年7月1日起施行", "根据2026年2月2日决定第二次修正　自2026年5月1日起施行")
    (folder / "work-2026.txt").write_text(newer)
    take_in(str(folder), on=TODAY)
    eve = datetime(2026, 4, 30, 15, 0, tzinfo=UTC)
    assert let_laws_come_into_force(at=eve) == 0
    assert let_laws_come_into_force(at=eve + timedelta(hours=1, minutes=1)) == 1
    old, new = work_law().versions.order_by("issued_on")
    assert (old.status, old.is_current) == (Status.AMENDED, False)
    assert (new.status, new.is_current) == (Status.IN_FORCE, True)
    assert find("拖欠工资").hits[0].article.version == new


def test_a_law_amended_by_a_wording_that_waits_is_in_force(db, folder: Path):
    """Sources call the wording of today amended as soon as the next one is published."""
    newer = WORK_LAW.replace("自2013年7月1日起施行", "根据2026年2月2日决定第二次修正　自2026年5月1日起施行")
    (folder / "work-2026.txt").write_text(newer)
    import_laws(str(folder), on=TODAY)
    old = work_law().versions.earliest("issued_on")
    LawVersion.objects.filter(pk=old.pk).update(status=Status.AMENDED)
    _order_versions([work_law().pk])
    old.refresh_from_db()
    assert (old.status, old.is_current) == (Status.IN_FORCE, True)


def test_articles_cite_each_other_within_and_across_laws(library: Path):
    found = {(one.citing.key, one.citing.version.law.name, one.cited.key) for one in Citation.objects.all()}
    assert found == {("3", "试验劳动法", "4"), ("2", "试验婚姻法", "3")}


def test_an_article_stands_between_its_neighbours(library: Path):
    version = version_of(work_law())
    article = article_of(version, "3-1")
    assert [one.key for one in around(article)] == ["3", "3-1", "4", "5"]
    before, after = beside(article)
    assert (before.key, after.key) == ("3", "4")


def test_a_source_that_is_none_is_told(db, tmp_path: Path):
    with pytest.raises(UnknownSource, match="不认识的来源"):
        import_laws(str(tmp_path / "nothing"), on=TODAY)


def test_a_failed_import_leaves_nothing_behind(db, folder: Path, monkeypatch):
    monkeypatch.setattr("santai.knowledge.imports._order_versions", lambda laws: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_laws(str(folder), on=TODAY)
    assert Law.objects.count() == 0
