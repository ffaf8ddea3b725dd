"""Publication of enforcement information (行政执法公示): from the decision or document to the page, and down again.

Basis: 国办发〔2018〕118号 (三项制度); 行政处罚法 arts. 39, 48; 政府信息公开条例 arts. 14, 15, 20, 26;
安徽省行政执法公示办法 (2020-09-01). The applicant is whoever the decision concerns, so that they can ask for a
correction; for the bureau's own documents it is the bureau. What the public reads is a copy without private data (room
`publication`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, workdays
from santai.procedures.forms import publication as forms
from santai.procedures.rules import publication as rules
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    NEW = "new", "待列入公示"
    DRAFT = "draft", "待整理"
    CHECKING = "checking", "待审核公示"
    PUBLISHED = "published", "公示中"
    REVISING = "revising", "公示中，待更新"
    WITHDRAWING = "withdrawing", "待撤下并说明理由"
    TAKEN_DOWN = "taken_down", "已撤下"
    EXPIRED = "expired", "公示期满"
    WITHHELD = "withheld", "不予公开"
    CANCELLED = "cancelled", "决定已变动，不再公示"


OFFICER, HEAD = Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD
APPROVERS = frozenset({Role.LEGALITY_REVIEWER, HEAD})
PREPARERS = frozenset({OFFICER, Role.LEGALITY_REVIEWER})
AUTHORITY = PREPARERS | APPROVERS
BEFORE = frozenset({S.DRAFT, S.CHECKING})
SHOWN = frozenset({S.PUBLISHED, S.REVISING})
CLOSED = frozenset({S.TAKEN_DOWN, S.EXPIRED, S.WITHHELD, S.CANCELLED})
ANY = frozenset(S.values)
APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})

# fmt: off
PROCEDURE = Procedure(
    label="行政执法公示",
    kind="63",
    states=S,
    initial=S.NEW,
    final=CLOSED,
    in_force=date(2018, 12, 5),
    basis="国办发〔2018〕118号；行政处罚法第三十九条、第四十八条；政府信息公开条例",
    body=OrganisationKind.BUREAU,
    opened_by=AUTHORITY,
    says_opening="有关决定将依法公示；自然人的姓名等个人信息会隐去。",
    stages={
        "整理": frozenset({S.NEW, S.DRAFT, S.WITHHELD, S.CANCELLED}),
        "审核": frozenset({S.CHECKING}),
        "公示": SHOWN | {S.EXPIRED},
        "撤下": frozenset({S.WITHDRAWING, S.TAKEN_DOWN}),
    },
    steps=(
        # --- 列入、整理、审核
        Step("take_in_decision", "列入公示：行政处罚、行政许可", S.NEW, S.DRAFT, PREPARERS | {Role.SYSTEM},
             form=forms.TakeIn, guard=rules.is_decision, changes=rules.keep_text, tells=OFFICERS, public=False,
             basis="国办发〔2018〕118号"),
        Step("take_in", "列入公示：其他信息", S.NEW, S.DRAFT, PREPARERS | {Role.SYSTEM}, form=forms.TakeIn,
             guard=rules.is_no_decision, changes=rules.keep_text, tells=OFFICERS, public=False,
             basis="政府信息公开条例第二十条、第二十六条"),
        Step("prepare", "整理公示文本", BEFORE | {S.REVISING}, S.CHECKING, PREPARERS, form=forms.Prepare,
             begins_with="text", guard=rules.nothing_private, changes=rules.keep_text, tells=OFFICERS, public=False,
             basis="政府信息公开条例第十五条、第十七条"),
        Step("approve", "审核，公示", S.CHECKING, S.PUBLISHED, APPROVERS, form=forms.Approve,
             guard=rules.another_approves, changes=rules.keep_term, tells=APPLICANT,
             says="有关信息已在“行政执法公示”公开，个人信息已隐去。您认为有误的，可以申请更正。",
             basis="政府信息公开条例第十七条"),
        Step("return_draft", "退回修改", S.CHECKING, S.DRAFT, APPROVERS, form=forms.ReturnDraft,
             guard=rules.another_approves, tells=OFFICERS, public=False, basis="政府信息公开条例第十七条"),
        Step("withhold", "不予公开", BEFORE, S.WITHHELD, HEAD, form=forms.Withhold, letter="publication_withheld",
             tells=APPLICANT | OFFICERS, says="这条信息依法不公开。", basis="政府信息公开条例第十四条、第十五条"),
        # --- 更正、更新
        Step("ask_correction", "申请更正", SHOWN, None, PREPARERS | {Role.APPLICANT, Role.SYSTEM},
             form=forms.AskCorrection, when=rules.no_correction_is_asked, either=True,
             tells=APPLICANT | OFFICERS,
             says="更正申请已收到，正在核实。", basis="安徽省行政执法公示办法（纠错）"),
        Step("correct", "更正公示文本", SHOWN, S.CHECKING, PREPARERS, form=forms.Prepare, begins_with="text",
             when=rules.correction_is_asked, guard=rules.nothing_private, changes=rules.keep_text,
             tells=APPLICANT | OFFICERS, says="公示的信息需要更正，更正后的文本正在审核。",
             basis="安徽省行政执法公示办法（纠错）"),
        Step("refuse_correction", "不予更正", SHOWN, None, APPROVERS, form=forms.RefuseCorrection,
             when=rules.correction_is_asked, letter="publication_not_corrected", tells=APPLICANT,
             says="没有更正：{explanation} 您不同意的，可以申请行政复议或者提起行政诉讼。",
             basis="安徽省行政执法公示办法（纠错）"),
        Step("note_change", "内容有变化，待更新", S.PUBLISHED, S.REVISING, PREPARERS, form=forms.NoteChange,
             guard=rules.changed_by_now, tells=OFFICERS, public=False, basis="政府信息公开条例第二十六条"),
        # --- 撤下、期满
        Step("cancel", "决定已变动，不再公示", BEFORE, S.CANCELLED, PREPARERS | {Role.SYSTEM}, form=forms.Withdraw,
             when=rules.was_never_published, guard=rules.received_by_now, tells=APPLICANT,
             says="有关决定已经变动，原来的内容不再公示。",
             basis="行政处罚法第四十八条第二款"),
        Step("withdraw", "决定已变动，撤下", SHOWN | BEFORE, S.WITHDRAWING, AUTHORITY | {Role.SYSTEM},
             form=forms.Withdraw, when=rules.was_published, guard=rules.received_by_now, changes=rules.keep_withdrawal,
             tells=OFFICERS,
             says="有关决定已经变动，公示内容已停止显示，3个工作日内公开说明理由。",
             basis="行政处罚法第四十八条第二款"),
        Step("take_down", "撤下并公开说明理由", S.WITHDRAWING, S.TAKEN_DOWN, AUTHORITY, form=forms.TakeDown,
             begins_with="withdrawal",
             guard=rules.reason_is_clean, changes=rules.keep_reason, tells=APPLICANT,
             says="原公示信息已经撤下：{public_reason}", basis="行政处罚法第四十八条第二款、第八十五条"),
        Step("expire", "公示期满，停止公示", S.PUBLISHED, S.EXPIRED, Role.SYSTEM, when=rules.term_is_over, daily=True,
             tells=APPLICANT, says="公示期已满，信息已停止公示。",
             basis="公示期限（参照市场监管总局令第45号，待核实）"),
    ),
    clocks=(
        Clock("general", "公示", workdays(20), "政府信息公开条例第二十六条", id="PB01",
              runs_from_steps=frozenset({"take_in"}), start_field="formed_on", until=ANY - BEFORE),
        Clock("decision", "公示行政处罚、行政许可决定", workdays(7), "国办发〔2018〕118号", id="PB02",
              runs_from_steps=frozenset({"take_in_decision"}), start_field="formed_on", until=ANY - BEFORE,
              confidence=Confidence.S2),
        Clock("update", "更新变化的内容", workdays(20), "政府信息公开条例第二十六条", id="PB01",
              runs_from=frozenset({S.REVISING}), start_field="changed_on", until=ANY - {S.REVISING, S.CHECKING},
              restarts=True),
        Clock("withdrawal", "撤下公示信息并公开说明理由", workdays(3), "行政处罚法第四十八条第二款、第八十五条",
              id="PB03",
              runs_from=frozenset({S.WITHDRAWING}), start_field="received_on", until=ANY - {S.WITHDRAWING}),
        Clock("correction", "核实更正申请", workdays(10), "安徽省行政执法公示办法（日数为默认值）", id="PB04",
              runs_from_steps=frozenset({"ask_correction"}), until_steps=frozenset({"approve", "refuse_correction"}),
              until=CLOSED | {S.WITHDRAWING}, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
