"""What is filled in at each step of people's mediation."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import OrganisationField, PractitionerField, SealedNameField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.registry.models import Practitioner

ORIGINS = [
    ("application", "当事人申请"),
    ("own_initiative", "调解委员会主动调解"),
    ("court_delegated", "人民法院委派（立案前）"),
    ("court_entrusted", "人民法院委托（立案后，普通程序）"),
    ("court_entrusted_summary", "人民法院委托（立案后，简易程序）"),
    ("police", "公安机关移交"),
    ("petition", "信访部门移交"),
    ("government", "其他机关或组织移交"),
]
COURT = frozenset({"court_delegated", "court_entrusted", "court_entrusted_summary"})
HANDED_OVER = COURT | {"police", "petition", "government"}
DISPUTES = [
    ("neighbour", "邻里"),
    ("family", "婚姻家庭"),
    ("inheritance", "继承"),
    ("housing", "房屋、宅基地"),
    ("land", "土地承包、山林"),
    ("contract", "合同、借款"),
    ("labour", "劳动争议"),
    ("damage", "损害赔偿"),
    ("traffic", "道路交通事故"),
    ("medical", "医疗纠纷"),
    ("property", "物业"),
    ("consumer", "消费"),
    ("other", "其他民间纠纷"),
]
# 人民调解工作若干规定 22 (条号待核) and what petition offices keep for themselves: nobody mediates these.
UNSUITABLE = [
    ("administrative", "对行政机关的行为不服"),
    ("litigation", "已经由法院、仲裁、行政复议机关受理，又没有委托调解"),
    ("security", "违反治安管理或者涉嫌犯罪，应当由公安、检察机关处理"),
    ("reserved", "法律规定由专门机关管辖处理，或者禁止调解"),
]
# Disputes for which there are industry and professional committees (行业性、专业性), by a word of their name.
TRADES = {"labour": "劳动", "medical": "医", "traffic": "交通", "property": "物业", "consumer": "消费"}
REPLIES = [("agrees", "同意调解"), ("refuses", "明确拒绝调解"), ("unreachable", "多次联系不上")]
SIDES = [("applicant", "申请的一方"), ("other", "对方")]
DECLINE_REASONS = [
    ("reserved", "法律规定由专门机关管辖处理，或者禁止调解"),
    ("not_civil", "不是民事纠纷（行政、刑事、治安管理等）"),
    ("pending", "已由法院、仲裁或行政机关受理，且没有委托调解"),
    ("refused", "一方当事人明确拒绝调解"),
    ("unreachable", "联系不上对方当事人"),
    ("no_standing", "申请人不是纠纷的当事人"),
    ("elsewhere", "应由其他调解组织调解"),
]
END_GROUNDS = [
    ("withdrawn", "当事人要求终止或者撤回申请"),
    ("refused", "当事人拒绝继续调解"),
    ("unreachable", "联系不上当事人，或者当事人多次不到场"),
    ("gap", "双方分歧太大，难以达成协议"),
    ("expired", "调解期限届满，没有达成协议"),
    ("no_signature", "达成协议后拒绝签字"),
    ("false", "涉嫌虚假调解，或者损害国家、集体、他人利益"),
    ("other", "其他不能继续调解的情形"),
]
HELPERS = [
    ("relative", "亲属"),
    ("neighbour", "邻居"),
    ("colleague", "同事"),
    ("expert", "有专门知识的人"),
    ("experienced", "有特定经验的人"),
    ("organisation", "有关社会组织的人员"),
]
WAYS = [("in_person", "当面"), ("phone", "电话"), ("online", "网上"), ("visit", "上门"), ("letter", "书面")]
UNPERFORMED = [("not_performed", "到期没有履行或者没有全部履行"), ("disputed", "对协议的内容或者履行有争议")]


class Dispute(forms.Form):
    dispute = choice("纠纷类型", DISPUTES)
    other_name = SealedNameField(
        label="对方姓名或名称",
        side=CaseParty.Side.OTHER,
        contact="other_contact",
        help_text="对方不止一位的，都写上，中间用顿号隔开。",
    )
    other_contact = SealedTextField(
        label="怎么联系对方", max_length=120, required=False, help_text="电话或住址，不知道可以不填。"
    )
    story = long_text("事情经过", least=10, most=5000, help_text="什么时候、在哪里、发生了什么。")
    request = long_text("您希望怎么解决", most=2000)


class Registration(Dispute):
    """Police and petition offices hand over civil disputes only (公安机关办理行政案件程序规定 178; 信访工作条例 31)."""

    field_order = ("origin", "sender", "applicant_agrees")
    origin = choice("纠纷从哪里来", ORIGINS)
    sender = forms.CharField(
        label="委派、委托或移交的单位", max_length=120, required=False, help_text="结果要函复给这个单位。"
    )
    applicant_agrees = forms.BooleanField(label="申请的一方同意调解", required=False)
    unsuitable = forms.MultipleChoiceField(
        label="纠纷里有没有下面的情形",
        choices=UNSUITABLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有就都不选；有其中一项的，登记后办理“不予受理”，并函复移交的单位。",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("origin") in HANDED_OVER and not given.get("sender"):
            self.add_error("sender", "请写明是哪个单位委派、委托或移交的。")
        return given


class HandToCommittee(forms.Form):
    committee = OrganisationField(
        label="改由哪个调解委员会调解", max_length=120, help_text="行业性、专业性纠纷可以请行业性、专业性调委会调解。"
    )
    explanation = long_text("理由")


class AskOtherSide(forms.Form):
    way = choice("征询方式", WAYS)
    asked_on = day("征询日期")
    note = long_text("征询情况", required=False)


class Reply(forms.Form):
    side = choice("哪一方", SIDES, help_text="以最后一次答复为准。")
    reply = choice("答复", REPLIES)
    replied_on = day("答复日期")
    note = long_text("答复情况", required=False)


class Accept(forms.Form):
    fresh_consent = long_text(
        "重新同意调解的情况", required=False, help_text="双方以前拒绝过调解的，写明何时、怎样重新表示同意。"
    )


class AcceptLabour(Accept):
    applied_on = day("收到调解申请的日期", help_text="15日从第二天起算；15日内没有达成协议的，可以申请仲裁。")


class AcceptFromCourt(Accept):
    received_on = day("签收法院材料的日期", help_text="在线调解的，填在平台上确认接受的日期；期限从第二天起算。")
    case_number = forms.CharField(label="法院案号", max_length=60, required=False)
    is_online = forms.BooleanField(label="在人民法院调解平台上在线调解", required=False)


class Decline(forms.Form):
    reason = choice("不受理的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10, help_text="申请人会原样看到。")
    route = forms.CharField(
        label="可以找哪里", max_length=300, min_length=4, help_text="写明可以找的机关、法院或组织，最好有地址和电话。"
    )


class ChooseMediator(forms.Form):
    practitioner = PractitionerField(
        label="希望由谁调解", max_length=60, colleague=Practitioner.Kind.MEDIATOR, help_text="本调委会的调解员。"
    )
    both_wish = confirmed("对方也同意由这位调解员调解")


class NameMediator(forms.Form):
    practitioner = PractitionerField(label="调解员", max_length=60, colleague=Practitioner.Kind.MEDIATOR)
    others = forms.CharField(label="一同调解的其他调解员", max_length=120, required=False)
    not_involved = confirmed("已问明：调解员不是当事人或其近亲属，与纠纷没有利害关系")
    why_other = long_text("没有选用双方选定的调解员的原因", required=False)
    no_conflict = long_text(
        "同名但不是同一人、或者双方同意由其调解的说明",
        required=False,
        help_text="提示应当回避时填写怎样核实、怎样同意。",
    )


class ReplaceMediator(NameMediator):
    explanation = long_text("更换的原因", help_text="如应当回避、当事人要求更换、因故不能继续调解。")


class Rights(forms.Form):
    told_on = day("告知日期")
    way = choice("告知方式", [("speech", "口头告知，记入笔录"), ("writing", "书面告知，双方签收")])
    told_applicant = confirmed("已告知申请的一方")
    told_other = confirmed("已告知对方")


class Session(forms.Form):
    held_on = day("调解日期")
    way = choice("调解方式", WAYS)
    place = forms.CharField(label="地点", max_length=120, required=False)
    present = SealedTextField(label="到场的人", max_length=300)
    record = long_text("调解情况", least=10, most=5000, help_text="双方说了什么、同意什么、还差什么。")
    next_on = day("下次调解的日期", required=False)


class Investigation(forms.Form):
    done_on = day("调查日期")
    way = choice("调查方式", WAYS)
    asked = SealedTextField(label="向谁了解", max_length=200)
    finding = long_text("查明了什么", least=10, most=5000)


class Join(forms.Form):
    name = forms.CharField(label="请谁参加", max_length=120)
    relation = choice("身份", HELPERS)
    applicant_agrees = confirmed("申请的一方同意")
    other_agrees = confirmed("对方同意")


class Alarm(forms.Form):
    danger = long_text("可能发生什么", help_text="谁可能对谁做什么，有没有凶器，有没有人需要保护。")
    measures = long_text("已采取的预防措施", help_text="如分开双方、请亲属和村（居）干部到场。")


class PoliceReport(forms.Form):
    station = forms.CharField(label="报告的公安机关", max_length=120)
    way = choice("报告方式", [("110", "拨打110"), ("phone", "打电话给派出所"), ("in_person", "当面")])
    answer = long_text("公安机关的答复和处置", required=False)


class Extension(forms.Form):
    applicant_agrees = confirmed("申请的一方同意延长")
    other_agrees = confirmed("对方同意延长")
    reason = long_text("延长的理由")


class ExtendMonths(Extension):
    field_order = ("amount",)
    amount = forms.IntegerField(label="延长几个月", min_value=1, max_value=3)


class ExtendDays(Extension):
    field_order = ("amount",)
    amount = forms.IntegerField(label="延长几日", min_value=1, max_value=30)


class Appraisal(forms.Form):
    what = long_text("鉴定或评估什么")
    by = forms.CharField(label="鉴定或评估机构", max_length=120)


class Draft(forms.Form):
    """What a written agreement says (人民调解法第二十九条)."""

    facts = long_text("纠纷的主要事实、争议事项和各方责任", least=10, most=5000)
    terms = long_text("协议内容", least=10, most=5000, help_text="谁在什么时候、什么地方、用什么方式做什么。")


class TakeEffect(forms.Form):
    """An agreement is effective when the last of the signatures and the seal is on it."""

    applicant_signed_on = day("申请的一方签字、盖章或按手印的日期", required=False)
    other_signed_on = day("对方签字、盖章或按手印的日期", required=False)
    by_agent = forms.BooleanField(label="有一方由代理人签字", required=False)
    mediator_signed_on = day("调解员签字的日期", required=False)
    sealed_on = day("加盖调解委员会印章的日期", required=False)
    due_on = day("最近一期履行的最后一天", help_text="当场履行的填今天；分期的填最近一期。")
    effective_on = forms.DateField(
        label="协议生效日", required=False, disabled=True, help_text="就是最后一个签字或盖章的日期，不用填写。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        marks = [given.get(name) for name in SIGNATURES]
        given["effective_on"] = max((mark for mark in marks if mark), default=None)
        return given


SIGNATURES = ("applicant_signed_on", "other_signed_on", "mediator_signed_on", "sealed_on")


class PutInWriting(Draft, TakeEffect):
    field_order = ("facts", "terms")


class Oral(Draft):
    agreed_on = day("达成协议的日期", help_text="口头协议从这一天起生效。")
    no_writing_wanted = confirmed("双方都认为不需要写成书面协议")
    due_on = day("最近一期履行的最后一天", help_text="当场履行的填今天。")


class Terminate(forms.Form):
    ground = choice("终止的情形", END_GROUNDS)
    explanation = long_text("情况说明", least=10, help_text="当事人会在通知书里看到。")


class Stop(forms.Form):
    explanation = long_text("不想继续调解的原因", required=False, help_text="可以不写。")


class FollowUp(forms.Form):
    visited_on = day("回访日期")
    way = choice("回访方式", WAYS)
    finding = long_text("履行情况")
    due_on = day("下一次要看履行情况的日期", help_text="最近一期履行的最后一天。")


class Performed(forms.Form):
    performed_on = day("履行完毕的日期")
    finding = long_text("怎么履行的", help_text="有收条、转账凭证的，请一起上传。")


class NotPerformed(forms.Form):
    reason = choice("情形", UNPERFORMED)
    owed = long_text("还差什么没有履行")
    urged_on = day("督促履行的日期")


class SenderReply(forms.Form):
    result = long_text("调解结果和需要说明的情况", least=10)
    papers_back = forms.BooleanField(label="一并退回法院移送的材料", required=False)


class ConfirmationEnded(forms.Form):
    ending = forms.CharField(label="司法确认的结果", max_length=200)
    child = forms.CharField(label="司法确认案码", max_length=24)


class Archive(forms.Form):
    pages = forms.IntegerField(label="案卷页数", min_value=1, max_value=9999)
    keep_years = forms.TypedChoiceField(
        label="保管期限", coerce=int, choices=[(10, "10年"), (30, "30年"), (0, "永久")], initial=10
    )
    note = long_text("卷宗情况说明", required=False)
