"""A round of inspections by lot: whom it covers, how many are drawn, and what was found at each of them."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import HandlerField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.registry.models import OrganisationKind

INSPECTED = [
    (kind.value, kind.label)
    for kind in (
        OrganisationKind.LAW_FIRM,
        OrganisationKind.GRASSROOTS,
        OrganisationKind.NOTARY,
        OrganisationKind.APPRAISAL,
        OrganisationKind.ARBITRATION,
    )
]
RESULTS = [
    ("clean", "未发现问题"),
    ("corrected", "发现问题，已当场改正"),
    ("ordered", "发现问题，责令限期改正"),
    ("breach", "涉嫌违法，移交立案核查"),
    ("refused", "不配合检查"),
    ("gone", "通过登记的住所无法联系，或者已经停业"),
]


class Plan(forms.Form):
    kind = choice("检查对象", INSPECTED)
    number = forms.IntegerField(label="抽取几家", min_value=1, max_value=200)
    matters = long_text("检查事项", help_text="随机抽查事项清单里的事项，每行一项。", most=2000)
    begins_on = day("开始日期")
    ends_on = day("结束日期")


class Replace(forms.Form):
    place = forms.IntegerField(label="第几家", min_value=1, max_value=200)
    officer = HandlerField(label="哪一位不能去", max_length=60)
    reason = choice("原因", [("interest", "应当回避"), ("absent", "因故不能参加")])
    explanation = long_text("说明")


class Result(forms.Form):
    place = forms.IntegerField(label="第几家", min_value=1, max_value=200)
    done_on = day("检查日期")
    showed = confirmed("两名执法人员已出示行政执法证件")
    result = choice("检查结果", RESULTS)
    finding = long_text("检查情况", most=4000, help_text="公示时会隐去个人信息。")


class HandOver(forms.Form):
    place = forms.IntegerField(label="第几家", min_value=1, max_value=200)
    explanation = long_text("发现了什么", least=10)


class Cancel(forms.Form):
    reason = choice("取消的原因", [("none", "辖区里没有这类机构"), ("changed", "计划调整"), ("force", "不可抗力")])
    explanation = long_text("说明")
