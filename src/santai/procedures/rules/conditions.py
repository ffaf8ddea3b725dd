"""Conditions that rules of many procedures ask for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from santai.casework.kernel import Attempt, Guard
from santai.casework.models import Case, CaseDocument, LogEntry
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind


def all_of(*guards: Guard) -> Guard:
    def guard(attempt: Attempt) -> None:
        for one in guards:
            one(attempt)

    return guard


def latest(log: Iterable[LogEntry], *steps: str) -> LogEntry | None:
    return next((entry for entry in reversed(list(log)) if entry.step in steps), None)


def kinds_on(case: Case) -> set[str]:
    return set(case.documents.values_list("kind", flat=True))


def lacking(kinds: Iterable[DocumentKind], todo: str) -> None:
    problems = [f"缺少材料：{kind.label}" for kind in kinds]
    if problems:
        raise Missing(*problems, todo=todo)


def given_since(*steps: str, kinds: Iterable[DocumentKind]) -> Guard:
    """Papers of these kinds are handed in with the step, or were after the latest of `steps`: an earlier paper of the
    same kind is of something else."""
    wanted = tuple(kinds)

    def guard(attempt: Attempt) -> None:
        since = latest(attempt.log, *steps)
        new = Q(added_at__gte=attempt.at) | Q(added_at__gt=since.at if since else attempt.case.opened_at)
        given = set(CaseDocument.objects.filter(new, case=attempt.case).values_list("kind", flat=True))
        problems = [f"缺少材料：{kind.label}（要这一次的，以前交来的不算）" for kind in wanted if kind not in given]
        if problems:
            raise Missing(*problems, todo="请上传这一次的材料，再办理这一步。")

    return guard


def not_in_the_future(attempt: Attempt, field: str) -> None:
    if attempt.data[field] > localdate(attempt.at):
        raise Missing("日期不能晚于今天", fields={field: ["请选择今天或以前的日期。"]})


def not_extended(attempt: Attempt) -> None:
    """A limit is lengthened once: a second time would be told to people and lengthen nothing."""
    if latest(attempt.log, attempt.step.name):
        raise NotFromHere("这个期限已经延长过一次", todo="请在延长后的期限内办结。")


def months_after(day: date, months: int) -> date:
    """The corresponding day, or the last of a shorter month (民法典第二百零二条)."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
