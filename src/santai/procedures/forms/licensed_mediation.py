"""What is filled in at steps that only commercial and lawyer mediation have."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.fields import OrganisationField, PractitionerField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.mediation import ORIGINS, Dispute
from santai.registry.models import Practitioner

TRADES = [
    ("trade", "买卖、贸易"),
    ("investment", "投资、股权"),
    ("finance", "金融"),
    ("transport", "运输"),
    ("estate", "房地产"),
    ("construction", "工程建设"),
    ("ip", "知识产权"),
    ("franchise", "代理、加盟"),
    ("commercial_other", "其他商事争议"),
]
# 商事调解条例: what it leaves to others.
EXCLUDED = [
    ("family", "婚姻家庭、收养、监护、继承"),
    ("labour", "劳动人事"),
    ("land", "农村土地承包"),
    ("consumer", "消费者权益"),
    ("by_law", "依法应当以其他方式解决"),
]
DECLINE_REASONS = [
    ("out_of_scope", "不属于本程序可以调解的争议"),
    ("refused", "一方当事人明确拒绝调解"),
    ("unreachable", "联系不上对方当事人"),
    ("no_fee", "双方没有就调解费用达成一致"),
    ("conflict", "调解机构或者调解员有利益冲突，又没有其他合适的人选"),
    ("elsewhere", "应由其他调解组织或者机关办理"),
]


class FromWhere(Dispute):
    field_order = ("origin", "sender", "dispute")
    origin = choice("纠纷从哪里来", [one for one in ORIGINS if one[0] not in {"own_initiative", "police", "petition"}])
    sender = forms.CharField(label="委派、委托或移交的单位", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("origin") not in {"application", None} and not given.get("sender"):
            self.add_error("sender", "请写明是哪个单位委派、委托或移交的。")
        return given


class CommercialDispute(FromWhere):
    dispute = choice("争议类型", TRADES)
    excluded = forms.MultipleChoiceField(
        label="争议里有没有下面的内容",
        choices=EXCLUDED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有就都不选；有其中一项的，不能走商事调解。",
    )


class GiveToBody(forms.Form):
    body = OrganisationField(label="调解机构", max_length=120)
    licence = forms.CharField(
        label="执业证书号", max_length=60, help_text="商事调解组织执业证书或者律师事务所许可证的编号。"
    )


class Fee(forms.Form):
    """Commercial mediation may be charged for; the agreement on it comes first (商事调解条例第十六条)."""

    amount = forms.DecimalField(
        label="调解费(元)", min_value=0, max_digits=12, decimal_places=2, help_text="不收费填0。"
    )
    paid_by = forms.CharField(label="由谁支付", max_length=120)
    is_public = confirmed("已把公开的收费标准告诉双方")
    both_agree = confirmed("双方同意")


class Decline(forms.Form):
    reason = choice("不受理的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10, help_text="申请人会原样看到。")
    route = forms.CharField(label="可以找哪里", max_length=300, min_length=4)


class Name(forms.Form):
    practitioner = PractitionerField(label="调解员", max_length=60, colleague=Practitioner.Kind.MEDIATOR)
    disclosed = confirmed("调解员已向双方披露可能影响中立的情况")
    consent_to_conflict = long_text(
        "双方知情后仍同意的情况", required=False, help_text="调解员应当回避，但双方都同意由其继续调解的，必须填写。"
    )


class NameLawyer(forms.Form):
    practitioner = PractitionerField(label="律师调解员", max_length=60, colleague=Practitioner.Kind.LAWYER)
    disclosed = confirmed("已核查：本人和本所没有代理本纠纷或者有利益冲突的案件")
    told_ban = confirmed("已告知：调解员以后不得在本纠纷的诉讼、仲裁等程序中担任代理人或者其他角色")
