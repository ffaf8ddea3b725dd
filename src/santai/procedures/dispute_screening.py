"""Screening for disputes (矛盾纠纷排查): a round every committee owes, done by reporting what was visited and found.

Basis: 人民调解法 17 (a committee may mediate on its own initiative), 25 (danger is told to the police); the rhythm
comes from local plans (villages weekly, towns monthly, daily in key periods) and is a setting
(`rules/screening_rounds.py`). The platform opens the rounds (`intake/screening.py`); the committee itself is the party
of a round. Each dispute found becomes a mediation of the person concerned, or is handed elsewhere with a reason; a
report of none is a report.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, hours, workdays
from santai.procedures.forms import dispute_screening as forms
from santai.procedures.forms import mediation as talks_forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import dispute_screening as rules
from santai.procedures.rules import mediation as talks
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PLANNED = "planned", "待开始"
    DUE = "due", "待排查报告"
    REPORTED = "reported", "已报告"
    MISSED = "missed", "没有排查"


COMMITTEE = frozenset({Role.MEDIATOR, Role.COMMITTEE_HEAD})
BUREAU = Role.SUPERVISOR
CLOSED = frozenset({S.REPORTED, S.MISSED})

MEDIATORS, SUPERVISORS = frozenset({Tell.ORGANISATION}), frozenset({Tell.SUPERVISOR})
PLANS = "矛盾纠纷排查的地方规定（待核）"

# fmt: off
PROCEDURE = Procedure(
    label="矛盾纠纷排查",
    kind="08",
    states=S,
    initial=S.PLANNED,
    final=CLOSED,
    in_force=date(2011, 1, 1),
    basis="人民调解法第十七条、第二十五条；矛盾纠纷排查的地方规定（待核）",
    body=OrganisationKind.MEDIATION,
    says_opening="新一轮矛盾纠纷排查开始了。",
    stages={"排查": frozenset({S.PLANNED, S.DUE}), "报告": CLOSED},
    steps=(
        # --- 开始（系统按辖区的安排）
        Step("begin", "开始一轮", S.PLANNED, S.DUE, Role.SYSTEM, form=forms.Begin, changes=rules.keep_round,
             tells=MEDIATORS, basis=PLANS,
             says="{name}的排查从{starts_on}到{ends_on}，结束后1个工作日内报告；没有发现纠纷也要报告。"),
        Step("begin_daily", "开始一轮（重点时段）", S.PLANNED, S.DUE, Role.SYSTEM, form=forms.BeginDaily,
             changes=rules.keep_round, tells=MEDIATORS, basis=PLANS,
             says="重点时段每日排查：{name}，当天报告；没有发现纠纷也要报告。"),
        # --- 排查
        Step("find_dispute", "发现纠纷，转入调解", S.DUE, None, COMMITTEE, form=forms.Found, opens="mediation",
             child=rules.person_found, tells=MEDIATORS, says="发现一件纠纷，已经转入调解。",
             basis="人民调解法第十七条"),
        Step("hand_elsewhere", "发现纠纷，转其他单位", S.DUE, None, COMMITTEE, form=forms.Elsewhere,
             changes=rules.keep_elsewhere, letter="screening_handed_on", tells=SUPERVISORS,
             says="发现一件纠纷，已经转给{to}。", basis=PLANS),
        Step("raise_alarm", "激化预警", S.DUE, None, COMMITTEE, form=talks_forms.Alarm, changes=talks.most_urgent,
             public=False, tells=SUPERVISORS, basis="人民调解法第二十五条"),
        Step("report_police", "报告公安机关", S.DUE, None, COMMITTEE, form=talks_forms.PoliceReport,
             when=talks.alarm_is_raised, letter="screening_police_report", public=False, tells=SUPERVISORS,
             basis="人民调解法第二十五条"),
        Step("urge", "督促", S.DUE, None, BUREAU, form=Note, tells=MEDIATORS, says="司法行政机关督促尽快排查。{note}",
             basis=PLANS),
        # --- 报告
        Step("report", "排查报告", S.DUE, S.REPORTED, COMMITTEE, form=forms.Report, when=rules.may_report,
             guard=rules.counts_match, changes=rules.keep_report, letter="screening_report", tells=SUPERVISORS,
             says="这一轮走访{households}户，发现纠纷{disputes_found}件，已经报告。", basis=PLANS),
        Step("call_missed", "登记没有排查", S.DUE, S.MISSED, BUREAU, form=Explain, when=rules.is_overdue,
             letter="screening_missed", tells=MEDIATORS, says="这一轮没有按期排查：{explanation}", basis=PLANS),
    ),
    clocks=(
        Clock("report", "排查报告", workdays(1), "矛盾纠纷排查的地方规定（日数为默认值）", id="SC01",
              runs_from_steps=frozenset({"begin"}), start_field="ends_on", until=CLOSED, confidence=Confidence.U),
        Clock("daily_report", "当日排查报告", days(1), "矛盾纠纷排查的地方规定（重点时段每日，默认值）", id="SC02",
              runs_from_steps=frozenset({"begin_daily"}), start_field="eve", until=CLOSED, rolls_over=False,
              confidence=Confidence.U),
        Clock("police", "报告公安机关", hours(1), "人民调解法第二十五条（及时报告，时数为默认值）", id="SC03",
              runs_from_steps=frozenset({"raise_alarm"}), until_steps=frozenset({"report_police"}), until=CLOSED,
              restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
