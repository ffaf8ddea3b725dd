"""What is filled in for an administrative licence of the judicial administration. No fee is asked for anywhere."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

ITEMS = [
    ("lawyer", "律师执业许可"),
    ("law_firm", "律师事务所设立、变更、注销"),
    ("notary", "公证员执业审核"),
    ("appraisal", "司法鉴定机构、鉴定人登记"),
    ("grassroots", "基层法律服务工作者执业、变更、注销核准"),
]
NOT_ACCEPTED_REASONS = [
    ("not_needed", "依法不需要取得行政许可"),
    ("not_ours", "不属于本机关职权范围"),
    ("incomplete", "补正后仍不符合法定形式"),
]
REFUSAL_REASONS = [
    ("conditions", "不符合法定条件、标准"),
    ("untrue", "申请材料不真实"),
    ("forbidden", "有法律规定的不得许可的情形"),
]
EXCLUDED = [
    ("expert", "专家评审"),
    ("exam", "考试、考核"),
    ("inspection", "检验、检测、鉴定"),
    ("hearing", "听证"),
    ("asked", "征求其他机关意见"),
]


class Application(forms.Form):
    item = choice("申请什么", ITEMS)
    text = long_text("申请内容", least=10, most=5000, help_text="姓名或名称、资格证号、拟执业机构、办公场所等。")
    is_true = confirmed("我保证交来的材料真实（隐瞒情况或者交假材料的，不予受理或者不予许可，并给予警告）")


class AskForMore(forms.Form):
    items = long_text("需要补正的全部内容", help_text="一次告知全部内容，每行一项。", most=2000)
    by = day("补正截止日")


class More(forms.Form):
    text = long_text("补正说明", required=False)


class NotAccepted(forms.Form):
    reason = choice("不予受理的情形", NOT_ACCEPTED_REASONS)
    explanation = long_text("说明", least=10)


class Examine(forms.Form):
    kind = choice("为什么不计入期限", EXCLUDED)
    explanation = long_text("说明和所需时间", help_text="依法书面告知申请人。")


class Examined(forms.Form):
    finding = long_text("结果")


class Review(forms.Form):
    second = forms.CharField(label="核查人员（两名以上，写另一名）", max_length=60, required=False)
    opinion = long_text("审查意见", least=10, most=5000)


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长的工作日数", min_value=1, max_value=10)
    explanation = long_text("理由")


class Grant(forms.Form):
    content = long_text("准予的内容", most=2000)


class Refuse(forms.Form):
    reason = choice("不予许可的理由", REFUSAL_REASONS)
    explanation = long_text("事实和依据", least=10, most=5000)


class Issue(forms.Form):
    licence_number = forms.CharField(label="证件编号", max_length=60)
    issued_on = day("颁发日期")
    valid_until = day("有效期至", required=False)


class Withdraw(forms.Form):
    explanation = long_text("撤回的原因", required=False)
