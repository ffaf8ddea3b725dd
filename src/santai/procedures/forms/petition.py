"""What is filled in when a petition (信访) is explained, handed to the petition office, and followed until it ends."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day, moment
from santai.procedures.forms.fields import PractitionerField, SealedNameField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.village_adviser import count

KINDS = [
    ("suggestion", "建议、意见"),
    ("accusation", "检举、控告"),
    ("claim", "申诉求决（要求解决具体问题）"),
]
ROUTES = [
    ("petition", "信访"),
    ("court", "向人民法院起诉、申诉"),
    ("prosecutor", "向人民检察院申请监督"),
    ("police", "公安机关的程序"),
    ("arbitration", "仲裁（劳动、商事、土地承包）"),
    ("review", "行政复议"),
    ("ruling", "行政裁决、行政许可、行政处罚等行政程序"),
    ("party", "党内申诉、纪检监察"),
    ("mediation", "人民调解"),
]
WAYS = [("online", "信访信息系统"), ("letter", "函件"), ("in_person", "当面移交"), ("post", "邮寄")]
PASS_ON = [("sent", "转送"), ("assigned", "交办")]
OUTCOMES = [
    ("supported", "支持请求"),
    ("partly", "部分支持"),
    ("explained", "不支持，已解释说明"),
    ("guided", "引导到其他法定途径"),
]
DECLINE_REASONS = [
    ("under_way", "同一事项已经受理，正在规定期限内办理"),
    ("ended", "同一事实和理由已经复核终结"),
    ("statutory", "应当通过诉讼、仲裁、复议等法定途径解决"),
    ("not_here", "不属于本机关、单位职权范围"),
]
ASSISTANCE = [
    ("analysis", "分析法律问题"),
    ("meeting", "参加接访、协调会"),
    ("drafting", "代写申请、复查材料"),
    ("agency", "代理诉讼、仲裁、复议"),
    ("persuasion", "释法说理、促成化解"),
]
MAJOR = [
    ("group", "群体性、可能聚集"),
    ("safety", "可能伤人或者自伤"),
    ("public", "社会影响大"),
]


class Register(forms.Form):
    kind = choice("属于哪一类", KINDS)
    unit = short_text("反映的是哪个机关、单位", most=120)
    accused = SealedNameField(
        label="检举控告的是谁", side=CaseParty.Side.COMPLAINED_OF, required=False, help_text="检举、控告的请填写。"
    )
    story = long_text("事情经过和请求", least=10, most=5000)
    persons = count("一共有几个人反映", least=1, most=10_000)
    representatives = count("推选的代表几人", least=0, most=5, help_text="共同走访的，代表不能超过5人。")
    before = long_text("以前找过哪里、怎么答复的", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == "accusation" and not given.get("accused"):
            self.add_error("accused", "检举、控告的，请写明检举控告的是谁。")
        return given


class Route(forms.Form):
    route = choice("应当走的途径", ROUTES)
    explanation = long_text("解释说明", least=10, help_text="当事人会原样看到：为什么走这条路、找哪里、什么时候之前。")
    contact = short_text("应当找的机关、地址、电话", most=300)


class ChooseRoute(forms.Form):
    note = long_text("说明", required=False)


class Transfer(forms.Form):
    office = short_text("转交给哪个信访工作机构", most=120)
    way = choice("怎样转交", WAYS)
    sent_at = moment("转交时间")
    number = short_text("转交函编号", required=False, most=80)
    told_secret = confirmed("检举、控告材料已按规定保密，没有让被检举的人接触")


class Received(forms.Form):
    received_at = moment("收到的时间", help_text="以对方系统或者回执上的时间为准，期限从第二天起算。")
    number = short_text("收件或受理编号", required=False, most=80)


class ReturnedByOffice(forms.Form):
    returned_on = day("退回日期")
    explanation = long_text("退回的理由")


class PassOn(forms.Form):
    kind = choice("怎样处理", PASS_ON)
    unit = short_text("转给哪个机关、单位", most=120)
    passed_on = day("转送、交办日期")


class Objects(forms.Form):
    objected_on = day("提出异议的日期")
    explanation = long_text("异议的理由")


class Accepts(forms.Form):
    accepted_on = day("受理日期")
    number = short_text("受理编号", required=False, most=80)


class Declines(forms.Form):
    reason = choice("不予受理的情形", DECLINE_REASONS)
    notice_on = day("告知日期")
    explanation = long_text("理由", least=10)
    route = short_text("可以怎么办、找哪里", most=300)


class Guides(forms.Form):
    route = choice("导入哪个法定程序", ROUTES[1:])
    guided_on = day("告知日期")
    explanation = long_text("说明", least=10)
    contact = short_text("应当找的机关、地址、电话", most=300)


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几日",
        min_value=1,
        max_value=30,
        error_messages={"required": "请填写延长几日。", "max_value": "最多延长30日。", "invalid": "请填整数。"},
    )
    approved_by = short_text("批准的机关、单位负责人", most=60)
    explanation = long_text("延长的理由", help_text="要告诉信访人。")


class Progress(forms.Form):
    text = long_text("办理进展", help_text="信访人会原样看到。")


class Reply(forms.Form):
    outcome = choice("处理意见", OUTCOMES)
    replied_on = day("处理意见书的日期")
    served_on = day("信访人收到的日期", help_text="申请复查的期限从第二天起算。")
    summary = long_text("主要内容", least=10, most=5000)


class AskReview(forms.Form):
    filed_on = day("提出的日期")
    explanation = long_text("不服的理由", least=10, most=5000)


class ReviewReply(forms.Form):
    outcome = choice("意见", OUTCOMES[:3])
    replied_on = day("意见书的日期")
    served_on = day("信访人收到的日期")
    summary = long_text("主要内容", least=10, most=5000)


class Hearing(forms.Form):
    held_on = day("听证日期")
    note = long_text("听证情况", required=False)


class AssignLawyer(forms.Form):
    practitioner = PractitionerField(label="参与的律师", max_length=60, help_text="姓名、执业证号或编号。")
    explanation = long_text("为什么请律师参与", required=False)


class Assist(forms.Form):
    kind = choice("做了什么", ASSISTANCE)
    done_on = day("日期")
    text = long_text("情况和建议", least=10, most=5000, help_text="信访人会看到，请用平常话写。")


class ReportMajor(forms.Form):
    kind = choice("重大、紧急的情形", MAJOR)
    text = long_text("情况", least=10)


class Withdraw(forms.Form):
    explanation = long_text("撤回的原因", required=False)
