"""What is filled in for administrative review (行政复议), which is free of charge (行政复议法第八十七条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms import service
from santai.procedures.forms.arbitration import money, short_text
from santai.procedures.forms.days import day, moment
from santai.procedures.forms.fields import SealedNameField, SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

ACTS = [
    ("on_the_spot", "当场作出的行政处罚"),
    ("penalty", "其他行政处罚"),
    ("enforcement", "行政强制措施、强制执行"),
    ("licence", "行政许可"),
    ("resources", "自然资源所有权、使用权的决定"),
    ("taking", "征收、征用、补偿"),
    ("inaction", "不履行法定职责"),
    ("information", "政府信息公开"),
    ("injury", "工伤认定"),
    ("agreement", "行政协议"),
    ("other", "其他行政行为"),
]
# What must be reviewed before it may be taken to court (第二十三条).
REVIEW_FIRST = frozenset({"on_the_spot", "resources", "inaction", "information"})
SIMPLE_KINDS = [
    ("on_the_spot", "当场作出的行政行为"),
    ("warning", "警告、通报批评"),
    ("small", "款额三千元以下"),
    ("information", "政府信息公开案件"),
    ("agreed", "双方同意适用简易程序"),
]
SIMPLE_MOST_YUAN = 3000
DECLINE_REASONS = [
    ("no_respondent", "没有明确的申请人或者被申请人"),
    ("no_interest", "与行政行为没有利害关系"),
    ("no_request", "没有具体的复议请求和理由"),
    ("too_late", "超过法定的申请期限"),
    ("out_of_scope", "不属于行政复议范围"),
    ("not_here", "不属于本机关管辖"),
    ("repeated", "已就同一行为申请过复议，或者法院已经受理"),
]
SUSPEND_GROUNDS = [
    ("death", "申请人死亡，近亲属尚未确定是否参加"),
    ("incapable", "申请人丧失参加能力，尚未确定代理人"),
    ("unknown", "申请人下落不明"),
    ("ended", "法人终止，尚未确定权利义务承受人"),
    ("force_majeure", "不可抗力等正当理由不能参加"),
    ("settling", "正在调解、和解，申请人和被申请人同意中止"),
    ("law_question", "案件涉及法律适用问题，需要有权机关解释或确认"),
    ("other_case", "须以其他案件的审理结果为依据"),
    ("norm", "附带审查的规范性文件正在处理"),
    ("other", "其他需要中止的情形"),
]
TERMINATE_GROUNDS = [
    ("death", "申请人死亡，没有近亲属或者近亲属放弃"),
    ("no_successor", "法人终止，没有承受人或者承受人放弃"),
    ("crime", "因犯罪嫌疑，行政强制措施已变更为刑事强制措施"),
    ("no_progress", "因申请人原因中止满六十日，原因没有消除"),
]
RESULTS_FOR = [
    ("changed", "变更"),
    ("revoked", "撤销、部分撤销，或者责令重新作出"),
    ("unlawful", "确认违法"),
    ("invalid", "确认无效"),
    ("perform", "责令限期履行"),
    ("agreement", "责令依法订立、继续履行、采取补救措施或者赔偿"),
]
RESULTS_AGAINST = [("maintained", "维持"), ("rejected", "驳回行政复议请求")]
HEARD_WAYS = [("in_person", "当面"), ("phone", "电话"), ("online", "网上"), ("not_reached", "因当事人原因不能听取")]
NORM_RESULTS = [("lawful", "合法，继续适用"), ("stopped", "越权或者违反上位法，停止执行并责令改正")]
SIDES = [("applicant", "申请人"), ("respondent", "被申请人")]


class NoteDecision(forms.Form):
    known_on = day("什么时候知道这个行政行为", help_text="申请复议一般要在60日内，从知道的第二天起算。")
    act = choice("是什么行为", ACTS)


class Obstacle(forms.Form):
    explanation = long_text("什么原因耽误了申请", help_text="例如：自然灾害、疫情封控、重病住院。")


class Application(forms.Form):
    respondent = short_text("被申请人（哪个行政机关）", most=120)
    act = choice("对什么行为不服", ACTS)
    act_number = short_text("文书的编号", required=False, most=80)
    known_on = day("什么时候知道这个行政行为")
    act_on = day("行政行为的日期", required=False)
    told_remedy = forms.BooleanField(label="文书里写明了可以申请复议和期限", required=False)
    amount = money("涉及的金额(元)", help_text="罚款等的数额，没有的不填。")
    request = long_text("复议请求", least=5, most=3000)
    story = long_text("事实和理由", least=10, most=5000)
    norm = short_text("要一并审查的规范性文件", required=False, most=200, help_text="规章以下的文件，例如某局的通知。")
    third_party = SealedNameField(label="第三人", side=CaseParty.Side.THIRD, required=False)
    obstacle_from = day("因正当理由耽误的，障碍开始的日期", required=False)
    obstacle_until = day("障碍消除的日期", required=False)
    obstacle = long_text("耽误的原因", required=False)
    agrees_simple = forms.BooleanField(label="同意适用简易程序（30日内作出决定）", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begun, ended = given.get("obstacle_from"), given.get("obstacle_until")
        if bool(begun) != bool(ended):
            self.add_error("obstacle_until", "有耽误的，障碍开始和消除的日期都要填。")
        elif isinstance(begun, date) and isinstance(ended, date):
            if ended < begun:
                self.add_error("obstacle_until", "障碍消除的日期不能早于开始的日期。")
            if not given.get("obstacle"):
                self.add_error("obstacle", "请写明耽误的原因。")
        return given


class Accept(forms.Form):
    has_jurisdiction = confirmed("被申请人属于本级政府管辖，本机关有权复议")
    is_major = forms.BooleanField(label="案情重大、疑难、复杂，应当听证", required=False)
    late_excused = long_text("逾期但应当受理的理由", required=False, help_text="提示超过期限、经查有正当理由的才填写。")


class AcceptSimple(Accept):
    field_order = ("simple",)
    simple = choice("适用简易程序的情形", SIMPLE_KINDS)


class DeemedAccepted(forms.Form):
    accepted_on = day("审查期限届满的日期", help_text="从这一天起视为受理，审理期限从第二天起算。")


class Decline(forms.Form):
    reason = choice("不予受理的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)


class HandOver(forms.Form):
    organ = short_text("应当由哪个行政复议机关办理", most=120)
    sent_at = moment("转送时间")
    explanation = long_text("说明")


class OrganReceived(forms.Form):
    received_at = moment("对方收到的时间", help_text="复议审查的期限从对方收到的第二天起算。")
    number = short_text("收件编号", required=False, most=80)


class OrganAnswers(forms.Form):
    answered_on = day("对方决定的日期")
    outcome = choice("对方的处理", [("accepted", "已受理"), ("declined", "不予受理")])
    explanation = long_text("说明", required=False)


class ExplainRuling(forms.Form):
    kind = choice(
        "什么争议",
        [
            ("resources", "自然资源权属争议"),
            ("intellectual", "知识产权侵权纠纷"),
            ("procurement", "政府采购争议"),
            ("compensation", "补偿争议"),
            ("other", "法律规定由行政机关裁决的其他民事纠纷"),
        ],
    )
    body = short_text("由哪个行政机关裁决", most=120)
    deadline = short_text("申请的期限", required=False, most=120, help_text="不同领域的期限不同，查清后填写。")
    explanation = long_text("说明", least=10)


class Served(service.Served):
    served_on = day("收到文书的日期", help_text="签收日、邮寄回执上的日期或者电子文书到达的日期；期限从第二天起算。")


class ServedOnBoth(service.ServedOnBoth):
    served_on = day("双方都收到的日期", help_text="以后收到的一方为准。")


class ServedOnRespondent(service.ServedOnOther):
    served_on = day("被申请人收到的日期", help_text="签收日、邮寄回执上的日期或者电子文书到达的日期。")


class AgencyAnswer(forms.Form):
    answered_on = day("收到答复和证据的日期")
    summary = long_text("答复要点", least=5, most=5000)


class HearOpinions(forms.Form):
    heard_on = day("听取意见的日期")
    side = choice("听取谁的意见", SIDES)
    way = choice("怎样听取", HEARD_WAYS)
    summary = long_text("意见要点", least=5, most=5000)


class SetHearing(forms.Form):
    hearing_on = day("听证日期")
    hour = short_text("时间", most=20, help_text="例如：上午9:00。")
    place = short_text("地点或网址", most=120)
    topic = long_text("听证事项", least=5)


class HeldHearing(forms.Form):
    held_on = day("听证日期")
    applicant_absent = forms.BooleanField(label="申请人无正当理由没有参加（视为放弃听证权利）", required=False)
    summary = long_text("听证情况", least=5, most=5000)


class Suspend(forms.Form):
    ground = choice("中止的情形", SUSPEND_GROUNDS)
    explanation = long_text("理由", least=10)


class Terminate(forms.Form):
    ground = choice("终止的情形", TERMINATE_GROUNDS)
    explanation = long_text("理由", least=10)


class AskNormReview(forms.Form):
    norm = short_text("要审查的规范性文件", most=200)
    explanation = long_text("为什么认为不合法", least=10)


class TransferNorm(forms.Form):
    organ = short_text("转送给哪个机关", most=120)
    sent_on = day("转送日期")


class NormHandled(forms.Form):
    result = choice("处理结论", NORM_RESULTS)
    handled_on = day("处理完成的日期")
    explanation = long_text("说明", least=10)


class Settle(forms.Form):
    text = long_text("协议内容", least=10, most=5000)
    is_voluntary = confirmed("双方自愿，不违反法律规定，不损害国家、公共利益和他人权益")


class Propose(forms.Form):
    opinion = long_text("审查意见", least=20, most=10_000)
    heard_or_written = confirmed("普通程序已听取当事人意见；因当事人原因不能听取的，已记录并依法书面审理")


class DecideFor(forms.Form):
    result = choice("复议决定", RESULTS_FOR)
    reasons = long_text("查明的事实和理由", least=20, most=10_000)
    decision = long_text("决定的内容", least=10, most=5000, help_text="逐项写明履行的内容和期限；当事人会原样看到。")


class DecideAgainst(DecideFor):
    result = choice("复议决定", RESULTS_AGAINST)


class Dismiss(forms.Form):
    reasons = long_text("查明的事实和理由", least=20, most=10_000, help_text="写清受理以后为什么不符合受理条件。")
    decision = long_text("决定的内容", least=10, most=5000)


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几日",
        min_value=1,
        max_value=30,
        error_messages={"required": "请填写延长几日。", "max_value": "最多延长30日。", "invalid": "请填整数。"},
    )
    explanation = long_text("情况复杂、需要延长的理由", least=10)


class ToOrdinary(forms.Form):
    accepted_on = day("受理的日期", help_text="审理期限从受理之日起算，不从转为普通程序之日起算。")
    explanation = long_text("理由", least=10)


class AskWithdraw(forms.Form):
    explanation = long_text("撤回的理由")
    is_voluntary = confirmed("我自愿撤回，知道一般不能再以同一事实和理由申请复议")


class Suit(forms.Form):
    court = short_text("人民法院", most=120)
    filed_on = day("起诉的日期")


class NotPerformed(forms.Form):
    explanation = long_text("被申请人没有履行什么", least=10)
    contact = SealedTextField(label="怎么联系您", max_length=120, required=False)


class Urged(forms.Form):
    by = day("责令履行的最后期限")
    explanation = long_text("责令履行的内容", least=10)
