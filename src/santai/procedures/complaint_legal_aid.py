"""Complaint about legal aid (法律援助投诉): complaint to answer and correction.

Basis: 法律援助法 (2022-01-01) 55-57, 61-63; 法律援助投诉处理办法 (司法部令第149号, 2025-06-15), whose articles beyond 5
and whose time limits are known from summaries only: the limits of the rules before it stand as defaults, marked U, and
may be replaced by a parameter `clock.<id>`. The rows the three kinds of complaint share: `rules/complaint_rows.py`.
"""

from __future__ import annotations

from datetime import date

from santai.casework.kernel import Procedure
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.procedures.forms import complaint as forms
from santai.procedures.rules import complaint_rows as rows
from santai.procedures.rules.complaint_rows import S
from santai.registry.models import OrganisationKind

ANY = rows.ANY
RULES = "法律援助投诉处理办法（条号待核）"

# fmt: off
LAW = rows.Articles(
    complaint="法律援助投诉处理办法第三条、第五条",
    acceptance=RULES,
    supplement=RULES,
    refusal=RULES,
    transfer=RULES,
    recusal=RULES,
    investigation="法律援助法第五十六条",
    extension=RULES,
    finding="法律援助法第五十六条",
    measures="法律援助法第五十五条、第五十六条",
    penalty="法律援助法第六十一条至第六十三条",
    reply="法律援助法第五十六条",
)

PROCEDURE = Procedure(
    label="法律援助投诉",
    kind="50",
    states=S,
    initial=S.PREPARING,
    final=rows.FINAL,
    in_force=date(2025, 6, 15),
    basis="法律援助法；法律援助投诉处理办法（司法部令第149号）",
    body=OrganisationKind.BUREAU,
    applied_for="投诉法律援助服务",
    opened_by=rows.OFFICERS,
    answered=frozenset({S.FOLLOWING}),
    says_opening="可以投诉法律援助服务。请写清投诉谁、发生了什么，也可以口头说，由窗口或热线帮您写。",
    stages=rows.STAGES,
    steps=(
        *rows.registration(LAW, forms.ComplainOfAid),
        *rows.acceptance(LAW, forms.Accept, forms.RefuseAid),
        *rows.investigation(LAW),
        *rows.findings(LAW),
        *rows.measures(LAW),
        *rows.closing(LAW),
    ),
    clocks=(
        Clock("complaint", "填写投诉", days(30), "转入后30日内提醒投诉人（默认值）", id="LA16O",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "决定是否受理", workdays(5), f"{RULES}；等待补充的时间不计", id="LA16A",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - rows.BEFORE_ACCEPTANCE,
              paused_in=frozenset({S.SUPPLEMENT}), restarts=True, confidence=Confidence.U),
        Clock("investigation", "调查并作出处理决定", days(45), RULES, id="LA16",
              runs_from_steps=frozenset({"accept"}), until=ANY - rows.AT_WORK,
              extension=Extension("extend", at_most=30), confidence=Confidence.U),
        Clock("recusal", "决定回避申请", workdays(3), f"{RULES}，日数为默认值", id="LA16H",
              runs_from_steps=frozenset({"ask_recusal"}), until_steps=frozenset({"recuse", "refuse_recusal"}),
              until=ANY - rows.AT_WORK, restarts=True, confidence=Confidence.U),
        Clock("reply", "答复投诉人", workdays(5), RULES, id="LA16R", runs_from=frozenset({S.DECIDED}),
              until=ANY - {S.DECIDED}, confidence=Confidence.U),
    ),
)
# fmt: on
