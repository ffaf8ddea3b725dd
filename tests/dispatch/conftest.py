"""A small city with lawyers to choose from, and a case waiting for one of them."""

from __future__ import annotations

import pytest

from santai.registry.models import Region
from santai.triage import places

PLACES = {
    "23": ("黑龙江省", "黑龙江省"),
    "2301": ("哈尔滨市", "黑龙江省哈尔滨市"),
    "230102": ("道里区", "黑龙江省哈尔滨市道里区"),
    "230103": ("南岗区", "黑龙江省哈尔滨市南岗区"),
    "230127": ("木兰县", "黑龙江省哈尔滨市木兰县"),
    "2302": ("齐齐哈尔市", "黑龙江省齐齐哈尔市"),
    "230202": ("龙沙区", "黑龙江省齐齐哈尔市龙沙区"),
}


@pytest.fixture(autouse=True)
def _divisions(db: None) -> None:
    for code, (name, full_name) in PLACES.items():
        Region.objects.create(
            code=code, name=name, full_name=full_name, level=len(code), parent_id=code[:-2] if len(code) > 2 else None
        )
    places.forget()
