"""What is filled in when a document was served (送达), the same in every procedure; `served_on` starts the limits.

Basis: 民事诉讼法第八十七条至第九十五条, which other procedures follow where they say nothing else.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from santai.documents.models import DocumentKind, ServiceWay
from santai.procedures.forms.fields import SealedTextField

# What shows that something was served.
SERVICE_PAPERS = frozenset({DocumentKind.SERVICE_RECEIPT, DocumentKind.SERVICE_CONSENT})
RETURNED = [
    ("not_found", "查无此人或地址不详"),
    ("moved", "已经搬走"),
    ("refused", "拒收"),
    ("no_answer", "联系不上、无人签收"),
    ("other", "其他原因"),
]
# What each way needs besides the day.
NEEDED: dict[str, tuple[str, str]] = {
    ServiceWay.LEFT: ("witnesses", "留置送达要有见证人，或者写明录像的情况。"),
    ServiceWay.POST: ("tracking", "请填邮件号，以便核对回执。"),
    ServiceWay.NOTICE: ("published_on", "请填公告刊登的日期。"),
    ServiceWay.ENTRUSTED: ("entrusted_to", "请填受委托的单位。"),
}


def _way() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="送达方式",
        choices=ServiceWay.choices,
        error_messages={"required": "请选择送达方式。", "invalid_choice": "请从列表中选择送达方式。"},
    )


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": f"请选择{label}。", "invalid": "日期请写成2026-12-03这样。"},
    )


def _tracking() -> forms.CharField:
    return forms.CharField(
        label="邮件号",
        required=False,
        max_length=40,
        help_text="邮寄送达时填写。",
        validators=[RegexValidator(r"^[0-9A-Za-z -]+$", "邮件号只有数字和字母，请对照邮单。")],
    )


class Served(forms.Form):
    """The applicant receives it, and may have agreed to get it electronically. Whoever else it is, `addressee` says."""

    to_applicant = True
    addressee = "本人"

    served_on = _day(
        "收到文书的日期",
        help_text="签收日、邮寄回执上的日期、公告期满日或者电子文书到达的日期；期限从第二天起算。",
    )
    way = _way()
    receiver = SealedTextField(
        label="签收人", required=False, max_length=60, help_text="不是本人签收的，写姓名和与本人的关系。"
    )
    tracking = _tracking()
    witnesses = SealedTextField(
        label="留置送达的见证人或录像情况", required=False, max_length=200, help_text="留置送达时填写。"
    )
    published_on = _day("公告刊登的日期", required=False, help_text="公告送达时填写。")
    entrusted_to = forms.CharField(
        label="受委托的单位", required=False, max_length=120, help_text="委托送达时填写。"
    )
    consented = forms.BooleanField(
        label="本人已经书面同意电子送达", required=False, help_text="电子送达要先有本人同意；请一并上传确认书。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        name, told = NEEDED.get(given.get("way") or "", ("", ""))
        if name and name not in self.errors and not given.get(name):
            self.add_error(name, told)
        return given


class ServedOnOther(Served):
    to_applicant = False
    addressee = "对方当事人"


class ServedOnBoth(Served):
    to_applicant = False
    addressee = "双方当事人"


class Returned(forms.Form):
    """It did not arrive: nothing begins to run, and another way must be found."""

    to_applicant = True
    addressee = "本人"

    way = _way()
    tracking = _tracking()
    returned_reason = forms.ChoiceField(label="没有送到的原因", choices=RETURNED)
    note = forms.CharField(label="说明", required=False, max_length=200, help_text="下一步打算怎么送。")
