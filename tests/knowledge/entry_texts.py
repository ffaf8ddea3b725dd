"""Entries for tests: small files like the starter texts, and entries published from wordings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from santai.knowledge.entries.publishing import publish_file
from santai.knowledge.entries.wording import Basis, Wording
from santai.knowledge.models import Entry
from santai.registry.models import Region

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WAGES = """---
title: 老板拖欠工资怎么办
asked:
  - 干完活老板不给钱
  - 公司两个月没发工资了
summary: 可以先向劳动监察投诉，也可以申请劳动仲裁；仲裁不收费。
matter: 劳动纠纷
topics: [欠薪, 劳动]
service: arbitration_labour
laws:
  - 试验劳动法 第三条
  - 没有的法 第一条
review_by: 2027-05-31
expires_on: 2027-12-31
---
## 现在怎么做
1. 先把**证据**留好。
2. 按《试验劳动法》第三条和第四条，可以要钱。

## 期限
- 从离职那天起一年内申请仲裁。
"""


def wording(**fields: Any) -> Wording:
    given: dict[str, Any] = {
        "title": "老板拖欠工资怎么办",
        "summary": "可以先向劳动监察投诉，也可以申请劳动仲裁；仲裁不收费。",
        "body": "## 现在怎么做\n1. 先把**证据**留好。\n2. 按《试验劳动法》第三条，可以要钱。",
        "asked": ("干完活老板不给钱", "公司两个月没发工资了"),
        "matter": "劳动纠纷",
        "laws": (Basis.read("试验劳动法 第三条"),),
    }
    return Wording(**{**given, **fields})


def published(
    slug: str, *, kind: str = Entry.Kind.ANSWER, region: Region | None = None, at: datetime = AT, **fields: Any
) -> Entry:
    entry = Entry.objects.create(kind=kind, slug=slug, region=region)
    publish_file(entry, wording(**fields), digest=slug[:32], at=at)
    entry.refresh_from_db()
    return entry


def write_entry(folder: Path, name: str = "answers/unpaid-wages.md", text: str = WAGES) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
