"""What is filled in at each step of a forensic appraisal."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.fields import OrganisationField, PractitionerField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text, yuan
from santai.procedures.forms.notarization import FEES, REFUNDS

# What a licence is for; the words are those of the register of practitioners.
DISCIPLINES = [
    ("medicine", "法医类"),
    ("trace", "物证类"),
    ("audio_visual", "声像资料"),
    ("environment", "环境损害"),
]
CLIENTS = [("agency", "办案机关"), ("party", "当事人（没有进入诉讼）")]
# 司法鉴定程序通则第十五条
REJECTION_GROUNDS = [
    ("out_of_scope", "委托事项超出本机构的业务范围"),
    ("bad_material", "鉴定材料不真实、不完整、不充分，或者取得方式不合法"),
    ("unlawful_purpose", "鉴定用途不合法，或者违背社会公德"),
    ("against_rules", "鉴定要求不符合执业规则或者技术规范"),
    ("beyond_ability", "鉴定要求超出本机构的技术条件或者能力"),
    ("elsewhere_too", "同一事项同时委托了其他鉴定机构"),
    ("other", "法律法规规章规定的其他情形"),
]
TERMINATION_GROUNDS = [
    ("used_up", "鉴定材料耗尽、损坏，不能补充提供"),
    ("refused", "委托人拒不履行义务，或者被鉴定人拒不配合、干扰鉴定"),
    ("withdrawn", "委托人撤销委托，或者拒绝支付鉴定费"),
    ("force_majeure", "不可抗力使鉴定不能继续"),
    ("defect_found", "鉴定中发现属于不得受理的情形"),
]
SUSPENSION_GROUNDS = [
    ("material", "需要补充或者重新提取鉴定材料"),
    ("unstable", "被鉴定人的状况还不稳定"),
    ("absent", "被鉴定人没有到场"),
    ("special_test", "需要预约特殊检查"),
    ("witness", "应当在场的见证人没有到场"),
]
STANDARDS = [("national", "国家标准"), ("industry", "行业标准、技术规范"), ("accepted", "多数专家认可的方法")]
CORRECTIONS = [
    ("image", "图像、谱图、表格不清晰"),
    ("signature", "签名、盖章或者编号有遗漏、错误"),
    ("wording", "文字表达有瑕疵"),
]
SUPPLEMENT_REASONS = [
    ("omitted", "原委托事项有遗漏"),
    ("new_material", "委托人提供了新的鉴定材料"),
    ("other", "其他情形"),
]
REPEAT_GROUNDS = [
    ("no_licence", "原鉴定人没有相应的执业资格"),
    ("out_of_scope", "原鉴定机构超出登记的业务范围"),
    ("recusal", "原鉴定人应当回避没有回避"),
    ("procedure", "原鉴定程序严重违法"),
    ("no_basis", "原鉴定意见依据明显不足"),
    ("court", "人民法院要求重新鉴定"),
]
APPEARANCES = [
    ("attended", "已出庭"),
    ("video", "经法院同意，通过视频作证"),
    ("written", "经法院同意，书面答复"),
    ("absent", "没有出庭"),
]
EXCUSES = [
    ("health", "健康原因"),
    ("distance", "路途遥远、交通不便"),
    ("force_majeure", "不可抗力"),
    ("other", "其他正当理由"),
]


class Commission(forms.Form):
    client = choice("委托人是", CLIENTS)
    agency = forms.CharField(
        label="办案机关和案号", required=False, max_length=160, help_text="办案机关委托的必须填写。"
    )
    discipline = choice("鉴定类别", DISCIPLINES)
    subject = forms.CharField(label="鉴定事项", max_length=200, help_text="例如：伤残等级、签名真伪。")
    purpose = long_text("鉴定用途和基本情况", least=10, most=3000)
    materials = long_text("鉴定材料清单", least=2, most=2000, help_text="每行一项，写明名称、数量、原件还是复印件。")
    took_part = SealedTextField(
        label="参加过同一事项的人", required=False, max_length=200, help_text="做过鉴定、专家咨询或者专家辅助人的姓名。"
    )
    institution = OrganisationField(
        label="委托哪家鉴定机构", required=False, max_length=120, help_text="重新鉴定必须选另一家机构。"
    )
    earlier = forms.CharField(
        label="原鉴定的案码", required=False, max_length=40, help_text="重新鉴定时填写；从原案提出的不用填。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("client") == "agency" and not given.get("agency"):
            self.add_error("agency", "请填写办案机关和案号。")
        return given


class AskMaterials(forms.Form):
    items = long_text("需要补充的鉴定材料", help_text="请一次列全，每行一项。", most=2000)
    by = day("交来材料的最后一天")


class AgreeTime(forms.Form):
    amount = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=30)
    explanation = long_text("为什么需要、怎样商定的", help_text="复杂、疑难或者特殊的事项，由双方商定。")


class Accept(forms.Form):
    opinion = long_text("审查意见", required=False)


class Reject(forms.Form):
    ground = choice("不予受理的情形", REJECTION_GROUNDS)
    explanation = long_text("理由说明", least=10, help_text="委托人会在通知书里看到。")
    returned = confirmed("鉴定材料已全部退还")


class Sign(forms.Form):
    effective_on = day("委托书生效日期", help_text="双方签字盖章之日；30个工作日从第二天起算。")
    agreed_days = forms.IntegerField(
        label="约定的完成时限(个工作日)",
        required=False,
        min_value=1,
        max_value=250,
        help_text="双方在委托书里另有约定的填写；没有约定的，按30个工作日。",
    )
    practitioner = PractitionerField(label="第一鉴定人", max_length=60, help_text="姓名或执业证号。")
    second = PractitionerField(label="第二鉴定人", max_length=60, help_text="姓名或执业证号。")
    fee = choice("鉴定费", FEES)
    fee_amount = yuan("鉴定费(元)")
    fee_reason = long_text("为什么不减免", required=False, help_text="提示应当减免而仍收费的，写明理由。")
    may_use_up = forms.BooleanField(label="委托人同意检材可能耗尽或者损坏", required=False)


class Record(forms.Form):
    done_on = day("日期")
    place = forms.CharField(label="地点", max_length=120)
    present = forms.CharField(label="在场的人", max_length=200)
    identity_checked = confirmed("已核对被鉴定人（送检人）身份并记录")
    standard = choice("采用的方法", STANDARDS, help_text="有国家标准的先用国家标准。")
    note = long_text("过程记录")


class Suspend(forms.Form):
    ground = choice("中止的情形", SUSPENSION_GROUNDS)
    explanation = long_text("说明", help_text="委托人会看到，请写清需要做什么。")


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=30)
    explanation = long_text("延长的理由", help_text="委托人会看到。")


class Recusal(forms.Form):
    practitioner = PractitionerField(label="要求谁回避", max_length=60)
    explanation = long_text("理由", help_text="例如：参加过同一事项的鉴定、是对方的亲属。")


class ReplaceExpert(forms.Form):
    leaving = PractitionerField(label="更换下来的鉴定人", max_length=60)
    practitioner = PractitionerField(label="新的鉴定人", max_length=60)
    explanation = long_text("理由")


class Draft(forms.Form):
    text = long_text("鉴定过程和分析说明", least=10, most=8000)
    conclusion = long_text("鉴定意见", least=4, most=2000)


class Review(forms.Form):
    opinion = long_text("复核意见")


class Issue(forms.Form):
    first_signed = confirmed("第一鉴定人已签名")
    second_signed = confirmed("第二鉴定人已签名")
    dissent = long_text("不同意见", required=False, help_text="鉴定人有不同意见的，写明是谁、什么意见。")
    copies = forms.IntegerField(label="份数", min_value=1, max_value=50)


class Terminate(forms.Form):
    ground = choice("终止的情形", TERMINATION_GROUNDS)
    explanation = long_text("理由说明", least=10, help_text="委托人会在通知书里看到。")
    refund = choice("鉴定费怎么退", REFUNDS, help_text="按责任大小决定。")
    returned = confirmed("鉴定材料已全部退还，或者写明了不能退还的原因")


class Correct(forms.Form):
    kind = choice("补正的情形", CORRECTIONS)
    old = forms.CharField(label="原来的内容", max_length=500)
    new = forms.CharField(label="补正后的内容", max_length=500)
    meaning_kept = confirmed("补正不改变鉴定意见的原意")


class Supplementary(forms.Form):
    reason = choice("补充鉴定的情形", SUPPLEMENT_REASONS)
    explanation = long_text("补充鉴定什么")
    effective_on = day("补充委托生效日期", help_text="新的办理期限从第二天起算。")


class Repeat(forms.Form):
    ground = choice("重新鉴定的情形", REPEAT_GROUNDS)
    explanation = long_text("理由说明", least=10)


class Summon(forms.Form):
    court = forms.CharField(label="哪个法院", max_length=120)
    hearing_on = day("开庭日期")
    notified_on = day("收到出庭通知的日期")
    agreed = long_text("不足3日仍同意出庭的说明", required=False)


class Appear(forms.Form):
    appearance = choice("出庭情况", APPEARANCES)
    excuse = choice("没有当面出庭的理由", EXCUSES, required=False)
    note = long_text("情况说明")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("appearance") not in (None, "attended") and not given.get("excuse"):
            self.add_error("excuse", "没有当面出庭的，请选择理由。")
        return given


class Archive(forms.Form):
    pages = forms.IntegerField(label="案卷页数", min_value=1, max_value=9999)
