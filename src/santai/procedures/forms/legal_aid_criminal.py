"""What is filled in at the steps of criminal legal aid, on application and on notice."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedNameField
from santai.procedures.forms.legal_aid import Explain, Means, choice, confirmed, long_text, moment
from santai.procedures.rules.legal_aid_criminal_eligibility import (
    DEFENDED,
    NOT_BY_RELATIVES,
    AppliedBy,
    Capacity,
    Reopened,
    Stage,
)
from santai.procedures.rules.legal_aid_eligibility import Unchecked
from santai.registry.models import Region

RECEIVERS = [
    ("detention", "看守所"),
    ("prison", "监狱或其他监管场所"),
    ("police", "公安机关"),
    ("procuratorate", "人民检察院"),
    ("court", "人民法院"),
    ("duty_lawyer", "值班律师"),
]
ENDINGS = [
    ("charges_proposed", "侦查：收到起诉意见书"),
    ("dropped", "侦查：收到撤销案件决定书"),
    ("indicted", "审查起诉：收到起诉书"),
    ("not_prosecuted", "审查起诉：收到不起诉决定书"),
    ("judgement", "审判：收到判决书"),
    ("ruling", "审判：收到裁定书"),
    ("mediated", "审判：收到调解书"),
    ("reviewed", "死刑复核：收到复核裁定书"),
    ("medical", "强制医疗：收到决定书"),
]
OUTCOMES = [
    ("ended", "撤销案件、不起诉或无罪"),
    ("lighter", "从轻、减轻或免除处罚"),
    ("adopted", "意见部分采纳"),
    ("not_adopted", "意见没有采纳"),
    ("compensated", "获得赔偿或谅解"),
    ("other", "其他"),
]


def place_field() -> forms.CharField:
    return forms.CharField(
        label="办案机关所在地",
        required=False,
        max_length=12,
        help_text="区划代码；不填就是提交时选的县（区）。",
    )


def known_place(code: str) -> str:
    place = code.strip()
    if place and not Region.objects.filter(code=place).exists():
        raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
    return place


class Application(Means):
    field_order = (
        *("capacity", "stage", "applied_by", "organ", "place", "case_number", "offence", "story", "adverse_name"),
        *("adverse_lives_with", "may_be_heavy", "reopened", "has_agent", "term_ends_on", "other_reason", "unchecked"),
        *("household_size", "household_income", "own_income", "commitment"),
    )
    capacity = choice("您（或您代办的人）在案件里是", Capacity.choices)
    stage = choice("案件到了哪一步", Stage.choices)
    applied_by = choice("谁来申请", AppliedBy.choices, help_text="代办的请上传关系或代理权证明。")
    organ = forms.CharField(label="办案机关", max_length=120, help_text="例如：道里区公安分局。")
    place = place_field()
    case_number = forms.CharField(label="案号", required=False, max_length=60)
    offence = forms.CharField(label="涉嫌的罪名", max_length=120, help_text="不清楚的写“不清楚”。")
    story = long_text("事情经过和请求", least=10, most=5000)
    adverse_name = SealedNameField(
        label="对方姓名",
        side=CaseParty.Side.OTHER,
        required=False,
        help_text="被害人填被告人，被告人填被害人；用来防止利益冲突。",
    )
    adverse_lives_with = forms.BooleanField(label="对方是和本人共同生活的家人", required=False)
    may_be_heavy = forms.BooleanField(label="可能判处无期徒刑、死刑", required=False)
    reopened = choice("再审是怎样开始的", Reopened.choices, required=False, help_text="只有再审阶段填写。")
    has_agent = forms.BooleanField(label="已经委托了辩护人或诉讼代理人", required=False)
    term_ends_on = day("上诉、申诉等期限的最后一天", required=False, help_text="马上要过期的请一定填写。")
    other_reason = long_text(
        "经济困难以外没有委托辩护人的原因", required=False, help_text="只适用于犯罪嫌疑人、被告人。", most=500
    )
    unchecked = choice("免予核查经济困难的身份", Unchecked.choices, required=False, help_text="选择后请上传证明。")
    commitment = forms.BooleanField(
        label="我承诺以上经济状况属实",
        required=False,
        help_text="请上传签字的承诺书。说假话的，要支付已经提供的法律援助的费用，并可能被罚款（法律援助法第六十四条）。",
    )

    def clean_place(self) -> str:
        return known_place(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_who(given)
        for name in self._figures_needed(given):
            if name not in self.errors and given.get(name) is None:
                self.add_error(name, "请填写；免予核查的，请在上面选择身份。")
        return given

    def _check_who(self, given: dict[str, Any]) -> None:
        capacity = given.get("capacity")
        if capacity in NOT_BY_RELATIVES and given.get("applied_by") == AppliedBy.RELATIVE:
            self.add_error("applied_by", "自诉人和附带民事诉讼原告人由本人或法定代理人申请（法律援助法第二十九条）。")
        if given.get("other_reason") and capacity and capacity not in DEFENDED:
            self.add_error("other_reason", "只有犯罪嫌疑人、被告人可以用其他原因申请（法律援助法第二十四条）。")

    def _figures_needed(self, given: dict[str, Any]) -> tuple[str, ...]:
        if given.get("unchecked") or given.get("other_reason"):
            return ()
        return ("own_income",) if given.get("adverse_lives_with") else ("household_size", "household_income")


class ReceivedInCustody(forms.Form):
    receiver = choice("申请交给了谁", RECEIVERS)
    receiver_name = forms.CharField(label="单位名称或值班律师姓名", max_length=120)
    received_at = moment("收到申请的时间", help_text="写到几点几分；24小时内必须转交法律援助机构。")
    text = long_text("申请的内容", required=False)


class FamilyTold(forms.Form):
    told_on = day("通知家属的日期")
    note = long_text("请家属协助提供什么", required=False)


class HandedOver(Application):
    handed_over_at = moment("法律援助机构收到的时间")


class Finish(forms.Form):
    stage = choice("结案的情形", ENDINGS)
    closed_on = day("结案日", help_text="收到文书的那一天；交案卷的期限从第二天起算。")
    outcome = choice("结果", OUTCOMES)
    summary = long_text("结果说明", help_text="受援人会原样看到。")


class FirstMeeting(forms.Form):
    met_on = day("会见日期")
    place = forms.CharField(label="地点或方式", max_length=120)
    told_rights = confirmed("已告知权利和义务，包括可以拒绝辩护、要求更换")
    note = long_text("会见情况", required=False)


class OwnCounsel(Explain):
    happened_on = day("自行委托的日期")
    heard_on = day("法律援助机构知道的日期")
