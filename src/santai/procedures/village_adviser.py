"""Legal advisers of villages and communities (村（居）法律顾问): proposal, three signatures, service, renewal or exit.

Basis: 国务院办公厅、司法部关于村（居）法律顾问的规划与意见；山东省公共法律服务条例第十九条 (duties, free of charge). No
national act sets times; every limit here is a setting of the province, and so are the least number of visits a month
and the largest number of villages one adviser may serve (village.* among the parameters).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, months, workdays, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import village_adviser as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import village_adviser as rules
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待提出"
    PROPOSED = "proposed", "待选派顾问"
    NOMINATED = "nominated", "待村里同意"
    SIGNING = "signing", "待三方签约"
    IN_FORCE = "in_force", "服务中"
    RENEWING = "renewing", "续签中，原合同继续"
    REPLACING = "replacing", "更换顾问审查中"
    EXITING = "exiting", "解除合同审查中"
    TERM_OVER = "term_over", "已到期，待续签"
    CLOSED = "closed", "期满结束"
    ENDED = "ended", "提前解除"
    DECLINED = "declined", "不予选派"
    WITHDRAWN = "withdrawn", "已撤回"


BUREAU = frozenset({Role.SUPERVISOR, Role.BUREAU_HEAD})
ADVISER = frozenset({Role.VILLAGE_ADVISER, Role.LAWYER})
TIMER = BUREAU | {Role.SYSTEM}

BEFORE_CONTRACT = frozenset({S.PREPARING, S.PROPOSED, S.NOMINATED, S.SIGNING})
SERVING = frozenset({S.IN_FORCE, S.RENEWING, S.REPLACING, S.EXITING})
SIGNATURES = frozenset({S.SIGNING, S.RENEWING})
CONTRACT = SERVING | {S.TERM_OVER}
CLOSED = frozenset({S.CLOSED, S.ENDED, S.DECLINED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICE = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER
U = Confidence.U

# fmt: off
PROCEDURE = Procedure(
    label="村（居）法律顾问合同",
    kind="40",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2018, 6, 1),
    basis="司法部关于进一步加强和规范村（居）法律顾问工作的意见（2018年，条号待核）；本省规定",
    body=OrganisationKind.BUREAU,
    applied_for="请村（居）法律顾问",
    opened_by=FRONT_LINE | {Role.SUPERVISOR},
    answered=SERVING | {S.TERM_OVER},
    says_opening="村（居）民委员会可以请一位法律顾问，服务免费。请填写需求，由司法行政机关推荐合适的人选。",
    stages={
        "提出": frozenset({S.PREPARING, S.PROPOSED, S.DECLINED, S.WITHDRAWN}),
        "选派": frozenset({S.NOMINATED}),
        "签约": frozenset({S.SIGNING}),
        "服务": SERVING,
        "结束": frozenset({S.TERM_OVER, S.CLOSED, S.ENDED}),
    },
    steps=(
        # --- 提出与选派
        Step("propose", "提出聘请法律顾问", S.PREPARING, S.PROPOSED, PERSON | BUREAU, form=forms.Proposal,
             guard=rules.committee_asks, changes=rules.keep_proposal, tells=APPLICANT | OFFICE,
             says="聘请法律顾问的申请已收到，司法行政机关会在15个工作日内推荐人选。"),
        Step("decline", "不予选派", S.PROPOSED, S.DECLINED, BUREAU, form=forms.Decline, changes=rules.keep_decline,
             letter="village_adviser_declined", tells=APPLICANT,
             says="这次没有选派法律顾问：{explanation} 您可以：{route}"),
        Step("withdraw", "撤回", BEFORE_CONTRACT, S.WITHDRAWN, PERSON, form=Note, tells=APPLICANT | OFFICE,
             says="聘请法律顾问的申请已撤回；需要时可以重新提出。"),
        Step("not_proposed", "未提出，关闭", S.PREPARING, S.WITHDRAWN, BUREAU, form=Explain, tells=APPLICANT,
             says="还没有收到聘请法律顾问的申请，这件事先关闭：{explanation} 以后可以随时提出。"),
        Step("nominate", "推荐法律顾问", S.PROPOSED, S.NOMINATED, BUREAU, form=forms.Nominate,
             guard=rules.may_be_adviser, changes=rules.keep_adviser, tells=BOTH,
             says="推荐{practitioner}（{facts[adviser][firm]}，{facts[adviser][kind]}）担任法律顾问，请村（居）民委员会"
             "研究是否同意。{explanation}"),
        Step("agree_adviser", "同意推荐的人选", S.NOMINATED, S.SIGNING, PERSON, form=forms.Agree, tells=BOTH | OFFICE,
             says="村（居）民委员会同意推荐的人选，接下来由三方签约。"),
        Step("refuse_adviser", "不同意推荐的人选", S.NOMINATED, S.PROPOSED, PERSON, form=forms.Refuse,
             changes=rules.forget_adviser, tells=APPLICANT | OFFICE,
             says="村（居）民委员会不同意推荐的人选：{explanation} 司法行政机关会另行推荐。"),
        # --- 签约
        Step("sign_village", "村（居）民委员会签字", SIGNATURES, None, PERSON, form=forms.Sign,
             when=rules.not_signed_yet, guard=rules.signed_by_now, tells=BOTH, says="村（居）民委员会已签字。"),
        Step("sign_firm", "法律顾问所在机构签字", SIGNATURES, None, ADVISER | BUREAU, form=forms.Sign,
             when=rules.not_signed_yet, guard=rules.signed_by_now, tells=BOTH, says="法律顾问所在机构已签字。"),
        Step("conclude", "司法行政机关签字，合同生效", SIGNATURES, S.IN_FORCE, BUREAU,
             needs=frozenset({Doc.SERVICE_CONTRACT}), form=forms.Conclude, guard=rules.all_have_signed,
             changes=rules.keep_contract, letter="village_contract", tells=BOTH,
             says="三方已签约，由{handler}担任法律顾问，服务免费。起止日期和约定的服务，请看聘用通知书。"),
        # --- 服务、异议
        Step("log_visit", "登记服务", CONTRACT, None, ADVISER, takes=frozenset({Doc.SERVICE_LOG}), form=forms.Visit,
             guard=rules.may_log, tells=APPLICANT, says="法律顾问登记了一次服务：{visited_on}，{place}。{topic}"),
        Step("dispute_visit", "对服务记录提出异议", CONTRACT, None, PERSON, form=forms.DisputeVisit,
             when=rules.no_dispute_pending, guard=rules.visit_is_on_record, tells=BOTH | OFFICE,
             says="您说{visited_on}的服务记录不属实，司法行政机关会核实：{explanation}"),
        Step("strike_visit", "记录不属实，剔除", CONTRACT, None, BUREAU, form=forms.Settle,
             when=rules.visit_is_disputed, tells=BOTH, says="核实以后，这次服务记录不计入：{explanation}"),
        Step("keep_visit", "记录属实，保留", CONTRACT, None, BUREAU, form=forms.Settle, when=rules.visit_is_disputed,
             tells=BOTH, says="核实以后，这次服务记录属实：{explanation}"),
        # --- 每月服务量
        Step("mark_met", "本月达到约定服务量", CONTRACT, None, TIMER, when=rules.month_was_met,
             changes=rules.keep_month, says="上个统计月的服务达到了约定的次数和时间。", daily=True),
        Step("mark_missed", "本月未达到约定服务量", CONTRACT, None, TIMER, when=rules.month_was_missed,
             changes=rules.keep_month, letter="village_duty_missed", tells=BOTH | OFFICE, daily=True,
             says="上个统计月的服务没有达到约定的次数或时间，已经记录并提醒法律顾问补上。"),
        Step("explain_missed", "说明未达标的原因", CONTRACT, None, ADVISER, form=forms.MonthReason,
             when=rules.some_month_was_missed, guard=rules.month_is_missed, tells=APPLICANT | OFFICE,
             says="法律顾问说明：{explanation}"),
        Step("excuse_missed", "原因成立，免予计入", CONTRACT, None, BUREAU, form=forms.MonthReason,
             when=rules.some_month_was_missed, guard=rules.month_is_missed, changes=rules.excuse_month, tells=BOTH,
             says="{month}没有达标的原因成立，不计入考核：{explanation}"),
        # --- 评价、考核
        Step("evaluate", "季度评价：满意", CONTRACT, None, PERSON, form=forms.Evaluate, guard=rules.quarter_is_over,
             changes=rules.keep_evaluation, tells=HANDLER, says="谢谢您的评价。"),
        Step("evaluate_poor", "季度评价：不满意", CONTRACT, None, PERSON, form=forms.EvaluatePoor,
             guard=rules.quarter_is_over, changes=rules.keep_evaluation, tells=HANDLER | OFFICE,
             says="您的不满意已经记下，司法行政机关会回访：{comment}"),
        Step("follow_up", "回访不满意的评价", CONTRACT, None, BUREAU, form=forms.Settle, when=rules.poor_waits,
             tells=BOTH, says="已就您的不满意回访：{explanation}"),
        Step("assess", "年度考核", CONTRACT, None, BUREAU, form=forms.Assess, guard=rules.may_be_assessed,
             changes=rules.keep_assessment, letter="village_assessment", tells=BOTH,
             says="{year}年度考核已完成：{opinion}"),
        # --- 更换
        Step("ask_replacement", "要求更换法律顾问", S.IN_FORCE, S.REPLACING, PERSON | ADVISER,
             form=forms.AskReplacement, either=True, tells=BOTH | OFFICE,
             says="更换法律顾问的要求已收到：{explanation}"),
        Step("replace", "更换法律顾问", frozenset({S.IN_FORCE, S.REPLACING}), S.IN_FORCE, BUREAU, form=forms.Replace,
             guard=rules.may_be_adviser, changes=rules.keep_adviser, letter="village_adviser_replaced", tells=BOTH,
             says="法律顾问已改由{practitioner}担任，前面的事项已经交接。"),
        Step("keep_adviser", "不予更换", S.REPLACING, S.IN_FORCE, BUREAU, form=forms.Settle,
             letter="village_adviser_kept", tells=BOTH, says="没有更换法律顾问：{explanation}"),
        # --- 解除
        Step("ask_exit", "要求解除合同", S.IN_FORCE, S.EXITING, PERSON | ADVISER, form=forms.AskExit,
             either=True, tells=BOTH | OFFICE, says="解除合同的要求已收到，司法行政机关会核实：{explanation}"),
        Step("end", "解除合同", SERVING, S.ENDED, BUREAU, form=forms.End, guard=rules.may_end,
             changes=rules.keep_ending, letter="village_contract_ended", tells=BOTH,
             says="法律顾问合同自{ended_on}起解除：{explanation}"),
        Step("refuse_exit", "不予解除", S.EXITING, S.IN_FORCE, BUREAU, form=forms.Settle,
             letter="village_exit_refused", tells=BOTH, says="没有解除合同：{explanation}"),
        # --- 续签、期满
        Step("remind_renewal", "提醒续签", SERVING, None, TIMER, when=rules.term_ends_soon,
             changes=rules.keep_reminded, tells=BOTH | OFFICE, daily=True,
             says="法律顾问合同快到期了。想继续请这位法律顾问的，请办理续签。"),
        Step("renew", "续签", frozenset({S.IN_FORCE, S.TERM_OVER}), S.RENEWING, PERSON | BUREAU, form=forms.Agree,
             when=rules.may_renew, tells=BOTH | OFFICE, says="同意续签，接下来由三方签字；签好以前原合同照常履行。"),
        Step("give_up_renewal", "不再续签", S.RENEWING, S.IN_FORCE, PERSON | BUREAU, form=forms.Refuse,
             tells=BOTH | OFFICE, says="不再续签：{explanation} 原合同履行到期满为止。"),
        Step("expire", "合同到期", SERVING - {S.RENEWING}, S.TERM_OVER, TIMER, when=rules.term_is_over,
             tells=BOTH | OFFICE, says="法律顾问合同已到期。想续签的，请在30日内办理。", daily=True),
        Step("close", "期满不再续签", S.TERM_OVER, S.CLOSED, TIMER, when=rules.renewal_window_is_over, tells=BOTH,
             says="合同到期后没有续签，这份合同结束。需要时可以重新聘请。"),
    ),
    clocks=(
        Clock("proposal", "提醒提出申请", days(30), "转入后30日内提醒（默认值）", id="VA00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("nomination", "推荐人选", workdays(15), "本省规定（日数为默认值）", id="VA01",
              runs_from=frozenset({S.PROPOSED}), until=ANY - {S.PROPOSED}, restarts=True, confidence=U),
        Clock("village_answer", "村里答复是否同意", days(15), "本省规定（日数为默认值）", id="VA02",
              runs_from=frozenset({S.NOMINATED}), until=ANY - {S.NOMINATED}, restarts=True, confidence=U),
        Clock("signing", "三方签约", days(30), "本省规定（日数为默认值）", id="VA03", runs_from=SIGNATURES,
              until=ANY - SIGNATURES, restarts=True, confidence=U),
        Clock("evaluation", "村里作季度评价", months(3), "本省规定（每季度一次，起算方法为默认值）", id="VA04",
              runs_from_steps=frozenset({"conclude", "evaluate", "evaluate_poor"}), until=ANY - SERVING,
              restarts=True, confidence=U),
        Clock("follow_up", "回访不满意的评价", workdays(5), "本省规定（日数为默认值）", id="VA05",
              runs_from_steps=frozenset({"evaluate_poor"}), until_steps=frozenset({"follow_up"}),
              until=ANY - CONTRACT, restarts=True, confidence=U),
        Clock("dispute", "核实服务记录", workdays(10), "本省规定（日数为默认值）", id="VA06",
              runs_from_steps=frozenset({"dispute_visit"}), until_steps=frozenset({"strike_visit", "keep_visit"}),
              until=ANY - CONTRACT, restarts=True, confidence=U),
        Clock("replacement", "答复更换要求", workdays(10), "本省规定（日数为默认值）", id="VA07",
              runs_from=frozenset({S.REPLACING}), until=ANY - {S.REPLACING}, restarts=True, confidence=U),
        Clock("exit", "答复解除要求", workdays(10), "本省规定（日数为默认值）", id="VA08",
              runs_from=frozenset({S.EXITING}), until=ANY - {S.EXITING}, restarts=True, confidence=U),
        Clock("assessment", "年度考核", years(1), "本省规定（每年一次，起算方法为默认值）", id="VA09",
              runs_from_steps=frozenset({"conclude", "assess"}), until=ANY - CONTRACT, restarts=True, confidence=U),
        Clock("renewal", "续签", days(30), "本省规定（日数为默认值）", id="VA10", runs_from=frozenset({S.TERM_OVER}),
              until=ANY - {S.TERM_OVER}, restarts=True, confidence=U),
    ),
)
# fmt: on
