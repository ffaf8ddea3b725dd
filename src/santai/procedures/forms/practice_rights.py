"""What is filled in at each step of a lawyer's practice-rights complaint (维护律师执业权利申请)."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.days import day, moment
from santai.procedures.forms.fields import PractitionerField, SealedTextField
from santai.procedures.forms.legal_aid import choice, long_text

RIGHTS = [
    ("meeting", "会见"),
    ("file", "阅卷"),
    ("evidence", "调查取证"),
    ("hearing", "庭审中的发问、质证、辩论"),
    ("notice", "知情、通知和送达"),
    ("dignity", "人身安全、人格尊严"),
    ("other", "其他执业权利"),
]
ORGANS = [
    ("police", "公安机关"),
    ("procuratorate", "检察机关"),
    ("court", "人民法院"),
    ("detention", "看守所、监狱"),
    ("other", "其他机关"),
]
REFUSALS = [
    ("not_right", "反映的不是律师执业权利"),
    ("not_lawyer", "申请人不是执业律师，或者没有委托手续"),
    ("settled", "已经处理过，没有新的事实"),
    ("own_route", "应当通过上诉、申诉等诉讼程序解决"),
    ("no_facts", "没有具体的事实，也没有补充"),
]
TERMINATIONS = [
    ("restored", "权利已经恢复，申请人不再需要处理"),
    ("uncooperative", "申请人不配合核实，无法继续"),
    ("matter_ended", "所涉案件已经办结，没有继续处理的必要"),
]
NOT_PUBLISHED = [
    ("secret", "涉及国家秘密、商业秘密或者个人隐私"),
    ("pending", "公开会影响正在办理的案件"),
    ("asked", "申请人要求不公开，理由成立"),
]


class File(forms.Form):
    lawyer = PractitionerField(label="您的执业证号", max_length=60)
    right = choice("什么权利受到妨碍", RIGHTS)
    organ = choice("哪类机关", ORGANS)
    organ_name = forms.CharField(label="机关名称", max_length=120)
    case_number = forms.CharField(label="所涉案件的案号", required=False, max_length=80)
    client = SealedTextField(label="委托人姓名", required=False, max_length=60)
    happened_at = moment("什么时间发生的")
    is_urgent = forms.BooleanField(label="情况紧急，需要马上协调", required=False)
    story = long_text("事情经过", least=10, most=5000)
    wish = long_text("希望怎样处理", required=False)


class Refuse(forms.Form):
    reason = choice("不予受理的情形", REFUSALS)
    explanation = long_text("理由说明", least=10)
    route = long_text("可以走的途径", least=4, help_text="写明机关、电话或者程序。")


class Coordinate(forms.Form):
    with_whom = SealedTextField(label="联系了谁", max_length=120, help_text="姓名和职务，只有办案人员能看到。")
    contacted_at = moment("联系时间")
    record = long_text("协调情况", most=2000)


class Forward(forms.Form):
    organ = choice("转给哪类机关", ORGANS)
    organ_name = forms.CharField(label="机关名称", max_length=120)
    way = choice("方式", [("online", "网上交换"), ("letter", "函件"), ("phone", "电话，随后补函")])
    forwarded_at = moment("转出时间")
    request = long_text("请对方办理的事项", most=2000)


class Receipt(forms.Form):
    received_at = moment("对方收到的时间", help_text="签收、回执或者系统记录的时间；对方的办理时间从这时起算。")


class OrganReply(forms.Form):
    replied_at = moment("对方答复的时间")
    reply = long_text("对方的答复", most=5000)


class Escalate(Forward):
    reason = long_text("为什么转上级机关")


class Result(forms.Form):
    finding = long_text("查明的情况", least=10, most=5000)
    opinion = long_text("处理结果", least=5, most=2000)


class Terminate(forms.Form):
    reason = choice("终止的情形", TERMINATIONS)
    explanation = long_text("理由说明", least=10)


class Publish(forms.Form):
    text = long_text("公开的内容", least=10, most=2000, help_text="不写律师、委托人和办案人员的姓名。")
    where = forms.CharField(label="公开在哪里", max_length=200)
    published_on = day("公开日期")


class NotPublish(forms.Form):
    reason = choice("不公开的情形", NOT_PUBLISHED)
    explanation = long_text("理由")
