"""Who the other side may be: names of bodies and people in a text, and roles such as 老板, each with the words used.

A guess for pre-filling a form; the person checks it. Names never go into what is kept of a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rjieba

from santai.triage.lexicon import is_denied
from santai.triage.tables import lexicon_of

MOST = 3
LONGEST = 1000
LONGEST_NAME = 24
_BODY = re.compile(
    r"[\w()·]{2,30}?(?:股份有限公司|有限责任公司|有限公司|集团公司|律师事务所|专业合作社|人民医院|中心医院|"
    r"中医院|村民委员会|居民委员会|人民政府|公安局|管理局|派出所|分公司)"
)
# What may stand before the name of a body and is no part of it, the last of them counts.
_BEFORE_BODY = re.compile(
    r".*(?:[我你您他她在被把向和跟与给由是的了叫找告到去从让]|名叫|名为|称为|起诉|对方|单位|公司是)"
)
_NAMELESS = ("有限", "股份", "村民", "居民", "人民", "中心医院", "律师事务所", "专业合作社")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤滕殷罗毕郝邬安常"
    "于傅卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊"
    "胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓单洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳段侯宫宁仇甘武符刘景詹龙叶司黎乔闻翟谭申冉桑桂牛边尚"
)
_NAMED = re.compile(
    rf"(?:名叫|叫做|叫|姓名[:：是为]?|被告|被申请人|对方是|欠款人|借款人|老板|房东|包工头|工头|同事|朋友|邻居|丈夫|妻子|前夫|前妻|司机)"
    rf"(?P<name>[{_SURNAMES}](?:某{{1,2}}|[\u4e00-\u9fff]{{1,3}}))"
)
_NO_NAME = frozenset("我你您他她它的了不没给还欠说要把被在去来跑打借拿用是就都也和跟向让有与对到起找开签")


@dataclass(frozen=True)
class OtherSide:
    """`role` is a code of parties.csv (empty when only a name is known), `label` says it to people."""

    role: str
    label: str
    name: str = ""
    term: str = ""


def other_sides(folded: str) -> list[OtherSide]:
    """At most `MOST`, named ones first."""
    text = folded[:LONGEST]
    found = [*_bodies(text), *_people(text)]
    known = {side.role for side in found if side.role}
    found += [side for side in _roles(text) if side.role not in known]
    return found[:MOST]


def _bodies(text: str) -> Iterator[OtherSide]:
    names: set[str] = set()
    for match in _BODY.finditer(text):
        name = _BEFORE_BODY.sub("", match[0])
        if 5 <= len(name) <= LONGEST_NAME and not name.startswith(_NAMELESS) and name not in names:
            names.add(name)
            yield OtherSide("", "单位", name, name)


def _people(text: str) -> Iterator[OtherSide]:
    names: set[str] = set()
    for match in _NAMED.finditer(text):
        name = _name_in(match["name"])
        if name and name not in names:
            names.add(name)
            cue = match[0].removesuffix(match["name"]).rstrip(":：是为")
            rows = [row for hit in lexicon_of("parties.csv").find(cue) for row in hit.rows if row["role"]]
            yield OtherSide(rows[0]["role"] if rows else "", rows[0]["label"] if rows else "对方", name, cue)


def _name_in(run: str) -> str:
    """The first word of what follows a cue, when it can be a name."""
    if "某" in run:
        return re.match(r".某{1,2}", run)[0] if run[1] == "某" else ""  # type: ignore[index]
    cut = next((at for at, character in enumerate(run) if character in _NO_NAME), len(run))
    word = next(iter(rjieba.cut(run[: min(cut, 3)])), "")
    whole = run[:cut] if cut in (2, 3) and cut < len(run) else word
    return whole if 2 <= len(whole) <= 3 else ""


def _roles(text: str) -> Iterator[OtherSide]:
    seen: set[str] = set()
    for hit in lexicon_of("parties.csv").find(text):
        for row in hit.rows:
            if row["role"] and row["role"] not in seen and not is_denied(text, hit.start):
                seen.add(row["role"])
                yield OtherSide(row["role"], row["label"], "", hit.term)
