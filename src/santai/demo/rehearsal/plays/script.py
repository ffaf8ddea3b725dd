"""A script: how each row of a procedure comes to be taken. One file of `scripts/` for one procedure.

    procedure legal_aid_civil 2023-09-01        # the version may be left out: the one in force
    starts 2026-03-02                           # the day every play begins; may be left out
    usual apply: matter=labour; household_size=3
    never withdraw: 由别的程序触发              # a row no play takes, and why

    counter_clerk accept                        # lines before the first play begin every play

    play 不予援助，异议后责令提供
      apply
      wait 20 days                              # or hours, minutes
      decline: reason=scope                     # fields that differ from the usual ones
      director serve_decision: served_on=today  # a role before the step says who takes it
      refused object                            # must be refused
      maybe pick_sample                         # may be refused: the draw decides whether it is open
      again                                     # the same citizen applies once more
      tick                                      # the platform does what has become due
      child / parent                            # go on with the case this one opened, or came from
      newest                                    # go on with the case opened last, and as whoever it is about
      newest dispute_screening                  # the same among the open cases of a procedure
      director page /desk/money /@payment/pay: show=all   # a form of another page: where, a part of its address

Values: `today`, `today+7`, `today-3T09:40`, `a|b` for several, `@lawyer`, `@lawyer2`, `@lawyer3` for people of a role
(the third works elsewhere, `@lawyer0` is one more colleague), `@org:notary` for an organisation of a kind,
`@other:notary` for one that does not hold the case, `@case` and `@parent` for the codes of cases, `@first` for the
first case of the kind that this citizen has, `@open:notarization` for the newest open one of anybody, `@digest:KIND`
for the SHA-256 of a paper handed in.
`usual open: name=@lawyer` lets somebody with a licence apply under their own name; `usual open: procedure=NAME` begins
with a case of another procedure; `usual open: kind=company; name=某公司` lets a body apply on the web, and with
`as=counter_clerk` at a desk, where it acts by itself in the lines that begin with `applicant`. `@second:name`,
`@second:phone`, `@second:id_number` are of somebody invented besides the citizen; `@fact:places.0.name` is a fact of
the case, `@above:agreement.effective_on` one of the case it came from, and `taker=hearing.host.id` names with one who
takes the step.
What nobody applies for and no desk opens begins with a tick and the newest case of the procedure.
`@quarter` is the quarter before this one, `@payment` the newest payment of the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from santai.casework.kernel import Procedure, all_procedures
from santai.trust.roles import Role

FOLDER = Path(__file__).resolve().parent.parent / "scripts"
UNITS = {"minute": "minutes", "hour": "hours", "day": "days"}
WAIT = re.compile(r"wait (\d+) (minute|hour|day)s?$")
STEP = re.compile(r"(?:(?P<manner>refused|maybe) )?(?:(?P<who>[a-z_]+\d?) )?(?P<step>[a-z_]+)(?:: (?P<filling>.*))?$")
PAGE = re.compile(r"(?P<who>[a-z_]+\d?) page (?P<url>/\S+) (?P<action>/\S+?)(?:: (?P<filling>.*))?$")
NEWEST = re.compile(r"newest (\w+)$")
WORDS = frozenset({"tick", "child", "parent", "again", "newest"})


class BadScript(ValueError):
    """A line that cannot be read, with its file and number."""


@dataclass(frozen=True)
class Line:
    """One thing that happens: a step, a wait, a form of another page, or a word of WORDS. `who` is a role's value, with
    a number or not; `url` is the page, and `action` a part of the address its form is sent to."""

    word: str
    who: str = ""
    filling: dict[str, str] = field(default_factory=dict)
    wait: timedelta = timedelta()
    must_be_refused: bool = False
    may_be_refused: bool = False
    url: str = ""
    action: str = ""

    @property
    def is_step(self) -> bool:
        return self.word not in WORDS | {"wait", "page"}


@dataclass
class Play:
    name: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Script:
    procedure: Procedure
    starts: date | None = None
    usual: dict[str, dict[str, str]] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)
    begins: list[Line] = field(default_factory=list)
    plays: list[Play] = field(default_factory=list)

    @property
    def rows(self) -> set[str]:
        """The steps the plays take."""
        names = {step.name for step in self.procedure.steps}
        begins = [] if "procedure" in self.usual.get("open", {}) else self.begins
        lines = [*begins, *(line for play in self.plays for line in play.lines)]
        return {line.word for line in lines if line.word in names}

    @property
    def lets_time_pass(self) -> bool:
        return any(line.word in ("tick", "child") for play in self.plays for line in play.lines)


def scripts(folder: Path = FOLDER) -> list[Script]:
    return [read(path) for path in sorted(folder.glob("*.txt"))]


def read(path: Path) -> Script:
    """Raises BadScript."""
    script: Script | None = None
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = re.sub(r"\s+#.*$|^#.*$", "", text).strip()
        try:
            if line and script is None:
                script = _begun(line)
            elif line and script is not None:
                _take(script, line)
        except (ValueError, KeyError, IndexError) as fault:
            raise BadScript(f"{path.name}:{number}: {text.strip()!r}: {fault}") from fault
    if script is None:
        raise BadScript(f"{path.name} is empty")
    return script


def _begun(line: str) -> Script:
    word, name, *version = line.split()
    if word != "procedure":
        raise ValueError("a script begins with its procedure")
    known = [table for table in all_procedures() if table.name == name and version in ([], [table.version])]
    if not known:
        raise ValueError("there is no such procedure")
    return Script(max(known, key=lambda table: table.in_force))


def _take(script: Script, line: str) -> None:
    word, _, rest = line.partition(" ")
    if word == "starts":
        script.starts = date.fromisoformat(rest)
    elif word in ("usual", "never"):
        name, _, told = rest.partition(": ")
        if word == "never":
            script.never[script.procedure.step(name).name] = told
        else:
            script.usual[name] = dict(_fields(told))
    elif word == "play":
        script.plays.append(Play(rest))
    else:
        (script.plays[-1].lines if script.plays else script.begins).append(_line(line))


def _line(line: str) -> Line:
    if line in WORDS:
        return Line(line)
    if waited := WAIT.match(line):
        return Line("wait", wait=timedelta(**{UNITS[waited[2]]: int(waited[1])}))
    if newest := NEWEST.match(line):
        return Line("newest", filling={"procedure": newest[1]})
    if page := PAGE.match(line):
        filling = dict(_fields(page["filling"] or ""))
        return Line("page", _role(page["who"]), filling, url=page["url"], action=page["action"])
    found = STEP.match(line)
    if not found:
        raise ValueError("neither a step nor a wait")
    who = _role(found["who"] or "")
    return Line(
        found["step"],
        who,
        dict(_fields(found["filling"] or "")),
        must_be_refused=found["manner"] == "refused",
        may_be_refused=found["manner"] == "maybe",
    )


def _role(who: str) -> str:
    if who:
        Role(who.rstrip("0123456789"))
    return who


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f"{part!r} is not name=value")
        yield name.strip(), value.strip()
