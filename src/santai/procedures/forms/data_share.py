"""What is filled in at each step of a data-sharing request between organs (政务数据共享)."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.legal_aid import choice, long_text

WAYS = [("interface", "接口调用"), ("batch", "批量交换"), ("check", "核验")]
REFUSALS = [
    ("not_shared", "目录列为不予共享，有法律、行政法规依据"),
    ("beyond_duty", "超出申请部门履行职责的需要"),
    ("purpose", "使用目的、范围不明确，补充后仍不明确"),
    ("safety", "申请部门没有相应的数据安全保护能力"),
]


class Request(forms.Form):
    item = forms.CharField(label="数据目录条目", max_length=200, help_text="目录里的名称和编号。")
    duty = long_text("履行什么职责需要", help_text="写明法律依据和办理的事项。")
    use = long_text("使用范围和期限", help_text="谁用、怎样用、用到什么时候。")
    way = choice("共享方式", WAYS)


class Refuse(forms.Form):
    reason = choice("不同意共享的情形", REFUSALS)
    explanation = long_text("理由和依据", least=10)


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几个工作日",
        min_value=1,
        max_value=10,
        error_messages={"required": "请填写延长几个工作日。", "max_value": "最多延长10个工作日。"},
    )
    explanation = long_text("延长的理由")


class Agree(forms.Form):
    conditions = long_text("共享的条件", required=False)


class Provide(forms.Form):
    record = long_text("提供情况", help_text="哪些数据、以什么方式、截至什么时间。")


class Correct(forms.Form):
    doubt = long_text("哪些数据有疑义或者错误")


class Corrected(forms.Form):
    result = long_text("校核结果")
