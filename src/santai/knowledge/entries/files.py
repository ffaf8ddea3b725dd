"""One entry in one file: Markdown with YAML front matter between two lines of ---, in a folder named after its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from santai.knowledge.entries.wording import Basis, Wording
from santai.knowledge.models import Entry
from santai.knowledge.sources.texts import Fault

FOLDERS = {
    "answers": Entry.Kind.ANSWER,
    "guides": Entry.Kind.GUIDE,
    "cases": Entry.Kind.CASE,
    "policies": Entry.Kind.POLICY,
}
_WORDS = ("title", "summary", "matter", "service", "source", "issuer", "document_number")
_DAYS = ("issued_on", "review_by", "expires_on")
_LISTS = ("asked", "topics", "laws")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FENCE = re.compile(r"\A\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class BadEntry(Exception):
    """A file that cannot be used; each problem names line or field, in Chinese."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class EntryFile:
    kind: Entry.Kind
    slug: str
    wording: Wording

    @property
    def digest(self) -> str:
        told = json.dumps([self.kind, asdict(self.wording)], default=str, ensure_ascii=False, sort_keys=True)
        return blake2b(told.encode(), digest_size=16).hexdigest()


def files_in(folder: Path) -> list[Path]:
    return sorted(path for name in FOLDERS for path in (folder / name).glob("*.md"))


def read_all(folder: Path, faults: list[Fault]) -> Iterator[EntryFile | None]:
    """One for each file; None where it could not be read, with why in `faults`."""
    for path in files_in(folder):
        try:
            yield read(path)
        except BadEntry as bad:
            faults += [Fault(f"{path.parent.name}/{path.name}", problem) for problem in bad.problems]
            yield None


def read(path: Path) -> EntryFile:
    """BadEntry with everything that is wrong with it."""
    if path.parent.name not in FOLDERS:
        raise BadEntry(f"文件夹应是 {'、'.join(FOLDERS)} 之一")
    if not _SLUG.fullmatch(path.stem) or len(path.stem) > 80:
        raise BadEntry("文件名只能用小写字母、数字和短横线，最多80个字符")
    front, body, body_line = _parts(_text(path))
    problems: list[str] = []
    wording = _wording(front, body, problems)
    problems += [_with_line(told, body_line) for told in _flat(wording.faults())]
    if problems:
        raise BadEntry(*problems)
    return EntryFile(FOLDERS[path.parent.name], path.stem, wording)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadEntry("文件读不了，应是 UTF-8 编码的文本") from fault


def _parts(text: str) -> tuple[dict[str, Any], str, int]:
    """Front matter, body, and in which line of the file the body begins."""
    found = _FENCE.match(text)
    if not found:
        raise BadEntry("第 1 行：开头应是一行“---”，写完各项后再有一行“---”")
    try:
        front = yaml.safe_load(found["front"])
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise BadEntry(f"第 {mark.line + 2 if mark else 1} 行：格式不对，含“: ”或以符号开头的文字要加引号") from fault
    except (yaml.YAMLError, ValueError) as fault:
        raise BadEntry("开头两行“---”之间的格式不对") from fault
    if not isinstance(front, dict):
        raise BadEntry("第 2 行：应是“名称: 内容”的形式")
    rest = text[found.end() :]
    body = rest.strip()
    before = text[: found.end() + len(rest) - len(rest.lstrip())]
    return front, body, before.count("\n")


def _wording(front: dict[str, Any], body: str, problems: list[str]) -> Wording:
    known = {*_WORDS, *_DAYS, *_LISTS}
    problems += [f"{name}：不认识这一项" for name in front if name not in known]
    words: dict[str, Any] = {name: _word(front, name, problems) for name in _WORDS}
    days: dict[str, Any] = {name: _day(front, name, problems) for name in _DAYS}
    lists = {name: _list(front, name, problems) for name in _LISTS}
    laws = tuple(_bases(lists.pop("laws"), problems))
    return Wording(**words, **days, asked=lists["asked"], topics=lists["topics"], laws=laws, body=body)


def _word(front: dict[str, Any], name: str, problems: list[str]) -> str:
    given = front.get(name)
    if given is None:
        return ""
    if isinstance(given, (dict, list)):
        problems.append(f"{name}：应是一行文字")
        return ""
    return str(given).strip()


def _day(front: dict[str, Any], name: str, problems: list[str]) -> date | None:
    given = front.get(name)
    if given in (None, ""):
        return None
    if not isinstance(given, date):
        problems.append(f"{name}：应是 2027-05-31 这样的日期，现在是“{str(given)[:20]}”")
        return None
    return date(given.year, given.month, given.day)


def _list(front: dict[str, Any], name: str, problems: list[str]) -> tuple[str, ...]:
    given = front.get(name) or []
    if not isinstance(given, list) or any(isinstance(one, (dict, list)) for one in given):
        problems.append(f"{name}：应是列表，一项一行，以“- ”开头")
        return ()
    return tuple(dict.fromkeys(str(one).strip() for one in given if one is not None and str(one).strip()))


def _bases(lines: tuple[str, ...], problems: list[str]) -> Iterator[Basis]:
    for line in lines:
        try:
            yield Basis.read(line)
        except ValueError:
            problems.append(f"laws：“{line[:40]}”应写成“劳动合同法 第三十八条”")


def _flat(faults: dict[str, list[str]]) -> Iterator[str]:
    for name, told in faults.items():
        yield from (one if name == "body" else f"{name}：{one}" for one in told)


def _with_line(told: str, body_line: int) -> str:
    """Lines of the body counted as the editor counts them: from the beginning of the file."""
    return re.sub(r"^正文第 (\d+) 行", lambda found: f"第 {int(found[1]) + body_line} 行：", told)
