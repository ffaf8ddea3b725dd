"""The only writers of a case's state: `open_case` and `take_step`.

Both do everything in one transaction: check, compare-and-swap, append the chained log entry, recompute the clocks,
issue the letter, queue the notices. Either all of it happened or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localdate

from santai.casework.access import history_allows, log_of, procedure_of, roles_on
from santai.casework.chain import digest_of, jsonable
from santai.casework.clocks import ClockRow, Reading, next_due, stored_rows
from santai.casework.codes import new_code
from santai.casework.kernel import OPENING, Attempt, Procedure, Step, procedure_in_force
from santai.casework.models import Case, CaseClock, CaseDocument, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, Stale
from santai.casework.sealed import ending_of
from santai.casework.service import check_service
from santai.casework.signals import step_taken
from santai.casework.telling import send_notices, sentence_for
from santai.casework.writing import issue_letter
from santai.documents.models import StoredFile
from santai.people.models import Party
from santai.registry.models import Organisation
from santai.registry.regions import nearest
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.memberships import roles_of
from santai.trust.models import User
from santai.trust.roles import FRONT_LINE, Role

CHILD_CLOSED = "child_closed"
HOLDER_FIELDS = frozenset({"organisation", "handler", "region", "matter", "urgency", "rating"})
Papers = Iterable[tuple[StoredFile, str]]


@transaction.atomic
def open_case(
    procedure: str,
    *,
    applicant: Party,
    region: str,
    text: str,
    channel: Channel,
    actor: Actor,
    parent: Case | None = None,
    matter: str = "",
    urgency: int = 0,
    facts: Mapping[str, Any] | None = None,
    organisation: Organisation | None = None,
    handler: User | None = None,
    at: datetime | None = None,
) -> Case:
    """A new case under the version of the procedure in force on the day. KeyError when no version is in force."""
    moment = at or timezone.now()
    table = procedure_in_force(procedure, localdate(moment))
    case = Case(
        code=new_code(region=region, kind=table.kind, at=moment),
        procedure=table.name,
        procedure_version=table.version,
        state=table.initial,
        version=1,
        parent=parent,
        applicant=applicant,
        region=region,
        channel=channel,
        matter=matter,
        urgency=urgency,
        text=text,
        facts=jsonable(dict(facts or {})),
        organisation=organisation or responsible_body(table, region),
        handler=handler,
        opened_at=moment,
    )
    role = Role.SYSTEM if actor.user is None and actor.party_id is None else _opening_role(case, actor, moment)
    entry = _entry(case, OPENING, "", actor=actor, role=role, data={}, told=table.says_opening, at=moment)
    found = _apply_clocks(case, table, [entry], moment)
    case.save(force_insert=True)
    entry.case = case
    entry.save(force_insert=True)
    case.kept_log = [entry]  # type: ignore[attr-defined]
    _store_clocks(case, found)
    if table.opening_letter:
        issue_letter(table.opening_letter, case, entry, at=moment)
    step_taken.send(Case, case=case, entry=entry, procedure=table)
    return case


def take_step(
    case: Case,
    name: str,
    *,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    documents: Papers = (),
    at: datetime | None = None,
    version: int | None = None,
) -> LogEntry:
    """Take one step of the case's procedure.

    `data` is what was filled in, validated by the step's form; `version` is the case version the person saw.
    Raises NotFromHere or Stale (409), NotYou (403), Missing (422); then nothing was written, nor is `case` changed.
    """
    if version is not None and version != case.version:
        raise stale()
    with _put_back_on_failure(case), transaction.atomic():
        return _step_taken(case, name, actor=actor, data=data or {}, documents=documents, at=at or timezone.now())


@contextmanager
def _put_back_on_failure(case: Case) -> Iterator[None]:
    """What the database forgets, the caller's object forgets too: a refused page shows the case as it is."""
    kept, related = dict(case.__dict__), dict(case._state.fields_cache)
    try:
        yield
    except BaseException:
        case.__dict__.clear()
        case.__dict__.update(kept)
        case._state.fields_cache = related
        raise


def _step_taken(
    case: Case, name: str, *, actor: Actor, data: Mapping[str, Any], documents: Papers, at: datetime
) -> LogEntry:
    table = procedure_of(case)
    attempt = _permitted(case, table, name, actor=actor, data=data, documents=documents, at=at)
    step, seen, old_state = attempt.step, _seen(case), case.state
    changes = dict(step.changes(attempt)) if step.changes else {}
    _apply_changes(case, step, changes)
    case.version += 1
    told = sentence_for(step, case, attempt.data) if step.public else ""
    entry = _entry(case, name, old_state, actor=actor, role=attempt.role, data=attempt.data, told=told, at=at)
    log = [*attempt.log, entry]
    found = _apply_clocks(case, table, log, at)
    if case.state in table.final:
        case.closed_at = at
    _swap(case, seen, extra=changes)
    entry.save(force_insert=True)
    case.kept_log = log  # type: ignore[attr-defined]
    _store_clocks(case, found)
    _follow(case, table, step, entry, attempt, at)
    return entry


def _permitted(
    case: Case,
    table: Procedure,
    name: str,
    *,
    actor: Actor,
    data: Mapping[str, Any],
    documents: Papers,
    at: datetime,
) -> Attempt:
    """The attempt as the gate let it through, its form cleaned."""
    papers, log = list(documents), log_of(case)
    if len(log) != case.version:
        raise stale()
    roles = roles_on(case, actor, at=at)
    step = table.check(name, state=case.state, roles=roles, documents=_kinds_on(case, papers, table.step(name)))
    role = min(step.allowed_roles & roles)
    history_allows(Attempt(case, log, step, actor, role, {}, at))
    attempt = Attempt(case, log, step, actor, role, cleaned(step, data), at)
    if at < log[-1].at:
        raise NotFromHere("办理时间早于上一步的时间", todo="请核对时间后再办理。")
    _attach(case, papers, actor=actor, at=at)
    if step.guard:
        step.guard(attempt)
    if step.serves:
        check_service(attempt)
    return attempt


def cleaned(step: Step, data: Mapping[str, Any]) -> dict[str, Any]:
    """The step's form filled in and validated; Missing names every fault by field."""
    if step.form is None:
        return {}
    form = step.form(data if isinstance(data, QueryDict) else _as_form_data(data))
    if form.is_valid():
        return dict(form.cleaned_data)
    fields = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    labels = {name: str(form.fields[name].label or name) if name in form.fields else "" for name in fields}
    problems = [f"{labels[name]}：{m}" if labels[name] else m for name, messages in fields.items() for m in messages]
    raise Missing(*problems, todo="请改正上面的内容，再提交一次。", fields=fields)


def _as_form_data(data: Mapping[str, Any]) -> QueryDict:
    """JSON values in the shape a browser would send them."""
    form_data = QueryDict(mutable=True)
    for key, value in data.items():
        if isinstance(value, (list, tuple)):
            form_data.setlist(key, [_typed(item) for item in value])
        elif isinstance(value, bool):
            form_data.update({key: "on"} if value else {})
        elif value is not None:
            form_data[key] = _typed(value)
    return form_data


def _typed(value: Any) -> str:
    """JSON can spell half a character (a lone surrogate), which no browser sends and no database keeps."""
    return str(value).encode("utf-8", "replace").decode()


def _kinds_on(case: Case, papers: list[tuple[StoredFile, str]], step: Step) -> set[str]:
    if not step.needs:
        return set()
    return {kind for _, kind in papers} | set(case.documents.values_list("kind", flat=True))


def _attach(case: Case, papers: list[tuple[StoredFile, str]], *, actor: Actor, at: datetime) -> None:
    rows = [
        CaseDocument(case=case, file=file, kind=kind, channel=actor.channel, added_by=actor.name, added_at=at)
        for file, kind in papers
    ]
    if rows:
        CaseDocument.objects.bulk_create(rows, ignore_conflicts=True)


def attach_documents(case: Case, papers: Papers, *, actor: Actor, at: datetime | None = None) -> None:
    """Put files on a case outside a step, as when they arrive together with the need."""
    _attach(case, list(papers), actor=actor, at=at or timezone.now())


def _apply_changes(case: Case, step: Step, changes: dict[str, Any]) -> None:
    unknown = set(changes) - HOLDER_FIELDS - {"facts"}
    if unknown:
        raise ValueError(f"step {step.name} may not change {sorted(unknown)}")
    if "facts" in changes:
        changes["facts"] = {**case.facts, **jsonable(changes["facts"])}
    for field, value in changes.items():
        setattr(case, field, value)
    if step.target is not None:
        case.state = step.target


def _seen(case: Case) -> dict[str, Any]:
    """What must still be so when the row is written. The due date moves without a step when the calendar changes."""
    return {"version": case.version, "state": case.state, "due_at": case.due_at, "is_provisional": case.is_provisional}


def _swap(case: Case, seen: Mapping[str, Any], *, extra: Mapping[str, Any]) -> None:
    """Write the row only if nobody touched it since it was read."""
    moved = Case.objects.filter(pk=case.pk, **seen).update(
        state=case.state,
        version=case.version,
        closed_at=case.closed_at,
        due_at=case.due_at,
        due_clock=case.due_clock,
        is_paused=case.is_paused,
        is_provisional=case.is_provisional,
        **extra,
    )
    if moved != 1:
        raise stale()


def stale() -> Stale:
    return Stale(
        "您打开页面之后，这件事已经有了新的进展，您的操作没有执行",
        todo="请刷新页面查看最新进展；您填写的内容仍然保留。",
    )


def _entry(
    case: Case, step: str, old_state: str, *, actor: Actor, role: Role, data: dict[str, Any], told: str, at: datetime
) -> LogEntry:
    previous: list[LogEntry] = getattr(case, "kept_log", None) or []
    entry = LogEntry(
        case=case if case.pk else None,
        number=case.version,
        step=step,
        from_state=old_state,
        to_state=case.state,
        actor=actor.user,
        actor_name=actor.name,
        role=role,
        channel=actor.channel,
        at=at,
        data=jsonable(data),
        told=told,
        previous=previous[-1].digest if previous else "",
    )
    entry.digest = digest_of(entry, code=case.code)
    return entry


def _opening_role(case: Case, actor: Actor, at: datetime) -> Role:
    if actor.user is None:
        return Role.APPLICANT
    # Whoever hands a need to another place has no role on it there; the log still names the one they came in.
    roles = roles_on(case, actor, at=at) or roles_of(actor.user)
    return min(roles & FRONT_LINE or roles, default=Role.SYSTEM)


def _apply_clocks(case: Case, table: Procedure, log: list[LogEntry], now: datetime) -> list[Reading]:
    """Read every clock from the log and set the case's due columns (not yet saved)."""
    found = clocks_of(case, log, now=now)
    set_due(case, table, found)
    return found


def set_due(case: Case, table: Procedure, found: list[Reading]) -> None:
    nearest_due = None if case.state in table.final else next_due(found)
    case.due_at = nearest_due.due_at if nearest_due else None
    case.due_clock = nearest_due.clock.name if nearest_due else ""
    case.is_provisional = bool(nearest_due and nearest_due.is_provisional)
    case.is_paused = nearest_due is None and any(r.condition == CaseClock.Condition.PAUSED for r in found)


def _store_clocks(case: Case, found: list[Reading]) -> None:
    """Write the clocks that differ from what this case object wrote before; all of them when it has not yet."""
    kept: dict[str, ClockRow] = getattr(case, "kept_clocks", {})
    rows = stored_rows(found)
    changed = [CaseClock(case=case, **row) for row in rows if kept.get(row["name"]) != row]
    if changed:
        CaseClock.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["case", "name"],
            update_fields=["condition", "started_at", "due_at", "stopped_at", "is_provisional", "missed_before"],
        )
    case.kept_clocks = {row["name"]: row for row in rows}  # type: ignore[attr-defined]


def _follow(case: Case, table: Procedure, step: Step, entry: LogEntry, attempt: Attempt, at: datetime) -> None:
    """What a step brings with it, in the same transaction."""
    if step.opens:
        _open_child(case, step, attempt)
    if step.letter:
        issue_letter(step.letter, case, entry, at=at)
    if step.tells:
        send_notices(step, case, entry, at=at)
    step_taken.send(Case, case=case, entry=entry, procedure=table)
    if case.parent_id and table.has_answered(case.state) and not table.has_answered(entry.from_state):
        _tell_parent(case, case.parent_id, at=at)


def _open_child(case: Case, step: Step, attempt: Attempt) -> Case:
    name = attempt.data["procedure"] if step.opens == "chosen" else step.opens
    given: dict[str, Any] = {
        "applicant": case.applicant,
        "region": case.region,
        "text": case.text,
        "matter": case.matter,
        "urgency": case.urgency,
        "facts": {key: case.facts[key] for key in ("groups", "amounts") if key in case.facts},
        "organisation": _body_at_hand(case, procedure_in_force(name, localdate(attempt.at))),
        **(step.child(attempt) if step.child else {}),
    }
    return open_case(name, channel=attempt.actor.channel, actor=attempt.actor, parent=case, at=attempt.at, **given)


def _body_at_hand(case: Case, table: Procedure) -> Organisation | None:
    """The organisation that holds the parent goes on when it is of the kind that is responsible."""
    holder = case.organisation
    return holder if holder is not None and table.body and holder.kind == table.body else None


def responsible_body(table: Procedure, region: str) -> Organisation | None:
    """The nearest organisation of the kind the procedure names."""
    if not table.body:
        return None
    return next(iter(nearest(table.body, region)), None)


def _tell_parent(child: Case, parent_id: int, *, at: datetime) -> None:
    """When the last child is answered, the parent moves on by itself, if its procedure says how."""
    # The last two children may end at once: the second waits here until it can see the first.
    locked = Case.objects.select_for_update(of=("self",))
    parent = locked.select_related("applicant", "organisation", "handler").get(pk=parent_id)
    table = procedure_of(parent)
    waiting = any(s.name == CHILD_CLOSED and parent.state in s.sources for s in table.steps)
    if waiting and all(procedure_of(one).has_answered(one.state) for one in parent.children.all()):
        take_step(
            parent,
            CHILD_CLOSED,
            actor=SYSTEM,
            data={"ending": ending_of(child), "child": child.code},
            at=max(at, log_of(parent)[-1].at),
        )
