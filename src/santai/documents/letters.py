"""Official letters: a text template per kind, rendered once, numbered, hashed, and never changed afterwards.

A template is `<kind>.txt` in one of `settings.LETTER_FOLDERS`. Its first line names the title, the word of the number
("法律援助受理通知书 | 法援受"); where it is not a plain letter the layout ("送达回证 | 送 | table"); and who signs
it besides the issuing body ("人民调解协议书 | 人调 | letter | 当事人、对方、承办人"). A fifth part `internal` is for
what the office writes for itself ("法制审核意见书 | 法审 | letter | | internal"): the person of the case never reads
it. The body follows after a blank line and is a Django template without escaping.
A name the context does not know is an error: a letter with a hole is never issued.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine, Template
from django.utils.timezone import localtime

from santai.documents.letter_words import day
from santai.documents.models import Letter
from santai.documents.serials import next_number
from santai.trust.crypto import sm3

INTERNAL = "internal"
# How a province signs its documents.
SIGNS = dict(
    re.findall(
        r"(\d\d)(.)",
        "11京12津13冀14晋15蒙21辽22吉23黑31沪32苏33浙34皖35闽36赣37鲁41豫42鄂43湘44粤45桂46琼"
        "50渝51川52贵53云54藏61陕62甘63青64宁65新",
    )
)


class LetterLacks(Exception):
    """The template uses a name that the context does not have."""


class UnknownLetter(LookupError):
    """No folder has a template of this kind, or its first line is not a heading."""


@dataclass(frozen=True)
class LetterTemplate:
    title: str
    number_word: str
    body: str
    layout: str = "letter"
    signers: tuple[str, ...] = ()
    is_internal: bool = False


@transaction.atomic
def issue(
    kind: str, *, case_code: str, region: str, context: Mapping[str, Any], at: datetime, issued_by: str = ""
) -> Letter:
    """Write the letter. `region` signs the number; templates see `context` and number, title and issued_on.

    Raises UnknownLetter or LetterLacks; then no number was used up.
    """
    template = template_of(kind)
    number = _number(template.number_word, region=region, year=localtime(at).year)
    own = {"number": number, "title": template.title, "issued_on": day(at)}
    body = render(template.body, {**context, **own})
    return Letter.objects.create(
        case_code=case_code,
        kind=kind,
        number=number,
        title=template.title,
        body=body,
        digest=sm3(body.encode()),
        issued_by=issued_by,
        issued_at=at,
        is_internal=template.is_internal,
    )


def is_unchanged(letter: Letter) -> bool:
    """True while the text is the one that was issued."""
    return letter.digest == sm3(letter.body.encode())


def mark_served(letter: Letter, *, by: str, at: datetime) -> None:
    """Record when and how the letter reached its addressee; only the first time counts."""
    if letter.served_at is None:
        letter.served_at, letter.served_by = at, by
        letter.save(update_fields=["served_at", "served_by"])


def kinds() -> list[str]:
    return sorted({path.stem for folder in settings.LETTER_FOLDERS for path in Path(folder).glob("*.txt")})


@cache
def template_of(kind: str) -> LetterTemplate:
    for folder in settings.LETTER_FOLDERS:
        path = Path(folder) / f"{kind}.txt"
        if path.is_file():
            return _parsed(kind, path.read_text(encoding="utf-8"))
    raise UnknownLetter(f"no letter template {kind}.txt in LETTER_FOLDERS")


def _parsed(kind: str, source: str) -> LetterTemplate:
    heading, _, body = source.partition("\n\n")
    title, word, layout, signers, readers, *more = (*(part.strip() for part in heading.split("|")), "", "", "", "")
    if not (title and word and body.strip()) or "\n" in heading or readers not in ("", INTERNAL) or any(more):
        raise UnknownLetter(f"letter template {kind}.txt must begin with a line “title | number word” and a blank line")
    named = tuple(name.strip() for name in signers.split("、") if name.strip())
    return LetterTemplate(title, word, body.strip() + "\n", layout or "letter", named, readers == INTERNAL)


def _number(word: str, *, region: str, year: int) -> str:
    sign, division = SIGNS.get(region[:2], ""), f"{region[:6]:0<6}"
    serial = next_number(f"letter:{word}:{year}:{division}")
    return f"{sign}{word}字〔{year}〕{division}第{serial:06d}号"


class _Strict(str):
    """Django asks this string for what to print in place of an unknown name; it refuses."""

    def __contains__(self, _: object) -> bool:
        return True

    def __mod__(self, name: Any) -> NoReturn:
        raise LetterLacks(f"the letter uses {name}, which its context does not have")


class _StrictContext(Context):
    """Unknown names fail in `if` and `for` too, where Django would take them for empty."""

    def __getitem__(self, key: Any) -> Any:
        if key not in self:
            raise LetterLacks(f"the letter uses {key}, which its context does not have")
        return super().__getitem__(key)


_ENGINE = Engine(autoescape=False, string_if_invalid=_Strict("%s"), builtins=["santai.documents.letter_words"])


@cache
def _compiled(body: str) -> Template:
    return _ENGINE.from_string(body)


def render(body: str, context: Mapping[str, Any]) -> str:
    rendered: str = _compiled(body).render(_StrictContext(dict(context), autoescape=False))
    return rendered
