"""How often a limit may be lengthened is said by its clock, and holds for every table: a further extension would be
told to people and lengthen nothing."""

from __future__ import annotations

from collections.abc import Sequence

from santai.casework.clock_runs import Lengthening, Run, runs_of
from santai.casework.kernel import Procedure, Step
from santai.casework.models import LogEntry
from santai.casework.refusals import NotFromHere
from santai.casework.terms import Clock


def may_lengthen(procedure: Procedure, step: Step, log: Sequence[LogEntry]) -> None:
    """NotFromHere when `step` lengthens clocks and none of them may be lengthened again. A restarted clock begins
    afresh; one that never started forbids nothing."""
    moving = {one.name for one in procedure.steps if one.target is not None}
    spent = []
    for clock in procedure.clocks:
        if clock.extension is None or clock.extension.step != step.name:
            continue
        *_, run = [None, *runs_of(clock, log, final=procedure.final, moving=moving)]
        if run is not None and _times(run) >= clock.extension.times:
            spent.append(clock)
        elif run is not None and run.is_active:
            return
    if spent:
        raise NotFromHere(_told(spent[0]), todo="请在延长后的期限内办结。")


def _times(run: Run) -> int:
    return sum(isinstance(change, Lengthening) for change in run.changes)


def _told(clock: Clock) -> str:
    times = clock.extension.times if clock.extension else 0
    return f"“{clock.label}”的期限已经延长过{'一次' if times == 1 else f'{times}次'}，不能再延长"
