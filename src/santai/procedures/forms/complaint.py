"""What is filled in at each step of a complaint about a legal service (投诉)."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import HandlerField, OrganisationField, PractitionerField
from santai.procedures.forms.legal_aid import choice, long_text
from santai.trust.roles import Role

INVESTIGATORS = frozenset({Role.SUPERVISOR, Role.ENFORCEMENT_OFFICER})
AID_GROUNDS = [
    ("took_property", "收取财物或者向当事人要钱"),
    ("refused_aid", "应当受理、应当援助而不受理、不援助"),
    ("poor_service", "没有按标准提供服务，或者拖延、不尽责"),
    ("no_progress", "不告诉办理进展"),
    ("left_case", "无正当理由拒绝或者中途不办"),
    ("leaked", "泄露秘密或者个人隐私"),
    ("other", "其他违反法律援助规定的行为"),
]
NOTARY_GROUNDS = [
    ("refused", "无正当理由不予受理或者不予办理"),
    ("overdue", "超过法定期限没有出具公证书"),
    ("fee", "违反规定收费"),
    ("conduct", "公证员违反执业纪律、服务态度恶劣"),
    ("false", "出具与事实不符的公证书（行为方面）"),
    ("leaked", "泄露秘密或者个人隐私"),
    ("other", "其他违反公证执业规定的行为"),
]
APPRAISAL_GROUNDS = [
    ("out_of_scope", "超出登记的业务范围或者执业类别"),
    ("procedure", "违反司法鉴定程序"),
    ("refused", "无正当理由拒绝受理或者拖延鉴定"),
    ("fee", "违反规定收费"),
    ("private", "私自接受委托"),
    ("no_appearance", "经法院依法通知拒绝出庭作证"),
    ("false", "故意做虚假鉴定"),
    ("other", "其他违反司法鉴定管理规定的行为"),
]
AID_REFUSALS = [
    ("no_standing", "投诉人不是申请人、受援人或者利害关系人"),
    ("not_service", "投诉的不是法律援助服务"),
    ("objection", "对不予援助、终止援助决定不服，应当提出异议"),
    ("settled", "已经处理过，没有新的事实和证据"),
    ("in_court", "已经由法院、仲裁或者行政复议机关受理"),
    ("no_facts", "没有具体的事实，也没有补充"),
]
NOTARY_REFUSALS = [
    ("no_standing", "投诉人与公证事项没有利害关系"),
    ("content", "只对公证书的内容有争议，应当申请复查或者起诉"),
    ("settled", "已经处理过，没有新的事实和证据"),
    ("in_court", "已经由法院受理或者作出裁判"),
    ("not_service", "投诉的不是公证执业活动"),
    ("no_facts", "没有具体的事实，也没有补充"),
]
APPRAISAL_REFUSALS = [
    ("too_late", "超过三年的投诉时效"),
    ("settled", "已经处理过，没有新的事实和证据"),
    ("opinion", "只对鉴定意见有异议，或者只是不同意采信"),
    ("adopted", "鉴定意见已经被生效裁判采信"),
    ("standards", "投诉的是鉴定技术标准、规范或者管理制度"),
    ("not_service", "不属于司法鉴定执业活动投诉的范围"),
    ("no_standing", "投诉人与鉴定事项没有利害关系"),
]
TRANSFERS = [
    ("discipline", "涉嫌违纪，由纪检监察机关处理"),
    ("crime", "涉嫌犯罪，由公安机关或者检察机关处理"),
    ("other_organ", "由其他行政机关管辖"),
]
RECUSAL_REFUSALS = [
    ("no_ground", "没有应当回避的情形"),
    ("not_in_charge", "所说的人员没有参加本件投诉的调查"),
]
TERMINATIONS = [
    ("in_court", "同一事实已经由法院、检察院或者公安机关处理"),
    ("uncooperative", "投诉人拒绝配合，无法查清"),
    ("ended", "被投诉单位已经终止或者被投诉人已经死亡，无法继续"),
]
FINDING_WAYS = [("letter", "书面通知"), ("in_person", "当面告知"), ("online", "网上送达")]
DISCIPLINE_BODIES = [
    ("lawyers", "律师协会"),
    ("notaries", "公证协会"),
    ("appraisers", "司法鉴定协会"),
    ("employer", "所在单位"),
]


class Complain(forms.Form):
    """A complaint said aloud is filled in by whoever hears it."""

    target = OrganisationField(
        label="投诉哪家单位", max_length=120, help_text="写单位的全称；记不全的，写记得的几个字，有重名时会提醒您。"
    )
    person = PractitionerField(
        label="投诉的人员", required=False, max_length=60, help_text="姓名或执业证号；只投诉单位的不用填。"
    )
    about = forms.CharField(
        label="涉及的案件（案码）",
        required=False,
        max_length=24,
        help_text="在本平台办过的事填案码，不用再讲一遍；没有可以不填。",
    )
    story = long_text("发生了什么", least=10, most=5000, help_text="什么时间、谁、做了什么或者没做什么。")
    wish = long_text("您希望怎样处理", required=False)


class ComplainOfAid(Complain):
    field_order = ("target", "person", "ground", "about", "story", "wish")
    ground = choice("投诉的情形", AID_GROUNDS)


class ComplainOfNotary(Complain):
    field_order = ("target", "person", "ground", "about", "knew_on", "story", "wish")
    ground = choice("投诉的情形", NOTARY_GROUNDS)
    knew_on = day("什么时候知道的")


class ComplainOfAppraisal(Complain):
    field_order = ("target", "person", "ground", "about", "knew_on", "story", "wish")
    ground = choice("投诉的情形", APPRAISAL_GROUNDS)
    knew_on = day("什么时候知道的", help_text="知道或者应当知道权益受到侵害的那一天；三年内可以投诉。")


class Accept(forms.Form):
    note = long_text("受理意见", required=False)


class AcceptDated(Accept):
    filed_on = day("投诉提出的日期", help_text="邮寄的看邮戳，其他方式是收到的那一天；投诉时效按这一天看。")


class Refuse(forms.Form):
    explanation = long_text("理由说明", least=10, help_text="写清事实和依据，投诉人会看到。")


class RefuseAid(Refuse):
    field_order = ("reason", "explanation")
    reason = choice("不予受理的情形", AID_REFUSALS)


class RefuseNotary(Refuse):
    field_order = ("reason", "explanation")
    reason = choice("不予受理的情形", NOTARY_REFUSALS)


class RefuseAppraisal(Refuse):
    field_order = ("reason", "filed_on", "explanation")
    reason = choice("不予受理的情形", APPRAISAL_REFUSALS)
    filed_on = day("投诉提出的日期", help_text="邮寄的看邮戳，其他方式是收到的那一天。")


class Transfer(forms.Form):
    reason = choice("移送的情形", TRANSFERS)
    to = forms.CharField(label="移送给", max_length=200, help_text="写明机关名称、地址和电话。")
    explanation = long_text("说明")


class HandUp(forms.Form):
    body = OrganisationField(label="改由哪个司法行政机关办理", max_length=120)
    explanation = long_text("理由")


class Merge(forms.Form):
    main = forms.CharField(label="并入的投诉（案码）", max_length=24)
    explanation = long_text("理由")


class Assign(forms.Form):
    handler = HandlerField(label="调查人员", max_length=60, roles=INVESTIGATORS)


class Reassign(Assign):
    explanation = long_text("理由")


class Notify(forms.Form):
    content = long_text(
        "告知被投诉单位的内容", most=2000, help_text="只写要说明的事实，不写投诉人的姓名、电话和住址。"
    )
    by = day("请在哪天前说明情况")


class Defence(forms.Form):
    answer = long_text("被投诉单位的说明", most=5000)


class Inquiry(forms.Form):
    way = choice("方式", [("ask", "询问"), ("files", "查阅案卷"), ("visit", "现场检查"), ("expert", "征求专业意见")])
    record = long_text("情况记录", most=5000)


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几日",
        min_value=1,
        max_value=30,
        error_messages={"required": "请填写延长几日。", "max_value": "一次最多延长30日。"},
    )
    explanation = long_text("延长的理由")


class Report(forms.Form):
    findings = long_text("查明的事实", least=10, most=5000)
    proposal = long_text("处理建议", most=2000)


class Finding(forms.Form):
    facts = long_text("认定的事实", least=10, most=5000, help_text="答复书会原样引用；不写投诉人以外的个人隐私。")
    opinion = long_text("处理意见", least=5, most=2000)


class Correct(forms.Form):
    items = long_text("要改正的内容", help_text="每行一项。", most=2000)
    by = day("改正截止日")


class Measure(forms.Form):
    explanation = long_text("内容")


class Discipline(forms.Form):
    to = choice("建议谁处分", DISCIPLINE_BODIES)
    explanation = long_text("事实和建议")


class Outcome(forms.Form):
    result = long_text("落实情况", help_text="改正了什么、结果怎样；投诉人会看到。")


class Reply(forms.Form):
    told_on = day("告知被投诉方的日期")
    way = choice("告知被投诉方的方式", FINDING_WAYS)


class Terminate(forms.Form):
    reason = choice("终止的情形", TERMINATIONS)
    explanation = long_text("理由说明", least=10)


class RefuseRecusal(forms.Form):
    reason = choice("不同意回避的情形", RECUSAL_REFUSALS)
    explanation = long_text("理由")


LABELS: dict[str, dict[str, Any]] = {
    "complaint_legal_aid": {"grounds": dict(AID_GROUNDS), "refusals": dict(AID_REFUSALS)},
    "complaint_notary": {"grounds": dict(NOTARY_GROUNDS), "refusals": dict(NOTARY_REFUSALS)},
    "complaint_appraisal": {"grounds": dict(APPRAISAL_GROUNDS), "refusals": dict(APPRAISAL_REFUSALS)},
}
