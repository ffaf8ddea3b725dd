"""What is filled in for a round of screening for disputes (矛盾纠纷排查)."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.people.validation import normalise_name, normalise_phone
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, long_text

RHYTHMS = [("weekly", "每周"), ("monthly", "每月"), ("daily", "重点时段每日")]
ELSEWHERE = [
    ("police", "违反治安管理或者涉嫌犯罪，转公安机关"),
    ("administrative", "对行政机关的行为不服，转有关机关或者行政复议"),
    ("court", "当事人要走诉讼、仲裁，已告知途径"),
    ("trade", "转行业性、专业性调解委员会"),
    ("other_place", "不在本辖区，转当地调解委员会"),
    ("petition", "属于信访事项，转信访部门"),
]
AT_RISK = [
    ("no", "没有"),
    ("yes", "有：扬言伤人、有凶器、长期积怨等"),
]


class SealedPhoneField(SealedTextField):
    """A phone that is checked before nobody can read it any more."""

    def clean(self, value: Any) -> Any:
        return super().clean(normalise_phone(str(value)) if value else value)


class SealedPersonField(SealedTextField):
    def clean(self, value: Any) -> Any:
        return super().clean(normalise_name(str(value)) if value else value)


class Begin(forms.Form):
    rhythm = choice("多久一次", RHYTHMS)
    name = forms.CharField(label="哪一轮", max_length=60)
    starts_on = day("从哪天")
    ends_on = day("到哪天", help_text="报告的期限从第二天起算。")


class BeginDaily(forms.Form):
    name = forms.CharField(label="哪一轮", max_length=60)
    starts_on = day("哪一天")
    eve = day("前一天", help_text="当天报告：期限从前一天的第二天起算。")


class Found(forms.Form):
    """A dispute found becomes a mediation of its own; the other side is written down there."""

    who = SealedPersonField(label="一方当事人姓名", max_length=60)
    phone = SealedPhoneField(label="他的电话", max_length=30)
    story = long_text("什么纠纷、发展到哪一步", least=10, most=2000)
    at_risk = choice("有没有激化的苗头", AT_RISK, help_text="有的，马上办理“激化预警”并报告公安机关。")


class Elsewhere(forms.Form):
    reason = choice("为什么不由本会调解", ELSEWHERE)
    to = forms.CharField(label="转给谁", max_length=120)
    story = long_text("什么纠纷", least=4, most=2000)
    told = long_text("怎样转的", least=4, help_text="什么时候、交给谁、当事人知道不知道。")


class Report(forms.Form):
    visited_on = day("排查日期", help_text="有几天的，填最后一天。")
    places = long_text("走访了哪些地方", least=2, help_text="村组、楼栋、企业、工地，逐一写明。")
    households = forms.IntegerField(label="走访了多少户（家）", min_value=0, max_value=99999)
    disputes_found = forms.IntegerField(
        label="发现多少件纠纷", min_value=0, max_value=999, help_text="没有发现填0，零报告也是报告。"
    )
    note = long_text("其他要报告的情况", required=False)
