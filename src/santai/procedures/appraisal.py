"""Forensic appraisal (司法鉴定): commission, agreement, work, review, opinion, and what may follow it.

Basis: 全国人大常委会关于司法鉴定管理问题的决定; 司法鉴定程序通则 (司法部令第132号, 2016-05-01), whose article numbers
other than 13, 18-21 and 28 are still to be confirmed. An appraisal has two experts and no single handler: the
institution holds the case, and the guards tell those who work on it (`facts.experts`) from those who review. The head
of the institution decides what binds it: accepting, refusing, naming experts, recusal, more time, termination.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import appraisal as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.forms.work_order import ChildClosed
from santai.procedures.rules import appraisal as rules
from santai.procedures.rules import appraisal_experts as experts
from santai.procedures.rules.legal_aid import date_is_ahead
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待填委托"
    COMMISSIONED = "commissioned", "已委托，待审查"
    CLARIFYING = "clarifying", "待补充鉴定材料"
    AGREEING = "agreeing", "同意受理，待签委托书"
    APPRAISING = "appraising", "鉴定中"
    SUSPENDED = "suspended", "鉴定中止"
    REVIEWING = "reviewing", "待复核"
    SIGNING = "signing", "待签发"
    ISSUED = "issued", "已出具，待归档"
    ARCHIVED = "archived", "已归档，可补正、出庭"
    TERMINATED = "terminated", "已终止，待归档"
    CLOSED = "closed", "已结案"
    REJECTED = "rejected", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


EXPERTS = frozenset({Role.APPRAISER})
# Whoever speaks for the institution to the client: takes a commission, names the experts, lengthens, ends.
HEAD = frozenset({Role.APPRAISAL_DIRECTOR})
INSTITUTION = EXPERTS | HEAD
BOTH_SIDES = PERSON | INSTITUTION
TIMER = INSTITUTION | {Role.SYSTEM}

BEFORE_SIGNING = frozenset({S.PREPARING, S.COMMISSIONED, S.CLARIFYING, S.AGREEING})
IN_REVIEW = frozenset({S.COMMISSIONED, S.CLARIFYING})
AT_WORK = frozenset({S.APPRAISING, S.SUSPENDED, S.REVIEWING, S.SIGNING})
AFTERWARDS = frozenset({S.ISSUED, S.ARCHIVED})
TO_BE_FILED = frozenset({S.ISSUED, S.TERMINATED})
CLOSED = frozenset({S.CLOSED, S.REJECTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | OFFICERS
RULES = "司法鉴定程序通则（条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="司法鉴定",
    kind="20",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2016, 5, 1),
    basis="全国人大常委会关于司法鉴定管理问题的决定；司法鉴定程序通则（司法部令第132号）",
    body=OrganisationKind.APPRAISAL,
    applied_for="做司法鉴定",
    opened_by=INSTITUTION,
    answered=frozenset({S.ISSUED, S.ARCHIVED, S.TERMINATED}),
    says_opening="可以委托司法鉴定。请填写委托事项，上传委托书和鉴定材料，也可以请窗口帮您填。",
    stages={
        "委托": frozenset({S.PREPARING, S.COMMISSIONED, S.CLARIFYING, S.REJECTED, S.WITHDRAWN}),
        "签约": frozenset({S.AGREEING}),
        "鉴定": frozenset({S.APPRAISING, S.SUSPENDED, S.TERMINATED}),
        "复核": frozenset({S.REVIEWING, S.SIGNING}),
        "出具": frozenset({S.ISSUED}),
        "归档": frozenset({S.ARCHIVED, S.CLOSED}),
    },
    steps=(
        # --- 委托与受理
        Step("commission", "提交委托", S.PREPARING, S.COMMISSIONED, BOTH_SIDES,
             needs=frozenset({Doc.COMMISSION, Doc.MATTER_PROOF}), form=forms.Commission,
             guard=rules.may_be_commissioned, changes=rules.keep_commission, tells=BOTH,
             says="鉴定委托已交给{organisation}，7个工作日内答复是否受理。",
             basis="司法鉴定程序通则第十一条至第十三条"),
        Step("not_commissioned", "未提出委托，关闭", S.PREPARING, S.WITHDRAWN, INSTITUTION, form=Explain,
             tells=APPLICANT, says="您还没有提出鉴定委托，这件事先关闭：{explanation} 以后可以随时委托。"),
        Step("withdraw", "撤回委托", BEFORE_SIGNING, S.WITHDRAWN, PERSON, form=Note, tells=BOTH,
             says="您已撤回鉴定委托；需要时可以重新委托。"),
        Step("ask_materials", "要求补充鉴定材料", S.COMMISSIONED, S.CLARIFYING, INSTITUTION, form=forms.AskMaterials,
             guard=date_is_ahead, letter="appraisal_materials", tells=APPLICANT,
             says="鉴定还需要您补充：{items}。请在{by}前交来。", basis="司法鉴定程序通则第十四条"),
        Step("hand_in_materials", "补充鉴定材料", S.CLARIFYING, S.COMMISSIONED, BOTH_SIDES, form=Note, tells=BOTH,
             says="补充的鉴定材料已收到，机构继续审查。{note}", basis="司法鉴定程序通则第十四条"),
        Step("agree_time", "商定受理时间", S.COMMISSIONED, None, HEAD, form=forms.AgreeTime,
             when=rules.time_not_agreed_before, tells=APPLICANT,
             says="委托事项复杂，已和您商定：答复时间延长{amount}个工作日。", basis="司法鉴定程序通则第十三条"),
        Step("accept", "同意受理", S.COMMISSIONED, S.AGREEING, HEAD, form=forms.Accept,
             guard=experts.may_be_accepted, letter="appraisal_accepted", tells=APPLICANT,
             says="鉴定机构同意受理，请与机构签订司法鉴定委托书。", basis="司法鉴定程序通则第十三条、第十六条"),
        Step("reject", "不予受理", IN_REVIEW | {S.AGREEING}, S.REJECTED, HEAD, form=forms.Reject,
             changes=rules.keep_rejection, letter="appraisal_rejected", tells=APPLICANT,
             says="鉴定委托没有受理：{explanation} 材料已经退还，您还可以怎么办，写在通知书里。",
             basis="司法鉴定程序通则第十五条"),
        Step("sign", "签订委托书", S.AGREEING, S.APPRAISING, HEAD, needs=frozenset({Doc.AGREEMENT}),
             form=forms.Sign, guard=experts.may_sign, changes=experts.keep_experts, letter="appraisal_agreed",
             tells=BOTH, says="司法鉴定委托书已经生效，30个工作日内完成鉴定；补充材料等中止的时间不算。",
             basis="司法鉴定程序通则第十六条、第十九条、第二十八条"),
        # --- 鉴定
        Step("record", "记录鉴定过程", S.APPRAISING, None, EXPERTS, form=forms.Record,
             guard=rules.by_an_expert, public=False, basis="司法鉴定程序通则（实时记录，条号待核）"),
        Step("suspend", "中止鉴定", S.APPRAISING, S.SUSPENDED, INSTITUTION, form=forms.Suspend,
             changes=rules.keep_suspension, letter="appraisal_suspended", tells=APPLICANT,
             says="鉴定中止：{explanation} 中止时间不计入鉴定时限。", basis="司法鉴定程序通则第二十八条"),
        Step("resume", "恢复鉴定", S.SUSPENDED, S.APPRAISING, BOTH_SIDES, form=Note, tells=BOTH,
             says="鉴定恢复进行。{note}", basis="司法鉴定程序通则第二十八条"),
        Step("extend", "延长鉴定时限", S.APPRAISING, None, HEAD, form=forms.Extend,
             when=rules.extension_is_possible, guard=rules.may_extend, changes=rules.keep_approval,
             letter="appraisal_extended", tells=BOTH,
             says="经机构负责人批准，鉴定时限延长{amount}个工作日：{explanation}", basis="司法鉴定程序通则第二十八条"),
        Step("ask_recusal", "申请鉴定人回避", AT_WORK, None, PERSON, form=forms.Recusal,
             when=experts.no_recusal_pending, guard=experts.names_an_expert, tells=BOTH,
             says="您申请鉴定人回避，鉴定机构正在审查。",
             basis="司法鉴定程序通则第二十条、第二十一条"),
        Step("replace_expert", "更换鉴定人", S.APPRAISING, None, HEAD, form=forms.ReplaceExpert,
             guard=experts.may_replace, changes=experts.keep_new_expert, letter="appraisal_replaced", tells=BOTH,
             says="鉴定人已经更换：{explanation}", basis="司法鉴定程序通则第二十条、第二十一条"),
        Step("keep_expert", "不予回避", AT_WORK, None, HEAD, form=Explain, when=experts.recusal_is_asked,
             guard=rules.by_nobody_who_works_on_it, tells=BOTH,
             says="没有更换鉴定人：{explanation} 您有不同意见的，可以撤销委托。", basis="司法鉴定程序通则第二十一条"),
        Step("ask_to_stop", "申请撤销委托", AT_WORK, None, PERSON, form=Explain, tells=BOTH,
             says="您申请撤销鉴定委托，鉴定机构会办理终止并按责任退费。", basis="司法鉴定程序通则第二十九条"),
        Step("submit", "提交复核", S.APPRAISING, S.REVIEWING, EXPERTS, form=forms.Draft, when=rules.has_records,
             guard=rules.by_an_expert, changes=rules.keep_draft, tells=OFFICERS, says="鉴定完成，正在复核。",
             basis="司法鉴定程序通则第三十五条"),
        Step("send_back", "退回鉴定人", frozenset({S.REVIEWING, S.SIGNING}), S.APPRAISING, INSTITUTION, form=Explain,
             guard=rules.by_nobody_who_works_on_it, tells=OFFICERS, public=False,
             basis="司法鉴定程序通则第三十五条"),
        Step("pass_review", "复核通过", S.REVIEWING, S.SIGNING, INSTITUTION, form=forms.Review,
             guard=rules.by_nobody_who_works_on_it, changes=rules.keep_review, tells=OFFICERS,
             says="复核已经通过，正在签发鉴定意见书。", basis="司法鉴定程序通则第三十五条"),
        Step("issue", "出具鉴定意见书", S.SIGNING, S.ISSUED, EXPERTS, form=forms.Issue, guard=rules.by_an_expert,
             changes=rules.keep_opinion, letter="appraisal_opinion", tells=BOTH,
             says="鉴定意见书已经出具，请领取。意见书上有案码，可以核对真伪。",
             basis="司法鉴定程序通则第三十六条至第三十八条"),
        Step("terminate", "终止鉴定", AT_WORK, S.TERMINATED, HEAD, form=forms.Terminate,
             changes=rules.keep_termination, letter="appraisal_terminated", tells=BOTH,
             says="鉴定已经终止：{explanation} 材料已经退还，您还可以怎么办，写在通知书里。",
             basis="司法鉴定程序通则第二十九条"),
        # --- 出具以后
        Step("correct", "补正鉴定意见书", AFTERWARDS, None, EXPERTS, form=forms.Correct,
             guard=rules.meaning_is_kept, letter="appraisal_corrected", tells=APPLICANT,
             says="鉴定意见书的文字已经补正，鉴定意见不变。", basis="司法鉴定程序通则（补正，条号待核）"),
        Step("supplementary", "补充鉴定", AFTERWARDS, S.APPRAISING, HEAD, needs=frozenset({Doc.COMMISSION}),
             form=forms.Supplementary, guard=experts.may_supplement, changes=rules.keep_supplementary,
             letter="appraisal_supplementary", tells=BOTH,
             says="开始补充鉴定：{explanation} 由原鉴定人办理，重新计算时限。", basis="司法鉴定程序通则第三十条"),
        Step("repeat", "申请重新鉴定", AFTERWARDS, None, PERSON, form=forms.Repeat, when=rules.no_repeat_is_open,
             opens="appraisal", tells=BOTH, says="已为您开立重新鉴定，请在新案件里委托另一家鉴定机构。",
             basis="司法鉴定程序通则第三十一条、第三十二条"),
        Step("child_closed", "重新鉴定有结果", AFTERWARDS, None, Role.SYSTEM, form=ChildClosed, tells=BOTH,
             says="重新鉴定已有结果：{ending}。"),
        Step("summon", "登记出庭通知", AFTERWARDS, None, INSTITUTION, form=forms.Summon,
             guard=rules.notice_is_long_enough, changes=rules.keep_summons, tells=OFFICERS,
             says="{court}通知鉴定人在{hearing_on}出庭。", basis="司法鉴定程序通则第四十三条、第四十四条"),
        Step("appear", "记录出庭", AFTERWARDS, None, INSTITUTION, form=forms.Appear, when=rules.is_summoned,
             changes=rules.keep_appearance, public=False, basis="司法鉴定程序通则第四十三条至第四十六条"),
        Step("archive", "立卷归档", S.ISSUED, S.ARCHIVED, INSTITUTION, needs=frozenset({Doc.CASE_FILE}),
             form=forms.Archive, public=False, basis="司法鉴定程序通则第四十二条"),
        Step("archive_ending", "立卷归档，结案", S.TERMINATED, S.CLOSED, INSTITUTION,
             needs=frozenset({Doc.CASE_FILE}), form=forms.Archive, public=False, basis="司法鉴定程序通则第四十二条"),
        Step("settle", "期满结案", S.ARCHIVED, S.CLOSED, TIMER, when=rules.entry_time_is_over,
             says="这件鉴定结案。需要重新鉴定的，可以凭案码另行委托。"),
    ),
    clocks=(
        Clock("commission", "提醒提交委托", days(30), "转入后30日内提醒委托人（默认值）", id="FA00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "决定是否受理", workdays(7), "司法鉴定程序通则第十三条", id="FA01",
              runs_from=frozenset({S.COMMISSIONED}), until=ANY - IN_REVIEW, paused_in=frozenset({S.CLARIFYING}),
              extension=Extension("agree_time", at_most=30), confidence=Confidence.S2),
        Clock("completion", "完成鉴定", workdays(30), "司法鉴定程序通则第二十八条", id="FA02",
              runs_from_steps=frozenset({"sign", "supplementary"}), start_field="effective_on",
              limit_field="agreed_days", until=ANY - AT_WORK, paused_in=frozenset({S.SUSPENDED}),
              extension=Extension("extend", at_most=30), restarts=True, confidence=Confidence.S2),
        Clock("archive", "立卷归档", days(90), "司法鉴定程序通则第四十二条（日数待核）", id="FA05",
              runs_from=TO_BE_FILED, until=ANY - TO_BE_FILED, restarts=True, confidence=Confidence.U),
        Clock("aftercare", "补正、补充鉴定、出庭的办理入口", years(1), "出具后1年内保留办理入口（默认值）", id="FA06",
              runs_from=frozenset({S.ISSUED}), until=ANY - AFTERWARDS, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
