"""How an interview ends: advice with its sources, time limits, papers to take away, and the request itself."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from santai.documents.copies import pdf_answer
from santai.guidance import saving
from santai.guidance.docx_paper import docx_of
from santai.guidance.laws import addresses
from santai.guidance.models import SavedInterview
from santai.guidance.outcome import Outcome, outcome
from santai.guidance.saving import KEPT_FOR, answers_of
from santai.guidance.sheets import SHEET, advice_pdf, calendar_of, draft_notes, draft_pdf, file_name, notes_of
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.web.portal import session
from santai.web.portal.draft import draft_of, keep
from santai.web.portal.help_pages import begun, interview_of, never_kept, way_of
from santai.web.portal.limits import public

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT_NAME = re.compile(r"draft-(\d{1,2})\.(pdf|docx)")
NOT_FINISHED = "还有几个问题没有答，答完就能看到意见和文书。"


def _outcome(kept: SavedInterview) -> Outcome:
    return outcome(interview_of(kept.slug), answers_of(kept), on=timezone.localdate())


@public
@require_GET
def result(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    kept = begun(slug, key)
    if not way_of(kept).is_finished:
        messages.warning(request, NOT_FINISHED)
        return redirect("help_go_on", slug=slug, key=key)
    found = _outcome(kept)
    context: dict[str, Any] = {
        "kept": kept,
        "key": saving.grouped(kept.key),
        "link": request.build_absolute_uri(request.path.removesuffix("result")),
        "outcome": found,
        "interview": found.interview,
        "drafts": [(at, paper, draft_notes(paper)) for at, paper in enumerate(found.drafts, 1)],
        "notes": notes_of(found),
        "laws": addresses(found.laws),
        "in_danger": found.way.in_danger,
        "spans": KEPT_FOR,
        "has_phone": session.has_proven(request),
        "applies_for": dict(procedures_to_apply_for()).get(found.request[0], ""),
    }
    return never_kept(render(request, "web/portal/help_result.html", context))


@public
@require_GET
def paper(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """advice.pdf, deadlines.ics, draft-1.pdf or draft-1.docx."""
    kept = begun(slug, key)
    if not way_of(kept).is_finished:
        return redirect("help_go_on", slug=slug, key=key)
    found, now = _outcome(kept), timezone.now()
    if name == "advice.pdf":
        return pdf_answer(advice_pdf(found, at=now), file_name(SHEET, now, "pdf"))
    if name == "deadlines.ics":
        return _file(calendar_of(found, at=now).encode(), file_name("期限", now, "ics"), "text/calendar; charset=utf-8")
    return _draft(found, name)


def _draft(found: Outcome, name: str) -> HttpResponse:
    asked = DRAFT_NAME.fullmatch(name)
    if not asked or not 1 <= int(asked[1]) <= len(found.drafts):
        raise Http404
    draft, now = found.drafts[int(asked[1]) - 1], timezone.now()
    named = file_name(draft.title, now, asked[2])
    return pdf_answer(draft_pdf(draft, at=now), named) if asked[2] == "pdf" else _file(docx_of(draft), named, DOCX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return never_kept(response)


@public
@require_POST
def to_request(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The request with what was answered already written into it; the person reads and sends it themselves."""
    kept = begun(slug, key)
    if not way_of(kept).is_finished:
        return redirect("help_go_on", slug=slug, key=key)
    found = _outcome(kept)
    draft = draft_of(request)
    draft.text = _story(found)[: settings.ENV.text_limit]
    service = found.request[0]
    draft.procedure = service if service in dict(procedures_to_apply_for()) else ""
    draft.region = found.region or draft.region
    for field, question in found.interview.person.items():
        setattr(draft, field, str(found.values.get(question) or getattr(draft, field)))
    keep(request, draft)
    return redirect("request")


def _story(found: Outcome) -> str:
    """What was answered, without what only belongs into the papers."""
    lines = [
        f"{question.short}：{told}"
        for question, told in found.facts
        if not question.private and found.values.get(question.id) not in (None, "unsure")
    ]
    sums = [f"{each.label}：{each.amount}" for each in found.sums]
    return "\n".join([found.request[1], *lines, *sums, f"（由自助问答“{found.interview.title}”填写）"])
