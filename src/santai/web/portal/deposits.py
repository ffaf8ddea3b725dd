"""Is this file the one that was deposited? The browser computes the digest; where it cannot, the file is read here,
compared and not kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.casework.models import Case
from santai.procedures.forms.evidence_deposit import DIGEST
from santai.procedures.rules.evidence_deposit import is_open_to_check, matching
from santai.web.portal.forms import checked_code
from santai.web.portal.limits import public

PAGE = "web/portal/deposit_check.html"
MEGABYTE = 2**20


class CheckDeposit(forms.Form):
    code = forms.CharField(
        label="存证编号",
        help_text="存证证书上的 19 位数字，空格可有可无。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "field-middle"}),
        error_messages={"required": "请填写存证证书上的存证编号。"},
    )
    file = forms.FileField(
        label="要核验的文件",
        help_text="选当初存证的那个原文件；改过文件名没有关系。",
        widget=forms.FileInput(attrs={"data-digest-from": ""}),
        error_messages={
            "required": "请选择要核验的文件。",
            "empty": "这个文件是空的，里面没有内容，请重新选择。",
        },
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-digest-into": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Where the browser computed the digest, the file itself is not sent."""
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not DIGEST.fullmatch(str(self.data.get("digest", "")).lower())

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])

    def clean_digest(self) -> str:
        digest: str = self.cleaned_data["digest"].lower()
        return digest if DIGEST.fullmatch(digest) else ""

    def clean_file(self) -> File[Any] | None:
        file: File[Any] | None = self.cleaned_data["file"]
        limit = settings.ENV.upload_limit_mb
        if file and (file.size or 0) > limit * MEGABYTE:
            raise forms.ValidationError(f"文件超过了 {limit} MB，请在能运行脚本的浏览器里核验：文件不用上传。")
        return file


@public
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, PAGE, {"form": CheckDeposit(initial={"code": request.GET.get("code", "")[:40]})})
    form = CheckDeposit(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    response = render(request, PAGE, _compared(form.cleaned_data))
    response["Cache-Control"] = "no-store"
    return response


def _compared(given: dict[str, Any]) -> dict[str, Any]:
    """Neither names nor contents are told: whether it matches, which file of how many, and since when."""
    digest = given["digest"] or _sha256(given["file"])
    case = Case.objects.filter(code=given["code"], procedure="evidence_deposit").first()
    context = {"form": CheckDeposit(initial={"code": given["code"]}), "code": given["code"], "digest": digest}
    if case is None or not is_open_to_check(case):
        return {**context, "outcome": "unknown"}
    found = matching(case, digest)
    return {**context, "outcome": "same" if found else "different", "found": found}


def _sha256(upload: File[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
