"""What is filled in at each step of administrative enforcement. No form asks for an amount the discretion table does
not allow; names and numbers of people who are not the party are sealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from santai.casework.models import CaseParty
from santai.documents.models import ServiceWay
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import HandlerField, OrganisationField, PractitionerField, SealedNameField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text, yuan
from santai.procedures.forms.service import Served
from santai.procedures.rules.enforcement_discretion import FACTORS, Grade
from santai.procedures.rules.enforcement_discretion import choices as breaches

RECUSAL_REFUSALS = [
    ("no_interest", "执法人员与案件没有直接利害关系，也没有影响公正执法的其他关系"),
    ("untrue", "申请所说的情况不属实"),
]
STAGES = [
    ("start", "启动"),
    ("investigation", "调查取证"),
    ("review", "审核决定"),
    ("service", "送达"),
    ("execution", "执行"),
    ("filing", "归档"),
]
GRAVITY = [
    ("public_interest", "涉及重大公共利益"),
    ("rights", "直接关系当事人或者第三人重大权益"),
    ("complex", "案件情况疑难复杂、涉及多个法律关系"),
]
OTHER_OUTCOMES = [
    ("no_penalty", "不予行政处罚"),
    ("not_established", "违法事实不能成立"),
    ("judicial", "涉嫌犯罪，移送司法机关"),
]
NO_PENALTY_REASONS = [
    ("slight", "违法行为轻微并及时改正，没有造成危害后果（第三十三条第一款）"),
    ("first", "初次违法且危害后果轻微并及时改正（第三十三条第一款）"),
    ("no_fault", "有证据足以证明没有主观过错（第三十三条第二款）"),
    ("minor", "不满十四周岁的未成年人（第三十条）"),
    ("incapable", "不能辨认或者不能控制自己行为时有违法行为（第三十一条）"),
    ("time_barred", "超过追责期限未被发现（第三十六条）"),
]
DROP_REASONS = [
    ("dead", "当事人死亡，或者单位终止且没有权利义务承受人"),
    ("no_jurisdiction", "不属于本机关管辖，移送有管辖权的机关"),
    ("twice", "同一违法行为已经受过罚款，不得再罚"),
    ("mistaken", "立案依据的事实不存在"),
]
HEARING_REFUSALS = [
    ("late", "超过五个工作日才提出"),
    ("out_of_scope", "拟处罚的种类、数额不属于应当听证的范围"),
    ("absent", "无正当理由不出席或者中途退出，视为放弃"),
]
RETURN_REASONS = [
    ("facts", "事实不清、证据不足"),
    ("law", "适用法律、法规、规章错误"),
    ("procedure", "程序不合法，需要纠正"),
    ("discretion", "裁量不当"),
    ("jurisdiction", "超越本机关职权"),
]
REMEDIES = [("reconsideration", "行政复议"), ("lawsuit", "行政诉讼")]
REVOCATIONS = [
    ("reconsideration", "行政复议决定撤销"),
    ("court", "人民法院判决撤销"),
    ("unlawful", "被确认违法或者无效"),
    ("superior", "上级机关责令纠正"),
    ("own", "本机关自行纠正"),
]
INSTALMENT_REFUSALS = [("able", "有能力按期缴纳"), ("unproven", "没有说明或者证明经济困难")]
ENDINGS = [
    ("paid", "已全部履行"),
    ("dead_no_estate", "死亡或者终止，没有可供执行的财产"),
    ("court", "人民法院执行完毕"),
]
CERTIFICATE = "行政执法证号"
# No breach and no grade is chosen by leaving a list as it is.
NOT_CHOSEN = ("", "请选择")


class AssignOfficers(forms.Form):
    lead = HandlerField(label="主办执法人员", max_length=60, help_text="登录名或姓名。")
    lead_certificate = forms.CharField(label=f"主办人员{CERTIFICATE}", max_length=40)
    second = HandlerField(label="协办执法人员", max_length=60)
    second_certificate = forms.CharField(label=f"协办人员{CERTIFICATE}", max_length=40)
    note = long_text("更换的理由", required=False, help_text="更换执法人员时必须填写。")


class Recused(forms.Form):
    explanation = long_text("理由")


class RefuseRecusal(forms.Form):
    reason = choice("不同意的理由", RECUSAL_REFUSALS)
    explanation = long_text("说明", least=10)


class OnSite(forms.Form):
    done_on = day("日期")
    place = forms.CharField(label="地点", max_length=200)
    showed = confirmed("两名执法人员已出示行政执法证件")
    told_rights = confirmed("已告知当事人有权申请回避、陈述和申辩")
    found = long_text("检查（勘验）情况", most=4000)


class Listed(forms.Form):
    """Whom of the register the case is about: a penalty that touches a licence is written there."""

    licensee = PractitionerField(
        label="执业人员", required=False, max_length=60, help_text="当事人是个人的填写：执业证号或姓名。"
    )
    body = OrganisationField(label="执业机构", required=False, max_length=120, help_text="当事人是单位的填写：全称。")
    not_listed = forms.BooleanField(label="名册里没有当事人", required=False)


class Inquiry(forms.Form):
    done_on = day("日期")
    place = forms.CharField(label="地点或方式", max_length=200)
    who = SealedNameField(label="被询问人姓名", side=CaseParty.Side.WITNESS, max_length=60)
    showed = confirmed("两名执法人员已出示行政执法证件")
    told_rights = confirmed("已告知被询问人权利义务，笔录经核对签字")
    summary = long_text("询问要点", most=4000)


class Evidence(forms.Form):
    kind = choice(
        "证据种类",
        [
            ("documentary", "书证"),
            ("physical", "物证"),
            ("audio_visual", "视听资料"),
            ("electronic", "电子数据"),
            ("witness", "证人证言"),
            ("party", "当事人陈述"),
            ("appraisal", "鉴定意见"),
            ("site", "勘验笔录、现场笔录"),
        ],
    )
    source = long_text("来源和证明内容")


class KeepEvidence(forms.Form):
    items = long_text("先行登记保存的物品", help_text="名称、数量、特征，每行一项。", most=4000)
    place = forms.CharField(label="保存地点", max_length=200)
    ground = long_text("为什么要先行登记保存", help_text="证据可能灭失或者以后难以取得的情况。")


class ReleaseEvidence(forms.Form):
    outcome = choice(
        "处理决定", [("returned", "解除，退还"), ("copied", "复制、拍照后退还"), ("handed_over", "移交有关部门")]
    )
    explanation = long_text("处理情况")


class Recording(forms.Form):
    """行政处罚法第四十七条: what was recorded, with which device, from when to when, and why it stopped in between."""

    stage = choice("执法环节", STAGES)
    device = forms.CharField(label="记录设备编号", max_length=60)
    began_at = forms.DateTimeField(label="开始时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    ended_at = forms.DateTimeField(label="结束时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    interrupted = long_text("中断和恢复的说明", required=False, help_text="中途停止过记录的，写明时间和原因。")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        began, ended = given.get("began_at"), given.get("ended_at")
        if began and ended and ended <= began:
            raise ValidationError({"ended_at": "结束时间应当晚于开始时间，请核对。"})
        return given


class Extend(forms.Form):
    amount = forms.IntegerField(label="延长的日数", min_value=1, max_value=90)
    explanation = long_text("延长的理由")


class Penalty(forms.Form):
    """A penalty, proposed or decided. The table decides which amounts can be filled in."""

    facts = long_text("违法事实和证据", least=10, most=5000, help_text="当事人会在告知书、决定书里看到。")
    row = choice("违法行为（裁量基准）", [NOT_CHOSEN, *breaches()])
    grade = choice("情节", [NOT_CHOSEN, *Grade.choices])
    factors = forms.MultipleChoiceField(
        label="从轻、减轻、从重情节", choices=FACTORS, required=False, widget=forms.CheckboxSelectMultiple
    )
    warning = forms.BooleanField(label="警告", required=False)
    fine = yuan("罚款(元)", "不罚款的不填；可填的范围由裁量基准决定。")
    confiscate = yuan("没收违法所得(元)", "按查明的违法所得填写。")
    months = forms.IntegerField(label="停止执业（停业整顿）月数", required=False, min_value=1, max_value=60)
    revoke = forms.BooleanField(label="吊销执业证书（执业许可证）", required=False)


class Proposal(Penalty):
    gravity = forms.MultipleChoiceField(
        label="属于哪种重大、复杂情形",
        choices=GRAVITY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="选了任何一项，都要经过法制审核和集体讨论。",
    )


class OtherProposal(forms.Form):
    outcome = choice("处理意见", OTHER_OUTCOMES)
    facts = long_text("查明的事实和证据", least=10, most=5000)
    gravity = forms.MultipleChoiceField(
        label="属于哪种重大、复杂情形", choices=GRAVITY, required=False, widget=forms.CheckboxSelectMultiple
    )


class OnSpot(Penalty):
    showed = confirmed("两名执法人员已出示行政执法证件")
    heard = confirmed("已当场告知拟处罚的内容、理由和依据，并听取陈述、申辩")
    signature = choice("当事人签收", [("signed", "已签收"), ("refused", "拒绝签收，已在决定书上注明")])


class LeftBehind(Served):
    """留置送达: filmed, so it is a step of its own."""

    way = choice("送达方式", [(ServiceWay.LEFT.value, ServiceWay.LEFT.label)])


class Statement(forms.Form):
    text = long_text("陈述、申辩的意见", most=5000, help_text="事实、理由和证据，都可以写在这里。")


class AskHearing(forms.Form):
    text = long_text("为什么要求听证", required=False, most=2000)
    agent = forms.CharField(label="委托的代理人（一至二人）", required=False, max_length=60)


class Refusal(forms.Form):
    reason = choice("不组织听证的情形", HEARING_REFUSALS)
    explanation = long_text("理由说明", least=10)


class CallHearing(forms.Form):
    host = HandlerField(label="听证主持人", max_length=60, help_text="非本案调查人员。")
    held_on = day("听证日期", help_text="至少在七个工作日以前通知当事人。")
    place = forms.CharField(label="听证地点", max_length=200)
    is_closed = forms.BooleanField(label="不公开举行", required=False)
    closed_reason = choice(
        "不公开的情形",
        [("secret", "涉及国家秘密"), ("trade", "涉及商业秘密"), ("privacy", "涉及个人隐私")],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("is_closed") and not given.get("closed_reason"):
            raise ValidationError({"closed_reason": "听证应当公开举行；不公开的，请选择法定情形。"})
        return given


class HoldHearing(forms.Form):
    held_on = day("听证日期")
    attended = forms.BooleanField(label="当事人（代理人）到场", required=False)
    signed = confirmed("笔录已交当事人核对；拒绝签字的，已注明")
    opinion = long_text("听证主持人的意见", least=10, most=5000)


class Considered(forms.Form):
    opinion = long_text("对陈述、申辩的复核意见", least=10, most=5000, help_text="采纳了哪些，不采纳的为什么。")


class Reviewed(forms.Form):
    opinion = long_text("法制审核意见", least=10, most=5000)
    is_qualified = confirmed("本人已取得法律职业资格，或者依法不需要取得（行政处罚法第五十八条第二款）")


class ReturnForMore(forms.Form):
    reason = choice("退回的理由", RETURN_REASONS)
    explanation = long_text("需要补充或者纠正什么", least=10)


class Discussion(forms.Form):
    held_on = day("讨论日期")
    attendees = forms.CharField(label="参加讨论的负责人", max_length=300)
    conclusion = long_text("讨论结论", least=10, most=5000)


class Decision(Penalty):
    reasons = long_text("理由（包括对陈述、申辩的采纳情况）", least=10, most=5000)


class NoPenalty(forms.Form):
    reason = choice("不予处罚的情形", NO_PENALTY_REASONS)
    explanation = long_text("事实和理由", least=10, most=5000)
    educated = confirmed("已对当事人进行教育（行政处罚法第三十三条第三款）")


class NotEstablished(forms.Form):
    explanation = long_text("为什么违法事实不能成立", least=10, most=5000)


class ToJudicial(forms.Form):
    to = forms.CharField(label="移送给哪个机关", max_length=120)
    explanation = long_text("涉嫌犯罪的事实和依据", least=10, most=5000)


class FromJudicial(forms.Form):
    received_on = day("收到退回的日期")
    explanation = long_text("司法机关的处理结果")


class Drop(forms.Form):
    reason = choice("撤销立案的情形", DROP_REASONS)
    explanation = long_text("说明", least=10)


class AskInstalment(forms.Form):
    text = long_text("经济困难的情况，打算什么时候缴清", most=2000)


class GrantInstalment(forms.Form):
    by = day("缴清的最后一天")
    plan = long_text("分期或者延期的安排")


class RefuseInstalment(forms.Form):
    reason = choice("不同意的理由", INSTALMENT_REFUSALS)
    explanation = long_text("说明", least=10)


class Payment(forms.Form):
    amount = forms.DecimalField(label="缴款金额(元)", min_value=0, max_digits=10, decimal_places=2)
    paid_on = day("缴款日期")


class Performed(forms.Form):
    done_on = day("履行完毕的日期")
    ending = choice("履行情况", ENDINGS)
    explanation = long_text(
        "说明", required=False, help_text="停止执业、吊销等怎样落实；减免加处罚款的，写明执行协议。"
    )
    remitted = yuan("依执行协议减免的加处罚款(元)", "行政强制法第四十二条；不减免的不填。")


class ApplyToCourt(forms.Form):
    court = forms.CharField(label="人民法院", max_length=120)
    explanation = long_text("申请强制执行的理由")


class FileRemedy(forms.Form):
    kind = choice("当事人提起了什么", REMEDIES)
    filed_on = day("受理日期")
    body = forms.CharField(label="受理机关", max_length=120)


class RemedyEnded(forms.Form):
    received_on = day("收到结果的日期")
    explanation = long_text("结果", help_text="维持、驳回、撤回、调解等。")


class Revoke(forms.Form):
    ground = choice("撤销的原因", REVOCATIONS)
    received_on = day("收到（作出）撤销决定的日期", help_text="公示信息要在此后3个工作日内撤下。")
    document = forms.CharField(label="复议决定、判决书或者纠正决定的文号", max_length=80)
    public_reason = long_text("公开说明的理由", least=10, help_text="撤下公示信息时公开说明，请不要写个人信息。")


class Change(Penalty):
    ground = choice("变更的原因", REVOCATIONS)
    received_on = day("收到（作出）变更决定的日期")
    document = forms.CharField(label="复议决定、判决书或者变更决定的文号", max_length=80)
    public_reason = long_text("公开说明的理由", least=10)
    reasons = long_text("变更后的理由", least=10, most=5000)


class FileClosed(forms.Form):
    pages = forms.IntegerField(label="案卷页数", min_value=1, max_value=100000)
    term = choice("保管期限", [("short", "短期"), ("long", "长期"), ("permanent", "永久")])
