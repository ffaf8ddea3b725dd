"""What happens next and by when, told to the citizen from the clocks that run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from santai.casework.access import procedure_of
from santai.casework.models import Case, CaseClock

SENTENCES = {
    ("work_order", "dispatch"): "为您安排好承办单位",
    ("work_order", "claim"): "承办单位接单，有人负责您的事",
    ("work_order", "finish"): "给您答复",
    ("work_order", "ruling"): "由主管部门确定哪家单位来办",
    ("work_order", "rating"): "请您在这之前评价",
    ("work_order", "revisit"): "有人回访您，问清哪里不满意",
    ("work_order", "redo"): "重新办理并再次答复您",
}
SILENT = {("work_order", "archive")}


@dataclass(frozen=True)
class Promise:
    due_at: datetime
    sentence: str
    basis: str
    is_provisional: bool


def promises_of(*cases: Case) -> list[Promise]:
    """The running clocks of these cases, the nearest first."""
    found = CaseClock.objects.filter(
        case__in=[case.pk for case in cases], condition=CaseClock.Condition.RUNNING, due_at__isnull=False
    )
    by_pk = {case.pk: case for case in cases}
    told = [_promise(by_pk[clock.case_id], clock) for clock in found if not _is_silent(by_pk[clock.case_id], clock)]
    return sorted(told, key=lambda promise: promise.due_at)


def _is_silent(case: Case, clock: CaseClock) -> bool:
    return (case.procedure, clock.name) in SILENT


def _promise(case: Case, clock: CaseClock) -> Promise:
    table = procedure_of(case)
    row = table.clock(clock.name)
    sentence = SENTENCES.get((case.procedure, clock.name), f"{table.label}：{row.label}")
    due_at = clock.due_at
    assert due_at is not None
    return Promise(due_at, sentence, row.basis, clock.is_provisional)
