"""What is filled in for enforceable debt instruments and for the execution certificate."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedNameField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text, yuan
from santai.procedures.forms.notarization_special import SpecialApplication, sealed

KINDS = [
    ("loan", "借款、还款协议"),
    ("security", "担保（保证、抵押、质押）"),
    ("lease", "租赁，有租金给付"),
    ("supply", "赊销、买卖，有货款或者货物给付"),
    ("support", "抚养费、赡养费、扶养费给付"),
    ("compensation", "赔偿、补偿款给付"),
    ("settlement", "调解、和解协议，有给付内容"),
    ("other", "其他有给付内容的债权文书"),
]
ANSWERS = [
    ("confirms", "承认没有履行，没有异议"),
    ("objects_with_proof", "有异议，并交来了证明材料"),
    ("objects", "有异议，没有交证明材料"),
]
WAYS = [
    ("phone", "公证书约定的电话"),
    ("post", "公证书约定的地址（邮寄）"),
    ("in_person", "当面"),
    ("online", "约定的电子地址"),
]
PROPOSALS = [("issue", "出具执行证书"), ("refuse", "不予出具执行证书")]
# 公证债权文书执行规定 and the guidance of the association (U): why an execution certificate is not issued.
REFUSALS = [
    ("performed", "债务已经履行，或者有证据证明已经履行"),
    ("objection", "债务人的异议有证据支持，双方对债权有实质争议"),
    ("unclear", "给付的内容、数额不明确"),
    ("outside", "申请执行的内容超出公证的债权文书"),
    ("condition", "履行的条件还没有成就，或者履行期限没有届满"),
    ("no_promise", "债权文书里没有债务人愿意接受强制执行的承诺"),
    ("papers", "债权人没有提交证明履行情况的材料"),
]
COURT_REFUSALS = [
    ("not_enforceable", "不属于可以强制执行的债权文书"),
    ("no_promise", "公证债权文书没有债务人接受强制执行的承诺"),
    ("no_certificate", "没有执行证书，或者执行证书的内容不明确"),
    ("wrong", "公证债权文书确有错误（程序违法或者内容不实）"),
    ("public_interest", "执行违背公序良俗"),
    ("other", "法律规定的其他情形"),
]


class Application(SpecialApplication):
    ITEM = "enforceable"

    field_order = ("kind", "purpose")
    kind = choice("是哪一种债权文书", KINDS)
    debtor = SealedNameField(
        label="债务人姓名或名称",
        side=CaseParty.Side.DEBTOR,
        contact="debtor_contact",
        help_text="不止一位的，都写上，包括担保人，中间用顿号隔开。",
    )
    debtor_contact = sealed("怎么联系债务人", most=200, help_text="电话、地址；出执行证书前会按约定向他核实。")
    amount = yuan("给付的金额(元)", "不是钱的，不填，在下面写明给付什么。")
    what = long_text("给付什么、怎么给付、什么时候给付", least=4)
    last_due_on = day("最后一期履行的最后一天")
    has_promise = confirmed("债权文书里写明：债务人不履行时，愿意直接接受强制执行")
    both_apply = confirmed("债权人和债务人（包括担保人）一起申请")


class Check(forms.Form):
    """Without these a court will not enforce it (公证法 37, 公证债权文书执行规定 3-5)."""

    has_payment = confirmed("以给付为内容，给付的对象、数额、方式、期限都写明")
    no_dispute = confirmed("双方对债权没有争议")
    has_promise = confirmed("写有债务人（包括担保人）愿意接受强制执行的承诺")
    told = confirmed("已向双方说明：不履行的，债权人可以申请执行证书，不经过诉讼直接申请强制执行")
    verify_by = choice("约定用什么方式向债务人核实", WAYS)
    answer_days = forms.IntegerField(
        label="约定债务人几日内答复",
        min_value=1,
        max_value=60,
        help_text="日数写在公证书里；从收到核实函的第二天起算。",
    )


class AskExecution(forms.Form):
    unpaid = yuan("还有多少没有履行(元)", "不是钱的，在下面写明。")
    facts = long_text("哪些到期没有履行", least=4)
    due_on = day("没有履行的那一期的最后一天", help_text="申请强制执行的2年从第二天起算；分期的，每期分别计算。")
    interest = long_text("违约金、利息等怎样计算", required=False)
    proof = confirmed("已上传履行情况的材料（如流水、收条）")


class Inquiry(forms.Form):
    way = choice("核实方式", WAYS)
    served_on = day("债务人收到核实函的日期", help_text="答复的期限从第二天起算。")
    answer_days = forms.IntegerField(label="约定的答复日数", required=False, disabled=True)


class Answer(forms.Form):
    answer = choice("债务人怎么说", ANSWERS)
    answered_on = day("答复的日期")
    words = long_text("答复的内容", least=2)


class Proposal(forms.Form):
    result = choice("建议", PROPOSALS)
    opinion = long_text("核实情况和理由", least=10)


class Certificate(forms.Form):
    amount = yuan("执行标的金额(元)", "不是钱的，在下面写明。")
    subject = long_text("执行标的", least=4, help_text="本金、利息、违约金分别写明，或者交付什么。")
    against = SealedNameField(
        label="被申请执行人", side=CaseParty.Side.DEBTOR, help_text="债务人、担保人，逐一写明，中间用顿号隔开。"
    )
    why_not_followed = long_text(
        "不采纳债务人异议的理由", required=False, help_text="债务人交来过证明材料的，必须填写。"
    )


class RefuseCertificate(forms.Form):
    reason = choice("不予出具的情形", REFUSALS)
    explanation = long_text("理由说明", least=10, help_text="债权人会原样看到。")


class Notice(forms.Form):
    court = forms.CharField(label="执行法院", max_length=120)
    case_number = forms.CharField(label="执行案号", max_length=60)
    served_on = day("执行通知书送达债务人的日期", help_text="债务人申请不予执行的15日从第二天起算。")


class Contest(forms.Form):
    filed_on = day("债务人申请不予执行的日期")
    grounds = long_text("理由")


class Lengthen(forms.Form):
    amount = forms.IntegerField(label="延长几日", min_value=1, max_value=30)


class CourtRejects(forms.Form):
    case_number = forms.CharField(label="裁定书案号", max_length=60)
    decided_on = day("裁定日期")


class CourtRefuses(CourtRejects):
    reason = choice("法院的理由", COURT_REFUSALS)
    explanation = long_text("裁定的要点", least=10)


class Performed(forms.Form):
    performed_on = day("履行完毕的日期")
    finding = long_text("怎么履行的")


def kept(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names}
