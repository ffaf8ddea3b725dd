"""Data sharing between organs (政务数据共享): request, answer, provision, correction.

Basis: 政务数据共享条例 (2025-08-01) 21-22 and following: unconditional items are answered within 1 working day,
conditional ones within 10 (+10), provided within 20, doubts settled within 10. The article of each but the first two is
to be confirmed; the values were read. The applicant is the organ that asks.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.procedures.forms import data_share as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import data_share as rules
from santai.procedures.rules.conditions import not_extended
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    ASKED_OPEN = "asked_open", "无条件共享，待答复"
    ASKED_CONDITIONAL = "asked_conditional", "有条件共享，待答复"
    AGREED = "agreed", "同意共享，待提供"
    PROVIDED = "provided", "已提供"
    CORRECTING = "correcting", "校核中"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不同意共享"
    WITHDRAWN = "withdrawn", "已撤回"


STAFF = frozenset({Role.SUPERVISOR, Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD})
# What the other organ sends by letter is taken down by the bureau.
ORGAN = PERSON | STAFF
ASKED = frozenset({S.ASKED_OPEN, S.ASKED_CONDITIONAL})
ANY = frozenset(S.values)
APPLICANT, HANDLER, SUPERVISOR = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
LAW = "政务数据共享条例第二十一条"

# fmt: off
PROCEDURE = Procedure(
    label="政务数据共享",
    kind="58",
    states=S,
    initial=S.PREPARING,
    final=frozenset({S.CLOSED, S.REFUSED, S.WITHDRAWN}),
    in_force=date(2025, 8, 1),
    basis="政务数据共享条例",
    body=OrganisationKind.BUREAU,
    opened_by=STAFF,
    answered=frozenset({S.PROVIDED, S.CORRECTING}),
    says_opening="可以申请共享政务数据。请按目录填写要共享的数据和履行的职责。",
    stages={
        "申请": ASKED | {S.PREPARING, S.REFUSED, S.WITHDRAWN},
        "提供": frozenset({S.AGREED}),
        "使用": frozenset({S.PROVIDED, S.CORRECTING, S.CLOSED}),
    },
    steps=(
        Step("request_open", "申请无条件共享的数据", S.PREPARING, S.ASKED_OPEN, ORGAN, form=forms.Request,
             guard=rules.is_an_organ, changes=rules.keep_request, tells=APPLICANT | SUPERVISOR,
             says="共享申请已经收到，1个工作日内答复。", basis=LAW),
        Step("request_conditional", "申请有条件共享的数据", S.PREPARING, S.ASKED_CONDITIONAL, ORGAN,
             form=forms.Request, guard=rules.is_an_organ, changes=rules.keep_request, tells=APPLICANT | SUPERVISOR,
             says="共享申请已经收到，10个工作日内答复。", basis=LAW),
        Step("not_requested", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, STAFF | FRONT_LINE, form=Explain,
             tells=APPLICANT, says="还没有提出共享申请，这件事先关闭：{explanation}"),
        Step("withdraw", "撤回申请", ASKED | {S.PREPARING, S.AGREED}, S.WITHDRAWN, ORGAN, form=Note, tells=HANDLER,
             says="共享申请已经撤回。"),
        Step("extend", "延长答复期限", S.ASKED_CONDITIONAL, None, STAFF, form=forms.Extend,
             when=not_extended, guard=rules.may_extend, letter="data_share_extended", tells=APPLICANT,
             says="答复期限延长{amount}个工作日：{explanation}", basis=LAW),
        Step("agree", "同意共享", ASKED, S.AGREED, STAFF, form=forms.Agree, changes=take_it_myself,
             letter="data_share_agreed", tells=APPLICANT, says="同意共享，20个工作日内提供。{conditions}", basis=LAW),
        Step("refuse", "不同意共享", S.ASKED_CONDITIONAL, S.REFUSED, STAFF, form=forms.Refuse,
             changes=rules.keep_refusal, letter="data_share_refused", tells=APPLICANT,
             says="不同意共享：{explanation} 有异议的办法写在答复书里。", basis=LAW),
        Step("provide", "提供数据", S.AGREED, S.PROVIDED, STAFF, form=forms.Provide, tells=APPLICANT,
             says="数据已经提供：{record}", basis="政务数据共享条例第二十二条"),
        Step("ask_correction", "提出疑义", S.PROVIDED, S.CORRECTING, ORGAN, form=forms.Correct, tells=HANDLER,
             says="疑义已经转给数据提供部门，10个工作日内校核。", basis="政务数据共享条例（校核，条号待核）"),
        Step("correct", "校核答复", S.CORRECTING, S.PROVIDED, STAFF, form=forms.Corrected,
             guard=rules.not_who_agreed, tells=APPLICANT, says="校核结果：{result}",
             basis="政务数据共享条例（校核，条号待核）"),
        Step("close", "使用结束，办结", S.PROVIDED, S.CLOSED, STAFF | {Role.APPLICANT}, form=Note, either=True,
             tells=APPLICANT, says="数据共享已经结束。{note}"),
    ),
    clocks=(
        Clock("filing", "填写申请", days(30), "转入后30日内提醒申请部门（默认值）", id="DS00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("answer_open", "答复（无条件共享）", workdays(1), LAW, id="DS01O",
              runs_from=frozenset({S.ASKED_OPEN}), until=ANY - {S.ASKED_OPEN}),
        Clock("answer_conditional", "答复（有条件共享）", workdays(10), LAW, id="DS01",
              runs_from=frozenset({S.ASKED_CONDITIONAL}), until=ANY - {S.ASKED_CONDITIONAL},
              extension=Extension("extend", at_most=10)),
        Clock("provision", "提供数据", workdays(20), "政务数据共享条例第二十二条", id="DS01P",
              runs_from=frozenset({S.AGREED}), until=ANY - {S.AGREED}),
        Clock("correction", "校核数据", workdays(10), "政务数据共享条例（校核，条号待核）", id="DS01C",
              runs_from=frozenset({S.CORRECTING}), until=ANY - {S.CORRECTING}, restarts=True),
    ),
)
# fmt: on
