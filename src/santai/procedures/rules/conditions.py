"""Conditions that rules of many procedures ask for."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing
from santai.documents.models import DocumentKind


def latest(log: Iterable[LogEntry], *steps: str) -> LogEntry | None:
    return next((entry for entry in reversed(list(log)) if entry.step in steps), None)


def kinds_on(case: Case) -> set[str]:
    return set(case.documents.values_list("kind", flat=True))


def lacking(kinds: Iterable[DocumentKind], todo: str) -> None:
    problems = [f"缺少材料：{kind.label}" for kind in kinds]
    if problems:
        raise Missing(*problems, todo=todo)


def not_in_the_future(attempt: Attempt, field: str) -> None:
    if attempt.data[field] > localdate(attempt.at):
        raise Missing("日期不能晚于今天", fields={field: ["请选择今天或以前的日期。"]})
