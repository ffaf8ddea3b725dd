"""Work order (工单): the need of one party, from receipt to archive.

Basis: 国办发〔2020〕53号 (one loop: accept, dispatch, handle, answer, supervise, finish, revisit, rate);
北京市公共法律服务均衡发展措施 §10 (network orders are claimed within 2 working days).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.procedures.forms import work_order as forms
from santai.procedures.rules import work_order as rules
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.roles import PERSON
from santai.trust.roles import FRONT_LINE, HANDLERS, Role


class S(TextChoices):
    RECEIVED = "received", "待分派"
    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "办理中"
    WAITING = "waiting", "待补充"
    RETURNED = "returned", "已退回，待重派"
    DISPUTED = "disputed", "待裁定主办单位"
    REFERRED = "referred", "法定程序办理中"
    FINISHED = "finished", "已办结，待评价"
    DISSATISFIED = "dissatisfied", "不满意，待回访"
    REDOING = "redoing", "整改重办中"
    RATED = "rated", "待归档"
    ARCHIVED = "archived", "已归档"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已终止"


DESK = FRONT_LINE | {Role.DISPATCHER}
POOL = frozenset({S.RECEIVED, S.RETURNED})
HELD = frozenset({S.DISPATCHED, S.HANDLING, S.REDOING})
AT_WORK = frozenset({S.HANDLING, S.REDOING})
BEFORE_END = frozenset({S.RECEIVED, S.DISPATCHED, S.HANDLING, S.WAITING, S.RETURNED, S.DISPUTED, S.REDOING})
OPEN = BEFORE_END | {S.REFERRED, S.FINISHED, S.DISSATISFIED, S.RATED}
CLOSED = frozenset({S.ARCHIVED, S.DECLINED, S.WITHDRAWN, S.TERMINATED})
ANY = frozenset(S.values)
HEADS = frozenset(
    {Role.LEGAL_AID_DIRECTOR, Role.NOTARY_DIRECTOR, Role.APPRAISAL_DIRECTOR, Role.ARBITRATION_SECRETARY,
     Role.ARBITRATION_DIRECTOR, Role.COMMITTEE_HEAD}
)
ASSIGNERS = HEADS | {Role.DISPATCHER}
APPROVERS = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
REVISITORS = APPROVERS | {Role.HOTLINE_AGENT, Role.HOTLINE_LEAD}
APPLICANT, HANDLER = frozenset({Tell.APPLICANT}), frozenset({Tell.HANDLER})
ORGANISATION, POOL_STAFF = frozenset({Tell.ORGANISATION}), frozenset({Tell.DISPATCHER})

PROCEDURE = Procedure(
    label="工单",
    kind="01",
    states=S,
    initial=S.RECEIVED,
    final=CLOSED,
    in_force=date(2021, 1, 6),
    basis="国办发〔2020〕53号",
    opening_letter="acceptance",
    says_opening="您的诉求已经收到，正在为您安排承办单位。",
    stages={
        "受理": frozenset({S.RECEIVED, S.RETURNED, S.DISPUTED, S.DECLINED}),
        "分派": frozenset({S.DISPATCHED}),
        "办理": frozenset({S.HANDLING, S.WAITING, S.REFERRED, S.REDOING, S.TERMINATED, S.WITHDRAWN}),
        "评价": frozenset({S.FINISHED, S.DISSATISFIED}),
        "归档": frozenset({S.RATED, S.ARCHIVED}),
    },
    steps=(
        # --- 受理与分派
        Step("reclassify", "更正分类", POOL | {S.DISPATCHED}, None, DESK, form=forms.Reclassify,
             changes=rules.new_classification, public=False),
        Step("emergency", "转紧急处置", BEFORE_END, None, FRONT_LINE, form=forms.Emergency, changes=rules.most_urgent,
             says="情况紧急，已转告{agency}。人身安全受到威胁时，请立即拨打110。", basis="国办发〔2020〕53号"),
        Step("answer_now", "当场答复", frozenset({S.RECEIVED, S.REDOING}), S.FINISHED, DESK, form=forms.Answer,
             when=rules.answered_here, changes=rules.answer_it_myself, tells=APPLICANT, says="已当场答复：{answer}"),
        Step("decline", "不予受理", S.RECEIVED, S.DECLINED, DESK, form=forms.Decline, letter="not_accepted",
             tells=APPLICANT, says="这件事不能在这里受理：{explanation} 您可以找：{route}",
             basis="国办发〔2020〕53号"),
        Step("dispatch", "分派", S.RECEIVED, S.DISPATCHED, frozenset({Role.DISPATCHER, Role.SYSTEM}),
             form=forms.Dispatch, guard=rules.handler_belongs, changes=rules.hand_to_organisation,
             tells=APPLICANT | ORGANISATION, says="已交给{organisation}办理，对方会尽快与您联系。"),
        Step("redispatch", "重新分派", S.RETURNED, S.DISPATCHED, frozenset({Role.DISPATCHER, Role.SYSTEM}),
             form=forms.Dispatch, guard=rules.handler_belongs, changes=rules.hand_to_organisation,
             tells=APPLICANT | ORGANISATION, says="已改由{organisation}办理。"),
        Step("rule_owner", "裁定主办单位", S.DISPUTED, S.DISPATCHED, Role.SUPERVISOR, form=forms.Ruling,
             guard=rules.handler_belongs, changes=rules.hand_to_organisation, tells=APPLICANT | ORGANISATION,
             says="已确定由{organisation}主办。", basis="退回争议由热线管理机构指定主办单位"),
        # --- 签收与退回
        Step("assign", "指定承办人", frozenset({S.DISPATCHED, S.HANDLING}), None, ASSIGNERS, form=forms.Assign,
             guard=rules.handler_is_colleague, changes=rules.give_to_colleague, tells=HANDLER,
             says="由{handler}为您办理。"),
        Step("claim", "签收", S.DISPATCHED, S.HANDLING, HANDLERS, changes=take_it_myself, tells=APPLICANT,
             says="{organisation}的{handler}已接单，正在办理。"),
        Step("return_order", "退回", S.DISPATCHED, S.RETURNED, HANDLERS, form=forms.ReturnOrder,
             when=rules.not_returned_before, guard=rules.better_owner_is_another, changes=rules.back_to_pool,
             tells=POOL_STAFF, says="正在为您换一家更合适的承办单位。"),
        Step("contest", "提请裁定", S.DISPATCHED, S.DISPUTED, HANDLERS, form=forms.ReturnOrder,
             when=rules.returned_before, guard=rules.better_owner_is_another, changes=rules.back_to_pool,
             tells=frozenset({Tell.SUPERVISOR}), says="正在由主管部门确定承办单位。"),
        Step("transfer", "转办", HELD, S.DISPATCHED, Role.DISPATCHER, form=forms.Dispatch,
             guard=rules.handler_belongs, changes=rules.hand_to_organisation, tells=APPLICANT | ORGANISATION,
             says="已转由{organisation}办理。"),
        # --- 办理
        Step("contact", "联系当事人", AT_WORK, None, HANDLERS, form=forms.ContactRecord, public=False),
        Step("progress", "告知进展", AT_WORK | {S.WAITING}, None, HANDLERS, form=forms.Words, tells=APPLICANT,
             says="办理进展：{text}"),
        Step("ask_for_more", "请当事人补充", S.HANDLING, S.WAITING, HANDLERS, form=forms.AskForMore,
             guard=rules.date_is_ahead, tells=APPLICANT, says="还需要您补充：{what}。请在{by}前交来。"),
        Step("supplement", "补充材料或说明", S.WAITING, S.HANDLING, PERSON, form=forms.Words, tells=HANDLER,
             says="您补充了：{text}"),
        Step("go_on", "不等补充，继续办理", S.WAITING, S.HANDLING, HANDLERS, form=forms.Explain,
             says="承办人已继续办理。"),
        Step("add", "留言", OPEN, None, PERSON, form=forms.Words, tells=HANDLER, says="您留言：{text}"),
        Step("urge", "催一催", HELD, None, PERSON | {Role.DISPATCHER}, when=rules.not_urged_today, tells=HANDLER,
             says="已为您催办，{organisation}收到了提醒。"),
        Step("supervise", "督办", BEFORE_END - POOL, None, Role.SUPERVISOR, form=forms.Words,
             tells=frozenset({Tell.HANDLER, Tell.DISPATCHER}), public=False),
        Step("ask_extension", "申请延期", S.HANDLING, None, HANDLERS, form=forms.Extend, when=rules.not_asked_before,
             guard=rules.not_overdue, tells=POOL_STAFF, public=False),
        Step("extend", "同意延期", S.HANDLING, None, APPROVERS, form=forms.Extend, when=rules.extension_is_asked,
             guard=rules.may_be_extended, tells=APPLICANT | HANDLER, says="办理时间延长{amount}个工作日：{reason}"),
        Step("refuse_extension", "不同意延期", S.HANDLING, None, APPROVERS, form=forms.Explain,
             when=rules.extension_is_asked, tells=HANDLER, public=False),
        Step("ask_termination", "申请终止", S.HANDLING, None, HANDLERS, form=forms.Terminate, tells=POOL_STAFF,
             public=False),
        Step("terminate", "同意终止", S.HANDLING, S.TERMINATED, APPROVERS, form=forms.Terminate,
             when=rules.termination_is_asked, guard=rules.termination_is_anothers, letter="order_terminated",
             tells=APPLICANT | HANDLER, says="这件事已终止办理：{explanation} 情况有变化时，您可以重新提出。"),
        Step("refuse_termination", "不同意终止", S.HANDLING, None, APPROVERS, form=forms.Explain,
             when=rules.termination_is_asked, tells=HANDLER, public=False),
        Step("withdraw", "撤回诉求", BEFORE_END, S.WITHDRAWN, PERSON, form=forms.Withdraw, tells=APPLICANT | HANDLER,
             says="您已撤回这件诉求；需要时可以重新提出。"),
        # --- 转入法定程序
        Step("refer", "转入法定程序", frozenset({S.RECEIVED, S.HANDLING}), S.REFERRED, DESK | HANDLERS,
             form=forms.Refer, guard=rules.procedure_has_begun, changes=rules.keep_what_began, opens="chosen",
             tells=APPLICANT, says="已为您转入“{facts[under_way]}”，后面的进展在这里都能看到。"),
        Step("apply_for", "申请法定服务", S.RECEIVED, S.REFERRED, PERSON, form=forms.ApplyFor,
             guard=rules.procedure_has_begun, changes=rules.keep_what_began, opens="chosen", tells=APPLICANT,
             says="您的申请已经登记，请接着填写申请内容。"),
        Step("child_closed", "法定程序办结", S.REFERRED, S.FINISHED, Role.SYSTEM, form=forms.ChildClosed,
             tells=APPLICANT, says="已有结果（{ending}）。还没有评价的，请您评价。"),
        # --- 办结、评价、整改、归档
        Step("finish", "办结答复", AT_WORK, S.FINISHED, HANDLERS, form=forms.Answer, tells=APPLICANT,
             says="已答复您：{answer} 请您评价。"),
        Step("rate", "评价：满意", S.FINISHED, S.RATED, PERSON, form=forms.Rate, changes=rules.keep_score,
             tells=HANDLER, says="谢谢您的评价。"),
        Step("rate_poor", "评价：不满意", S.FINISHED, S.DISSATISFIED, PERSON, form=forms.RatePoor,
             changes=rules.keep_score, tells=frozenset({Tell.HANDLER, Tell.DISPATCHER}),
             says="您的不满意我们已经记下，会有人与您联系。"),
        Step("lapse", "逾期未评价", S.FINISHED, S.RATED, frozenset({Role.SYSTEM, Role.HOTLINE_LEAD}),
             when=rules.rating_window_is_over, public=False),
        Step("order_redo", "回访：责成整改", S.DISSATISFIED, S.REDOING, REVISITORS, form=forms.Explain,
             tells=APPLICANT | HANDLER, says="我们已回访并要求重新办理：{explanation}"),
        Step("settle", "回访：已解释清楚", S.DISSATISFIED, S.RATED, REVISITORS, form=forms.Explain, tells=APPLICANT,
             says="已回访：{explanation}"),
        Step("archive", "归档", S.RATED, S.ARCHIVED, DESK | HANDLERS | {Role.SYSTEM},
             says="这件事已归档，随时可以查看。"),
    ),
    clocks=(
        Clock("dispatch", "分派", workdays(1), "承诺：收到后1个工作日内分派", id="WO01", runs_from=POOL,
              until=ANY - POOL, restarts=True, confidence=Confidence.U),
        Clock("claim", "签收", workdays(2), "北京市公共法律服务均衡发展措施第10条", id="HL02",
              runs_from=frozenset({S.DISPATCHED}), until=ANY - {S.DISPATCHED}, restarts=True),
        Clock("finish", "办结", workdays(5), "济南市12345热线条例第24条（参照）", id="HL03",
              runs_from=frozenset({S.DISPATCHED}), until=ANY - {S.DISPATCHED, S.HANDLING, S.WAITING},
              paused_in=frozenset({S.WAITING}), extension=Extension("extend", at_most=5), restarts=True,
              confidence=Confidence.S2),
        Clock("ruling", "裁定主办单位", workdays(1), "济南市12345热线条例第29条（参照）", id="WO02",
              runs_from=frozenset({S.DISPUTED}), until=ANY - {S.DISPUTED}, confidence=Confidence.U),
        Clock("rating", "评价", days(15), "办结后15日内可以评价（默认值）", id="WO03",
              runs_from=frozenset({S.FINISHED}), until=ANY - {S.FINISHED}, restarts=True, confidence=Confidence.U),
        Clock("revisit", "回访", workdays(3), "济南市12345热线条例第27条（参照）", id="WO04",
              runs_from=frozenset({S.DISSATISFIED}), until=ANY - {S.DISSATISFIED}, restarts=True,
              confidence=Confidence.S2),
        Clock("redo", "整改", workdays(5), "济南市12345热线条例第27条（参照）", id="WO05",
              runs_from=frozenset({S.REDOING}), until=ANY - {S.REDOING}, restarts=True, confidence=Confidence.U),
        Clock("archive", "归档", days(30), "公共法律服务工单归档（默认值）", id="WO06",
              runs_from=frozenset({S.RATED}), until=frozenset({S.ARCHIVED}), confidence=Confidence.U),
    ),
)
