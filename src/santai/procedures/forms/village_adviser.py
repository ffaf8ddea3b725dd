"""What is filled in under the contract of a village or residents' committee with its legal adviser. The villagers pay
nothing for it, so nothing here asks for money."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

KINDS = [
    ("advice", "法律咨询"),
    ("publicity", "普法讲座、宣传"),
    ("contract", "审查合同、村规民约"),
    ("mediation", "参与人民调解"),
    ("drafting", "代写法律文书"),
]
WAYS = [("on_site", "到村（社区）"), ("remote", "远程（视频、电话、微信群）")]
DECLINE_REASONS = [
    ("has_one", "本村（社区）已有在聘的法律顾问"),
    ("not_village", "申请的不是村（居）民委员会"),
    ("not_here", "不在本机关的辖区"),
    ("no_decision", "没有经过村（居）民代表会议或两委会议同意"),
]
REPLACEMENT_GROUNDS = [
    ("asked", "村（居）民委员会要求更换"),
    ("missed", "连续没有达到约定的服务次数或时间"),
    ("unqualified", "考核不合格，或者群众评价长期不满意"),
    ("conflict", "有利益冲突"),
    ("left", "调离、退休、停止执业或者其他原因不能继续担任"),
]
EXIT_GROUNDS = [
    ("agreed", "双方协商一致解除"),
    ("village", "村（居）民委员会要求解除"),
    ("adviser", "法律顾问或者所在机构要求退出"),
    ("lost_licence", "被吊销、注销执业证或者停止执业"),
    ("misconduct", "违反执业纪律，或者借服务之名收费、招揽案件"),
    ("neglect", "长期不履行约定的服务"),
    ("village_gone", "村（社区）撤并"),
]
GRADES = [
    ("excellent", "优秀"),
    ("competent", "称职"),
    ("barely", "基本称职"),
    ("failed", "不称职"),
]


class HourField(forms.TimeField):
    """A time of day, kept as 09:30."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"required": f"请填写{label}。", "invalid": "时间请写成09:30这样。"},
            **more,
        )

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.strftime("%H:%M") if isinstance(found, time) else ""


def count(label: str, *, least: int = 0, most: int = 1000, required: bool = True, help_text: str = "") -> Any:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "请填整数。",
            "min_value": f"不能小于{least}。",
            "max_value": f"不能大于{most}。",
        },
    )


class Proposal(forms.Form):
    village = short_text("村（社区）名称", most=60, help_text="例如：榆树村、群力社区。")
    decided_on = day("村（居）两委或代表会议同意的日期")
    households = count("户数", least=1, most=100_000)
    wished = PractitionerField(
        label="希望请哪位担任", max_length=60, required=False, help_text="可以不填，由司法行政机关推荐。"
    )
    needs = long_text("主要需要哪些服务", help_text="例如：土地流转合同、婚姻家庭纠纷、村规民约审查。")


class Decline(forms.Form):
    reason = choice("不予选派的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)
    route = short_text("可以怎么办、找哪里", most=300)


class Nominate(forms.Form):
    practitioner = PractitionerField(label="法律顾问", max_length=60, help_text="姓名、执业证号或编号。")
    explanation = long_text(
        "推荐理由", required=False, help_text="村里会原样看到：在哪个机构、擅长什么、为什么合适。"
    )


class Refuse(forms.Form):
    explanation = long_text("不同意的理由")


class Agree(forms.Form):
    decided_on = day("会议同意的日期")


class Sign(forms.Form):
    signer = SealedTextField(label="签字人", max_length=60)
    signed_on = day("签字日期")


class Conclude(forms.Form):
    begins_on = day("合同开始日")
    ends_on = day("合同到期日")
    visits = count("每月至少到村几次", least=1, most=31)
    hours = count("每月至少服务几小时", most=200, help_text="没有约定小时数的填0。")
    lectures = count("每季度至少讲几次法治课", most=30)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if isinstance(begins, date) and isinstance(ends, date) and ends <= begins:
            self.add_error("ends_on", "到期日应当晚于开始日。")
        return given


class Visit(forms.Form):
    """One visit, one record (一次一记)."""

    visited_on = day("服务日期")
    begins = HourField("开始时间")
    ends = HourField("结束时间")
    way = choice("服务方式", WAYS)
    kind = choice("服务内容", KINDS)
    place = short_text("地点", most=120, help_text="远程服务的写“远程”。")
    persons = count("服务人数", least=1, most=10_000)
    topic = long_text("办了什么事", help_text="不写群众的姓名、证件号和电话。")
    advice = long_text("提出的意见", required=False)
    result = long_text("结果", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("begins") and given.get("ends") and given["ends"] <= given["begins"]:
            self.add_error("ends", "结束时间应当晚于开始时间。")
        return given


class DisputeVisit(forms.Form):
    visited_on = day("哪一天的服务记录不属实")
    begins = HourField("记录的开始时间")
    explanation = long_text("哪里不属实")


class Settle(forms.Form):
    explanation = long_text("核实的情况和理由")


class _Quarter(forms.Form):
    year = count("年度", least=2000, most=2099)
    quarter = choice("季度", [(str(number), f"第{number}季度") for number in range(1, 5)])


class Evaluate(_Quarter):
    score = forms.TypedChoiceField(label="评价", coerce=int, choices=[(5, "很满意"), (4, "满意"), (3, "基本满意")])
    comment = long_text("意见和建议", required=False)


class EvaluatePoor(_Quarter):
    score = forms.TypedChoiceField(label="评价", coerce=int, choices=[(2, "不满意"), (1, "很不满意")])
    comment = long_text("哪里不满意")


class MonthReason(forms.Form):
    month = forms.RegexField(
        r"^\d{4}-\d{2}$",
        label="哪个月",
        help_text="写成2026-03这样。",
        error_messages={"required": "请填写月份。", "invalid": "月份请写成2026-03这样。"},
    )
    explanation = long_text("说明")


class AskReplacement(forms.Form):
    ground = choice("更换的理由", REPLACEMENT_GROUNDS)
    explanation = long_text("说明")


class Replace(forms.Form):
    practitioner = PractitionerField(label="新的法律顾问", max_length=60, help_text="姓名、执业证号或编号。")
    ground = choice("更换的理由", REPLACEMENT_GROUNDS)
    village_agrees = confirmed("村（居）民委员会已同意由新的法律顾问担任")
    handover = long_text("交接情况", help_text="未办完的事项、服务档案交给了谁。")


class AskExit(forms.Form):
    ground = choice("解除的理由", EXIT_GROUNDS)
    explanation = long_text("说明")


class End(forms.Form):
    ground = choice("解除的情形", EXIT_GROUNDS)
    ended_on = day("解除日期")
    explanation = long_text("理由说明", least=10)
    handover = long_text("服务档案和未办完事项怎样交接")


class Assess(forms.Form):
    year = count("考核年度", least=2000, most=2099)
    grade = choice("等次", GRADES)
    opinion = long_text("考核意见")
