"""What is filled in at the steps of arbitration on rural land contracts. Nothing is paid for it (第五十二条)."""

from __future__ import annotations

from django import forms
from django.db.models import TextChoices

from santai.procedures.forms import arbitration as common
from santai.procedures.forms.arbitration import PlaceField, short_text
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text


class Dispute(TextChoices):
    """农村土地承包经营纠纷调解仲裁法第二条"""

    CONTRACT = "contract", "承包合同的订立、履行、变更、解除、终止"
    TRANSFER = "transfer", "转包、出租、互换、转让、入股等流转"
    TAKING_BACK = "taking_back", "收回、调整承包地"
    CONFIRMATION = "confirmation", "确认土地承包经营权"
    INFRINGEMENT = "infringement", "侵害土地承包经营权"
    OTHER = "other", "法律法规规定的其他承包经营纠纷"
    COMPENSATION = "compensation", "征收集体土地及其补偿"


DECLINE_REASONS = [
    ("compensation", "因征收集体土地及其补偿发生的纠纷"),
    ("out_of_scope", "不属于农村土地承包经营纠纷"),
    ("not_here", "不归本仲裁委员会管辖"),
    ("in_court", "人民法院已经受理"),
    ("decided", "已有生效的裁判、裁决、调解书或行政处理决定"),
    ("no_claim", "没有明确的被申请人或具体的请求、事实和理由"),
]
END_REASONS = [
    ("found_out_of_scope", "受理后发现不符合受理条件"),
    ("party_gone", "申请人死亡或终止，没有继受人或继受人放弃权利"),
    ("respondent_gone", "被申请人死亡或终止，没有可以继受义务的人"),
    ("other", "法律规定的其他情形"),
]
PRELIMINARY_ORDERS = [("keep", "维持现状"), ("farm", "恢复农业生产"), ("stop", "停止取土、占地等行为")]
HEARING_PLACES = [("seat", "仲裁委员会所在地"), ("town", "土地所在的乡镇"), ("village", "土地所在的村")]


class Application(common.Parties):
    field_order = (
        *("kind", "place", "land", "adverse_name", "adverse_contact", "agent", "request", "story", "known_on"),
        *("farmers", "representatives"),
    )
    kind = choice("是什么纠纷", Dispute.choices)
    place = PlaceField(label="土地在哪里", help_text="区划代码；不填就是您提交时选的县（区）。")
    land = short_text("地块名称和面积", most=200, help_text="例如：村东头三亩旱地。")
    request = long_text("仲裁请求", least=5, most=3000, help_text="要对方做什么，一项一项写。")
    story = long_text("事实和理由", least=10, most=5000)
    known_on = day("什么时候知道权利受到侵害", help_text="申请仲裁的时效是二年，从这一天起算。")
    farmers = forms.IntegerField(label="一共有几户", min_value=1, max_value=5000, initial=1)
    representatives = SealedTextField(
        label="推举的代表", required=False, max_length=200, help_text="五户以上的，可以推举三至五名代表。"
    )


class Decline(common.Decline):
    field_order = ("reason", "explanation", "route")
    reason = choice("不予受理的情形", DECLINE_REASONS)


class End(common.Decline):
    field_order = ("reason", "explanation", "route")
    reason = choice("终止的情形", END_REASONS)


class AskVillage(forms.Form):
    side = common.side()
    where = choice("要求在哪里开庭", HEARING_PLACES[1:])


class Hearing(common.Hearing):
    field_order = ("hearing_on", "hour", "where", "place", "closed_because")
    where = choice("在哪里开庭", HEARING_PLACES)
    closed_because = short_text(
        "不公开的理由",
        required=False,
        most=200,
        help_text="应当公开开庭；涉及国家秘密、商业秘密、个人隐私或当事人约定不公开的才填。",
    )


class Preliminary(forms.Form):
    """第四十二条"""

    order = choice("先行裁定的内容", PRELIMINARY_ORDERS)
    clear = confirmed("权利义务关系明确，当事人已提出请求")
    explanation = long_text("理由")


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长几日", min_value=1, max_value=30)
    explanation = long_text("案情复杂、需要延长的理由")
