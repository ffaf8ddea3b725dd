"""What the plays reached, told by procedure: rows taken, ends reached, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from santai.casework.kernel import Procedure, all_procedures
from santai.demo.rehearsal.plays.player import Outcome
from santai.demo.rehearsal.plays.script import Script
from santai.demo.rehearsal.scores import drawn

HEADINGS = ("程序", "施行", "演出", "走通", "环节", "走到", "结局", "到达", "文书")


@dataclass(frozen=True)
class Reached:
    """One procedure's part of the whole rehearsal. `missing` are rows no play took and no script excuses."""

    procedure: Procedure
    plays: int
    good: int
    taken: frozenset[str]
    ended_in: frozenset[str]
    letters: int
    excused: frozenset[str]

    @property
    def rows(self) -> set[str]:
        return {step.name for step in self.procedure.steps} - self.excused

    @property
    def missing(self) -> list[str]:
        return sorted(self.rows - self.taken)


def reached(outcomes: Sequence[Outcome], scripts: Iterable[Script]) -> list[Reached]:
    """Every procedure there is, in the order of the kinds, whether or not it has a script."""
    written = {(script.procedure.name, script.procedure.version): script for script in scripts}
    return [
        _of(table, outcomes, written.get((table.name, table.version)))
        for table in sorted(all_procedures(), key=lambda table: (table.kind, table.version))
    ]


def _of(table: Procedure, outcomes: Sequence[Outcome], script: Script | None) -> Reached:
    own = [o for o in outcomes if o.script.procedure is table]
    here = (table.name, table.version)
    return Reached(
        procedure=table,
        plays=len(own),
        good=sum(not outcome.fault for outcome in own),
        taken=frozenset(step for o in outcomes for name, version, step in o.taken if (name, version) == here),
        ended_in=frozenset(state for o in outcomes for name, version, state in o.ended_in if (name, version) == here),
        letters=sum(outcome.letters for outcome in own),
        excused=frozenset(script.never if script else ()),
    )


def table(rows: Sequence[Reached]) -> str:
    return drawn([HEADINGS, *(_line(row) for row in rows), _sum(rows)])


def _line(row: Reached) -> tuple[str, ...]:
    counts = (row.plays, row.good, len(row.rows), len(row.rows & row.taken), len(row.procedure.final))
    return (row.procedure.label, row.procedure.version, *map(str, (*counts, len(row.ended_in), row.letters)))


def _sum(rows: Sequence[Reached]) -> tuple[str, ...]:
    columns = zip(*(_line(row)[2:] for row in rows), strict=True)
    return ("合计", "", *(str(sum(map(int, column))) for column in columns))
