"""What only mediation by an administrative organ asks for; the rest is as in people's mediation."""

from __future__ import annotations

from django import forms

from santai.procedures.forms import mediation as talks
from santai.procedures.forms.fields import HandlerField, OrganisationField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.trust.roles import Role

OFFICIALS = frozenset({Role.SUPERVISOR, Role.BUREAU_HEAD})
# What has to do with the duties of the judicial administration; a civil dispute besides may be mediated by any organ
# whose duties it touches.
DISPUTES = [
    ("lawyer_fee", "和律师事务所、基层法律服务所之间的服务、收费纠纷"),
    ("notary", "和公证机构之间的服务、收费、赔偿纠纷"),
    ("appraisal", "和鉴定机构之间的服务、收费纠纷"),
    ("arbitration", "和仲裁机构之间的收费纠纷"),
    ("compensation", "司法行政机关行政赔偿、补偿的数额"),
    ("discretion", "司法行政机关行使裁量权的争议"),
    ("civil", "与司法行政管理有关的其他民事纠纷"),
]
DECLINE_REASONS = [
    ("out_of_scope", "和本机关的职责没有关系"),
    ("pending", "已由法院、仲裁、行政复议、信访机关受理，或者已有生效的处理结果"),
    ("settled", "已经人民调解或者其他调解达成协议，没有新的事实"),
    ("refused", "一方当事人明确拒绝调解"),
    ("unreachable", "联系不上对方当事人"),
    ("no_standing", "申请人和纠纷没有直接利害关系"),
    ("barred", "法律禁止调解，或者应当由其他程序处理"),
]


class Dispute(talks.Dispute):
    dispute = choice("是哪一种纠纷", DISPUTES)


class Complex(forms.Form):
    explanation = long_text("为什么复杂", least=4)


class Transfer(forms.Form):
    organ = forms.CharField(
        label="应当由哪个机关调解", max_length=120, help_text="不在平台上的机关写全称，材料另行移送。"
    )
    body = OrganisationField(label="在平台上的机关", max_length=120, required=False)
    explanation = long_text("理由")


class Decline(talks.Decline):
    reason = choice("不受理的情形", DECLINE_REASONS)


class NameOfficial(forms.Form):
    handler = HandlerField(label="由谁调解", max_length=60, roles=OFFICIALS)
    others = forms.CharField(label="一同调解的人", max_length=120, required=False)
    not_involved = confirmed("已问明：调解人员不是当事人或其近亲属，与纠纷没有利害关系，没有参加过相关的行政行为")


class ReplaceOfficial(NameOfficial):
    explanation = long_text("更换的原因")


class Terminate(talks.Terminate):
    ground = choice("终止的情形", talks.END_GROUNDS)
