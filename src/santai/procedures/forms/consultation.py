"""What is filled in at each step of a consultation (法律咨询)."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.days import moment
from santai.procedures.forms.fields import HandlerField, OrganisationField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.work_order import Refer

DECLINED = [
    ("not_legal", "不是法律方面的问题"),
    ("abusive", "辱骂、骚扰，经劝告不停止"),
    ("other_organ", "应当由有权机关解释或者处理"),
    ("repeated", "同一问题已经答复过，没有新的情况"),
    ("unlawful", "询问怎样违法、规避法律"),
]
ASPECTS = [("right", "答得对"), ("basis", "引用的法律准确、现行有效"), ("clear", "讲得明白"), ("kind", "态度好")]


class Ring(forms.Form):
    rang_at = moment("开始振铃的时间", help_text="呼叫进入人工坐席的时间，由电话系统填写，精确到秒。")
    line = forms.CharField(label="线路或技能组", required=False, max_length=60)


class PickUp(forms.Form):
    answered_at = moment("接听的时间", help_text="由电话系统填写，精确到秒。")


class Answer(forms.Form):
    answer = long_text("答复内容", most=5000, help_text="用平常话写，来咨询的人会原样看到。")
    basis = forms.CharField(label="法律依据", max_length=300, help_text="法律名称和条款；没有对应条款的写明。")
    standard = forms.CharField(
        label="采用的标准答复", required=False, max_length=120, help_text="知识库里标准答复的标题或编号。"
    )


class Promise(forms.Form):
    within = forms.IntegerField(
        label="几个工作日内答复",
        min_value=1,
        max_value=30,
        error_messages={"required": "请填写几个工作日内答复。", "min_value": "至少1个工作日。"},
    )
    reason = long_text("为什么不能马上答复")


class HandOn(forms.Form):
    organisation = OrganisationField(label="转给哪个单位答复", max_length=120)
    handler = HandlerField(label="转给谁", max_length=60, required=False, help_text="不填则由该单位人员接办。")
    reason = long_text("为什么转给他们")


class FollowUp(forms.Form):
    note = long_text("跟进情况", most=1000)


class PassBack(forms.Form):
    reason = choice(
        "退回的理由",
        [("not_ours", "不属于本单位的职责"), ("conflict", "有利益冲突"), ("no_skill", "没有这方面的专业能力")],
    )
    explanation = long_text("说明")


class Opinion(forms.Form):
    """A written opinion rests on the facts as told; the letter says so."""

    facts_told = long_text("咨询人陈述的事实", least=10, most=3000)
    question = long_text("要回答的问题", most=1000)
    opinion = long_text("法律意见", least=10, most=5000)
    basis = long_text("法律依据", most=2000, help_text="每行一条：法律名称和条款。")
    advice = long_text("建议", required=False, most=2000)
    no_conflict = confirmed("我和对方没有利害关系，没有代理过对方")


class Asked(forms.Form):
    question = long_text("还有什么没有弄清楚", most=2000, least=2)


class Confirmed(forms.Form):
    note = long_text("回访情况", most=1000, least=2)


class Convert(Refer):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["procedure"]
        field.choices = [(name, label) for name, label in field.choices if name != "consultation"]


class Decline(forms.Form):
    reason = choice("不予解答的情形", DECLINED)
    explanation = long_text("理由说明")
    route = long_text("可以找哪里", least=4)


class Pick(forms.Form):
    reason = long_text("为什么抽这一件")


class Score(forms.Form):
    points = forms.IntegerField(
        label="得分(0-100)",
        min_value=0,
        max_value=100,
        error_messages={"required": "请打分。", "max_value": "最多100分。", "min_value": "最少0分。"},
    )
    good = forms.MultipleChoiceField(
        label="做到的方面", choices=ASPECTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    opinion = long_text("评语")
