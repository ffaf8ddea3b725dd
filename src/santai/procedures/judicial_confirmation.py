"""Judicial confirmation of a mediation agreement (司法确认): what the parties do, what the court does, what follows.

Basis: 民事诉讼法 (2024-01-01) 205-206; 民诉法解释 353-358, 372; 人民调解法 33;
人民调解协议司法确认程序规定 (2011-03-30).
The court decides; the platform prepares, reminds, and records what the court did with the paper that shows it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Extension, days, months, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import judicial_confirmation as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import judicial_confirmation as rules
from santai.procedures.rules.legal_aid import date_is_ahead
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待核对协议"
    GATHERING = "gathering", "待双方共同申请"
    SUBMITTED = "submitted", "已向法院申请"
    REVIEWING = "reviewing", "法院审查中"
    SUPPLEMENT = "supplement", "法院要求补充"
    CONFIRMED = "confirmed", "确认有效"
    OBJECTION = "objection", "异议审查中"
    EXECUTION = "execution", "已申请强制执行"
    SETTLED = "settled", "已办结"
    NOT_APPLIED = "not_applied", "不能申请司法确认"
    NOT_FILED = "not_filed", "法院不予受理"
    REJECTED = "rejected", "法院驳回申请"
    REVOKED = "revoked", "确认裁定被撤销或者改变"
    WITHDRAWN = "withdrawn", "已撤回"


# Whoever mediated, of a committee, a law firm or an administrative organ, and records what the court does.
STAFF = frozenset({Role.MEDIATOR, Role.LAWYER, Role.SUPERVISOR, Role.BUREAU_HEAD}) | FRONT_LINE
EVERYBODY = PERSON | STAFF

BEFORE_COURT = frozenset({S.PREPARING, S.GATHERING})
AT_COURT = frozenset({S.SUBMITTED, S.REVIEWING, S.SUPPLEMENT})
IN_REVIEW = frozenset({S.REVIEWING, S.SUPPLEMENT})
RULED = frozenset({S.CONFIRMED, S.OBJECTION, S.EXECUTION})
CLOSED = frozenset({S.SETTLED, S.NOT_APPLIED, S.NOT_FILED, S.REJECTED, S.REVOKED, S.WITHDRAWN})
ANY = frozenset(S.values)
COURT_PAPER = frozenset({Doc.COURT_PAPER})

APPLICANT, HANDLER, MEDIATORS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
BOTH = APPLICANT | HANDLER

PROCEDURE = Procedure(
    label="司法确认",
    kind="04",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2024, 1, 1),
    basis="民事诉讼法第二百零五条、第二百零六条；人民调解法第三十三条",
    body=OrganisationKind.MEDIATION,
    applied_for="申请司法确认",
    answered=RULED,
    says_opening="可以申请司法确认（免费）：法院确认后，对方不履行就可以申请强制执行。请先填写协议的情况。",
    stages={
        "核对": frozenset({S.PREPARING, S.NOT_APPLIED}),
        "申请": frozenset({S.GATHERING, S.SUBMITTED, S.NOT_FILED, S.WITHDRAWN}),
        "审查": IN_REVIEW | {S.REJECTED},
        "确认": frozenset({S.CONFIRMED, S.OBJECTION, S.REVOKED}),
        "履行": frozenset({S.EXECUTION, S.SETTLED}),
    },
    # Each row of the staff: a supervisor, who reaches a whole division, only where the case lies.
    steps=rules.where_it_lies(
        # --- 核对、共同申请
        Step("check_agreement", "核对协议", S.PREPARING, S.GATHERING, EVERYBODY, form=forms.Agreement,
             guard=rules.confirmable, changes=rules.keep_agreement, letter="judicial_confirmation_application",
             either=True, tells=APPLICANT | MEDIATORS,
             says="可以申请司法确认。申请书已写好，请双方签字，一起向{court}申请。从协议生效起30日内有效。",
             basis="民事诉讼法第二百零五条；民诉法解释第三百五十五条"),
        Step("cannot_apply", "不能申请司法确认", BEFORE_COURT, S.NOT_APPLIED, STAFF, form=forms.Cannot,
             changes=rules.keep_obstacle, letter="judicial_confirmation_unavailable", tells=BOTH,
             says="这份协议不能申请司法确认：{explanation} 您可以走的路写在告知书里。",
             basis="民事诉讼法第二百零五条；民诉法解释第三百五十五条"),
        Step("submit", "双方共同申请", S.GATHERING, S.SUBMITTED, EVERYBODY,
             needs=frozenset({Doc.CONFIRMATION_APPLICATION}),
             takes=frozenset({Doc.MEDIATION_AGREEMENT, Doc.IDENTITY, Doc.AUTHORISATION}), form=forms.Submit,
             guard=rules.may_be_submitted, tells=BOTH, says="已在{filed_on}向法院申请司法确认，法院3日内决定是否受理。",
             basis="民事诉讼法第二百零五条；民诉法解释第三百五十三条、第三百五十四条"),
        Step("withdraw", "撤回申请", BEFORE_COURT | AT_COURT, S.WITHDRAWN, PERSON, form=Note, tells=BOTH,
             says="司法确认申请已撤回，调解协议仍然有效。", basis="民诉法解释第三百五十七条"),
        # --- 法院
        Step("court_accepts", "法院受理", S.SUBMITTED, S.REVIEWING, STAFF, form=forms.Filed, guard=rules.filed_by_now,
             tells=APPLICANT, says="法院已受理，案号{case_number}，15日内作出裁定。",
             basis="人民调解协议司法确认程序规定第四条、第五条"),
        Step("court_refuses", "法院不予受理", S.SUBMITTED, S.NOT_FILED, STAFF, needs=COURT_PAPER, form=forms.NotFiled,
             changes=rules.keep_court_refusal, letter="judicial_confirmation_not_filed", tells=BOTH,
             says="法院没有受理司法确认申请：{explanation} 您可以走的路写在告知书里。",
             basis="民诉法解释第三百五十五条"),
        Step("court_asks_more", "法院要求补充", S.REVIEWING, S.SUPPLEMENT, STAFF, form=forms.CourtAsks,
             guard=date_is_ahead, tells=APPLICANT, says="法院要求补充：{items}。请在{by}前交来，否则按撤回申请处理。",
             basis="民诉法解释第三百五十六条、第三百五十七条"),
        Step("supplement", "已向法院补充", S.SUPPLEMENT, S.REVIEWING, EVERYBODY, form=Note, tells=BOTH,
             says="补充的材料已交给法院，审查继续。{note}", basis="民诉法解释第三百五十六条"),
        Step("court_deems_withdrawn", "法院按撤回处理", S.SUPPLEMENT, S.WITHDRAWN, STAFF, needs=COURT_PAPER,
             form=Explain, tells=BOTH, says="法院按撤回申请处理：{explanation} 调解协议仍然有效。",
             basis="民诉法解释第三百五十七条"),
        Step("court_extends", "法院延长审查", S.REVIEWING, None, STAFF, form=forms.CourtExtends,
             when=rules.not_extended_yet, tells=APPLICANT, says="经院长批准，法院的审查延长{amount}日。",
             basis="人民调解协议司法确认程序规定第五条"),
        Step("confirm", "法院确认有效", S.REVIEWING, S.CONFIRMED, STAFF, needs=COURT_PAPER, form=forms.Confirmed,
             guard=rules.decided_and_served, changes=rules.keep_confirmed, letter="judicial_confirmation_confirmed",
             tells=BOTH, says="法院裁定调解协议有效（{case_number}）。对方不履行的，您可以申请强制执行。",
             basis="民事诉讼法第二百零六条"),
        Step("reject", "法院驳回申请", S.REVIEWING, S.REJECTED, STAFF, needs=COURT_PAPER, form=forms.Rejected,
             guard=rules.served_by_now, changes=rules.keep_rejection, letter="judicial_confirmation_rejected",
             tells=BOTH, says="法院驳回了司法确认申请：{explanation} 您可以走的路写在告知书里。",
             basis="民事诉讼法第二百零六条；民诉法解释第三百五十八条"),
        # --- 异议
        Step("object", "当事人提出异议", S.CONFIRMED, S.OBJECTION, EVERYBODY, form=forms.PartyObjects,
             guard=rules.objection_in_time, tells=BOTH, says="已向作出裁定的法院提出异议。",
             basis="民诉法解释第三百七十二条"),
        Step("note_third_party", "登记利害关系人", S.CONFIRMED, None, STAFF, form=forms.ThirdParty,
             guard=rules.known_by_now, public=False, tells=HANDLER, basis="民诉法解释第三百七十二条"),
        Step("third_party_objects", "利害关系人提出异议", S.CONFIRMED, S.OBJECTION, STAFF, form=forms.PartyObjects,
             when=rules.third_party_is_noted, guard=rules.third_objection_in_time, tells=BOTH,
             says="有利害关系人对裁定提出了异议，法院正在审查。", basis="民诉法解释第三百七十二条"),
        Step("objection_fails", "异议不成立", S.OBJECTION, S.CONFIRMED, STAFF, needs=COURT_PAPER,
             form=forms.ObjectionResult, letter="judicial_confirmation_objection", tells=BOTH,
             says="法院认为异议不成立，确认裁定仍然有效：{explanation}", basis="民诉法解释第三百七十二条"),
        Step("objection_stands", "异议成立", S.OBJECTION, S.REVOKED, STAFF, needs=COURT_PAPER,
             form=forms.ObjectionResult, letter="judicial_confirmation_revoked", tells=BOTH,
             says="法院认为异议成立，撤销或者改变了确认裁定：{explanation} 可以走的路写在告知书里。",
             basis="民诉法解释第三百七十二条"),
        Step("objection_over", "当事人异议期届满", S.CONFIRMED, None, STAFF | {Role.SYSTEM},
             when=rules.party_window_is_over, says="当事人提出异议的15日已过。", basis="民诉法解释第三百七十二条"),
        Step("third_objection_over", "利害关系人异议期届满", S.CONFIRMED, None, STAFF | {Role.SYSTEM},
             when=rules.third_window_is_over, public=False, basis="民诉法解释第三百七十二条"),
        # --- 执行
        Step("apply_execution", "申请强制执行", S.CONFIRMED, S.EXECUTION, EVERYBODY, form=forms.Execution,
             guard=rules.execution_may_be_asked, tells=BOTH, says="对方没有履行，已向法院申请强制执行。",
             basis="民事诉讼法第二百零六条、第二百五十条"),
        Step("performed", "已经履行", frozenset({S.CONFIRMED, S.EXECUTION}), S.SETTLED, STAFF, form=forms.Performed,
             guard=rules.performed_by_now, tells=APPLICANT, says="调解协议已经履行：{finding}",
             basis="人民调解法第三十一条"),
        Step("close", "办结", frozenset({S.CONFIRMED, S.EXECUTION}), S.SETTLED, STAFF, form=Explain,
             when=rules.opened_long_enough, tells=APPLICANT, says="司法确认已办结：{explanation}"),
    ),
    clocks=(
        Clock("window", "双方共同申请司法确认", days(30), "民事诉讼法第二百零五条", id="MD02",
              runs_from_steps=frozenset({"check_agreement"}), start_field="effective_on", until=ANY - BEFORE_COURT,
              stop_field="filed_on"),
        Clock("filing", "法院决定是否受理", days(3), "人民调解协议司法确认程序规定第四条", id="MD03A",
              runs_from=frozenset({S.SUBMITTED}), start_field="received_on", until=ANY - {S.SUBMITTED}),
        Clock("decision", "法院作出裁定", days(15), "人民调解协议司法确认程序规定第五条", id="MD03",
              runs_from=frozenset({S.REVIEWING}), start_field="accepted_on", until=ANY - IN_REVIEW,
              paused_in=frozenset({S.SUPPLEMENT}), extension=Extension("court_extends", at_most=10)),
        Clock("party_objection", "当事人提出异议", days(15), "民诉法解释第三百七十二条", id="MD03B",
              runs_from_steps=frozenset({"confirm"}), start_field="served_on",
              until_steps=frozenset({"object", "objection_over"}), until=CLOSED, stop_field="filed_on"),
        Clock("third_objection", "利害关系人提出异议", months(6), "民诉法解释第三百七十二条", id="MD03C",
              runs_from_steps=frozenset({"note_third_party"}), start_field="knew_on",
              until_steps=frozenset({"third_party_objects", "third_objection_over"}), until=CLOSED,
              stop_field="filed_on"),
        Clock("execution", "申请强制执行", years(2), "民事诉讼法第二百五十条", id="MD03D",
              runs_from_steps=frozenset({"confirm"}), start_field="due_on", until=CLOSED | {S.EXECUTION},
              stop_field="filed_on"),
    ),
)
