"""The shown list as a table for a spreadsheet: names masked, a bounded number of rows, no cell that calculates."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.access import procedure_of
from santai.casework.models import Case
from santai.casework.state_words import state_words
from santai.casework.worklist import worklist
from santai.trust.actors import Channel
from santai.web.desk.filters import Filters, prefixes_of, tabs_of
from santai.web.guard import actor_of, roles_required

MOST_ROWS = 5000
HEAD = [
    "案码",
    "当事人",
    "程序",
    "事项",
    "状态",
    "承办单位",
    "承办人",
    "期限",
    "是否暂定",
    "来源",
    "紧急程度",
    "收到时间",
]
BYTE_ORDER_MARK = "\ufeff"


@roles_required()
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    actor, now = actor_of(request), timezone.now()
    scope = request.GET.get("scope", "")
    if scope not in tabs_of(actor):
        raise Http404
    wanted = Filters(request.GET, prefixes=prefixes_of(actor) if scope == "region" else []).wanted()
    page = worklist(actor, scope, filters=wanted, size=MOST_ROWS, at=now)
    response = StreamingHttpResponse(
        _lines(page.rows, is_cut=bool(page.next_cursor)), content_type="text/csv; charset=utf-8"
    )
    name = f"worklist-{timezone.localtime(now):%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(cases: list[Case], *, is_cut: bool) -> Iterator[str]:
    yield BYTE_ORDER_MARK + sheet_line(HEAD)
    for case in cases:
        yield sheet_line(_row(case))
    if is_cut:
        yield sheet_line([f"只导出了最急的 {MOST_ROWS} 件，其余没有列出；请加筛选条件后分几次导出。"])


def _row(case: Case) -> list[str]:
    table = procedure_of(case)
    return [
        case.code,
        case.applicant.masked_name,
        table.label,
        case.matter,
        state_words(case),
        case.organisation.name if case.organisation else "",
        case.handler.display_name if case.handler else "",
        f"{timezone.localtime(case.due_at):%Y-%m-%d %H:%M}" if case.due_at else "中止" if case.is_paused else "",
        "暂定" if case.is_provisional else "",
        str(Channel(case.channel).label),
        str(Case.Urgency(case.urgency).label),
        f"{timezone.localtime(case.opened_at):%Y-%m-%d %H:%M}",
    ]


def sheet_line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    """A spreadsheet shows long digits as 2.3E+18, and runs what begins with = + - @."""
    if cell.isdigit() and len(cell) > 11:
        return f"\t{cell}"
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell
