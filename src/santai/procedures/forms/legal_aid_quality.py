"""What is filled in when a closed file is looked at by peers, and when a commitment is checked afterwards."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.people.validation import normalise_phone
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField
from santai.procedures.forms.legal_aid import GRADES, Explain, choice, long_text, yuan

STEP_BACK_REASONS = [
    ("conflict", "与案件或承办人有利害关系"),
    ("took_part", "参与过本案"),
    ("unable", "没有时间或者不熟悉这类案件"),
]
CHECKED_BY = [
    ("data_sharing", "信息共享查询"),
    ("papers", "核对证明材料"),
    ("visit", "入户或者向村（社区）了解"),
    ("other_office", "异地协作核查"),
]
FALSE_HOW = [
    ("income", "少报收入"),
    ("people", "多报家庭人口"),
    ("status", "身份证明不真实"),
    ("hidden", "隐瞒其他财产或者收入"),
]
UNRECOVERED = [
    ("hardship", "现在生活困难，批准免予追缴"),
    ("court", "逾期不付，已申请人民法院强制执行"),
    ("died", "受援人死亡且没有遗产"),
]


class Reviewer(forms.Form):
    practitioner = PractitionerField(label="评估人", max_length=60, help_text="姓名、执业证号或编号。")
    no_conflict = long_text("同名但不是同一人的说明", required=False)


class StepBack(Explain):
    reason = choice("不能评估的情形", STEP_BACK_REASONS)


class PeerGrade(forms.Form):
    grade = choice("质量等次", GRADES)
    strengths = long_text("做得好的地方", required=False)
    faults = long_text("存在的问题", required=False, help_text="评为合格、不合格的必须写明。")
    advice = long_text("改进建议", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("grade") in {"qualified", "unqualified"} and not given.get("faults"):
            self.add_error("faults", "评为合格、不合格的，请写明存在的问题。")
        return given


class HandlersView(forms.Form):
    text = long_text("承办人的意见", most=2000)


class ConfirmGrade(forms.Form):
    opinion = long_text("确认意见", required=False)


class Papers(forms.Form):
    items = long_text("需要受援人提供的证明", help_text="每行一项。", most=2000)
    by = day("提交的截止日")


class FoundTrue(forms.Form):
    checked = choice("核查方式", CHECKED_BY)
    finding = long_text("核查情况")


class FoundFalse(Explain):
    checked = choice("核查方式", CHECKED_BY)
    reason = choice("不真实的地方", FALSE_HOW)
    household_income = yuan("查实的家庭每月总收入(元)")


class Statement(forms.Form):
    text = long_text("受援人的陈述和申辩", most=3000)


class Recovered(forms.Form):
    recovered_on = day("款项收到的日期")


class NotRecovered(Explain):
    reason = choice("没有收回的情形", UNRECOVERED)


class HandOver(Explain):
    phone = forms.CharField(label="法律援助机构的联系电话", max_length=30, help_text="执法人员核实情况时用。")

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])
