"""A procedure told on one page: states as a diagram, steps, papers, and clocks with their article."""

from __future__ import annotations

from collections.abc import Iterable

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, Confidence

MARKS = {Confidence.S: "S", Confidence.S2: "S2", Confidence.U: "U — to be confirmed (待核实)"}


def page(procedure: Procedure) -> str:
    parts = [
        f"# {procedure.label} · `{procedure.name}`",
        f"In force from {procedure.version}"
        + (f" to {procedure.until.isoformat()}" if procedure.until else "")
        + (f". Basis: {procedure.basis}." if procedure.basis else "."),
        "Generated from the procedure's table by `santai docs`; edit the table, not this page.",
        "## States",
        _diagram(procedure),
        _table(("state", "name", "stage", "kind"), (_state_row(procedure, state) for state in procedure.states.values)),
        "## Steps",
        _table(
            ("step", "name", "from", "to", "who", "papers", "letter", "basis"),
            (_step_row(procedure, step) for step in procedure.steps),
        ),
        "## Clocks",
        _table(
            ("id", "name", "limit", "runs from", "until", "pauses", "extension", "basis", "confidence"),
            (_clock_row(procedure, clock) for clock in procedure.clocks),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram(procedure: Procedure) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {procedure.initial}"]
    lines += [f"    {state} : {procedure.state_label(state)}" for state in procedure.states.values]
    order = list(procedure.states.values)
    moves = {
        (source, step.target, step.label)
        for step in procedure.steps
        for source in step.sources
        if step.target and step.target != source
    }
    ordered = sorted(moves, key=lambda move: (order.index(move[0]), order.index(move[1]), move[2]))
    lines += [f"    {source} --> {target} : {label.replace('：', ' ')}" for source, target, label in ordered]
    lines += [f"    {state} --> [*]" for state in order if state in procedure.final]
    return "\n".join([*lines, "```"])


def _state_row(procedure: Procedure, state: str) -> tuple[str, ...]:
    kind = "initial" if state == procedure.initial else "final" if state in procedure.final else ""
    return state, procedure.state_label(state), procedure.stage_of(state), kind


def _step_row(procedure: Procedure, step: Step) -> tuple[str, ...]:
    return (
        f"`{step.name}`",
        step.label,
        _states(procedure, step.sources),
        procedure.state_label(step.target) if step.target else "—",
        "、".join(sorted(str(role.label) for role in step.allowed_roles)),
        _papers(step),
        f"`{step.letter}`" if step.letter else "",
        step.basis,
    )


def _papers(step: Step) -> str:
    needed, taken = ("、".join(sorted(str(kind.label) for kind in kinds)) for kinds in (step.needs, step.takes))
    return needed + (f"（可交：{taken}）" if taken else "")


def _clock_row(procedure: Procedure, clock: Clock) -> tuple[str, ...]:
    pauses = _states(procedure, clock.paused_in)
    between = "；".join(f"{_label(procedure, start)} → {_label(procedure, end)}" for start, end in clock.paused_between)
    extension = f"{_label(procedure, clock.extension.step)} ≤{clock.extension.at_most}" if clock.extension else ""
    return (
        clock.id,
        clock.label,
        str(clock.limit),
        _events(procedure, clock.runs_from, clock.runs_from_steps) + _counted_back(procedure, clock),
        _events(procedure, clock.until, clock.until_steps),
        "；".join(part for part in (pauses, between) if part),
        extension,
        clock.basis,
        MARKS[clock.confidence],
    )


def _counted_back(procedure: Procedure, clock: Clock) -> str:
    forms = (step.form for step in procedure.steps if step.name in clock.runs_from_steps and step.form)
    labels = (form.base_fields[clock.before].label for form in forms if clock.before in form.base_fields)
    return next((f"，从“{label}”往前数" for label in labels), "")


def _events(procedure: Procedure, states: Iterable[str], steps: Iterable[str]) -> str:
    named = set(states)
    rest = set(procedure.states.values) - named
    told = f"除“{_states(procedure, rest)}”以外" if len(named) > 6 and rest else _states(procedure, named)
    by_step = "、".join(f"办理“{_label(procedure, name)}”" for name in sorted(steps))
    return "；".join(part for part in (told, by_step) if part)


def _label(procedure: Procedure, step: str) -> str:
    return "受理登记" if step == "open" else procedure.step(step).label


def _states(procedure: Procedure, states: Iterable[str]) -> str:
    wanted = set(states)
    return "、".join(procedure.state_label(state) for state in procedure.states.values if state in wanted)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(head), _row(tuple("---" for _ in head))]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"
