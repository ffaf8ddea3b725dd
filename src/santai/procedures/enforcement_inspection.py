"""A round of inspections by lot (双随机、一公开): plan, draw, results, publication.

Basis: 国办发〔2018〕118号 (三项制度); 国办发〔2015〕58号 (双随机); 行政处罚法 art. 42. The applicant is the bureau.
Whom and by whom is drawn from pools that are kept with the seed, so that anybody can draw again (`rules.is_honest`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import enforcement_inspection as forms
from santai.procedures.rules import enforcement_inspection as rules
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待制定计划"
    PLANNED = "planned", "已计划，待抽取"
    INSPECTING = "inspecting", "检查中"
    DONE = "done", "检查完毕"
    CANCELLED = "cancelled", "已取消"


OFFICER, HEAD = Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD
CLOSED = frozenset({S.DONE, S.CANCELLED})
ANY = frozenset(S.values)
OFFICERS = frozenset({Tell.ORGANISATION})
BASIS = "国办发〔2015〕58号（条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="双随机检查",
    kind="61",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2018, 12, 5),
    basis="国办发〔2015〕58号；国办发〔2018〕118号",
    body=OrganisationKind.BUREAU,
    opened_by=frozenset({OFFICER, HEAD}),
    says_opening="本轮双随机检查已经登记。",
    stages={
        "计划": frozenset({S.PREPARING, S.PLANNED, S.CANCELLED}),
        "检查": frozenset({S.INSPECTING}),
        "结果": frozenset({S.DONE}),
    },
    steps=(
        Step("plan", "制定检查计划", S.PREPARING, S.PLANNED, HEAD, form=forms.Plan, guard=rules.plan_is_possible,
             changes=rules.keep_plan, tells=OFFICERS, says="检查计划已制定。", basis=BASIS),
        Step("draw", "随机抽取检查对象和检查人员", S.PLANNED, S.INSPECTING, frozenset({OFFICER, HEAD}),
             guard=rules.enough_officers, changes=rules.keep_draw, tells=OFFICERS,
             says="检查对象和检查人员已随机抽取，抽取的过程可以复核。", basis=BASIS),
        Step("replace_officer", "更换检查人员（重新抽取）", S.INSPECTING, None, HEAD, form=forms.Replace,
             guard=rules.may_replace, changes=rules.keep_replacement, tells=OFFICERS, public=False,
             basis="行政处罚法第四十三条"),
        Step("record_result", "登记检查结果", S.INSPECTING, None, OFFICER,
             needs=frozenset({Doc.SITE_RECORD, Doc.AV_SITE}), form=forms.Result, guard=rules.may_record,
             changes=rules.keep_result, public=False, basis="行政处罚法第四十七条"),
        Step("hand_over", "移交立案核查", S.INSPECTING, None, OFFICER, form=forms.HandOver,
             guard=rules.may_hand_over, changes=rules.keep_hand_over, opens=rules.CHILD, child=rules.clue_of,
             public=False, basis="行政处罚法第五十四条"),
        Step("finish", "检查完毕，结果列入公示", S.INSPECTING, S.DONE, HEAD, guard=rules.all_are_recorded,
             tells=OFFICERS, says="本轮检查完毕，结果20个工作日内公示。", basis="国办发〔2018〕118号"),
        Step("cancel", "取消本轮检查", frozenset({S.PREPARING, S.PLANNED}), S.CANCELLED, HEAD, form=forms.Cancel,
             tells=OFFICERS, says="本轮检查取消：{explanation}", basis=BASIS),
    ),
    clocks=(
        Clock("round", "完成本轮检查", days(90), "检查计划（日数为默认值）", id="IN01",
              runs_from=frozenset({S.INSPECTING}), until=CLOSED, confidence=Confidence.U),
    ),
)
# fmt: on
