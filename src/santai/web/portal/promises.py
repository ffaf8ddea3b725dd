"""What happens next and by when, told to the citizen from the clocks that run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from santai.casework.access import procedure_of
from santai.casework.kernel import OPENING, Step
from santai.casework.models import Case, CaseClock
from santai.casework.periodic import is_timed
from santai.casework.terms import Clock
from santai.trust.roles import Role
from santai.web.portal import promise_words

SENTENCES = {
    ("work_order", "dispatch"): "为您安排好承办单位",
    ("work_order", "claim"): "承办单位接单，有人负责您的事",
    ("work_order", "finish"): "给您答复",
    ("work_order", "ruling"): "由主管部门确定哪家单位来办",
    ("work_order", "rating"): "说说满意不满意",
    ("work_order", "revisit"): "有人回访您，问清哪里不满意",
    ("work_order", "redo"): "重新办理并再次答复您",
    **{
        (complaint, clock): told
        for complaint in ("complaint_legal_aid", "complaint_notary", "complaint_appraisal")
        for clock, told in {
            "complaint": "写明投诉谁、发生了什么",
            "acceptance": "告诉您是否受理投诉",
            "investigation": "查清情况，作出处理决定",
            "recusal": "决定您的回避申请",
            "reply": "把处理结果答复您",
        }.items()
    },
    ("complaint_notary", "recheck_window"): "不同意公证书内容的，可以向公证处申请复查",
    ("practice_rights", "filing"): "填写维权申请",
    ("practice_rights", "response"): "告诉您是否受理",
    ("practice_rights", "forwarding"): "核实情况，转给有关机关",
    ("practice_rights", "organ"): "有关机关答复",
    ("practice_rights", "result"): "把结果告诉您",
    ("practice_rights", "publicity"): "决定结果是否公开",
    ("evidence_deposit", "filing"): "交来要存证的文件",
    ("evidence_deposit", "keeping"): "一直为您保管存证",
    ("special_collection", "request"): "说明要找什么",
    ("special_collection", "collection"): "把找到的资料交给您",
    ("special_collection", "confirmation"): "看看资料够不够用，不够可以请我们再找一次",
    ("consultation", "take_charge"): "有人接办您的咨询",
    ("consultation", "decide"): "答复您，或者说定哪天答复",
    ("consultation", "promise"): "按说好的时间答复您",
    ("consultation", "handed"): "接手的单位答复您",
    ("consultation", "follow_up"): "第一个接待您的人替您去问进展",
    ("consultation", "ask_again"): "没弄清楚的，可以追问",
    ("information_request", "filing"): "填写要公开的信息",
    ("information_request", "answer"): "答复您的申请",
    ("information_request", "supplement_notice"): "申请内容不清楚的，告诉您怎样补正",
    ("information_request", "third_party"): "第三方提出意见",
    ("village_adviser", "proposal"): "填写聘请法律顾问的申请",
    ("village_adviser", "nomination"): "为村里推荐合适的人选",
    ("village_adviser", "village_answer"): "商量推荐的人选，告诉我们同意还是不同意",
    ("village_adviser", "signing"): "三方签好合同",
    ("village_adviser", "evaluation"): "说说法律顾问这个季度做得满意不满意",
    ("village_adviser", "follow_up"): "有人回访您，问清哪里不满意",
    ("village_adviser", "dispute"): "核实您说不属实的服务记录",
    ("village_adviser", "replacement"): "答复您更换法律顾问的要求",
    ("village_adviser", "exit"): "答复您解除合同的要求",
    ("village_adviser", "assessment"): "司法行政机关考核法律顾问",
    ("village_adviser", "renewal"): "办理续签；不再聘请的不用办",
    ("village_service", "booking"): "填写预约",
    ("village_service", "schedule"): "法律顾问与您约好时间",
    ("village_service", "meeting"): "按约好的时间见面；去不了的会提前改期",
    ("village_service", "record"): "法律顾问登记这次服务",
    ("village_service", "confirmation"): "看看服务记录，确认是否属实",
    ("village_service", "dispute"): "核实您说不属实的服务记录",
    ("village_service", "rating"): "说说满意不满意",
    ("village_service", "follow_up"): "有人回访您，问清哪里不满意",
    ("government_counsel", "filing"): "报送聘任备案",
    ("government_counsel", "review"): "告诉您是否备案",
    ("government_counsel", "opinion"): "法律顾问出具法律意见",
    ("government_counsel", "feedback"): "说明法律意见采纳了没有",
    ("government_counsel", "assessment"): "司法行政机关考核法律顾问",
    ("public_lawyer", "application"): "提交申请",
    ("public_lawyer", "acceptance"): "告诉您是否受理",
    ("public_lawyer", "report"): "审查您的申请",
    ("public_lawyer", "decision"): "决定是否颁发证书",
    ("public_lawyer", "certificate"): "颁发证书",
    ("public_lawyer", "assessment"): "报送年度考核",
    ("public_lawyer", "cancellation"): "答复您的注销申请",
    ("enterprise_checkup", "application"): "填写体检申请",
    ("enterprise_checkup", "invitation"): "答复要不要做体检",
    ("enterprise_checkup", "assignment"): "为您安排体检律师",
    ("enterprise_checkup", "answers"): "填完问卷并提交",
    ("enterprise_checkup", "review"): "律师出具体检报告",
    ("enterprise_checkup", "explanation"): "律师回答您的问题",
    ("enterprise_checkup", "rectification"): "按报告整改，改好一项报告一项",
    ("enterprise_checkup", "follow_up"): "律师复查您的整改",
    ("petition", "register"): "写明反映的是哪个单位、什么事",
    ("petition", "hand_over"): "把您反映的问题转交信访工作机构",
    ("petition", "chase"): "向对方问清是否收到",
    ("petition", "chase_unit"): "向责任单位问清是否收到",
    ("petition", "office"): "信访工作机构转送、交办或者答复您",
    ("petition", "office_again"): "信访工作机构重新确定由谁办理",
    ("petition", "unit_answer"): "责任单位告诉您是否受理",
    ("petition", "objection"): "收件的单位认为不归它管的，提出异议",
    ("petition", "handling"): "责任单位给您处理意见",
    ("petition", "review_window"): "申请复查；接受处理意见的不用申请",
    ("petition", "review"): "复查机关作出复查意见",
    ("petition", "recheck_window"): "申请复核；接受复查意见的不用申请",
    ("petition", "recheck"): "复核机关作出复核意见",
    ("administrative_review", "apply_window"): "提交复议申请，过期一般不再受理",
    ("administrative_review", "acceptance"): "告诉您是否受理",
    ("administrative_review", "acceptance_there"): "有权的机关告诉您是否受理",
    ("administrative_review", "chase"): "向对方问清是否收到",
    ("administrative_review", "copy"): "把申请书副本送给被申请人",
    ("administrative_review", "copy_simple"): "把申请书副本送给被申请人",
    ("administrative_review", "answer"): "被申请人交来书面答复和证据",
    ("administrative_review", "answer_simple"): "被申请人交来书面答复和证据",
    ("administrative_review", "norm_transfer"): "把规范性文件转送有权的机关",
    ("administrative_review", "norm"): "审查规范性文件",
    ("administrative_review", "norm_there"): "有权的机关审查规范性文件",
    ("administrative_review", "decision"): "作出复议决定",
    ("administrative_review", "decision_simple"): "作出复议决定",
    ("administrative_review", "sue"): "向人民法院起诉；接受复议决定的不用起诉",
    **promise_words.SENTENCES,
}
SILENT = {("work_order", "archive"), ("consultation", "pick_up"), *promise_words.SILENT}


@dataclass(frozen=True)
class Promise:
    """`is_yours` when the person has to act; `then` says what becomes of it when nobody has."""

    due_at: datetime
    sentence: str
    basis: str
    is_provisional: bool
    is_yours: bool = False
    then: str = ""


def promises_of(*cases: Case) -> list[Promise]:
    """The running clocks of these cases, the nearest first."""
    found = CaseClock.objects.filter(
        case__in=[case.pk for case in cases], condition=CaseClock.Condition.RUNNING, due_at__isnull=False
    )
    by_pk = {case.pk: case for case in cases}
    told = [_promise(by_pk[clock.case_id], clock) for clock in found if not _is_silent(by_pk[clock.case_id], clock)]
    return sorted(told, key=lambda promise: promise.due_at)


def _is_silent(case: Case, clock: CaseClock) -> bool:
    """A limit that runs from what was kept from the person is kept from them as well."""
    table = procedure_of(case)
    begins = [table.step(name) for name in table.clock(clock.name).runs_from_steps if name != OPENING]
    return (case.procedure, clock.name) in SILENT or (bool(begins) and not any(step.public for step in begins))


def _promise(case: Case, clock: CaseClock) -> Promise:
    table = procedure_of(case)
    row = table.clock(clock.name)
    sentence = SENTENCES.get((case.procedure, clock.name), f"{table.label}：{row.label}")
    due_at = clock.due_at
    assert due_at is not None
    stops = [step for step in table.steps if case.state in step.sources and _stops(row, step)]
    asked = [step for step in stops if not is_timed(step)]
    # Where everything that is left to do ends the case, doing it is what the limit is for.
    onward = [step for step in asked if step.target not in table.final] or asked
    is_yours = bool(onward) and all(Role.APPLICANT in step.allowed_roles for step in onward)
    return Promise(due_at, sentence, row.basis, clock.is_provisional, is_yours, _then(stops) if is_yours else "")


def _then(stops: list[Step]) -> str:
    label = next((step.label for step in stops if is_timed(step)), "")
    if not label:
        return ""
    usual = f"过了这一天还没有办，就按“{label}”处理。{promise_words.ASK_FIRST}"
    return promise_words.AFTERWARDS.get(label, usual)


def _stops(clock: Clock, step: Step) -> bool:
    return step.name in clock.until_steps or step.target in clock.until
