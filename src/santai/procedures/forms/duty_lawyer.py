"""What is filled in at the steps of help by a duty lawyer (值班律师法律帮助)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField, SealedTextField
from santai.procedures.forms.legal_aid import Explain, choice, confirmed, long_text, moment
from santai.procedures.forms.legal_aid_notice import Ground
from santai.procedures.rules.legal_aid_criminal_eligibility import Stage
from santai.registry.duty import DutyPlace

PURPOSES = [
    ("consult", "法律咨询"),
    ("plea", "认罪认罚：提供帮助、见证签署具结书"),
    ("measures", "申请变更强制措施"),
    ("procedure", "程序选择建议"),
    ("opinion", "对案件处理提出意见"),
]
SERVICES = [
    ("consult", "法律咨询"),
    ("procedure", "程序选择建议"),
    ("measures", "帮助申请变更强制措施"),
    ("opinion", "对案件处理提出意见"),
    ("plea", "解释认罪认罚的性质和后果"),
    ("apply", "帮助申请法律援助"),
    ("redress", "帮助控告、申诉侵犯权利的行为"),
]
WAYS = [("in_person", "当面"), ("video", "视频"), ("phone", "电话")]
URGENT_REASONS = [("fast_track", "速裁程序"), ("elsewhere", "异地办理，来不及提前3个工作日通知")]
REFUSAL_REASONS = [
    ("no_need", "本人认为不需要"),
    ("own_counsel", "要等自己委托的律师"),
    ("distrust", "不信任值班律师"),
    ("no_reason", "没有说明理由"),
]
CANCEL_REASONS = [
    ("counsel", "已经有辩护人"),
    ("released", "已经释放或者案件终结"),
    ("moved", "移送其他办案机关或者羁押场所"),
    ("withdrawn", "办案机关撤回通知"),
    ("asked", "本人收回申请"),
]
CHANGE_REASONS = [
    ("unavailable", "值班律师不能到场"),
    ("conflict", "有利益冲突或者应当回避"),
    ("asked", "本人要求更换，理由成立"),
]
OPINIONS = [
    ("charge", "涉嫌的罪名和适用的法律"),
    ("sentence", "从轻、减轻或者免除处罚"),
    ("procedure", "案件审理适用的程序"),
    ("measures", "强制措施"),
    ("other", "其他事项"),
]
ADOPTED = [("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "没有采纳")]
NO_PLEA_PAPER = [
    ("blind_or_deaf", "盲、聋、哑人或者不能完全辨认、控制自己行为的精神病人，不需要签署"),
    ("guardian_objects", "未成年人的法定代理人、辩护人对认罪认罚有异议，不需要签署"),
    ("changed_mind", "本人不再认罪认罚"),
    ("not_voluntary", "值班律师认为不是自愿，没有签名"),
]


class DutyPlaceField(forms.CharField):
    """A place of duty by its number or name; a part of a name counts when only one place has it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        known = DutyPlace.objects.filter(is_active=True)
        found = list(known.filter(pk=int(text))[:1]) if text.isdecimal() and len(text) < 10 else []
        found = found or list(known.filter(name=text)[:2]) or list(known.filter(name__contains=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"有不止一个值班地点叫“{text}”或者名称里有它，请写全称。")
        raise ValidationError(f"没有“{text}”这个值班地点，请先在“值班律师排班”里登记。")


class Asked(forms.Form):
    place = DutyPlaceField(label="在哪里见值班律师", max_length=120, help_text="看守所、检察院、法院等值班地点的名称。")
    organ = forms.CharField(label="办案机关", max_length=120)
    case_number = forms.CharField(label="案号", required=False, max_length=60)
    stage = choice("案件到了哪一步", Stage.choices)
    offence = forms.CharField(label="涉嫌的罪名", max_length=120)
    has_no_counsel = confirmed("没有辩护人，也没有指派法律援助律师")
    is_minor = forms.BooleanField(label="未成年人", required=False)


class Request(Asked):
    requested_at = moment("提出要见值班律师的时间", help_text="写到几点几分；24小时内必须通知值班律师。")


class OrganNotice(Asked):
    organ_contact = SealedTextField(label="办案人和电话", required=False, max_length=120)
    purpose = choice("需要什么帮助", PURPOSES)
    received_on = day("收到法律帮助通知书的日期")
    help_on = day("需要提供帮助的日期", help_text="一般应当在3个工作日以前通知。")


class UrgentNotice(OrganNotice):
    reason = choice("不受提前通知期限限制的情形", URGENT_REASONS)


class NameLawyer(forms.Form):
    practitioner = PractitionerField(label="值班律师", max_length=60, help_text="姓名、执业证号或编号。")
    off_rota = long_text("没有排班的说明", required=False, help_text="这个时间没有排这位律师时必须填写。", most=300)


class TellLawyer(NameLawyer):
    told_at = moment("通知值班律师的时间")


class ChangeLawyer(NameLawyer):
    reason = choice("更换的情形", CHANGE_REASONS)
    explanation = long_text("说明")


class Help(forms.Form):
    helped_at = moment("提供帮助的时间")
    way = choice("方式", WAYS)
    services = forms.MultipleChoiceField(
        label="提供了哪些帮助",
        choices=SERVICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项。", "invalid_choice": "请从列表中选择。"},
    )
    told_rights = confirmed("已告知可以申请法律援助、可以随时再约见")
    note = long_text("帮助的内容", help_text="记入工作台账。")


class RefuseHelp(Explain):
    reason = choice("拒绝的理由", REFUSAL_REASONS)
    refused_at = moment("拒绝的时间")
    told_again = confirmed("已告知可以随时再提出")


class Cancel(Explain):
    reason = choice("取消的情形", CANCEL_REASONS)


class ReadFile(forms.Form):
    read_on = day("阅卷日期")
    note = long_text("阅卷情况", required=False)


class Opinion(forms.Form):
    about = choice("意见关于", OPINIONS)
    text = long_text("意见内容", most=3000)


class OpinionAnswered(forms.Form):
    adopted = choice("是否采纳", ADOPTED)
    explanation = long_text("办案机关的说明", required=False, help_text="没有采纳或者部分采纳的，应当说明理由。")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("adopted") in {"partly", "not_adopted"} and not given.get("explanation"):
            self.add_error("explanation", "没有全部采纳的，请写明办案机关说明的理由。")
        return given


class Plea(forms.Form):
    signed_on = day("签署具结书的日期")
    is_voluntary = confirmed("已核实：自愿认罪认罚，知道性质和法律后果")
    note = long_text("签署情况", required=False)


class NoPleaPaper(Explain):
    reason = choice("没有签署的情形", NO_PLEA_PAPER)


class AidAsked(forms.Form):
    received_at = moment("收到法律援助申请的时间", help_text="24小时内必须转交法律援助机构。")
    text = long_text("申请的内容", required=False)


class AidTransferred(forms.Form):
    handed_over_at = moment("转交到法律援助机构的时间")
    note = long_text("说明", required=False)


class NoticeOwed(forms.Form):
    ground = choice("发现的情形", [pair for pair in Ground.choices if pair[0] != Ground.DISCRETIONARY])
    explanation = long_text("怎样发现的")


class Close(forms.Form):
    summary = long_text("办结小结", required=False)
