"""Commercial arbitration (商事仲裁) under the law as revised in 2025: cases opened from 1 March 2026.

Basis: 仲裁法（2025年修订）, its text. What it leaves to the rules of the institution (days for sending the copy, the
answer, the award) is a default that a parameter `clock.<id>` may replace.
New against 2017: online arbitration unless a party clearly objects (11), an agreement by not denying it (27), the
tribunal too may rule on the agreement (31), three months to have an award set aside (72). The rows both versions share
stand in `rules/arbitration_commercial_rows.py`.
"""

from __future__ import annotations

from datetime import date

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, Confidence, Extension, days, months
from santai.procedures.forms import arbitration as common_forms
from santai.procedures.forms import arbitration_commercial as forms
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import arbitration as common
from santai.procedures.rules import arbitration_commercial as rules
from santai.procedures.rules import arbitration_commercial_rows as rows
from santai.procedures.rules.arbitration_commercial_rows import S
from santai.procedures.rules.roles import COMMISSION, TRIBUNAL
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role

ANY, PROCEEDING, AFTER_AWARD = rows.ANY, rows.PROCEEDING, rows.AFTER_AWARD
REVISED = "仲裁法（2025年修订）"

# fmt: off
LAW = rows.Articles(
    scope="仲裁法（2025年修订）第三条、第九十三条",
    agreement="仲裁法（2025年修订）第二十七条、第二十九条",
    application="仲裁法（2025年修订）第三十二条至第三十四条",
    acceptance="仲裁法（2025年修订）第三十五条",
    service="仲裁法（2025年修订）第三十六条、第三十八条、第四十一条",
    objection="仲裁法（2025年修订）第三十一条",
    preservation="仲裁法（2025年修订）第三十九条、第五十八条",
    tribunal="仲裁法（2025年修订）第四十二条至第四十四条",
    disclosure="仲裁法（2025年修订）第四十五条",
    recusal="仲裁法（2025年修订）第四十六条至第四十九条",
    notice="仲裁法（2025年修订）第五十三条",
    hearing="仲裁法（2025年修订）第五十一条、第六十条",
    absence="仲裁法（2025年修订）第五十四条",
    withdrawal="仲裁法（2025年修订）第六十二条、第六十三条",
    mediation="仲裁法（2025年修订）第六十四条、第六十五条",
    award="仲裁法（2025年修订）第六十六条、第六十七条、第七十条",
    partial="仲裁法（2025年修订）第六十八条",
    correction="仲裁法（2025年修订）第六十九条",
    set_aside="仲裁法（2025年修订）第十条、第七十一条至第七十三条",
    renewal="仲裁法（2025年修订）第七十四条",
)

PROCEDURE = Procedure(
    name="arbitration_commercial",
    label="商事仲裁",
    kind="30",
    states=S,
    initial=S.PREPARING,
    final=rows.FINAL,
    in_force=date(2026, 3, 1),
    basis="仲裁法（2025年修订）；仲裁委员会仲裁收费办法",
    body=OrganisationKind.ARBITRATION,
    applied_for="申请商事仲裁",
    opened_by=frozenset({Role.ARBITRATION_SECRETARY}),
    answered=AFTER_AWARD,
    says_opening="可以申请商事仲裁。请填写申请表并上传仲裁协议和证据，也可以请窗口或热线帮您填；仲裁可以在网上进行。",
    stages=rows.STAGES,
    steps=(
        *rows.application(LAW, forms.Application2025),
        *rows.acceptance(LAW),
        *rows.fees(LAW),
        *rows.parties(
            LAW, COMMISSION | TRIBUNAL, forms.RuleOnAgreement2025, forms.InvalidAgreement2025
        ),
        *rows.formation(LAW),
        # --- 网上仲裁、默示仲裁协议
        Step("object_online", "不同意网上仲裁", PROCEEDING, None, rows.EITHER_SIDE,
             form=common_forms.SideExplains, when=rules.not_offline_yet, guard=common.speaks_for_own_side,
             changes=rules.forget_online_hearing, tells=rows.BOTH, says="有一方明确不同意网上仲裁，改为到庭进行。",
             basis="仲裁法（2025年修订）第十一条"),
        Step("confirm_agreement", "记录默示仲裁协议", frozenset({S.FORMED, S.HEARING}), None, TRIBUNAL,
             form=forms.ConfirmAgreement, when=rules.agreement_is_only_claimed, guard=rules.no_objection_pending,
             says="经仲裁庭提示，对方没有否认有仲裁协议，已经记录，视为双方有仲裁协议。",
             basis="仲裁法（2025年修订）第二十七条"),
        *rows.hearing(LAW, forms.Hearing2025),
        *rows.interruption(LAW),
        *rows.mediation(LAW),
        *rows.award(LAW),
        Step("serve_award", "记录送达申请人", AFTER_AWARD, None, rows.TIMER, takes=SERVICE_PAPERS,
             form=common_forms.Served, when=common.applicant_not_served, guard=common.served_after_award,
             serves="arbitration_award",
             says="裁决书已送达您。有法定情形的，可以自收到之日起三个月内向中级人民法院申请撤销。",
             basis="仲裁法（2025年修订）第七十二条"),
        *rows.set_aside(LAW),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒申请人（默认值）", id="AR00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("acceptance", "决定是否受理", days(5),
              f"{REVISED}第三十五条；等待补正的时间不计（条文未写明）", id="AR01",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - rows.BEFORE_ACCEPTANCE,
              paused_in=frozenset({S.SUPPLEMENT})),
        Clock("fee", "交受理费", days(15), "仲裁委员会仲裁收费办法第四条；审查缓交申请的时间不计", id="AR01F",
              runs_from=frozenset({S.FEE_DUE}), until=ANY - {S.FEE_DUE},
              paused_between=(("ask_deferral", "refuse_deferral"),)),
        Clock("send_copy", "向被申请人送达", days(15), f"{REVISED}第三十六条，日数由仲裁规则定（默认值）", id="AR01N",
              runs_from=frozenset({S.ACCEPTED}), until_steps=frozenset({"send_copy"}), until=ANY - PROCEEDING,
              confidence=Confidence.U),
        Clock("answer", "被申请人答辩", days(15), f"{REVISED}第三十六条，日数由仲裁规则定（默认值）", id="AR01A",
              runs_from_steps=frozenset({"send_copy"}), start_field="served_on",
              until_steps=frozenset({"answer", "no_answer"}), until=ANY - PROCEEDING, confidence=Confidence.U),
        Clock("award_by_rules", "作出裁决", months(4), "仲裁规则，自组庭起算（默认值）", id="AR01W",
              runs_from=frozenset({S.FORMED}), until=ANY - rows.TRIBUNAL_AT_WORK,
              paused_between=(("suspend", "resume"), ("object_to_agreement", "agreement_stands")),
              extension=Extension("extend", at_most=2), confidence=Confidence.U),
        Clock("correction", "申请人请求补正", days(30), f"{REVISED}第六十九条", id="AR02C",
              runs_from_steps=frozenset({"serve_award"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("correction_respondent", "被申请人请求补正", days(30), f"{REVISED}第六十九条", id="AR02C",
              runs_from_steps=frozenset({"serve_respondent"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("set_aside", "申请人申请撤销裁决", months(3), "仲裁法（2025年修订）第七十二条", id="AR02",
              runs_from_steps=frozenset({"serve_award"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("set_aside_respondent", "被申请人申请撤销裁决", months(3), "仲裁法（2025年修订）第七十二条", id="AR02",
              runs_from_steps=frozenset({"serve_respondent"}), start_field="served_on", until=ANY - AFTER_AWARD,
              restarts=True),
        Clock("court_review", "法院审查撤销申请", months(2), f"{REVISED}第七十三条", id="AR02R",
              runs_from=frozenset({S.COURT_REVIEW}), until=ANY - {S.COURT_REVIEW}, restarts=True),
    ),
)
# fmt: on
