"""What is filled in at each step of judicial confirmation."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

# 民诉法解释 355: what a court does not confirm. Each may be found before anybody goes to court.
NOT_CONFIRMABLE = [
    ("not_civil", "不属于人民法院受理民事案件的范围"),
    ("marriage", "确认婚姻关系、亲子关系有效、无效或者解除"),
    ("adoption", "确认收养关系有效、无效或者解除"),
    ("other_procedure", "应当适用其他特别程序、公示催告程序、破产程序审理"),
    ("title", "确认物权或者知识产权归谁"),
]
CANNOT_REASONS = [
    *NOT_CONFIRMABLE,
    ("late", "调解协议生效已超过30日"),
    ("one_side", "有一方不同意共同申请"),
    ("oral", "只有口头协议，没有书面协议"),
    ("no_body", "不是依法设立的调解组织调解的"),
]
COURT_REFUSALS = [*NOT_CONFIRMABLE, ("wrong_court", "不属于收到申请的人民法院管辖"), ("late", "超过30日提出申请")]
# 民诉法解释 358.
REJECTIONS = [
    ("law", "违反法律强制性规定"),
    ("interests", "损害国家利益、社会公共利益、他人合法权益"),
    ("morals", "违背公序良俗"),
    ("not_voluntary", "违反自愿原则"),
    ("unclear", "内容不明确"),
    ("other", "其他不能确认的情形"),
]
COURTS = [
    ("inviting", "邀请先行调解的人民法院"),
    ("domicile", "当事人住所地的基层人民法院"),
    ("object", "标的物所在地的基层人民法院"),
    ("body", "调解组织所在地的基层人民法院"),
    ("intermediate", "依级别管辖由中级人民法院受理"),
]
WAYS = [("in_person", "当面递交"), ("oral", "口头申请，法院记入笔录"), ("online", "网上提交"), ("post", "邮寄")]


class Agreement(forms.Form):
    body = forms.CharField(
        label="主持调解的组织", max_length=120, required=False, help_text="不填就是原来的调解委员会。"
    )
    effective_on = day("调解协议生效日", help_text="最后一方签字、盖章的日期；30日从第二天起算。")
    subject = forms.MultipleChoiceField(
        label="协议里有没有下面的内容",
        choices=NOT_CONFIRMABLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有就都不选；有其中一项的，法院不予确认。",
    )
    court_by = choice("向哪一类法院申请", COURTS)
    court = forms.CharField(label="人民法院名称", max_length=120)


class Cannot(forms.Form):
    reason = choice("不能申请的原因", CANNOT_REASONS)
    explanation = long_text("说明", least=10, help_text="双方会在告知书里看到。")


class Submit(forms.Form):
    filed_on = day("递交申请的日期", help_text="邮寄的填邮戳日期。")
    received_on = day("法院收到申请的日期", required=False, help_text="不填就是递交当天。")
    way = choice("递交方式", WAYS)
    applicant_agrees = confirmed("申请的一方同意申请司法确认")
    other_agrees = confirmed("对方同意共同申请司法确认")
    by_agent = forms.BooleanField(label="有一方由代理人申请", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["received_on"] = given.get("received_on") or given.get("filed_on")
        return given


class Filed(forms.Form):
    accepted_on = day("法院受理的日期", help_text="15日从第二天起算。")
    case_number = forms.CharField(label="案号", max_length=60)


class NotFiled(forms.Form):
    reason = choice("法院不予受理的理由", COURT_REFUSALS)
    explanation = long_text("说明")


class CourtAsks(forms.Form):
    items = long_text("法院要求补充什么", most=2000)
    by = day("补充的截止日")


class CourtExtends(forms.Form):
    amount = forms.IntegerField(label="延长几日", min_value=1, max_value=10)
    approved = confirmed("已经本院院长批准")


class Confirmed(forms.Form):
    decided_on = day("裁定日期")
    served_on = day("收到裁定书的日期", help_text="有异议的，15日从第二天起算。")
    case_number = forms.CharField(label="裁定书文号", max_length=60)
    due_on = day("协议约定的最后履行日", help_text="申请执行的两年从这一天起算；分期的填最后一期。")


class Rejected(forms.Form):
    reason = choice("法院驳回的理由", REJECTIONS)
    explanation = long_text("说明")
    served_on = day("收到裁定书的日期")


class PartyObjects(forms.Form):
    filed_on = day("提出异议的日期")
    explanation = long_text("异议的理由", most=5000)


class ThirdParty(forms.Form):
    name = forms.CharField(label="利害关系人", max_length=120)
    knew_on = day("知道或者应当知道权益受侵害的日期", help_text="6个月从第二天起算。")
    explanation = long_text("怎样受到影响")


class ObjectionResult(forms.Form):
    decided_on = day("裁定日期")
    explanation = long_text("法院的理由")


class Execution(forms.Form):
    filed_on = day("申请执行的日期")
    owed = long_text("还差什么没有履行")
    why_late = long_text("超过两年才申请的原因", required=False, help_text="时效中止、中断的情况，由法院审查。")


class Performed(forms.Form):
    performed_on = day("履行完毕的日期")
    finding = long_text("怎么履行的")
