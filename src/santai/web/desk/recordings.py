"""Taking a recording of enforcement out: a reason first, then the file, and the list of everybody who did so before."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from santai.casework.models import CaseDocument
from santai.documents.files import as_attachment
from santai.documents.records import REASON, RECORDINGS, retrievals, retrieve
from santai.web.guard import actor_of, roles_required, user_of, visible_case

MOST = 100


class Why(forms.Form):
    reason = forms.CharField(
        label="为什么要调取",
        max_length=REASON,
        help_text="例如“复核听证笔录”。谁、什么时候、为什么调取过，都有记录，当事人也能查到。",
        error_messages={"required": "请写明调取的理由。"},
    )


@roles_required()
def recording(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    case = visible_case(actor_of(request), code)
    found = CaseDocument.objects.select_related("file").filter(kind__in=RECORDINGS)
    paper = get_object_or_404(found, case=case, pk=pk)
    form = Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retrieve(
                paper.file.name,
                party_id=case.applicant_id,
                user=user_of(request),
                reason=form.cleaned_data["reason"],
                case_code=case.code,
                at=timezone.now(),
            )
            return as_attachment(paper.file)
        except ValidationError as fault:
            form.add_error("reason", fault.messages)
    context = {"case": case, "paper": paper, "form": form, "looks": retrievals(case.code)[:MOST]}
    return render(request, "web/desk/recording.html", context, status=422 if form.errors else 200)
