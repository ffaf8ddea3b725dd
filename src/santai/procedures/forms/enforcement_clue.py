"""A clue to a breach: whom it points at, what was found, and what becomes of it. Whom it points at is sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.casework.models import CaseParty
from santai.people.models import Party
from santai.people.validation import normalise_id, normalise_name, normalise_phone
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import HandlerField, SealedNameField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

SOURCES = [
    ("complaint", "投诉、举报"),
    ("inspection", "监督检查发现"),
    ("transfer", "其他机关移送"),
    ("superior", "上级机关交办"),
    ("own", "工作中发现"),
]
NOT_FILED_REASONS = [
    ("no_breach", "没有违法事实"),
    ("slight", "违法行为轻微并及时改正，没有造成危害后果"),
    ("not_ours", "不属于本机关管辖"),
    ("time_barred", "超过追责期限"),
    ("twice", "同一违法行为已经处理"),
    ("unproven", "没有初步证据，线索无法核实"),
]


class Register(forms.Form):
    source = choice("线索来源", SOURCES)
    kind = choice("反映的是个人还是单位", Party.Kind.choices)
    name = SealedNameField(
        label="被反映的个人姓名或者单位名称",
        side=CaseParty.Side.COMPLAINED_OF,
        contact="phone",
        id_number="id_number",
        max_length=60,
    )
    phone = SealedTextField(label="被反映人的联系电话", max_length=30, help_text="立案后用它通知当事人。")
    id_number = SealedTextField(label="证件号或者统一社会信用代码", max_length=30, required=False)
    happened_on = day("违法行为发生（终了）的日期")
    conduct = long_text(
        "反映的违法行为", least=10, most=5000, help_text="立案后当事人会看到，请不要写反映人的任何信息。"
    )

    def clean(self) -> dict[str, Any]:
        """The plain text is judged here, where it is still at hand: afterwards the fields are sealed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind = given.get("kind", "person")
        checks: dict[str, Callable[[str], str]] = {
            "name": lambda value: normalise_name(value, kind=kind),
            "phone": normalise_phone,
            "id_number": lambda value: normalise_id(value, kind=kind),
        }
        for field, check in checks.items():
            if field in given:
                try:
                    check(str(self.data.get(field, "")))
                except ValidationError as fault:
                    self.add_error(field, fault)
        return given


class Check(forms.Form):
    finding = long_text("核查情况", most=5000)


class File(forms.Form):
    opinion = long_text("立案的理由", least=10, help_text="有什么初步证据、违反哪一条。")
    in_scope = confirmed("属于本机关管辖，且没有超过追责期限")


class FileOnSpot(File):
    lead_certificate = forms.CharField(label="您的行政执法证号", max_length=40)
    second = HandlerField(label="同去的执法人员", max_length=60)
    second_certificate = forms.CharField(label="他（她）的行政执法证号", max_length=40)


class NotFile(forms.Form):
    reason = choice("不予立案的情形", NOT_FILED_REASONS)
    explanation = long_text("理由说明", least=10, help_text="反映人会看到，请不要写被反映人的个人信息。")


class Transfer(forms.Form):
    to = forms.CharField(label="移送给哪个机关", max_length=120)
    explanation = long_text("说明", least=10)


class More(forms.Form):
    text = long_text("补充的情况", most=5000)
