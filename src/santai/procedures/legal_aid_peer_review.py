"""Peer review of a closed legal aid file (法律援助案件质量同行评估): drawn by lot, looked at by somebody else's lawyer.

Basis: 法律援助法 57 and 58 (quality standards, third-party review, publication); the limits are defaults, marked U.
Opened by the draw of the quarter (`evaluation/samples.py`) as a child of the case; the person's rights do not change.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days
from santai.procedures.forms import legal_aid_quality as forms
from santai.procedures.forms.legal_aid import Explain
from santai.procedures.rules import legal_aid_quality as rules
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    DRAWN = "drawn", "已抽中，待选评估人"
    REVIEWING = "reviewing", "评估中"
    GRADED = "graded", "已评估，待确认"
    CONFIRMED = "confirmed", "已确认"
    VOID = "void", "不再评估"


ANY = frozenset(S.values)
OFFICE = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
REVIEWER = frozenset({Role.LAWYER, Role.LEGAL_AID_OFFICER})
HANDLER, OFFICERS = frozenset({Tell.HANDLER}), frozenset({Tell.ORGANISATION})
BASIS = "法律援助法第五十七条（评估办法条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="法律援助案件质量同行评估",
    kind="14",
    states=S,
    initial=S.DRAWN,
    final=frozenset({S.CONFIRMED, S.VOID}),
    in_force=date(2022, 1, 1),
    basis="法律援助法第五十七条、第五十八条",
    body=OrganisationKind.LEGAL_AID,
    says_opening="您的法律援助案件被抽中，由其他单位的律师评估办案质量。这不影响您的案件结果和权利，您不用做什么。",
    stages={
        "抽取": frozenset({S.DRAWN, S.VOID}),
        "评估": frozenset({S.REVIEWING, S.GRADED}),
        "确认": frozenset({S.CONFIRMED}),
    },
    steps=(
        Step("choose_reviewer", "选定评估人", S.DRAWN, S.REVIEWING, OFFICE, form=forms.Reviewer,
             guard=rules.may_review, changes=rules.keep_reviewer, tells=HANDLER, public=False, basis=BASIS),
        Step("step_back", "不能评估，退回", S.REVIEWING, S.DRAWN, REVIEWER, form=forms.StepBack,
             changes=rules.keep_step_back, tells=OFFICERS, public=False, basis=BASIS),
        Step("grade", "评定等次", S.REVIEWING, S.GRADED, REVIEWER, form=forms.PeerGrade,
             changes=rules.keep_peer_grade, tells=OFFICERS, public=False, basis=BASIS),
        Step("hear_handler", "记录承办人的意见", S.GRADED, None, OFFICE, form=forms.HandlersView, public=False,
             basis=BASIS),
        Step("order_second_review", "另请一人评估", S.GRADED, S.DRAWN, Role.LEGAL_AID_DIRECTOR, form=Explain,
             when=rules.looked_at_again_once, changes=rules.keep_second_review, tells=OFFICERS, public=False,
             basis=BASIS),
        Step("confirm", "确认等次", S.GRADED, S.CONFIRMED, Role.LEGAL_AID_DIRECTOR, form=forms.ConfirmGrade,
             guard=rules.not_the_reviewer, letter="legal_aid_peer_graded", tells=OFFICERS, public=False, basis=BASIS),
        Step("void", "不再评估", frozenset({S.DRAWN, S.REVIEWING}), S.VOID, Role.LEGAL_AID_DIRECTOR, form=Explain,
             tells=HANDLER, public=False, basis=BASIS),
    ),
    clocks=(
        Clock("review", "完成评估", days(30), "法律援助法第五十七条（日数为默认值）", id="LA20",
              runs_from=frozenset({S.REVIEWING}), until=ANY - {S.REVIEWING}, restarts=True, confidence=Confidence.U),
        Clock("confirm", "确认等次", days(15), "法律援助法第五十七条（日数为默认值）", id="LA20C",
              runs_from=frozenset({S.GRADED}), until=ANY - {S.GRADED}, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
