"""A citizen takes a step of their own case. Refused, the page comes back with everything that was filled in."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from santai.casework.access import case_for
from santai.casework.actions import take_step
from santai.casework.refusals import Refused
from santai.documents.files import BadFile, store
from santai.documents.models import DocumentKind, StoredFile
from santai.trust.actors import Actor
from santai.web.portal import session
from santai.web.portal.limits import public
from santai.web.portal.offers import PAPERS_SALT, Attempted
from santai.web.portal.progress import case_page

Papers = list[tuple[int, str]]


@public
def take(request: HttpRequest, code: str, step: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("my_case", code=code)
    actor = session.applicant_of(request, code)
    if actor is None:
        if request.session.get(session.PHONES):
            raise Http404
        return _prove_again(request)
    case = case_for(actor, code)
    papers = _kept(request)
    data = request.POST.copy()
    try:
        papers += _stored(request)
        _name_papers(data, papers)
        take_step(case, step, actor=actor, data=data, documents=_files(papers), version=_version(request))
    except (Refused, BadFile) as fault:
        refused = fault if isinstance(fault, Refused) else _as_refused(fault)
        return _refused(request, code, actor, Attempted(code, step, data, refused, papers))
    # The tag names the draft of the form, which the page then forgets.
    messages.success(request, "办好了，下面的进展里能看到。", extra_tags=f"{code}-{step}")
    return redirect("my_case", code=case.parent.code if case.parent else code)


def _prove_again(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "离上次验证手机已超过 2 小时，请再验证一次。")
    return redirect("progress")


def _refused(request: HttpRequest, code: str, actor: Actor, attempted: Attempted) -> HttpResponse:
    """The page of the root case as it stands now, read anew."""
    case = case_for(actor, code)
    root = case_for(actor, case.parent.code) if case.parent else case
    return case_page(request, root, actor, attempted=attempted, status=attempted.refused.status)


def _version(request: HttpRequest) -> int | None:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdigit() else None


def _kept(request: HttpRequest) -> Papers:
    """Papers that came with an earlier try of this form."""
    try:
        kept = signing.loads(request.POST.get("papers", ""), salt=PAPERS_SALT, max_age=7200)
    except signing.BadSignature:
        return []
    return [(int(pk), str(kind)) for pk, kind in kept]


def _stored(request: HttpRequest) -> Papers:
    return [
        (store(upload).pk, kind) for kind in DocumentKind.values for upload in request.FILES.getlist(f"file_{kind}")
    ]


def _files(papers: Papers) -> list[tuple[StoredFile, str]]:
    found = StoredFile.objects.in_bulk([pk for pk, _ in papers])
    return [(found[pk], kind) for pk, kind in papers if pk in found]


def _name_papers(data: QueryDict, papers: Papers) -> None:
    """Whoever hands in papers need not write anything as well."""
    if papers and "text" in data and not str(data["text"]).strip():
        data["text"] = "交来材料：" + "、".join(file.name for file, _ in _files(papers))


def _as_refused(fault: BadFile) -> Refused:
    refused = Refused(*fault.problems, todo=fault.todo)
    refused.title = fault.title
    return refused
