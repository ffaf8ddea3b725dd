"""The official letter a step issues, with what the letter may say about the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from santai.casework.veiled import opened
from santai.documents.letters import issue

if TYPE_CHECKING:
    from santai.casework.models import Case, LogEntry
    from santai.documents.models import Letter


def issue_letter(kind: str, case: Case, entry: LogEntry, *, at: datetime) -> Letter:
    return issue(
        kind,
        case_code=case.code,
        region=case.region,
        context=letter_context(case, entry),
        at=at,
        issued_by=case.organisation.name if case.organisation else "",
    )


def letter_context(case: Case, entry: LogEntry) -> dict[str, Any]:
    return {
        "case": case,
        "code": case.code,
        "applicant": case.applicant.name,
        "organisation": case.organisation.name if case.organisation else "",
        "handler": case.handler.display_name if case.handler else "",
        "matter": case.matter,
        "text": case.text,
        "facts": opened(case.facts),
        "data": opened(entry.data),
        "at": entry.at,
        "due_at": case.due_at,
    }
