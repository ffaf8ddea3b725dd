"""存进政策库: what somebody searched for a person, as the first draft of a policy. Nothing is saved or let out here.

Names and numbers that stand in a request are left out; the editor reads the draft and a second person publishes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.access import log_of
from santai.casework.models import Case
from santai.knowledge.entries.redaction import redacted
from santai.knowledge.entries.wording import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE
from santai.knowledge.folding import fold
from santai.knowledge.models import Entry
from santai.knowledge.names import LABEL
from santai.knowledge.policies import Shelf
from santai.procedures.forms.special_collection import WANTED
from santai.procedures.rules.conditions import latest
from santai.procedures.special_collection import S
from santai.trust.models import User
from santai.web.desk.library.rights import may_write

SEARCH = "special_collection"
ANSWERED = frozenset({S.DELIVERED, S.CLOSED})
MOST_TOPICS = 4
LOOKED_AT_AGAIN = timedelta(days=365)
LAW = dict(WANTED)["law"]
_FIRST_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
# What the page of an entry does not show (entries/wording.py).
_MARK_UP = re.compile(r"[<>|`#*!\[\]]")


def may_be_stored(case: Case, user: User) -> bool:
    has_sources = bool(case.facts.get("sources"))
    return case.procedure == SEARCH and case.state in ANSWERED and has_sources and may_write(user)


def begun_from(case: Case) -> dict[str, Any]:
    """What the editor's form begins with."""
    sources, told, today = case.facts["sources"], _told(case), localdate()
    one = sources[0] if len(sources) == 1 else {"citation": ""}
    return {
        "kind": Entry.Kind.POLICY,
        "slug": _free_slug(f"collected-{today:%Y%m%d}"),
        "region": case.region,
        "title": _plain(case.facts["topic"])[:LONGEST_TITLE],
        "summary": _first_sentence(told)[:LONGEST_SUMMARY],
        "body": _body(told, sources)[:LONGEST_BODY],
        "laws": "\n".join(_laws(sources)),
        "topics": " ".join(_topics(f"{case.facts['topic']}{told}{sources}")),
        "matter": case.matter,
        "document_number": one["citation"][:60],
        "source": "专题搜集，由工作人员查找整理",
        "review_by": today + LOOKED_AT_AGAIN,
    }


def _told(case: Case) -> str:
    delivered = latest(log_of(case), "deliver")
    return "\n".join(_plain(line) for line in str(delivered.data["summary"]).splitlines()) if delivered else ""


def _plain(text: str) -> str:
    """Redacting folds punctuation, so that what has nothing to hide stays as it was written."""
    plain = _MARK_UP.sub(" ", text).strip()
    hidden = redacted(plain)
    return plain if hidden == " ".join(fold(plain).split()) else hidden


def _first_sentence(text: str) -> str:
    found = _FIRST_SENTENCE.search(text)
    return found[0].strip() if found else ""


def _body(told: str, sources: Iterable[Mapping[str, str]]) -> str:
    return "\n".join(["## 说了什么", "", told, "", "## 依据和出处", "", *map(_line, sources)])


def _line(source: Mapping[str, str]) -> str:
    named = f"- 〔{source['kind']}〕{_shown(source['title'])}（{_shown(source['citation'])}）"
    return f"{named}：{_shown(source['gist'])}" if source["gist"] else named


def _shown(text: str) -> str:
    """Sources are public: their numbers stay."""
    return _MARK_UP.sub(" ", text).strip()


def _laws(sources: Iterable[Mapping[str, str]]) -> list[str]:
    """工伤保险条例｜国务院令第586号 第十四条 rests on 工伤保险条例 第十四条."""
    cited = ((source, LABEL.search(source["citation"])) for source in sources if source["kind"] == LAW)
    return [f"{_shown(source['title']).strip('《》')} {found[0]}" for source, found in cited if found]


def _topics(text: str) -> list[str]:
    """Those of the library that the text speaks of: by them people find it and are told of it."""
    return [topic for topic, _ in Shelf(localdate()).topics() if topic in text][:MOST_TOPICS]


def _free_slug(begun: str) -> str:
    taken = set(Entry.objects.filter(slug__startswith=begun).values_list("slug", flat=True))
    return next(slug for slug in (begun, *(f"{begun}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
