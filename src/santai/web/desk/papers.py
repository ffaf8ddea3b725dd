"""Files of a case: put on it, taken from it."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import roles_on
from santai.casework.actions import attach_documents
from santai.casework.models import Case, CaseDocument
from santai.casework.refusals import NotFromHere, NotYou, Refused
from santai.documents.files import BadFile, as_attachment, store
from santai.documents.models import DocumentKind, StoredFile
from santai.documents.reading import ask
from santai.documents.records import RECORDINGS
from santai.trust.actors import Actor
from santai.trust.roles import ROLES, Role
from santai.web.guard import actor_of, roles_required, visible_case
from santai.web.steps import as_refused

MOST_AT_ONCE = 20


def may_add_papers(case: Case, roles: Collection[Role]) -> bool:
    return case.closed_at is None and not all(ROLES[role].read_only for role in roles)


def add_papers(request: HttpRequest, case: Case, actor: Actor) -> list[StoredFile]:
    """Every file that was posted, under one kind; all of them or none. Raises Refused."""
    if case.closed_at:
        raise NotFromHere("这件事已经了结，不能再放材料", todo="有新情况请重新登记一件诉求。")
    if not may_add_papers(case, roles_on(case, actor)):
        raise NotYou("您可以查看这件事，不能往里放材料", todo="请联系承办人或窗口人员。")
    uploads = request.FILES.getlist("files")[:MOST_AT_ONCE]
    if not uploads:
        raise Refused("还没有选择文件", todo="请先选择文件，再点“上传”。")
    kind = request.POST.get("kind", "")
    kind = kind if kind in DocumentKind.values else DocumentKind.OTHER.value
    try:
        with transaction.atomic():
            stored = [store(upload, by=actor.user) for upload in uploads]
            attach_documents(case, [(file, kind) for file in stored], actor=actor)
    except BadFile as fault:
        raise as_refused(fault) from fault
    return stored


@roles_required()
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    case = visible_case(actor, code)
    try:
        stored = add_papers(request, case, actor)
    except Refused as refused:
        context = {"case": case, "refused": refused, "kinds": DocumentKind.choices, "kind": request.POST.get("kind")}
        return render(request, "web/desk/upload.html", context, status=refused.status)
    messages.success(request, f"已上传：{'、'.join(file.name for file in stored)}")
    return redirect(f"{reverse('desk_case', args=[case.code])}#papers")


@roles_required()
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A recording of enforcement is taken out with a reason only."""
    case = visible_case(actor_of(request), code)
    paper = get_object_or_404(CaseDocument.objects.select_related("file"), case=case, pk=pk)
    if paper.kind in RECORDINGS:
        return redirect("desk_recording", code=case.code, pk=paper.pk)
    return as_attachment(paper.file)


@roles_required()
@require_POST
def read(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for a picture to be read; the worker does it, the page shows what came of it."""
    actor = actor_of(request)
    case = visible_case(actor, code)
    if not may_add_papers(case, roles_on(case, actor)):
        raise PermissionDenied
    paper = get_object_or_404(CaseDocument.objects.select_related("file"), case=case, pk=pk)
    if ask(paper.file, at=timezone.now()) is None:
        messages.error(request, "这份材料不能读取：只读照片和图片，或者这里没有开通读取。请手工填写。")
    else:
        messages.info(request, "正在读取，一般几秒钟；刷新这一页就能看到。")
    return redirect(f"{reverse('desk_case', args=[case.code])}#papers")
