"""What is filled in at the steps of commercial arbitration, and of its two versions where they differ."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.db.models import TextChoices

from santai.procedures.forms import arbitration as common
from santai.procedures.forms.arbitration import money, short_text
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text


class Dispute(TextChoices):
    CONTRACT = "contract", "合同纠纷"
    PROPERTY = "property", "其他财产权益纠纷"
    MARRIAGE = "marriage", "婚姻纠纷"
    ADOPTION = "adoption", "收养纠纷"
    GUARDIANSHIP = "guardianship", "监护纠纷"
    SUPPORT = "support", "扶养纠纷"
    INHERITANCE = "inheritance", "继承纠纷"
    ADMINISTRATIVE = "administrative", "依法应由行政机关处理的行政争议"
    LABOUR = "labour", "劳动争议"
    RURAL_LAND = "rural_land", "农村土地承包经营纠纷"


DECLINE_REASONS = [
    ("no_agreement", "没有仲裁协议，或者没有选定本机构"),
    ("void_agreement", "仲裁协议无效或不明确，又没有补充协议"),
    ("out_of_scope", "不属于可以仲裁的事项"),
    ("no_claim", "没有具体的请求、事实和理由"),
    ("decided", "同一纠纷已有仲裁裁决或法院生效裁判"),
]


class Application(common.Parties):
    field_order = (
        *("kind", "institution", "agreement_text", "agrees_to_arbitrate", "agreed_matters"),
        *("adverse_name", "adverse_contact", "agent", "request", "amount", "story"),
    )
    kind = choice("是什么纠纷", Dispute.choices)
    institution = short_text("约定的仲裁机构", required=False, help_text="照仲裁条款写全称；没有写明的可以不填。")
    agreement_text = long_text("仲裁条款的原文", required=False, most=2000)
    agrees_to_arbitrate = forms.BooleanField(label="条款写明有争议时提交仲裁", required=False)
    agreed_matters = short_text(
        "约定哪些争议提交仲裁", required=False, most=200, help_text="例如：因本合同引起的一切争议。"
    )
    request = long_text("仲裁请求", least=5, most=3000, help_text="要对方做什么、付多少钱，一项一项写。")
    amount = money("争议金额(元)", help_text="没有金额或者说不准的，可以不填。")
    story = long_text("事实和理由", least=10, most=5000)

    def clean_amount(self) -> Decimal | None:
        amount: Decimal | None = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError("争议金额是0元的，请不要填写。")
        return amount


class Application2025(Application):
    """An agreement may also be claimed, and then not denied (仲裁法（2025年修订）第二十七条)."""

    claims_agreement = forms.BooleanField(
        label="没有书面协议，但我主张双方有仲裁协议",
        required=False,
        help_text="对方在首次开庭前没有否认，并经仲裁庭提示、记录的，视为有仲裁协议。",
    )


class Decline(common.Decline):
    field_order = ("reason", "explanation", "route")
    reason = choice("不予受理的情形", DECLINE_REASONS)


class Accept(forms.Form):
    fee = money("应交受理费(元)", help_text="本地已录入收费标准的，系统自动计算，可以不填；没有争议金额的必须填写。")
    reason = long_text("怎样确定的", required=False, help_text="在幅度内确定或者没有争议金额的，写明理由。")


class Paid(forms.Form):
    amount = money("已交金额(元)", required=True)
    paid_on = day("交费日期")


class Defer(forms.Form):
    by = day("缓交到哪一天")
    explanation = long_text("同意缓交的理由")


class RuleOnAgreement(forms.Form):
    decided_by = choice("由谁决定", [("institution", "本仲裁机构"), ("court", "人民法院裁定")])
    explanation = long_text("理由", least=10)


class InvalidAgreement(RuleOnAgreement):
    refund = money("退还受理费(元)", help_text="仲裁庭组成前全部退还，可以不填；组成后按实际情况填写。")


DECIDERS_2025 = [("institution", "本仲裁机构"), ("tribunal", "仲裁庭"), ("court", "人民法院裁定")]


class RuleOnAgreement2025(RuleOnAgreement):
    decided_by = choice("由谁决定", DECIDERS_2025)


class InvalidAgreement2025(InvalidAgreement):
    decided_by = choice("由谁决定", DECIDERS_2025)


class HearingInPerson(common.Hearing):
    field_order = ("hearing_on", "hour", "mode", "place", "is_public")
    mode = choice("怎样开庭", [("in_person", "到庭"), ("documents", "当事人协议不开庭，书面审理")])
    is_public = forms.BooleanField(label="当事人协议公开审理", required=False, help_text="不勾选就是不公开。")


class Hearing2025(HearingInPerson):
    mode = choice(
        "怎样开庭", [("in_person", "到庭"), ("online", "网上开庭"), ("documents", "当事人协议不开庭，书面审理")]
    )


class ConfirmAgreement(forms.Form):
    was_prompted = confirmed("仲裁庭已提示对方可以否认，并记入笔录")
    not_denied = confirmed("对方在首次开庭前没有否认有仲裁协议")
    note = long_text("记录要点")


class AllowWithdrawal(forms.Form):
    refund = money("退还受理费(元)", required=True, help_text="按实际情况确定，不超过已交的金额；不退的填0。")
    explanation = long_text("说明")


class BeginMediation(forms.Form):
    both_agree = confirmed("双方都愿意调解")


class Award(common.Award):
    fee_burden = long_text("仲裁费用由谁承担", help_text="写明双方各承担多少元。")


class AgreedAward(Award):
    kind = choice("怎样作出", [("agreed", "依据当事人的和解或调解协议作出")])


class ServedInTransition(common.Served):
    """The old law's table, served when the new one may be in force: a person checks which time limit applies."""

    law_checked = long_text(
        "适用哪一部法律的核对意见",
        required=False,
        help_text="2026年3月1日起收到裁决书的必须填写：撤销期限是六个月还是三个月。",
    )


class NewLimit(forms.Form):
    served_on = day("申请人收到裁决书的日期")
    respondent_served_on = day("被申请人收到裁决书的日期")
    explanation = long_text("适用三个月的理由")


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长几个月", min_value=1, max_value=2)
    explanation = long_text("需要延长的理由")
