"""What is filled in when an organ files its legal counsel, asks them, and says what became of the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.village_adviser import GRADES, count

LEVELS = [
    ("province", "省级党政机关"),
    ("city", "市（地）级党政机关"),
    ("county", "县（市、区）级党政机关"),
    ("town", "乡镇（街道）"),
    ("other", "事业单位、人民团体"),
]
CHOSEN_BY = [
    ("open", "公开选聘"),
    ("recommended", "推荐后集体研究决定"),
    ("renewed", "原法律顾问续聘"),
]
DECLINE_REASONS = [
    ("not_organ", "不是党政机关、人民团体或者事业单位"),
    ("no_decision", "没有集体研究决定的材料"),
    ("unfit", "选聘的人不符合条件"),
    ("not_here", "应当向其他司法行政机关备案"),
]
DECISIONS = [
    ("major", "重大行政决策"),
    ("document", "行政规范性文件"),
    ("contract", "重大合同、协议"),
    ("enforcement", "重大行政执法决定"),
    ("dispute", "诉讼、复议、仲裁等纠纷"),
    ("other", "其他涉法事务"),
]
CONCLUSIONS = [
    ("lawful", "合法，可以作出"),
    ("after_changes", "修改后可以作出"),
    ("unlawful", "不合法，不应作出"),
]
REMOVAL_GROUNDS = [
    ("expired", "聘期届满不再续聘"),
    ("agreed", "双方协商一致"),
    ("asked", "法律顾问辞聘"),
    ("conflict", "接受与聘任机关利益冲突的委托"),
    ("leaked", "泄露国家秘密、工作秘密、商业秘密或个人隐私"),
    ("abuse", "利用法律顾问身份谋取私利或者从事无关活动"),
    ("lost_licence", "被吊销、注销执业证或者停止执业"),
    ("failed", "年度考核不称职"),
    ("neglect", "不履行职责"),
]


class Appointment(forms.Form):
    level = choice("机关层级", LEVELS)
    practitioner = PractitionerField(label="聘任的法律顾问", max_length=60, help_text="姓名、执业证号或编号。")
    chosen_by = choice("怎样选聘", CHOSEN_BY)
    decided_on = day("集体研究决定的日期")
    begins_on = day("聘期开始日")
    ends_on = day("聘期到期日")
    scope = long_text("服务范围")
    declared = confirmed("本机关承诺材料真实，选聘的人没有不得担任的情形")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if isinstance(begins, date) and isinstance(ends, date) and ends <= begins:
            self.add_error("ends_on", "到期日应当晚于开始日。")
        return given


class Decline(forms.Form):
    reason = choice("不予备案的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)
    route = short_text("应当怎么办、找哪里", most=300)


class Ask(forms.Form):
    title = short_text("事项名称", most=120)
    kind = choice("属于什么事项", DECISIONS)
    question = long_text("要征求的问题和背景", least=10, most=5000)
    by = day("希望什么时候答复")


class _Numbered(forms.Form):
    question_number = count("第几号事项", least=1, help_text="征求意见时给的编号。")


class Opinion(_Numbered):
    conclusion = choice("结论", CONCLUSIONS)
    opinion = long_text("法律意见", least=20, most=10_000)
    basis = long_text("法律依据")
    risks = long_text("风险和防范建议", required=False, most=5000)


class Adopt(_Numbered):
    decided_on = day("作出决定的日期")
    note = long_text("落实情况", required=False)


class AdoptPartly(_Numbered):
    decided_on = day("作出决定的日期")
    explanation = long_text("哪些没有采纳、为什么", least=10)


class NotAdopt(_Numbered):
    decided_on = day("作出决定的日期")
    explanation = long_text("不采纳的理由", least=10, help_text="理由会存入决策档案。")


class TakeBack(_Numbered):
    explanation = long_text("不再征求意见的原因")


class Assess(forms.Form):
    year = count("考核年度", least=2000, most=2099)
    grade = choice("等次", GRADES)
    opinion = long_text("考核意见")


class Remove(forms.Form):
    ground = choice("解聘的情形", REMOVAL_GROUNDS)
    ended_on = day("解聘日期")
    explanation = long_text("理由说明", least=10)
