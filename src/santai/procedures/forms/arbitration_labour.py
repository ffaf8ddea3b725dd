"""What is filled in at the steps of labour arbitration. Nothing is paid for it (劳动争议调解仲裁法第五十三条)."""

from __future__ import annotations

from django import forms
from django.db.models import TextChoices

from santai.procedures.forms import arbitration as common
from santai.procedures.forms import service
from santai.procedures.forms.arbitration import PlaceField, money, short_text
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text

PARTIES = [("worker", "劳动者"), ("employer", "用人单位")]


class Dispute(TextChoices):
    """劳动争议调解仲裁法第二条, and what is often taken for it."""

    RELATION = "relation", "确认劳动关系"
    CONTRACT = "contract", "劳动合同的订立、履行、变更、解除、终止"
    DISMISSAL = "dismissal", "除名、辞退、辞职、离职"
    STANDARDS = "standards", "工作时间、休息休假、社会保险、福利、培训、劳动保护"
    PAY = "pay", "劳动报酬、工伤医疗费、经济补偿或赔偿金"
    OTHER = "other", "法律法规规定的其他劳动争议"
    SERVICE = "service", "劳务、承揽等不是劳动关系的争议"
    ADMINISTRATIVE = "administrative", "工伤认定、社会保险经办等行政争议"


DECLINE_REASONS = [
    ("out_of_scope", "不属于劳动争议"),
    ("not_here", "不归本仲裁委员会管辖"),
    ("no_respondent", "没有明确的被申请人"),
    ("no_claim", "没有具体的仲裁请求和事实、理由"),
    ("decided", "已经仲裁、法院裁判或达成生效的调解书"),
]


class Application(common.Parties):
    field_order = (
        *("applicant_is", "kind", "adverse_name", "adverse_contact", "agent", "request", "claim_amount", "story"),
        *("contract_place", "employer_place", "known_on", "wages_in_employment", "ended_on", "workers"),
        "representatives",
    )
    applicant_is = choice("您是", PARTIES)
    kind = choice("是什么争议", Dispute.choices)
    request = long_text("仲裁请求", least=5, most=3000, help_text="要对方做什么、付多少钱，一项一项写。")
    claim_amount = money("请求的总金额(元)", help_text="没有金额的可以不填。")
    story = long_text("事实和理由", least=10, most=5000)
    contract_place = PlaceField(
        label="在哪里上班（劳动合同履行地）", help_text="区划代码；不填就是您提交时选的县（区）。"
    )
    employer_place = PlaceField(label="单位在哪里", help_text="区划代码；不知道的可以不填。")
    known_on = day("什么时候知道权利受到侵害", help_text="申请仲裁的时效是一年，从这一天起算。")
    wages_in_employment = forms.BooleanField(
        label="还在职时被拖欠工资", required=False, help_text="在职期间不受一年限制。"
    )
    ended_on = day("离职日期", required=False, help_text="已经离职的请填写。")
    workers = forms.IntegerField(label="一共有几名劳动者", min_value=1, max_value=5000, initial=1)
    representatives = SealedTextField(
        label="推举的代表", required=False, max_length=200, help_text="十人以上有共同请求的，请写代表的姓名。"
    )


class Decline(common.Decline):
    field_order = ("reason", "explanation", "route")
    reason = choice("不予受理的情形", DECLINE_REASONS)


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长几日", min_value=1, max_value=15)
    explanation = long_text("案情复杂、需要延期的理由")


class FirstExecution(forms.Form):
    """劳动争议调解仲裁法第四十四条"""

    amount = money("先予执行的金额(元)", required=True)
    clear = confirmed("当事人之间权利义务关系明确")
    urgent = confirmed("不先予执行会严重影响申请人的生活")
    court = short_text("移送执行的法院")
    explanation = long_text("理由")


class ServedOnWorker(service.Served):
    """The applicant may be either side, so that nobody is taken to be served by the platform itself."""

    to_applicant = False
    addressee = "劳动者"


class ServedOnEmployer(ServedOnWorker):
    addressee = "用人单位"


class Award(common.Award):
    wages = money("裁决给付劳动报酬(元)")
    injury_medical = money("裁决给付工伤医疗费(元)")
    compensation = money("裁决给付经济补偿(元)")
    damages = money("裁决给付赔偿金(元)")
    labour_standards = forms.BooleanField(label="属于工作时间、休息休假、社会保险等国家劳动标准的争议", required=False)
    other_items = forms.BooleanField(label="裁决还包含上面没有列出的事项", required=False)
    found_final = forms.ChoiceField(
        label="是不是终局裁决",
        required=False,
        choices=[("", "按系统计算"), ("final", "仲裁庭认定：终局裁决"), ("not_final", "仲裁庭认定：非终局裁决")],
        error_messages={"invalid_choice": "请从列表中选择。"},
    )
    found_because = long_text("认定的理由", required=False, help_text="与系统计算不同，或系统不能计算的，必须写明。")


class Suit(common.Suit):
    field_order = ("party", "court", "filed_on", "court_accepted")
    side = None  # type: ignore[assignment]
    party = choice("由谁起诉或申请", PARTIES)


class Supplement(forms.Form):
    representatives = SealedTextField(
        label="推举的代表", required=False, max_length=200, help_text="十人以上有共同请求的，请写代表的姓名。"
    )
    note = long_text("说明", required=False)


class GoToCourt(forms.Form):
    court = short_text("准备起诉或已经起诉的法院", required=False)
