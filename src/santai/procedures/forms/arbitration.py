"""What is filled in at the steps that every kind of arbitration has."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms import service
from santai.procedures.forms.fields import PractitionerField, SealedNameField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text
from santai.registry.models import Region

SIDES = [("applicant", "申请人"), ("respondent", "被申请人")]
RECUSAL_GROUNDS = [
    ("kin", "是本案当事人或代理人，或者是他们的近亲属"),
    ("interest", "与本案有利害关系"),
    ("relation", "与当事人、代理人有其他关系，可能影响公正仲裁"),
    ("meeting", "私自会见当事人、代理人，或者接受请客送礼"),
]
SUSPENSION_GROUNDS = [
    ("appraisal", "委托鉴定、评估"),
    ("other_case", "须以另一案件或认定的结果为依据"),
    ("successor", "当事人死亡、终止或丧失行为能力，等待确定继受人或代理人"),
    ("force_majeure", "不可抗力，当事人不能参加仲裁"),
    ("notice", "公告送达"),
    ("other", "法律、规章规定的其他情形"),
]
AWARD_KINDS = [
    ("merits", "经开庭审理作出"),
    ("default", "被申请人缺席，依法缺席裁决"),
    ("agreed", "依据当事人的和解或调解协议作出"),
    ("documents", "当事人协议不开庭，书面审理作出"),
]


def money(label: str, *, required: bool = False, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "请填数字，单位是元。",
            "min_value": "金额不能是负数。",
        },
    )


def short_text(label: str, *, required: bool = True, most: int = 120, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        error_messages={"required": f"请填写{label}。"},
    )


def side() -> forms.ChoiceField:
    return choice("由谁提出", SIDES, help_text="您自己提出的，选“申请人”。")


class PlaceField(forms.CharField):
    """A division by its code; empty means the place the case was handed in for."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(label=label, required=False, max_length=12, help_text=help_text)

    def clean(self, value: Any) -> str:
        place: str = super().clean(value).strip()
        if place and not Region.objects.filter(code=place).exists():
            raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
        return place


class Parties(forms.Form):
    adverse_name = SealedNameField(label="对方姓名或名称", side=CaseParty.Side.RESPONDENT, contact="adverse_contact")
    adverse_contact = SealedTextField(label="对方的地址和电话", max_length=200, help_text="用来给对方送达文书。")
    agent = SealedNameField(
        label="您的代理人",
        side=CaseParty.Side.AGENT,
        required=False,
        help_text="有代理人的，请同时上传代理权证明。",
    )


class Decline(forms.Form):
    explanation = long_text("理由说明", least=10, help_text="写清哪项条件不符合、依据哪一条，申请人会看到。")
    route = short_text("可以找哪里", most=300, help_text="写明应当找的机关、地址或电话。")


class Transfer(forms.Form):
    to = short_text("应当找哪里", most=200, help_text="写明机构名称、地址和电话。")
    explanation = long_text("说明")


class Withdraw(forms.Form):
    explanation = long_text("撤回的原因", required=False)


class SendCopy(service.ServedOnOther):
    served_on = day("被申请人收到的日期", help_text="签收日、邮寄回执上的日期或者电子文书到达的日期。")


class Served(service.Served):
    pass


class ServedOnOther(service.ServedOnOther):
    pass


class ServedOnBoth(service.ServedOnBoth):
    pass


class Reply(forms.Form):
    received_on = day("收到答辩书的日期")
    text = long_text("答辩要点", most=5000)


class Tribunal(forms.Form):
    """One arbitrator, or three of whom the first presides."""

    presiding = PractitionerField(label="首席或独任仲裁员", max_length=60, help_text="姓名、证号或编号。")
    second = PractitionerField(label="仲裁员（三人庭）", max_length=60, required=False)
    third = PractitionerField(label="仲裁员（三人庭）", max_length=60, required=False)
    secretary = short_text("书记员", required=False, most=60)
    no_conflict = long_text(
        "同名但不是同一人的说明", required=False, help_text="提示应当回避、经核实不是同一人时填写。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("second")) != bool(given.get("third")) and not self.errors:
            self.add_error("third", "仲裁庭由三人或者一人组成：三人庭请填满三位，独任庭只填一位。")
        return given


class AppointedTribunal(Tribunal):
    field_order = ("chosen_by",)
    chosen_by = choice(
        "怎样产生", [("appointed", "全部由负责人指定"), ("mixed", "部分由当事人选定，其余由负责人指定")]
    )


class Disclosure(forms.Form):
    arbitrator = short_text("仲裁员", most=60)
    text = long_text("披露的情况", help_text="双方当事人会看到，由他们决定是否申请回避。")


class AskRecusal(forms.Form):
    side = side()
    arbitrator = short_text("要求谁回避", most=60)
    ground = choice("回避的情形", RECUSAL_GROUNDS)
    known_on = day("什么时候知道的", help_text="首次开庭后才知道的，最后一次开庭结束前都可以提出。")
    explanation = long_text("理由")


class ReplaceArbitrator(Tribunal):
    leaving = short_text("退出的仲裁员", most=60)
    explanation = long_text("理由")


class Hearing(forms.Form):
    hearing_on = day("开庭日期")
    hour = short_text("开庭时间", most=20, help_text="例如：上午9:00。")
    place = short_text("开庭地点", most=120)


class HeldHearing(forms.Form):
    held_on = day("开庭日期")
    present = choice(
        "到庭情况", [("both", "双方到庭"), ("respondent_absent", "被申请人经书面通知无正当理由未到庭，缺席审理")]
    )
    is_last = forms.BooleanField(label="庭审已经全部结束", required=False)
    note = long_text("庭审情况", required=False)


class Absent(forms.Form):
    was_notified = confirmed("已书面通知开庭，通知已送达申请人")
    explanation = long_text("没有到庭或中途退庭的情况")


class Suspend(forms.Form):
    ground = choice("中止的情形", SUSPENSION_GROUNDS)
    explanation = long_text("说明")


class Mediated(forms.Form):
    text = long_text("协议内容", most=5000, help_text="双方各自做什么、什么时候做。")


class TriedMediation(forms.Form):
    tried_on = day("调解日期")
    note = long_text("调解情况", help_text="双方的意见、为什么没有谈成。")


class Award(forms.Form):
    kind = choice("怎样作出", AWARD_KINDS)
    opinion = choice("按谁的意见", [("unanimous", "一致意见"), ("majority", "多数意见"), ("presiding", "首席意见")])
    decided_on = day("作出日期")
    reasons = long_text("争议事实和裁决理由", least=10, most=10000)
    decision = long_text("裁决结果", least=10, most=5000, help_text="逐项写明；当事人会原样看到。")


class SideExplains(forms.Form):
    side = side()
    explanation = long_text("理由")


class AskCorrection(forms.Form):
    side = side()
    explanation = long_text("哪里需要补正", help_text="文字、计算错误，或者已经裁决而裁决书遗漏的事项。")


class Correction(forms.Form):
    text = long_text("补正的内容")


class Suit(forms.Form):
    side = side()
    court = short_text("法院")
    filed_on = day("起诉或申请的日期")
    court_accepted = forms.BooleanField(
        label="法院已经受理", required=False, help_text="期限已过、但法院已经受理的，请勾选。"
    )


class CourtRuling(forms.Form):
    court = short_text("法院")
    number = short_text("裁定书文号", most=80)
    served_on = day("收到裁定的日期")
    explanation = long_text("裁定的内容和理由")
