"""What is filled in when something is published: the text as the public reads it, and why something is not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import TextChoices

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text


class Phase(TextChoices):
    BEFORE = "before", "事前公开"
    DURING = "during", "事中公示"
    AFTER = "after", "事后公开"


class Subject(TextChoices):
    """What is published. The value is part of parameter keys."""

    BODY = "body", "执法主体、人员、职责和权限"
    BASIS = "basis", "执法依据、程序和救济渠道"
    DISCRETION = "discretion", "行政裁量基准"
    CHECKLIST = "checklist", "随机抽查事项清单"
    GUIDE = "guide", "服务指南、流程图和权责清单"
    NOTICE = "notice", "执法过程公示（听证公告等）"
    PENALTY = "penalty", "行政处罚决定"
    LICENCE = "licence", "行政许可决定"
    INSPECTION = "inspection", "双随机检查结果"
    YEARLY = "yearly", "年度执法数据"
    OTHER = "other", "其他应当公开的信息"


WITHHELD_REASONS = [
    ("state_secret", "涉及国家秘密（政府信息公开条例第十四条）"),
    ("safety", "公开后可能危及国家安全、公共安全、经济安全、社会稳定（第十四条）"),
    ("trade_secret", "涉及商业秘密，公开会损害第三方合法权益（第十五条）"),
    ("privacy", "涉及个人隐私，公开会损害第三方合法权益（第十五条）"),
    ("no_impact", "没有社会影响的处罚决定，依法可以不公开（行政处罚法第四十八条）"),
]
CORRECTION_REFUSALS = [("true", "公示的信息属实，与决定一致"), ("not_published", "所说的内容不在本条公示信息里")]
WITHDRAWALS = [
    ("changed", "决定被变更"),
    ("revoked", "决定被撤销"),
    ("unlawful", "被确认违法或者无效"),
    ("redo", "被责令重新作出"),
    ("private", "公示内容含有不应公开的信息"),
]


def words(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, **more)


class TakeIn(forms.Form):
    """What is to be published. `formed_on` is the day from which the period is counted."""

    phase = choice("公示环节", Phase.choices)
    subject = choice("公示事项", Subject.choices)
    item = forms.CharField(label="政务公开目录编号", max_length=20, required=False)
    title = words("标题")
    party = words("行政相对人（已隐去姓名）", required=False)
    number = words("文书号", required=False)
    result = forms.CharField(label="结果", max_length=1000, required=False)
    basis = forms.CharField(label="依据", max_length=1000, required=False)
    content = long_text("公示内容", required=False, most=20000, help_text="不能有姓名、证件号、电话、住址。")
    formed_on = day("形成（作出）日期", help_text="公示期限从第二天起算。")


class Prepare(forms.Form):
    """The text as the public will read it."""

    title = words("标题")
    party = words("行政相对人（自然人隐去姓名）", required=False)
    number = words("文书号", required=False)
    result = forms.CharField(
        label="结果", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis = forms.CharField(label="依据", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    content = long_text("公示内容", most=20000, help_text="不能有姓名、证件号、电话、住址。")
    was_checked = confirmed("已逐字核对：没有证人、举报人、家属等人的姓名和住址")


class Approve(forms.Form):
    opinion = long_text("审核意见", required=False)
    was_checked = confirmed("已对照决定书核对，内容真实、准确，没有个人信息")


class ReturnDraft(forms.Form):
    explanation = long_text("需要改什么")


class Withhold(forms.Form):
    reason = choice("不予公开的理由", WITHHELD_REASONS)
    explanation = long_text("说明", least=10)


class AskCorrection(forms.Form):
    text = long_text("哪里不对，应当是什么", most=2000)
    name = SealedTextField(label="您的姓名或者名称", max_length=60, required=False)
    phone = SealedTextField(
        label="联系电话", max_length=30, required=False, help_text="需要答复的请留电话，只有办理的人能看到。"
    )


class RefuseCorrection(forms.Form):
    reason = choice("不予更正的理由", CORRECTION_REFUSALS)
    explanation = long_text("说明", least=10)


class Withdraw(forms.Form):
    ground = choice("撤下的原因", WITHDRAWALS)
    received_on = day("收到（作出）该决定的日期", help_text="3个工作日从第二天起算。")
    public_reason = long_text("公开说明的理由", least=5)


class TakeDown(forms.Form):
    public_reason = long_text("公开说明的理由", least=5, help_text="公众会看到，不能有个人信息。")


class NoteChange(forms.Form):
    changed_on = day("内容变化的日期", help_text="20个工作日内更新。")
    explanation = long_text("变化了什么")
