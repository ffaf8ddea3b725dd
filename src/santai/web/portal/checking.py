"""Is this PDF as it was issued? Anybody may ask; what is sent is read, answered and not kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from santai.archive.models import Checkpoint
from santai.archive.transparency.checkpoints import write_keys
from santai.archive.transparency.keys import published_keys
from santai.archive.transparency.offline import Verdict, verify
from santai.web.portal.limits import public

MEGABYTE = 2**20


class CheckFile(forms.Form):
    pdf = forms.FileField(
        label="选择文书的 PDF",
        help_text="从平台下载的原文件。打印后再扫描的、另存过的，都核对不了。",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": "请先选择要核对的 PDF 文件。",
            "empty": "这个文件是空的，里面没有内容，请重新选择。",
        },
    )
    file = forms.FileField(
        label="存证的原文件",
        required=False,
        help_text="手里是存证证书的，把存证的那个文件也选上，一起核对。",
        widget=forms.FileInput(),
        error_messages={"empty": "这个文件是空的，里面没有内容，请重新选择。"},
    )

    def clean_pdf(self) -> UploadedFile[Any]:
        return _not_too_large(self.cleaned_data["pdf"])

    def clean_file(self) -> UploadedFile[Any] | None:
        file = self.cleaned_data["file"]
        return _not_too_large(file) if file else None


def _not_too_large(upload: UploadedFile[Any]) -> UploadedFile[Any]:
    limit = settings.ENV.upload_limit_mb
    if (upload.size or 0) > limit * MEGABYTE:
        raise forms.ValidationError(
            f"文件超过了 {limit} MB，这里核对不了；请用命令 santai audit verify-pdf 在自己的电脑上核对。"
        )
    return upload


@public
def verify_file(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "web/portal/verify_file.html", {"form": CheckFile()})
    form = CheckFile(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "web/portal/verify_file.html", {"form": form}, status=422)
    pdf, file = form.cleaned_data["pdf"], form.cleaned_data["file"]
    verdict = verify(pdf.read(), keys=published_keys(), file=file.read() if file else None)
    context = {"form": CheckFile(), "name": pdf.name, "verdict": verdict, **_told(verdict)}
    response = render(request, "web/portal/verify_file.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _told(verdict: Verdict) -> dict[str, Any]:
    """Who signed it, and whether the public list has the checkpoint: a second history would show here."""
    if not verdict.is_valid or verdict.proof is None:
        return {}
    case_code, _, number = verdict.name.partition(" ")
    checkpoint = verdict.proof.checkpoint
    return {
        "case_code": case_code,
        "number": number,
        "checkpoint": checkpoint,
        "digest": " ".join(verdict.sha256[at : at + 16] for at in range(0, len(verdict.sha256), 16)),
        "moment": checkpoint.moment,
        "is_listed": Checkpoint.objects.filter(size=checkpoint.size, root=checkpoint.root, at=checkpoint.at).exists(),
    }


@public
@require_GET
def checkpoint_key(request: HttpRequest) -> HttpResponse:
    """The file for `santai audit verify-pdf --key`."""
    return HttpResponse(write_keys(published_keys()), content_type="application/json")
