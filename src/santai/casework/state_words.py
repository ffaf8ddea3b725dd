"""The state of a case in the words a person reads."""

from __future__ import annotations

from santai.casework.access import procedure_of
from santai.casework.models import Case

# The fact that keeps what was opened for the person; such a request waits for it.
UNDER_WAY = "under_way"


def state_words(case: Case) -> str:
    """A request that waits for a procedure of its own says which: “专题搜集办理中”."""
    table, under_way = procedure_of(case), case.facts.get(UNDER_WAY)
    waits = any(step.opens and step.target == case.state for step in table.steps)
    return f"{under_way}办理中" if under_way and waits else table.state_label(case.state)
