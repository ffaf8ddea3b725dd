"""What is filled in when an organ of justice gives notice that somebody must have counsel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import TextChoices

from santai.casework.models import CaseParty
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import PractitionerField, SealedNameField, SealedTextField
from santai.procedures.forms.legal_aid import Explain, choice, long_text
from santai.procedures.forms.legal_aid_criminal import known_place, place_field
from santai.procedures.rules.legal_aid_criminal_eligibility import TRIALS, Stage


class Ground(TextChoices):
    """法律援助法 25, 28; 刑事诉讼法 35, 278, 293, 304"""

    MINOR = "minor", "未成年人"
    DISABLED = "disabled", "视力、听力、言语残疾人"
    LIMITED = "limited", "不能完全辨认自己行为的成年人"
    LIFE_OR_DEATH = "life_or_death", "可能被判处无期徒刑、死刑"
    DEATH_REVIEW = "death_review", "申请法律援助的死刑复核案件被告人"
    IN_ABSENTIA = "in_absentia", "缺席审判案件的被告人"
    COMPULSORY_MEDICAL = "compulsory_medical", "强制医疗案件的被申请人或者被告人"
    OTHER_LAW = "other_law", "法律法规规定应当通知的其他人员"
    DISCRETIONARY = "discretionary", "可以通知的其他被告人（法律援助法第二十五条第二款）"


STAGES = [
    *Stage.choices,
    ("death_review", "死刑复核"),
    ("compulsory_medical", "强制医疗审理"),
]
ORGANS = [("police", "公安机关"), ("procuratorate", "人民检察院"), ("court", "人民法院"), ("other", "其他办案机关")]
TRANSFER_REASONS = [
    ("other_office", "应由办案机关所在地的其他法律援助机构指派（第三十八条）"),
    ("higher_office", "应由上一级法律援助机构指派"),
    ("not_notice", "不属于通知辩护、通知代理，应由当事人申请"),
]
REVOKED_REASONS = [
    ("own_counsel", "当事人已经自行委托律师"),
    ("released", "撤销案件、不起诉或者终止审理"),
    ("mistaken", "通知有误"),
    ("other", "其他原因"),
]
NO_NOTICE_REASONS = [
    ("not_owed", "办案机关认为不属于应当通知的情形"),
    ("own_counsel", "当事人已经自行委托律师"),
    ("ended", "案件已经终结"),
]
REFUSAL_REASONS = [
    ("own_counsel", "要自己委托律师"),
    ("self_defence", "要自己辩护，不要律师"),
    ("distrust", "不信任指派的律师"),
    ("undutiful", "律师没有尽责"),
    ("other", "其他理由"),
]


def organ_field() -> forms.CharField:
    return forms.CharField(label="办案机关名称", max_length=120, help_text="例如：道里区人民法院刑事审判庭。")


class RemindOrgan(forms.Form):
    organ = organ_field()
    ground = choice("应当通知的情形", Ground.choices)
    discovered_on = day("发现的日期")
    explanation = long_text("怎样发现的")


class NoNotice(Explain):
    reason = choice("没有通知的情形", NO_NOTICE_REASONS)


class Notice(forms.Form):
    organ_kind = choice("办案机关", ORGANS)
    organ = organ_field()
    place = place_field()
    organ_contact = SealedTextField(label="办案人和电话", required=False, max_length=120)
    document_number = forms.CharField(label="通知书文号", max_length=80)
    case_number = forms.CharField(label="案号", required=False, max_length=60)
    ground = choice("通知的情形", Ground.choices)
    stage = choice("案件到了哪一步", STAGES)
    offence = forms.CharField(label="涉嫌的罪名", max_length=120)
    adverse_name = SealedNameField(
        side=CaseParty.Side.OTHER, label="被害人姓名", required=False, help_text="用来防止利益冲突，加密保存。"
    )
    may_be_heavy = forms.BooleanField(label="可能判处无期徒刑、死刑", required=False)
    held_at = forms.CharField(label="羁押场所", required=False, max_length=120, help_text="没有羁押的不填。")
    discovered_on = day("办案机关发现应当通知情形的日期", help_text="通知书上写明的日期；办案机关应当在3日内通知。")
    notified_on = day("通知书的日期")
    received_on = day("收到通知书的日期", help_text="3日内指派律师，从第二天起算。")

    def clean_place(self) -> str:
        return known_place(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        ground, stage = given.get("ground"), given.get("stage")
        for special in (Ground.DEATH_REVIEW, Ground.COMPULSORY_MEDICAL):
            if ground and stage and (ground == special) != (stage == special):
                self.add_error("stage", f"“{special.label}”和案件阶段对不上，请核对。")
        if ground == Ground.IN_ABSENTIA and stage not in TRIALS:
            self.add_error("stage", "缺席审判案件应当在审判阶段，请核对。")
        if ground == Ground.DISCRETIONARY and stage and stage not in TRIALS:
            self.add_error("stage", "“可以通知”只适用于人民法院审理的被告人，请核对。")
        self._check_order(given)
        return given

    def _check_order(self, given: dict[str, Any]) -> None:
        order = ("discovered_on", "notified_on", "received_on")
        for earlier, later in zip(order, order[1:], strict=False):
            first, second = given.get(earlier), given.get(later)
            if first and second and second < first:
                self.add_error(later, f"不能早于“{self.fields[earlier].label}”。")


class TransferNotice(Explain):
    reason = choice("转告的情形", TRANSFER_REASONS)
    to = forms.CharField(label="应当通知哪个法律援助机构", max_length=200)


class RevokeNotice(Explain):
    reason = choice("撤回的情形", REVOKED_REASONS)


class Hearing(forms.Form):
    hearing_on = day("开庭日期")
    papers_on = day(
        "法院送来起诉书等副本的日期",
        required=False,
        help_text="应当在开庭15日以前送来。还没有送来的先不填，收到后再登记。",
    )


class SummaryHearing(forms.Form):
    hearing_on = day("开庭日期")


class PapersCame(forms.Form):
    papers_on = day("法院送来起诉书等副本的日期")


class RemindCourt(forms.Form):
    request = long_text("请求", help_text="例如：请求延期开庭，保证辩护准备时间。")


class Appoint(forms.Form):
    practitioner = PractitionerField(label="律师", max_length=60, help_text="姓名、执业证号或编号。")
    no_conflict = long_text(
        "同名但不是同一人的说明", required=False, help_text="提示利益冲突、经核实不是同一人时填写。"
    )


class Refusal(Explain):
    reason = choice("拒绝的理由", REFUSAL_REASONS)
    refused_on = day("拒绝的日期")
    in_court = forms.BooleanField(label="当庭拒绝", required=False)


class OrganFinding(Explain):
    decided_on = day("办案机关查明、答复的日期")


class NotifiedAgain(forms.Form):
    notified_on = day("办案机关另行通知的日期")
    received_on = day("收到通知的日期", help_text="3日内另行指派律师，从第二天起算。")
    document_number = forms.CharField(label="通知书文号", max_length=80)
