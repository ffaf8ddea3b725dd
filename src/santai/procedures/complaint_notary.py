"""Complaint about a notary or a notary office (公证投诉): how they work, not what the certificate says.

Basis: 公证法 (2018-01-01) 5, 40-42; 公证程序规则 (2021-01-01) 61, 66-67. No text sets time limits for a complaint about
conduct: those below are defaults, marked U. Whoever disputes the content asks the office for a re-check (复查) within
the window of art. 61, which is shown here so that nobody loses it while complaining, or sues.
The rows the three kinds of complaint share: `rules/complaint_rows.py`.
"""

from __future__ import annotations

from datetime import date

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, Confidence, Extension, days, workdays, years
from santai.procedures.forms import complaint as forms
from santai.procedures.forms.legal_aid import Explain
from santai.procedures.rules import complaint as rules
from santai.procedures.rules import complaint_rows as rows
from santai.procedures.rules.complaint_rows import S
from santai.registry.models import OrganisationKind

ANY = rows.ANY
PRACTICE = "公证法第五条（程序和日数为默认值）"

# fmt: off
LAW = rows.Articles(
    complaint="公证法第五条",
    acceptance=PRACTICE,
    supplement=PRACTICE,
    refusal="公证法第四十条；公证程序规则第六十一条",
    transfer=PRACTICE,
    recusal=PRACTICE,
    investigation="公证法第五条",
    extension=PRACTICE,
    finding="公证法第五条",
    measures="公证法第四十一条、第四十二条",
    penalty="公证法第四十一条、第四十二条",
    reply=PRACTICE,
)

PROCEDURE = Procedure(
    label="公证投诉",
    kind="51",
    states=S,
    initial=S.PREPARING,
    final=rows.FINAL,
    in_force=date(2021, 1, 1),
    basis="公证法；公证程序规则",
    body=OrganisationKind.BUREAU,
    applied_for="投诉公证服务",
    opened_by=rows.OFFICERS,
    answered=frozenset({S.FOLLOWING}),
    says_opening="可以投诉公证处和公证员。请写清投诉谁、发生了什么；对公证书内容有争议的，可以申请复查或者起诉。",
    stages=rows.STAGES,
    steps=(
        *rows.registration(LAW, forms.ComplainOfNotary),
        *rows.acceptance(LAW, forms.Accept, forms.RefuseNotary),
        *rows.investigation(LAW),
        Step("refer_recheck", "告知申请复查", rows.AT_WORK, None, rows.OFFICERS, form=Explain,
             guard=rules.by_the_investigator, letter="complaint_recheck", tells=rows.APPLICANT,
             says="公证书的内容有争议的，请在复查期限内向公证处申请复查：{explanation}",
             basis="公证程序规则第六十一条"),
        *rows.findings(LAW),
        *rows.measures(LAW),
        *rows.closing(LAW),
    ),
    clocks=(
        Clock("complaint", "填写投诉", days(30), "转入后30日内提醒投诉人（默认值）", id="NT04O",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("recheck_window", "可以向公证处申请复查", years(1), "公证程序规则第六十一条", id="NT04",
              runs_from_steps=frozenset({"complain"}), start_field="knew_on", until=rows.AFTER_DECISION,
              confidence=Confidence.S2),
        Clock("acceptance", "决定是否受理", workdays(5), f"{PRACTICE}；等待补充的时间不计", id="NT04A",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - rows.BEFORE_ACCEPTANCE,
              paused_in=frozenset({S.SUPPLEMENT}), restarts=True, confidence=Confidence.U),
        Clock("investigation", "调查并作出处理决定", days(45), PRACTICE, id="NT04I",
              runs_from_steps=frozenset({"accept"}), until=ANY - rows.AT_WORK,
              extension=Extension("extend", at_most=30), confidence=Confidence.U),
        Clock("recusal", "决定回避申请", workdays(3), PRACTICE, id="NT04H",
              runs_from_steps=frozenset({"ask_recusal"}), until_steps=frozenset({"recuse", "refuse_recusal"}),
              until=ANY - rows.AT_WORK, restarts=True, confidence=Confidence.U),
        Clock("reply", "答复投诉人", workdays(5), PRACTICE, id="NT04R", runs_from=frozenset({S.DECIDED}),
              until=ANY - {S.DECIDED}, confidence=Confidence.U),
    ),
)
# fmt: on
