"""Where a need comes from: names of our own divisions found in a text."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models.signals import post_delete, post_save

from santai.registry.models import Region
from santai.triage.lexicon import Hit, Lexicon
from santai.triage.tables import rows_of

KEPT_SECONDS = 300.0
_PEOPLES = (
    "蒙古|达斡尔|鄂温克|鄂伦春|赫哲|朝鲜|锡伯|满|回|壮|苗|侗|瑶|彝|藏|羌|黎|白|土家|布依|傣|畲|土|撒拉|裕固|哈萨克|柯尔克孜|"
    "塔吉克|哈尼|佤|拉祜|傈僳|纳西|景颇|怒|独龙|仡佬|水|毛南|仫佬|各"
)
_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})族)*(?:自治县|自治州|自治区|地区|林区|矿区|省|市|县|区|州|盟|旗|镇|乡|街道)$")
# Words before a short name that show it is a place: 我在五常打工.
_CUES = ("在", "到", "住", "住在", "去", "从", "来自", "家", "老家", "户口", "位于", "回")


@dataclass(frozen=True)
class Named:
    """One division as a text may call it. `is_short` is a name without 市, 县 or 区."""

    code: str
    is_short: bool


@dataclass(frozen=True)
class Gazetteer:
    names: dict[str, str]
    full_names: dict[str, str]
    lexicon: Lexicon[Named]
    elsewhere: tuple[str, ...]
    ordinary: frozenset[str]


@dataclass(frozen=True)
class Whereabouts:
    """`code` is empty when nothing certain was found; `doubts` are sentences for the clerk."""

    code: str = ""
    term: str = ""
    doubts: tuple[str, ...] = field(default_factory=tuple)


class _Kept:
    """The table of one process; read again after five minutes or when a division is saved."""

    def __init__(self) -> None:
        self.gazetteer: Gazetteer | None = None
        self.read_at = 0.0

    def current(self) -> Gazetteer:
        now = time.monotonic()
        if self.gazetteer is None or not self.gazetteer.names or now - self.read_at > KEPT_SECONDS:
            self.gazetteer, self.read_at = _read(), now
        return self.gazetteer


_kept = _Kept()


def forget(**_: Any) -> None:
    """Read the divisions again at the next need (after a bulk load)."""
    _kept.gazetteer = None


post_save.connect(forget, sender=Region, dispatch_uid="places_forget_saved")
post_delete.connect(forget, sender=Region, dispatch_uid="places_forget_deleted")


def _read() -> Gazetteer:
    regions = list(
        Region.objects.filter(level__lte=Region.Level.TOWN).order_by("code").values_list("code", "name", "full_name")
    )
    rows: list[tuple[str, Named]] = []
    for code, name, _ in regions:
        rows.append((name, Named(code, is_short=False)))
        short = _SUFFIX.sub("", name)
        if len(short) >= 2 and short != name and len(code) <= 6:
            rows.append((short, Named(code, is_short=True)))
    ours = tuple(_SUFFIX.sub("", name) for code, name, _ in regions if len(code) <= 4)
    return Gazetteer(
        names={code: name for code, name, _ in regions},
        full_names={code: full for code, _, full in regions},
        lexicon=Lexicon(rows),
        elsewhere=tuple(word for word in _words("elsewhere") if word not in ours),
        ordinary=frozenset(_words("ordinary")),
    )


@cache
def _words(kind: str) -> list[str]:
    return [row["term"] for row in rows_of("places.csv") if row["kind"] == kind]


def name_of(code: str) -> str:
    """The short official name (道里区), or the code itself when the division is unknown."""
    return _kept.current().names.get(code, code)


def full_name_of(code: str) -> str:
    return _kept.current().full_names.get(code, code)


def is_ours(code: str) -> bool:
    return code in _kept.current().names


def locate(folded: str, *, given: str = "") -> Whereabouts:
    """The most exact division the text names. `given` helps to tell divisions of one name apart."""
    table = _kept.current()
    hits = [hit for hit in table.lexicon.find(folded) if not _is_elsewhere(folded, hit, table)]
    certain = {row.code for hit in hits for row in hit.rows if len(row.code) <= 4}
    anchors = certain | ({given} if len(given) >= 4 else set())
    found: dict[str, str] = {}
    doubts: list[str] = []
    for hit in hits:
        codes = _codes_meant(folded, hit, anchors, table)
        if len(codes) == 1:
            found.setdefault(codes[0], hit.term)
        elif len(codes) > 1 and not any(row.is_short for row in hit.rows):
            doubts.append(_ambiguity(hit.term, codes, table))
    return _most_exact(found, doubts, table)


def _is_elsewhere(text: str, hit: Hit[Named], table: Gazetteer) -> bool:
    before = text[max(0, hit.start - 4) : hit.start]
    return before.removesuffix("市").removesuffix("省").endswith(table.elsewhere)


def _codes_meant(text: str, hit: Hit[Named], anchors: set[str], table: Gazetteer) -> list[str]:
    anchored = [row.code for row in hit.rows if any(_related(row.code, anchor) for anchor in anchors)]
    if anchored and (len(anchored) == 1 or len(hit.rows) == len(anchored)):
        return list(dict.fromkeys(anchored))
    return list(dict.fromkeys(row.code for row in hit.rows if _stands_alone(text, hit, row, table)))


def _related(code: str, anchor: str) -> bool:
    return code != anchor and code.startswith(anchor)


def _stands_alone(text: str, hit: Hit[Named], row: Named, table: Gazetteer) -> bool:
    if len(row.code) <= 4:
        return True
    if hit.term in table.ordinary:
        return False
    if not row.is_short or len(hit.term) >= 3:
        return True
    return text[: hit.start].endswith(_CUES)


def _ambiguity(term: str, codes: Sequence[str], table: Gazetteer) -> str:
    cities = "、".join(dict.fromkeys(table.names.get(code[:4], code[:4]) for code in codes))
    return f"“{term}”在{cities}都有，请确认是哪个市"


def _most_exact(found: dict[str, str], doubts: list[str], table: Gazetteer) -> Whereabouts:
    """The longest code; divisions beside it that do not contain it are reported. The one named first wins."""
    if not found:
        return Whereabouts(doubts=tuple(doubts))
    code = max(found, key=len)
    others = [other for other in found if not code.startswith(other)]
    if others:
        doubts.append(f"文字里提到了{'、'.join(table.names[c] for c in [code, *others][:3])}，请确认事情发生在哪里")
    return Whereabouts(code, found[code], tuple(doubts))
