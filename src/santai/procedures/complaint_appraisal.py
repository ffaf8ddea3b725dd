"""Complaint about forensic appraisal (司法鉴定执业活动投诉): complaint to answer and correction.

Basis: 司法鉴定执业活动投诉处理办法 (司法部令第144号, 2019-06-01) 3, 4 and the rule to tell both sides within 7 working
days, known from secondary pages; its other limits are recalled and marked U. Grounds of refusal:
北京市司法鉴定管理条例 31, 上海市司法鉴定管理条例 45. The rows all three complaints share: `rules/complaint_rows.py`.
"""

from __future__ import annotations

from datetime import date

from santai.casework.kernel import Procedure
from santai.casework.terms import Clock, Confidence, Extension, days, workdays, years
from santai.procedures.forms import complaint as forms
from santai.procedures.rules import complaint_rows as rows
from santai.procedures.rules.complaint_rows import S
from santai.registry.models import OrganisationKind

ANY = rows.ANY
RULES = "司法鉴定执业活动投诉处理办法（条号待核）"

# fmt: off
LAW = rows.Articles(
    complaint="司法鉴定执业活动投诉处理办法第三条、第四条",
    acceptance=RULES,
    supplement=RULES,
    refusal="北京市司法鉴定管理条例第三十一条；上海市司法鉴定管理条例第四十五条（参照）",
    transfer=RULES,
    recusal=RULES,
    investigation=RULES,
    extension=RULES,
    finding=RULES,
    measures="北京市司法鉴定管理条例第三十二条（参照）",
    penalty="北京市司法鉴定管理条例第三十六条、第三十七条（参照）",
    reply=RULES,
)

PROCEDURE = Procedure(
    label="司法鉴定投诉",
    kind="52",
    states=S,
    initial=S.PREPARING,
    final=rows.FINAL,
    in_force=date(2019, 6, 1),
    basis="司法鉴定执业活动投诉处理办法（司法部令第144号）",
    body=OrganisationKind.BUREAU,
    applied_for="投诉司法鉴定",
    opened_by=rows.OFFICERS,
    answered=frozenset({S.FOLLOWING}),
    says_opening="可以投诉鉴定机构和鉴定人，要在知道之日起三年内提出。只是不同意鉴定意见的，可以申请重新鉴定。",
    stages=rows.STAGES,
    steps=(
        *rows.registration(LAW, forms.ComplainOfAppraisal),
        *rows.acceptance(LAW, forms.AcceptDated, forms.RefuseAppraisal),
        *rows.investigation(LAW),
        *rows.findings(LAW),
        *rows.measures(LAW),
        *rows.closing(LAW),
    ),
    clocks=(
        Clock("complaint", "填写投诉", days(30), "转入后30日内提醒投诉人（默认值）", id="FA03O",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("window", "提出投诉", years(3), "司法鉴定执业活动投诉处理办法第四条", id="FA03",
              runs_from_steps=frozenset({"complain"}), start_field="knew_on", stop_field="filed_on",
              until=ANY - rows.BEFORE_ACCEPTANCE, confidence=Confidence.S2),
        Clock("acceptance", "决定是否受理", workdays(7), f"{RULES}；等待补充的时间不计", id="FA03A",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - rows.BEFORE_ACCEPTANCE,
              paused_in=frozenset({S.SUPPLEMENT}), restarts=True, confidence=Confidence.U),
        Clock("investigation", "调查并作出处理决定", days(60), RULES, id="FA03I",
              runs_from_steps=frozenset({"accept"}), until=ANY - rows.AT_WORK,
              extension=Extension("extend", at_most=30), confidence=Confidence.U),
        Clock("recusal", "决定回避申请", workdays(3), f"{RULES}，日数为默认值", id="FA03H",
              runs_from_steps=frozenset({"ask_recusal"}), until_steps=frozenset({"recuse", "refuse_recusal"}),
              until=ANY - rows.AT_WORK, restarts=True, confidence=Confidence.U),
        Clock("reply", "告知投诉人和被投诉方", workdays(7), RULES, id="FA03N", runs_from=frozenset({S.DECIDED}),
              until=ANY - {S.DECIDED}, confidence=Confidence.S2),
    ),
)
# fmt: on
