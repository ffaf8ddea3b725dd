"""A small library: made-up laws in the shape of real ones, so that no law text lies in the tree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from santai.knowledge.building import take_in

TODAY = date(2026, 3, 2)

WORK_LAW = """中华人民共和国试验劳动法
（2008年6月29日第一次会议通过　根据2012年12月28日《关于修改的决定》修正　自2013年7月1日起施行）
目　录
第一章　总　则
第二章　劳动报酬
第一章　总　则
第一条　为了试验检索，制定本法。
第二条　用人单位和劳动者适用本法。
第二章　劳动报酬
第三条　用人单位拖欠工资的，劳动者可以解除劳动合同，依照本法第四条取得经济补偿。
（一）未及时足额支付劳动报酬的；
（二）克扣加班费的。
第三条之一　工资应当按月支付。
第四条　经济补偿按年限计算。
第五条　本法自2008年9月18日起施行。
"""
FAMILY_LAW = """# 试验婚姻法
（2020年5月28日通过）
**第一条** 夫妻感情破裂的，准予离婚。
**第二条** 离婚后，子女由母亲或者父亲直接抚养；依照《中华人民共和国试验劳动法》第三条的规定处理工资。
**第二条** 写了两次的一条。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "laws"
    place.mkdir()
    (place / "work.txt").write_text(WORK_LAW)
    (place / "family.md").write_text(FAMILY_LAW)
    (place / "empty.md").write_text("# 没有条文的文件\n说明文字\n")
    (place / "broken.docx").write_bytes(b"no document")
    return place


@pytest.fixture
def in_home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def library(db: None, in_home: Path, folder: Path) -> Path:
    """The two laws, imported and indexed."""
    take_in(str(folder), on=TODAY)
    return in_home
