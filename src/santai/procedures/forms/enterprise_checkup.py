"""What is filled in for an enterprise's legal check-up (企业法治体检); one form a section of the questionnaire."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.village_adviser import count
from santai.procedures.rules.enterprise_questions import ANSWERS, Section, sections

SIZES = [
    ("micro", "微型企业、个体工商户"),
    ("small", "小型企业"),
    ("medium", "中型企业"),
    ("large", "大型企业"),
]
DECLINE_REASONS = [
    ("not_here", "不在本机关辖区"),
    ("not_enterprise", "不是企业、个体工商户或者农民专业合作社"),
    ("in_dispute", "正在诉讼、仲裁中的争议，应当委托律师办理"),
    ("recent", "一年内已经体检过，没有重大变化"),
]
STOP_REASONS = [
    ("no_answers", "多次联系，企业不填写问卷"),
    ("untrue", "提供虚假情况"),
    ("conflict", "律师有利益冲突，一时找不到其他律师"),
    ("asked", "企业要求停止"),
]


class Apply(forms.Form):
    business = long_text("主要做什么", help_text="例如：农产品收购和加工，有一家门店。")
    employees = count("员工人数", least=0, most=1_000_000)
    size = choice("企业规模", SIZES)
    contact = SealedTextField(label="联系人和电话", max_length=120)
    concerns = long_text("最想解决的问题", required=False)


class Invite(forms.Form):
    chamber = short_text("哪个商会、行业协会", help_text="“万所联万会”结对的商会或者协会。")
    pairing = short_text("结对协议编号或名称", required=False)
    practitioner = PractitionerField(label="结对的律师", max_length=60)
    contact = SealedTextField(label="联系人和电话", max_length=120)


class Decline(forms.Form):
    reason = choice("不予安排的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)
    route = short_text("可以怎么办、找哪里", most=300)


class Assign(forms.Form):
    practitioner = PractitionerField(label="体检律师", max_length=60, help_text="姓名、执业证号或编号。")
    no_conflict = confirmed("已核实与该企业没有利益冲突，并且不是其交易对方的代理人")


def form_for(section: Section) -> type[forms.Form]:
    """One form for the questions of a section; each can be answered 不清楚, which the report says."""
    fields: dict[str, Any] = {
        one.id: forms.ChoiceField(
            label=one.text,
            choices=ANSWERS,
            widget=forms.RadioSelect,
            error_messages={"required": "请选择一项；不清楚的选“不清楚”。", "invalid_choice": "请从四项里选一项。"},
        )
        for one in section.questions
    }
    return type(f"Answers_{section.key}", (forms.Form,), fields)


SECTION_FORMS = {section.key: form_for(section) for section in sections()}


class Review(forms.Form):
    opinion = long_text("律师的总体意见", least=20, most=5000, help_text="企业会在报告里看到。")
    visited_on = day("到企业了解情况的日期", required=False)


class SendBack(forms.Form):
    explanation = long_text("哪些回答需要重新核对")


class Feedback(forms.Form):
    comment = long_text("对报告的意见", required=False)
    wants_help = forms.BooleanField(label="需要律师帮助整改", required=False)


class Ask(forms.Form):
    question = long_text("想问什么", least=5, most=2000)


class Explain(forms.Form):
    answer = long_text("解释", least=5, most=5000)


class Rectified(forms.Form):
    section = forms.ChoiceField(label="整改的方面", choices=[(one.key, one.label) for one in sections()])
    done = long_text("做了哪些整改", most=5000)


class FollowUp(forms.Form):
    section = forms.ChoiceField(label="复查的方面", choices=[(one.key, one.label) for one in sections()])
    opinion = long_text("复查情况", most=5000)


class Stop(forms.Form):
    reason = choice("停止的情形", STOP_REASONS)
    explanation = long_text("说明", least=10)
