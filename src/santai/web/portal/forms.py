"""What the public fills in. Every message says what is wrong and what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from santai.casework.codes import code_fault, tidy
from santai.people import validation
from santai.people.models import Party, SpecialGroup
from santai.registry.models import OrganisationKind, Practitioner, Region
from santai.web.portal.places import NO_PLACE, city_choices, county_choices
from santai.web.safe_contact import SafeContact

SHORTEST_TEXT = 4
PHONE = {"inputmode": "tel", "autocomplete": "tel", "class": "field-middle"}


class WhatHappened(forms.Form):
    text = forms.CharField(
        label="发生了什么事？",
        help_text="想到哪写到哪就行：什么时候、跟谁、因为什么事、您希望怎么解决。",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请写下您遇到的事，几句话就行，例如“老板欠我三个月工资”。"},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        limit = settings.ENV.text_limit
        if len(text) < SHORTEST_TEXT:
            raise forms.ValidationError("写得太短了，看不出是什么事，请再写几个字。")
        if len(text) > limit:
            raise forms.ValidationError(
                f"写得太长了（{len(text)} 字），最多 {limit} 字。请先写主要经过，其余的可以在最后一步作为材料上传。"
            )
        return text


class WhoAndWhere(SafeContact):
    kind = forms.ChoiceField(label="您代表", choices=Party.Kind.choices, widget=forms.RadioSelect, initial="person")
    name = forms.CharField(
        label="姓名（单位填全称）",
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field-middle"}),
        error_messages={"required": "请填写姓名，要和证件上的一样。"},
    )
    phone = forms.CharField(
        label="手机号",
        help_text="办理进展会发到这个号码；查进度也用它。",
        widget=forms.TextInput(attrs=PHONE),
        error_messages={"required": "请填写手机号，办理的人要用它联系您。"},
    )
    region = forms.ChoiceField(
        label="事情发生在哪里",
        widget=forms.Select(attrs={"data-places": "", "class": "field-middle"}),
        error_messages={
            "required": "请选择市和县（区）。",
            "invalid_choice": "没有这个地区，请从列表里重新选择县（区）。",
        },
    )
    id_number = forms.CharField(
        label="身份证号（单位填统一社会信用代码）",
        required=False,
        help_text="现在不填也可以；申请法律援助、公证时会用到。加密保存，谁看过都有记录。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "field-middle", "data-private": ""}),
    )
    groups = forms.MultipleChoiceField(
        label="您有下面的情况吗",
        required=False,
        help_text="有的话可能优先办理，或者减免费用。",
        choices=SpecialGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有一项情况认不出来，请重新勾选。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = [("", "请选择"), *county_choices()]

    def clean_phone(self) -> str:
        return validation.normalise_phone(self.cleaned_data["phone"], must_take_sms=True)

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind = self.cleaned_data.get("kind", "person")
        self._check("name", lambda value: validation.normalise_name(value, kind=kind))
        self._check("id_number", lambda value: validation.normalise_id(value, kind=kind))
        return self.cleaned_data

    def _check(self, name: str, normalised: Any) -> None:
        if name not in self.cleaned_data:
            return
        try:
            self.cleaned_data[name] = normalised(self.cleaned_data[name])
        except forms.ValidationError as fault:
            self.add_error(name, fault)


class OneTime(forms.Form):
    code = forms.CharField(
        label="短信验证码",
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-input",
                "maxlength": "8",
                "data-private": "",
            }
        ),
        error_messages={"required": "请填写短信里的 6 位验证码；还没有的话，先点“获取验证码”。"},
    )


class Progress(forms.Form):
    phone = forms.CharField(
        label="手机号",
        help_text="提交时留的那个号码。打热线、到窗口办的事，用当时留的号码也能查到。",
        widget=forms.TextInput(attrs=PHONE),
        error_messages={"required": "请填写提交时留的手机号。"},
    )
    code = forms.CharField(
        label="案码",
        required=False,
        help_text="回执上的 19 位数字。填了直接打开那一件，不填就列出您所有的事。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "field-middle"}),
    )

    def clean_phone(self) -> str:
        return validation.normalise_phone(self.cleaned_data["phone"], must_take_sms=True)

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])


class Verify(forms.Form):
    code = forms.CharField(
        label="案码或文书核验码",
        help_text="回执、短信上的 19 位案码，或者文书末尾的 16 位核验码；空格可有可无。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "field-middle"}),
        error_messages={"required": "请填写案码或文书核验码。"},
    )

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])


def checked_code(typed: str) -> str:
    if not typed.strip():
        return ""
    code = tidy(typed)
    if fault := code_fault(code):
        raise forms.ValidationError(fault)
    return code


class Find(forms.Form):
    """Filters of the directory; an unknown value is told and left out."""

    region = forms.ChoiceField(label="地区", required=False, error_messages={"invalid_choice": NO_PLACE})
    kind = forms.ChoiceField(label="找什么机构", required=False, choices=[("", "全部机构"), *OrganisationKind.choices])
    name = forms.CharField(label="名称里有", required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = [("", "全省"), *city_choices()]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class FindPerson(Find):
    kind = forms.ChoiceField(label="找什么人", required=False, choices=[("", "全部人员"), *Practitioner.Kind.choices])


def region_name(code: str) -> str:
    return Region.objects.filter(code=code).values_list("full_name", flat=True).first() or ""
