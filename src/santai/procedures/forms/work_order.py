"""What is filled in at each step of a work order."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import Case
from santai.procedures.forms.fields import HandlerField, OrganisationField
from santai.registry.models import Region

LONG = forms.Textarea(attrs={"rows": 4})

RETURN_REASONS = [
    ("not_our_duty", "不属于本单位职责（法定职责分工）"),
    ("not_our_region", "不属于本地管辖（地域管辖）"),
    ("wrong_matter", "事项分类有误"),
    ("conflict", "存在利益冲突或应当回避"),
    ("no_capacity", "不具备所需资质或执业范围"),
]
DECLINE_REASONS = [
    ("in_court", "正在诉讼、仲裁或行政复议中"),
    ("petition", "属于信访、纪检监察事项"),
    ("settled", "已依法办结，同一事实和理由再次提出"),
    ("not_legal", "不属于公共法律服务范围"),
    ("secret", "涉及国家秘密、商业秘密或他人隐私，不宜公开受理"),
]
TERMINATE_REASONS = [
    ("refused_help", "当事人拒绝配合，无法继续办理"),
    ("unreachable", "多次联系不上当事人"),
    ("excluded", "办理中发现属于不予受理的情形"),
    ("pointless", "诉求已消失或没有继续办理的必要"),
]
AGENCIES = [("110", "110 报警"), ("119", "119 火警"), ("120", "120 急救"), ("122", "122 交通事故")]
WAYS = [("phone", "电话"), ("visit", "当面"), ("online", "网络"), ("letter", "信件")]


class Dispatch(forms.Form):
    organisation = OrganisationField(label="承办单位", max_length=120)
    handler = HandlerField(label="承办人", max_length=60, required=False, help_text="不填则由该单位人员签收。")
    reasons = forms.CharField(label="分派理由", max_length=1000, required=False, widget=LONG)


class Assign(forms.Form):
    handler = HandlerField(label="承办人", max_length=60)


class Reclassify(forms.Form):
    matter = forms.CharField(label="事项", max_length=40)
    region = forms.CharField(label="区划代码", max_length=12, required=False)
    urgency = forms.TypedChoiceField(label="紧急程度", coerce=int, choices=Case.Urgency.choices)

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"]
        if region and not Region.objects.filter(code=region).exists():
            raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
        return region


class ReturnOrder(forms.Form):
    reason = forms.ChoiceField(label="退回理由", choices=RETURN_REASONS)
    ground = forms.CharField(label="依据", max_length=200, help_text="写明法律、规章或职责清单的条款。")
    explanation = forms.CharField(label="说明", max_length=1000, min_length=5, widget=LONG)
    better_owner = OrganisationField(label="更合适的承办单位", max_length=120)


class Ruling(forms.Form):
    organisation = OrganisationField(label="主办单位", max_length=120)
    handler = HandlerField(label="承办人", max_length=60, required=False)
    ruling = forms.CharField(label="裁定意见", max_length=1000, min_length=5, widget=LONG)


class Decline(forms.Form):
    reason = forms.ChoiceField(label="不予受理的情形", choices=DECLINE_REASONS)
    explanation = forms.CharField(label="说明", max_length=1000, min_length=5, widget=LONG)
    route = forms.CharField(
        label="可以找哪里", max_length=300, min_length=4, help_text="写明应当找的机关、地址或电话。"
    )


class Terminate(forms.Form):
    reason = forms.ChoiceField(label="终止的情形", choices=TERMINATE_REASONS)
    explanation = forms.CharField(label="说明", max_length=1000, min_length=5, widget=LONG)


class Answer(forms.Form):
    answer = forms.CharField(label="答复内容", max_length=5000, min_length=5, widget=forms.Textarea(attrs={"rows": 8}))
    basis = forms.CharField(label="法律依据", max_length=300, required=False)


class Words(forms.Form):
    text = forms.CharField(label="内容", max_length=2000, min_length=2, widget=LONG)


class AskForMore(forms.Form):
    what = forms.CharField(label="还需要什么", max_length=500, min_length=4, widget=LONG)
    by = forms.DateField(label="最晚何时交", widget=forms.DateInput(attrs={"type": "date"}))


class ContactRecord(forms.Form):
    way = forms.ChoiceField(label="联系方式", choices=WAYS)
    text = forms.CharField(label="联系情况", max_length=1000, min_length=2, widget=LONG)


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=5)
    reason = forms.CharField(label="延长的理由", max_length=500, min_length=5, widget=LONG)


class Explain(forms.Form):
    explanation = forms.CharField(label="理由", max_length=1000, min_length=5, widget=LONG)


class Refer(forms.Form):
    procedure = forms.ChoiceField(label="转入的法定程序")
    explanation = forms.CharField(label="说明", max_length=1000, required=False, widget=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from santai.procedures.rules.work_order import statutory_procedures

        self.fields["procedure"].choices = statutory_procedures()  # type: ignore[attr-defined]


class ApplyFor(forms.Form):
    procedure = forms.ChoiceField(label="申请哪一项")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from santai.procedures.rules.work_order import procedures_to_apply_for

        self.fields["procedure"].choices = procedures_to_apply_for()  # type: ignore[attr-defined]


class ChildClosed(forms.Form):
    ending = forms.CharField(label="法定程序的结果", max_length=200)
    child = forms.CharField(label="子案件", max_length=24)


class Rate(forms.Form):
    score = forms.TypedChoiceField(
        label="评价", coerce=int, choices=[(5, "非常满意"), (4, "满意"), (3, "基本满意")], widget=forms.RadioSelect
    )
    comment = forms.CharField(label="您想说的话", max_length=1000, required=False, widget=LONG)


class RatePoor(forms.Form):
    score = forms.TypedChoiceField(
        label="评价", coerce=int, choices=[(2, "不满意"), (1, "非常不满意")], widget=forms.RadioSelect
    )
    comment = forms.CharField(label="哪里不满意", max_length=1000, min_length=2, widget=LONG)


class Emergency(forms.Form):
    agency = forms.ChoiceField(label="转告", choices=AGENCIES)
    text = forms.CharField(label="情况", max_length=1000, min_length=2, widget=LONG)


class Withdraw(forms.Form):
    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=LONG)
