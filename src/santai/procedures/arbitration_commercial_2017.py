"""Commercial arbitration (商事仲裁) under the law as of 2017: cases opened until 28 February 2026.

Basis: 仲裁法（2017年修正）; 仲裁委员会仲裁收费办法 (国办发〔1995〕44号). The rows both versions share stand in
`rules/arbitration_commercial_rows.py`. A case keeps this table for life; when its award is received after the new law
has come into force, a person checks which time limit applies (art. 72 of the revision: three months instead of six).
"""

from __future__ import annotations

from datetime import date

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, Confidence, Extension, days, months
from santai.procedures.forms import arbitration_commercial as forms
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import arbitration as common
from santai.procedures.rules import arbitration_commercial as rules
from santai.procedures.rules import arbitration_commercial_rows as rows
from santai.procedures.rules.arbitration_commercial_rows import S
from santai.procedures.rules.roles import COMMISSION
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role

ANY, PROCEEDING, AFTER_AWARD = rows.ANY, rows.PROCEEDING, rows.AFTER_AWARD

# fmt: off
LAW = rows.Articles(
    scope="仲裁法第二条、第三条、第七十七条",
    agreement="仲裁法第十六条、第十八条",
    application="仲裁法第二十一条至第二十三条",
    acceptance="仲裁法第二十四条",
    service="仲裁法第二十五条、第二十七条",
    objection="仲裁法第二十条",
    preservation="仲裁法第二十八条、第四十六条",
    tribunal="仲裁法第三十条至第三十三条",
    disclosure="仲裁法第三十四条、第三十五条",
    recusal="仲裁法第三十四条至第三十七条",
    notice="仲裁法第四十条、第四十一条",
    hearing="仲裁法第三十九条、第四十八条",
    absence="仲裁法第四十二条",
    withdrawal="仲裁法第四十九条",
    mediation="仲裁法第五十一条、第五十二条",
    award="仲裁法第五十三条、第五十四条、第五十七条",
    partial="仲裁法第五十五条",
    correction="仲裁法第五十六条",
    set_aside="仲裁法第九条、第五十八条至第六十条",
    renewal="仲裁法第六十一条",
)

PROCEDURE = Procedure(
    name="arbitration_commercial",
    label="商事仲裁",
    kind="30",
    states=S,
    initial=S.PREPARING,
    final=rows.FINAL,
    in_force=date(2018, 1, 1),
    until=date(2026, 2, 28),
    basis="仲裁法（2017年修正）；仲裁委员会仲裁收费办法",
    body=OrganisationKind.ARBITRATION,
    applied_for="申请商事仲裁",
    opened_by=frozenset({Role.ARBITRATION_SECRETARY}),
    answered=AFTER_AWARD,
    says_opening="可以申请商事仲裁。请填写申请表并上传仲裁协议和证据，也可以请窗口或热线帮您填。",
    stages=rows.STAGES,
    steps=(
        *rows.application(LAW, forms.Application),
        *rows.acceptance(LAW),
        *rows.fees(LAW),
        *rows.parties(LAW),
        *rows.formation(LAW),
        *rows.hearing(LAW, forms.HearingInPerson),
        *rows.interruption(LAW),
        *rows.mediation(LAW),
        *rows.award(LAW),
        # --- 送达申请人：跨新旧法的案件由人核对撤销期限
        Step("serve_award", "记录送达申请人", AFTER_AWARD, None, rows.TIMER, takes=SERVICE_PAPERS,
             form=forms.ServedInTransition, when=common.applicant_not_served, guard=rules.law_is_checked,
             serves="arbitration_award",
             says="裁决书已送达您。有法定情形的，可以自收到之日起六个月内向仲裁机构所在地的中级人民法院申请撤销。",
             basis="仲裁法第五十九条"),
        Step("apply_new_limit", "核定撤销期限为三个月", AFTER_AWARD, None, COMMISSION, form=forms.NewLimit,
             when=rules.new_limit_is_possible, guard=common.served_after_award, tells=rows.APPLICANT,
             says="经核对，本案申请撤销裁决的期限是自收到裁决书之日起三个月：{explanation}",
             basis="仲裁法（2025年修订）第七十二条（新旧法衔接，待核）"),
        *rows.set_aside(LAW),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="AR00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "决定是否受理", days(5), "仲裁法第二十四条；等待补正的时间不计（条文未写明）", id="AR01",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - rows.BEFORE_ACCEPTANCE,
              paused_in=frozenset({S.SUPPLEMENT})),
        Clock("fee", "交受理费", days(15), "仲裁委员会仲裁收费办法第四条；审查缓交申请的时间不计", id="AR01F",
              runs_from=frozenset({S.FEE_DUE}), until=ANY - {S.FEE_DUE},
              paused_between=(("ask_deferral", "refuse_deferral"),)),
        Clock("send_copy", "向被申请人送达", days(15), "仲裁法第二十五条，日数由仲裁规则定（默认值）", id="AR01N",
              runs_from=frozenset({S.ACCEPTED}), until_steps=frozenset({"send_copy"}), until=ANY - PROCEEDING,
              confidence=Confidence.U),
        Clock("answer", "被申请人答辩", days(15), "仲裁法第二十五条，日数由仲裁规则定（默认值）", id="AR01A",
              runs_from_steps=frozenset({"send_copy"}), start_field="served_on",
              until_steps=frozenset({"answer", "no_answer"}), until=ANY - PROCEEDING, confidence=Confidence.U),
        Clock("award_by_rules", "作出裁决", months(4), "仲裁规则，自组庭起算（默认值）", id="AR01W",
              runs_from=frozenset({S.FORMED}), until=ANY - rows.TRIBUNAL_AT_WORK,
              paused_between=(("suspend", "resume"), ("object_to_agreement", "agreement_stands")),
              extension=Extension("extend", at_most=2), confidence=Confidence.U),
        Clock("correction", "申请人请求补正", days(30), "仲裁法第五十六条", id="AR02C",
              runs_from_steps=frozenset({"serve_award"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("correction_respondent", "被申请人请求补正", days(30), "仲裁法第五十六条", id="AR02C",
              runs_from_steps=frozenset({"serve_respondent"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("set_aside", "申请人申请撤销裁决", months(6), "仲裁法第五十九条", id="AR02",
              runs_from_steps=frozenset({"serve_award"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("set_aside_respondent", "被申请人申请撤销裁决", months(6), "仲裁法第五十九条", id="AR02",
              runs_from_steps=frozenset({"serve_respondent"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("set_aside_new", "申请人申请撤销裁决（核定三个月）", months(3),
              "仲裁法（2025年修订）第七十二条（新旧法衔接，待核）", id="AR02T",
              runs_from_steps=frozenset({"apply_new_limit"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True, confidence=Confidence.U),
        Clock("set_aside_new_respondent", "被申请人申请撤销裁决（核定三个月）", months(3),
              "仲裁法（2025年修订）第七十二条（新旧法衔接，待核）", id="AR02T",
              runs_from_steps=frozenset({"apply_new_limit"}), start_field="respondent_served_on",
              until=ANY - AFTER_AWARD, restarts=True, confidence=Confidence.U),
        Clock("court_review", "法院审查撤销申请", months(2), "仲裁法第六十条", id="AR02R",
              runs_from=frozenset({S.COURT_REVIEW}), until=ANY - {S.COURT_REVIEW}, restarts=True),
    ),
)
# fmt: on
