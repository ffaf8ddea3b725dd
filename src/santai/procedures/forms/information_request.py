"""What is filled in at each step of a request for government information (政府信息公开申请)."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, long_text

FORMATS = [("electronic", "电子文件"), ("paper", "纸质"), ("look", "当场查阅")]
WAYS = [("online", "网上"), ("post", "邮寄"), ("in_person", "自己来取")]
SUBMITTED_BY = [
    ("online", "网上提交"),
    ("in_person", "当面提交"),
    ("registered", "挂号信、特快专递（填签收的日子）"),
    ("ordinary", "平信（填和申请人确认的日子）"),
    ("fax", "传真（填和申请人确认的日子）"),
]
# What the organ learns of later than it arrived, or by agreement, needs the day (第三十一条).
DAY_IS_NEEDED = frozenset({"registered", "ordinary", "fax"})
SECRECY = [
    ("secret", "国家秘密，法律行政法规禁止公开（第十四条）"),
    ("safety", "公开后可能危及国家安全、公共安全、经济安全、社会稳定（第十四条）"),
    ("third_party", "商业秘密、个人隐私，公开会损害第三方（第十五条）"),
    ("internal", "内部事务信息（第十六条第一款）"),
    ("process", "过程性信息、行政执法案卷信息（第十六条第二款）"),
]
VIEWS = [("yes", "同意公开"), ("no", "不同意公开，有合理理由"), ("weak", "不同意，理由不足")]
NOT_HANDLED = [
    ("repeated", "已经答复过，重复申请（第三十六条第六项）"),
    ("other_law", "其他法律行政法规对查询有特别规定（第三十六条第七项）"),
    ("petition", "实际是信访、投诉、举报（第三十九条第一款）"),
    ("publication", "要求提供公报、报刊、书籍等公开出版物（第三十九条第二款）"),
    ("too_often", "数量、频次明显超过合理范围，理由不合理（第三十五条）"),
]


class Request(forms.Form):
    content = long_text("要公开的政府信息", least=4, most=2000, help_text="写明名称、文号，或者其他能查到它的特征。")
    form_wanted = choice("想要什么形式", FORMATS)
    way = choice("怎样给您", WAYS)
    submitted_by = choice("怎样提交的", SUBMITTED_BY)
    received_on = day("机关收到的日期", required=False, help_text="网上、当面提交的不用填；信件、传真由工作人员填。")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("submitted_by") in DAY_IS_NEEDED and not given.get("received_on") and not self.errors:
            self.add_error("received_on", "信件、传真请填收到或者确认的日期，答复期限从第二天起算。")
        return given


class AskForMore(forms.Form):
    items = long_text("需要补正的内容", help_text="一次写全，并说明怎样改；以后不能再要求补正。", most=2000)
    by = day("补正截止日", help_text="留出合理的时间。")


class AskReason(forms.Form):
    explanation = long_text("请申请人说明什么", help_text="数量、频次明显超过合理范围的，可以请申请人说明理由。")


class Reason(forms.Form):
    reason = long_text("您的理由")


class Consult(forms.Form):
    third_party = SealedTextField(label="第三方", max_length=120)
    received_on = day("第三方收到征求意见书的日期", help_text="第三方的15个工作日从第二天起算。")
    content = long_text("征求意见的内容")


class Consulted(forms.Form):
    agrees = choice("第三方的意见", VIEWS)
    opinion = long_text("意见和理由")


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几个工作日",
        min_value=1,
        max_value=20,
        error_messages={"required": "请填写延长几个工作日。", "max_value": "最多延长20个工作日。"},
    )
    explanation = long_text("延长的理由")


class Provide(forms.Form):
    explanation = long_text("答复内容", least=5, most=5000, help_text="提供了什么；已经公开的，写明在哪里、怎样取得。")


class Withhold(forms.Form):
    reason = choice("不予公开的情形", SECRECY)
    explanation = long_text("理由说明", least=10, most=3000)


class PartlyProvide(Withhold):
    provided = long_text("公开的部分", most=3000)


class NotHeld(forms.Form):
    searched = long_text("怎样查找的", least=10, help_text="写明查了哪些地方、用什么词查的、是谁查的。")
    explanation = long_text("答复内容", least=5)


class NotOurs(forms.Form):
    to = forms.CharField(
        label="应当找哪个机关", max_length=200, help_text="写明名称、地址和电话；不能确定的写明“不能确定”。"
    )
    explanation = long_text("说明")


class NotHandled(forms.Form):
    reason = choice("不予处理的情形", NOT_HANDLED)
    explanation = long_text("理由说明", least=10, help_text="写清依据和可以走的途径，申请人会看到。")
