"""A case put into the shapes of the API, as one caller may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from santai.casework.access import cases_for, log_of, papers_for_the_person, steps_open_to
from santai.casework.clocks import Reading
from santai.casework.family import family
from santai.casework.models import Case, CaseDocument, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.timeline import Line, citizen_timeline, missing_from_citizen, staff_timeline, summary
from santai.documents.models import DocumentKind, Letter
from santai.people.models import Party
from santai.people.safe_contact import rule_of
from santai.trust.actors import Actor
from santai.web.api import schemas
from santai.web.api.step_forms import available


def brief(case: Case) -> dict[str, Any]:
    return {
        **summary(case),
        "matter": case.matter,
        "urgency": case.urgency,
        "region": case.region,
        "channel": case.channel,
        "organisation": case.organisation.name if case.organisation else "",
        "organisation_id": case.organisation_id,
        "handler": case.handler.display_name if case.handler else "",
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "due_on": localdate(case.due_at) if case.due_at else None,
        "due_at": case.due_at,
        "due_clock": case.due_clock,
        "is_paused": case.is_paused,
        "is_provisional": case.is_provisional,
        "rating": case.rating,
    }


def rows(cases: list[Case], actor: Actor, *, at: datetime) -> list[schemas.CaseRow]:
    """A page of a work list; the logs of all cases are read in one go."""
    remember_logs(cases)
    return [
        schemas.CaseRow(
            **brief(case),
            applicant=case.applicant.masked_name,
            available_steps=[
                schemas.StepName(name=step.name, label=step.label) for step in steps_open_to(case, actor, at=at)
            ],
        )
        for case in cases
    ]


def remember_logs(cases: Iterable[Case]) -> None:
    """Put the log of each case where `log_of` looks first."""
    wanted = list(cases)
    logs: defaultdict[int, list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.filter(case__in=wanted).order_by("case", "number"):
        logs[entry.case_id].append(entry)
    for case in wanted:
        case.kept_log = logs[case.pk]  # type: ignore[attr-defined]


def now_open(case: Case, actor: Actor, *, at: datetime) -> dict[str, Any]:
    papers = set(case.documents.values_list("kind", flat=True))
    return {
        **brief(case),
        "available_steps": [available(step, papers) for step in steps_open_to(case, actor, at=at)],
    }


def reasons(case: Case) -> list[schemas.Reason]:
    """Why it was classified and given to whom it was given."""
    found = [
        schemas.Reason(stage="triage", kind=str(kind), text=str(text)) for kind, text in case.facts.get("reasons", [])
    ]
    given = next((e for e in reversed(log_of(case)) if e.step in {"dispatch", "redispatch"}), None)
    told = str(given.data.get("reasons") or "") if given else ""
    return found + [
        schemas.Reason(stage="dispatch", kind="owner", text=part.strip()) for part in told.split("；") if part.strip()
    ]


def detail(case: Case, actor: Actor, *, at: datetime) -> schemas.CaseDetail:
    children = family(case, actor)[1:]
    open_to_caller = set(cases_for(actor, at=at).filter(pk__in=[child.pk for child in children]))
    story = citizen_timeline(case, actor) if actor.user is None else staff_timeline(case)
    return schemas.CaseDetail(
        **now_open(case, actor, at=at),
        text=case.text,
        applicant=_applicant(case, actor),
        parent=case.parent.code if case.parent else "",
        reasons=reasons(case),
        waiting_for=[line.sentence for line in missing_from_citizen(case, actor)],
        story=[_told(line) for line in story],
        clocks=[_clock(reading) for reading in clocks_of(case, now=at)],
        documents=papers_of(case, actor),
        letters=_letters([case.code, *(child.code for child in children if child in open_to_caller)], actor),
        children=[schemas.CaseBrief(**brief(child)) for child in children],
    )


def papers_of(case: Case, actor: Actor) -> list[schemas.PaperOut]:
    papers = case.documents.select_related("file") if actor.user else papers_for_the_person(case)
    return [paper_out(paper) for paper in papers]


def paper_out(paper: CaseDocument) -> schemas.PaperOut:
    return schemas.PaperOut(
        id=paper.pk,
        kind=paper.kind,
        label=str(DocumentKind(paper.kind).label),
        name=paper.file.name,
        media_type=paper.file.media_type,
        size=paper.file.size,
        added_at=paper.added_at,
        added_by=paper.added_by,
    )


def _applicant(case: Case, actor: Actor) -> schemas.ApplicantOut:
    party = case.applicant
    return schemas.ApplicantOut(
        id=party.pk if actor.user else None,
        name=party.masked_name,
        phone=party.masked_phone,
        id_number=party.masked_id,
        kind=party.kind,
        safe_contact=safe_contact_of(party),
    )


def safe_contact_of(party: Party) -> list[str]:
    rule = rule_of(party)
    return rule.in_words() if rule else []


def _told(line: Line) -> schemas.StoryLine:
    return schemas.StoryLine(
        at=line.at,
        label=line.label,
        sentence=line.sentence,
        who=line.who,
        channel=line.channel,
        state=line.state,
        code=line.code,
        details=[schemas.Detail(label=label, value=value) for label, value in line.details],
    )


def _clock(reading: Reading) -> schemas.ClockOut:
    clock = reading.clock
    return schemas.ClockOut(
        name=clock.name,
        label=clock.label,
        limit=str(reading.limit),
        basis=clock.basis,
        confidence=clock.confidence.value,
        condition=reading.condition.value,
        started_at=reading.started_at,
        due_on=reading.due_on,
        due_at=reading.due_at,
        promise_due_on=reading.promise_due_on,
        stopped_at=reading.stopped_at,
        remaining=str(reading.remaining or ""),
        is_overdue=reading.is_overdue,
        is_provisional=reading.is_provisional,
        explanation=reading.explain(),
    )


def _letters(codes: list[str], actor: Actor) -> list[schemas.LetterOut]:
    readable = Letter.objects.all() if actor.user else Letter.objects.for_the_person()
    found = readable.filter(case_code__in=codes).order_by("issued_at", "pk")
    return [
        schemas.LetterOut(
            case_code=letter.case_code,
            number=letter.number,
            title=letter.title,
            body=letter.body,
            digest=letter.digest,
            issued_at=letter.issued_at,
            is_internal=letter.is_internal,
        )
        for letter in found
    ]
