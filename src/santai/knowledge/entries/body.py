"""The body of an entry as blocks of runs, ready to be drawn. No markup of the text reaches a page: HTML stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from santai.knowledge.entries.citing import linked, mentions
from santai.knowledge.entries.wording import Basis
from santai.knowledge.models import Article

# Only blocks are left to the parser: its **bold** does not close between 》 and a character.
_BLOCKS = MarkdownIt("zero", {"html": False}).enable(["heading", "list"])
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_LISTS = {"ordered_list_open": "ol", "bullet_list_open": "ul"}


@dataclass(frozen=True)
class Run:
    """A piece of a line. `article` is where it leads, when the library has it."""

    text: str
    is_strong: bool = False
    basis: Basis | None = None
    article: Article | None = None


@dataclass
class Block:
    """`kind` is h2, h3, p, ol or ul; all but lists have one item. `start` is the first number of an ol."""

    kind: str
    items: list[list[Run]] = field(default_factory=list)
    start: int = 1


def blocks(body: str) -> list[Block]:
    """One query finds the articles of all citations."""
    made = list(_blocks(_BLOCKS.parse(body)))
    articles = linked({run.basis for block in made for item in block.items for run in item if run.basis})
    for block in made:
        block.items = [
            [replace(run, article=articles.get(run.basis)) if run.basis else run for run in item]
            for item in block.items
        ]
    return made


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """A list within a list is drawn as one."""
    lists: list[Block] = []
    heading, is_new = "", False
    for token in tokens:
        if token.type in _LISTS:
            lists.append(lists[-1] if lists else Block(_LISTS[token.type], start=int(token.attrGet("start") or 1)))
        elif token.type.endswith("_list_close"):
            done = lists.pop()
            if not lists:
                yield done
        elif token.type == "list_item_open":
            is_new = True
        elif token.type in ("heading_open", "heading_close"):
            heading = "h3" if token.tag == "h3" else "h2"
            heading = heading if token.type == "heading_open" else ""
        elif token.type == "inline" and lists:
            _add(lists[-1], list(_runs(token.content)), is_new=is_new)
            is_new = False
        elif token.type == "inline":
            yield Block(heading or "p", [list(_runs(token.content))])


def _add(block: Block, runs: list[Run], *, is_new: bool) -> None:
    if is_new or not block.items:
        block.items.append(runs)
    else:
        block.items[-1].extend(runs)


def _runs(line: str) -> Iterator[Run]:
    for number, part in enumerate(_STRONG.split(line.replace("\n", ""))):
        yield from _cited(part, is_strong=number % 2 == 1)


def _cited(text: str, *, is_strong: bool) -> Iterator[Run]:
    at = 0
    for one in mentions(text):
        if one.start > at:
            yield Run(text[at : one.start], is_strong)
        yield Run(text[one.start : one.end], is_strong, one.basis)
        at = one.end
    if at < len(text):
        yield Run(text[at:], is_strong)
