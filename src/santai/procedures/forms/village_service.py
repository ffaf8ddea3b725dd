"""What is filled in when a villager or the committee books the village's legal adviser, and when the adviser serves."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import OrganisationField, PractitionerField, SealedNameField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.village_adviser import KINDS, WAYS, HourField, count

CHILD_PROCEDURES = [
    ("legal_aid_civil", "法律援助（免费打官司）"),
    ("mediation", "人民调解"),
    ("notarization", "公证"),
]
PASS_ON_REASONS = [
    ("conflict", "有利益冲突（已为另一方服务）"),
    ("unable", "时间冲突或者其他原因不能去"),
    ("specialty", "需要其他专业的人员"),
]
DECLINE_REASONS = [
    ("not_legal", "不是法律问题"),
    ("not_village", "本村（社区）没有法律顾问，其他人员也不能提供"),
    ("repeated", "同一问题已经答复，没有新的情况"),
    ("unlawful", "要求帮助做违法的事"),
    ("private", "要求代理诉讼，应当另行委托或者申请法律援助"),
]
ABSENT = [("asker", "预约的人没有到"), ("adviser", "法律顾问没有到")]


class Book(forms.Form):
    village = short_text("哪个村（社区）", most=60, help_text="例如：榆树村、群力社区。")
    kind = choice("需要什么服务", KINDS)
    way = choice("怎样见面", WAYS)
    wished_on = day("希望哪一天", required=False)
    story = long_text("什么事情", most=5000)
    other_side = SealedNameField(
        label="对方是谁", side=CaseParty.Side.OTHER, required=False, help_text="有纠纷的请填写，避免律师同时帮双方。"
    )


class Assign(forms.Form):
    organisation = OrganisationField(label="由哪个机构服务", max_length=120)
    practitioner = PractitionerField(label="由谁服务", max_length=60)
    explanation = long_text("说明", required=False)


class PassOn(forms.Form):
    reason = choice("转由他人的理由", PASS_ON_REASONS)
    explanation = long_text("说明")


class Schedule(forms.Form):
    appointed_on = day("约定日期")
    hour = HourField("约定时间")
    place = short_text("地点或联系方式", most=120)
    no_conflict = confirmed("与来访的人和对方都没有利益冲突")


class Reschedule(forms.Form):
    appointed_on = day("改到哪一天")
    hour = HourField("时间")
    place = short_text("地点或联系方式", most=120)
    explanation = long_text("改期的原因")


class Decline(forms.Form):
    reason = choice("不予服务的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)
    route = short_text("可以怎么办、找哪里", most=300)


class Arrive(forms.Form):
    arrived_on = day("到场或接通的日期")
    hour = HourField("时间")
    place = short_text("地点或方式", most=120)


class NotMet(forms.Form):
    absent = choice("谁没有到", ABSENT)
    explanation = long_text("情况说明")


class LogService(forms.Form):
    """One service, one record (一事一记)."""

    visited_on = day("服务日期")
    begins = HourField("开始时间")
    ends = HourField("结束时间")
    kind = choice("服务内容", KINDS)
    persons = count("服务人数", least=1, most=10_000)
    advice = long_text("提出的意见", most=5000, help_text="预约的人会原样看到。")
    result = long_text("结果", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("begins") and given.get("ends") and given["ends"] <= given["begins"]:
            self.add_error("ends", "结束时间应当晚于开始时间。")
        return given


class Refer(forms.Form):
    procedure = choice("接着办什么", CHILD_PROCEDURES)
    explanation = long_text("说明", required=False)


class SettleHours(forms.Form):
    explanation = long_text("核实的情况和理由")
