"""The rows that the three kinds of complaint about a legal service share; each names its articles and adds its own.

The tables are `procedures/complaint_legal_aid.py`, `complaint_notary.py` and `complaint_appraisal.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms as django_forms
from django.db.models import TextChoices

from santai.casework.kernel import Step, Tell
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import complaint as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.forms.work_order import ChildClosed
from santai.procedures.rules import complaint as rules
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, not_asked_before, supplement_is_late
from santai.procedures.rules.roles import PERSON
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填投诉"
    SUBMITTED = "submitted", "已提交，待审查"
    SUPPLEMENT = "supplement", "待补充"
    INVESTIGATING = "investigating", "调查中"
    REPORTED = "reported", "已查清，待作出处理决定"
    DECIDED = "decided", "已作出处理决定，待答复"
    FOLLOWING = "following", "已答复，处理措施落实中"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不予受理"
    TRANSFERRED = "transferred", "已移送"
    MERGED = "merged", "已并入其他投诉"
    TERMINATED = "terminated", "已终止"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为放弃投诉"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True)
class Articles:
    """Where the rules of one service speak of each thing, and who is told that something went wrong."""

    complaint: str
    acceptance: str
    supplement: str
    refusal: str
    transfer: str
    recusal: str
    investigation: str
    extension: str
    finding: str
    measures: str
    penalty: str
    reply: str


OFFICERS = rules.INVESTIGATORS
HEAD = Role.BUREAU_HEAD
BUREAU = OFFICERS | {HEAD}
# Whoever hears an oral complaint writes it down, the bureau included.
WRITERS = PERSON | OFFICERS

BEFORE_ACCEPTANCE = frozenset({S.SUBMITTED, S.SUPPLEMENT})
AT_WORK = frozenset({S.INVESTIGATING, S.REPORTED})
BEFORE_DECISION = BEFORE_ACCEPTANCE | AT_WORK
AFTER_DECISION = frozenset({S.DECIDED, S.FOLLOWING})
FINAL = frozenset(
    {S.CLOSED, S.REFUSED, S.TRANSFERRED, S.MERGED, S.TERMINATED, S.DEEMED_WITHDRAWN, S.WITHDRAWN}
)
ANY = frozenset(S.values)
STAGES = {
    "投诉": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.REFUSED, S.TRANSFERRED, S.MERGED}),
    "调查": AT_WORK | {S.TERMINATED, S.WITHDRAWN, S.DEEMED_WITHDRAWN},
    "决定": frozenset({S.DECIDED}),
    "落实": frozenset({S.FOLLOWING, S.CLOSED}),
}
PAPERS = frozenset({Doc.IDENTITY, Doc.MATTER_PROOF, Doc.AUTHORISATION, Doc.OTHER})
APPLICANT, HANDLER, SUPERVISOR = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER
# The officers check the clue, file a case against whoever is complained of (a file of its own), or say why not.
PENALTY = "enforcement_clue"


# fmt: off
def registration(law: Articles, complaint: type[django_forms.Form]) -> tuple[Step, ...]:
    return (
        Step("complain", "提出投诉", S.PREPARING, S.SUBMITTED, WRITERS, takes=PAPERS, form=complaint,
             guard=rules.complaint_is_clear, changes=rules.keep_complaint, letter="complaint_received",
             tells=APPLICANT | SUPERVISOR,
             says="您的投诉已经交给{organisation}，会先审查是否受理，再告诉您结果。", basis=law.complaint),
        Step("not_complained", "未提出投诉，关闭", S.PREPARING, S.WITHDRAWN, BUREAU | FRONT_LINE, form=Explain,
             tells=APPLICANT, says="您还没有提出投诉，这件事先关闭：{explanation} 以后可以随时提出。"),
        Step("withdraw", "撤回投诉", BEFORE_DECISION | {S.PREPARING}, S.WITHDRAWN, PERSON, form=Note, tells=BOTH,
             says="您已撤回投诉。机关认为需要查清的，仍然可以依职权处理。", basis=law.complaint),
        Step("add", "补充说明或证据", AT_WORK, None, PERSON, takes=PAPERS, form=Explain, tells=HANDLER,
             says="您补充了：{explanation}"),
    )


def acceptance(
    law: Articles, accept: type[django_forms.Form], refuse: type[django_forms.Form]
) -> tuple[Step, ...]:
    return (
        Step("hand_up", "移送其他司法行政机关", frozenset({S.SUBMITTED}), S.SUBMITTED, BUREAU, form=forms.HandUp,
             guard=rules.another_body, changes=rules.keep_body, letter="complaint_handed_up",
             tells=APPLICANT | SUPERVISOR, says="您的投诉改由{organisation}办理：{explanation}", basis=law.recusal),
        Step("accept", "受理", S.SUBMITTED, S.INVESTIGATING, OFFICERS, form=accept, guard=rules.may_accept,
             letter="complaint_accepted", tells=APPLICANT | SUPERVISOR, says="您的投诉已经受理，开始调查。",
             basis=law.acceptance),
        Step("ask_for_more", "一次性告知补充", S.SUBMITTED, S.SUPPLEMENT, OFFICERS, form=AskForMore,
             when=not_asked_before, guard=date_is_ahead, changes=keep_supplement_date, letter="complaint_supplement",
             tells=APPLICANT, says="还需要您补充：{items}。请在{by}前交来；不补充的，视为放弃投诉。",
             basis=law.supplement),
        Step("supplement", "补充", S.SUPPLEMENT, S.SUBMITTED, WRITERS, takes=PAPERS, form=Note,
             tells=APPLICANT | SUPERVISOR, says="您补充的内容已经收到，继续审查。{note}", basis=law.supplement),
        Step("lapse", "视为放弃投诉", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, OFFICERS | {Role.SYSTEM}, daily=True,
             when=supplement_is_late, letter="complaint_lapsed", tells=APPLICANT,
             says="没有在期限内补充，视为放弃投诉。准备好之后，您可以重新投诉。", basis=law.supplement),
        Step("refuse", "不予受理", S.SUBMITTED, S.REFUSED, OFFICERS, form=refuse, guard=rules.may_refuse,
             changes=rules.keep_refusal, letter="complaint_refused", tells=APPLICANT,
             says="没有受理您的投诉：{explanation} 您可以走的其他途径写在告知书里。", basis=law.refusal),
        Step("transfer", "移送其他机关", BEFORE_DECISION - {S.SUPPLEMENT}, S.TRANSFERRED, OFFICERS,
             form=forms.Transfer, guard=rules.impartial, changes=rules.keep_transfer, letter="complaint_transferred",
             tells=APPLICANT, says="您反映的事已经移送{to}：{explanation}", basis=law.transfer),
        Step("merge", "并入其他投诉", S.SUBMITTED, S.MERGED, OFFICERS, form=forms.Merge, guard=rules.may_merge,
             letter="complaint_merged", tells=APPLICANT,
             says="您的投诉与正在办理的另一件合并办理（案码{main}），处理结果会一并告诉您。", basis=law.acceptance),
    )


def investigation(law: Articles) -> tuple[Step, ...]:
    return (
        Step("assign", "指定调查人员", S.INVESTIGATING, None, BUREAU, form=forms.Assign, guard=rules.may_investigate,
             changes=rules.keep_investigator, tells=HANDLER, says="由{handler}负责调查。", basis=law.investigation),
        Step("ask_recusal", "申请调查人员回避", S.INVESTIGATING, None, PERSON, form=Explain,
             when=rules.no_recusal_pending, tells=APPLICANT | HANDLER | SUPERVISOR,
             says="您申请调查人员回避，机关负责人会作出决定。", basis=law.recusal),
        Step("recuse", "同意回避，更换调查人员", S.INVESTIGATING, None, HEAD, form=forms.Reassign,
             when=rules.recusal_pending, guard=rules.may_reinvestigate, changes=rules.keep_investigator, tells=BOTH,
             says="同意您的回避申请，改由{handler}调查。", basis=law.recusal),
        Step("refuse_recusal", "不同意回避", S.INVESTIGATING, None, HEAD, form=forms.RefuseRecusal,
             when=rules.recusal_pending, guard=rules.impartial, changes=rules.keep_recusal_refusal,
             letter="complaint_recusal_refused", tells=APPLICANT, says="没有同意您的回避申请：{explanation}",
             basis=law.recusal),
        Step("notify_target", "通知被投诉单位说明情况", S.INVESTIGATING, None, OFFICERS, form=forms.Notify,
             when=rules.is_assigned, guard=rules.may_notify, letter="complaint_notice", tells=APPLICANT,
             says="已经请被投诉单位说明情况，没有透露您的个人信息。", basis=law.investigation),
        Step("record_defence", "记录被投诉单位的说明", S.INVESTIGATING, None, OFFICERS, takes=frozenset({Doc.OTHER}),
             form=forms.Defence, when=rules.is_assigned, guard=rules.by_the_investigator, public=False,
             basis=law.investigation),
        Step("inquire", "记录调查情况", S.INVESTIGATING, None, OFFICERS, takes=frozenset({Doc.OTHER}),
             form=forms.Inquiry, when=rules.is_assigned, guard=rules.by_the_investigator, public=False,
             basis=law.investigation),
        Step("extend", "延长办理期限", AT_WORK, None, HEAD, form=forms.Extend, when=rules.not_extended,
             guard=rules.may_extend, letter="complaint_extended", tells=BOTH,
             says="情况复杂，办理期限延长{amount}日：{explanation}", basis=law.extension),
        Step("report", "提出调查报告", S.INVESTIGATING, S.REPORTED, OFFICERS, form=forms.Report,
             when=rules.may_report, guard=rules.by_the_investigator, tells=SUPERVISOR,
             says="调查已经结束，机关负责人正在作出处理决定。", basis=law.investigation),
        Step("return_report", "退回补充调查", S.REPORTED, S.INVESTIGATING, HEAD, form=Explain, guard=rules.impartial,
             tells=HANDLER, public=False, basis=law.investigation),
        Step("terminate", "终止办理", AT_WORK, S.TERMINATED, HEAD, form=forms.Terminate, guard=rules.impartial,
             changes=rules.keep_termination, letter="complaint_terminated", tells=BOTH,
             says="您的投诉已经终止办理：{explanation} 您可以走的其他途径写在告知书里。", basis=law.investigation),
    )


def findings(law: Articles) -> tuple[Step, ...]:
    return (
        Step("find_substantiated", "投诉属实", S.REPORTED, S.DECIDED, HEAD, form=forms.Finding,
             guard=rules.not_the_investigator, changes=rules.keep_finding, tells=BOTH,
             says="经查，您的投诉属实。处理措施和答复书会告诉您。", basis=law.finding),
        Step("find_partly", "投诉部分属实", S.REPORTED, S.DECIDED, HEAD, form=forms.Finding,
             guard=rules.not_the_investigator, changes=rules.keep_finding, tells=BOTH,
             says="经查，您的投诉部分属实。处理措施和答复书会告诉您。", basis=law.finding),
        Step("find_unfounded", "投诉不属实", S.REPORTED, S.DECIDED, HEAD, form=forms.Finding,
             guard=rules.not_the_investigator, changes=rules.keep_finding, tells=BOTH,
             says="经查，没有发现您反映的问题。具体情况写在答复书里。", basis=law.finding),
    )


def measures(law: Articles) -> tuple[Step, ...]:
    return (
        Step("order_correction", "责令改正", AFTER_DECISION, None, BUREAU, form=forms.Correct,
             when=rules.is_substantiated, guard=rules.measure_may_be_taken, changes=rules.keep_measure,
             letter="complaint_correction", tells=APPLICANT, says="已责令被投诉单位在{by}前改正：{items}",
             basis=law.measures),
        Step("order_replacement", "要求更换承办人员", AFTER_DECISION, None, BUREAU, form=forms.Measure,
             when=rules.is_substantiated, guard=rules.measure_may_be_taken, changes=rules.keep_measure,
             tells=APPLICANT, says="已要求更换承办人员：{explanation}", basis=law.measures),
        Step("admonish", "约谈、批评教育", AFTER_DECISION, None, BUREAU, form=forms.Measure,
             when=rules.is_substantiated, guard=rules.measure_may_be_taken, changes=rules.keep_measure,
             tells=APPLICANT, says="已对被投诉方约谈、批评教育。", basis=law.measures),
        Step("transfer_penalty", "移送行政处罚", AFTER_DECISION, None, BUREAU, form=forms.Measure,
             when=rules.is_substantiated, guard=rules.measure_may_be_taken, changes=rules.keep_measure, opens=PENALTY,
             child=rules.as_clue, tells=APPLICANT, says="涉嫌违法，已经移送执法人员核查。", basis=law.penalty),
        Step("refer_discipline", "建议行业处分", AFTER_DECISION, None, BUREAU, form=forms.Discipline,
             when=rules.is_substantiated, guard=rules.measure_may_be_taken, changes=rules.keep_measure,
             tells=APPLICANT, says="已建议行业协会或者所在单位处分。", basis=law.measures),
        Step("record_result", "记录落实情况", AFTER_DECISION, None, OFFICERS, form=forms.Outcome,
             when=rules.result_is_due, tells=APPLICANT, says="改正的情况：{result}", basis=law.measures),
    )


def closing(law: Articles) -> tuple[Step, ...]:
    return (
        Step("reply", "答复投诉人并告知被投诉方", S.DECIDED, S.FOLLOWING, BUREAU, form=forms.Reply,
             guard=rules.may_reply, changes=rules.keep_reply, letter="complaint_reply", tells=APPLICANT,
             says="投诉处理答复书已经发给您。您不服的，可以走的途径写在答复书里。", basis=law.reply),
        Step("child_closed", "违法线索核查有结果", S.FOLLOWING, None, Role.SYSTEM, form=ChildClosed, tells=HANDLER,
             public=False),
        Step("close", "措施落实，办结", S.FOLLOWING, S.CLOSED, OFFICERS | {Role.SYSTEM},
             when=rules.measures_are_carried_out, says="投诉已经办结。", basis=law.reply),
    )
# fmt: on
