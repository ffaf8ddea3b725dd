"""The form in which an entry is written: one version, as people will read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from santai.knowledge.entries.wording import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, Basis, Wording
from santai.knowledge.models import Entry, EntryVersion
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.triage.matters import matters
from santai.web.divisions import choices_under

# Addresses of the editor's own pages (desk/urls.py).
TAKEN = frozenset({"new", "questions", "words"})
BODY_HELP = (
    "小标题用“## ”开头，步骤用“1. ”，要点用“- ”，重点用**两边加星号**。写《劳动合同法》第三十条，页面会自动连到条文。"
)


def _day_picker() -> forms.DateInput:
    """The format is the one a browser reads; written as 2027年5月31日 the day would be lost on the next save."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WordingForm(forms.Form):
    """`wording` holds what was written once the form is valid."""

    title = forms.CharField(label="标题（群众会问的话）", max_length=LONGEST_TITLE)
    summary = forms.CharField(
        label="一句话答复",
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="念给来电人听的就是这一句。",
    )
    body = forms.CharField(
        label="正文", max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 16}), help_text=BODY_HELP
    )
    asked = forms.CharField(
        label="群众还会怎么问",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行一种问法，越像平常说话越好。",
    )
    laws = forms.CharField(
        label="依据",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一条，例如：劳动合同法 第三十条。",
    )
    matter = forms.ChoiceField(label="事项", required=False)
    topics = forms.CharField(label="主题词", required=False, help_text="用空格隔开，最多 4 个。")
    service = forms.ChoiceField(label="对应的服务", required=False)
    source = forms.CharField(label="来源", required=False, max_length=200)
    issuer = forms.CharField(label="发布机关", required=False, max_length=120)
    document_number = forms.CharField(label="文号", required=False, max_length=60)
    issued_on = forms.DateField(label="发布日期", required=False, widget=_day_picker())
    review_by = forms.DateField(label="下次复核日期", widget=_day_picker(), help_text="到这一天会提醒您再看一遍。")
    expires_on = forms.DateField(
        label="最后有效日期",
        required=False,
        widget=_day_picker(),
        help_text="过了这一天自动不再显示。长期有效的不填。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["matter"]
        chosen.choices = [("", "不限"), *((name, name) for name in matters())]
        service: Any = self.fields["service"]
        service.choices = [("", "没有"), *procedures_to_apply_for()]

    def clean_laws(self) -> tuple[Basis, ...]:
        read, faults = [], []
        for line in _lines(self.cleaned_data["laws"]):
            try:
                read.append(Basis.read(line))
            except ValueError:
                faults.append(f"“{line[:40]}”应写成“劳动合同法 第三十条”")
        if faults:
            raise ValidationError(faults)
        return tuple(read)

    def clean_topics(self) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(self.cleaned_data["topics"].replace("、", " ").split()))
        if len(found) > 4 or any(len(one) > 20 for one in found):
            raise ValidationError("主题词最多 4 个，每个最多 20 字")
        return found

    def clean_asked(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["asked"])

    @property
    def wording(self) -> Wording:
        return Wording(**self.cleaned_data)


class NewEntry(WordingForm):
    kind = forms.ChoiceField(label="种类", choices=Entry.Kind.choices)
    slug = forms.SlugField(
        label="网址",
        max_length=80,
        help_text="小写英文字母、数字和短横线，例如 unpaid-wages。定了不能再改。",
        error_messages={"invalid": "只能用小写英文字母、数字和短横线。"},
    )
    region = forms.ChoiceField(label="在哪里用", required=False, help_text="只在一个市、县用的才选；全省通用的不选。")
    field_order = ("kind", "slug", "region")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = [("", "全省通用"), *choices_under([settings.ENV.province])]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in TAKEN:
            raise ValidationError("这个网址系统自己要用，请换一个。")
        return slug

    @property
    def wording(self) -> Wording:
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.field_order}
        return Wording(**given)


def written(version: EntryVersion) -> dict[str, Any]:
    """A version as the form shows it."""
    same = ("title", "summary", "body", "asked", "matter", "service", "source", "issuer", "document_number")
    days = ("issued_on", "review_by", "expires_on")
    found: dict[str, Any] = {name: getattr(version, name) for name in (*same, *days)}
    found["topics"] = " ".join(version.topics)
    found["laws"] = "\n".join(f"{one.law} {one.place}" for one in version.citations.all())
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
