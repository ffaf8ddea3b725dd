"""Legal check-up of an enterprise (企业法治体检): applied for or offered through a chamber (万所联万会), answered by
sections, a computed report with a lawyer's opinion, feedback, and a second look after rectification. Free of charge.

Basis: 司法部、全国工商联 on 万所联万会, 法治体检 as the plans name them; no act sets times: every limit is a setting.
The questions are the lines of rules/enterprise_checkup.csv.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import enterprise_checkup as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import enterprise_checkup as rules
from santai.procedures.rules.enterprise_questions import sections
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待申请"
    INVITED = "invited", "待企业答复邀请"
    APPLIED = "applied", "待安排律师"
    ANSWERING = "answering", "填写问卷"
    REVIEWING = "reviewing", "律师审核中"
    REPORTED = "reported", "报告已出具"
    RECTIFYING = "rectifying", "整改中"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予安排"
    REFUSED = "refused", "企业谢绝邀请"
    STOPPED = "stopped", "已停止"
    WITHDRAWN = "withdrawn", "已撤回"


COMPANY = frozenset({Role.APPLICANT}) | FRONT_LINE
OFFICE = frozenset({Role.SUPERVISOR, Role.BUREAU_HEAD})
LAWYER = frozenset({Role.LAWYER})

WITH_LAWYER = frozenset({S.ANSWERING, S.REVIEWING, S.REPORTED, S.RECTIFYING})
AFTER_REPORT = frozenset({S.REPORTED, S.RECTIFYING})
FINAL = frozenset({S.CLOSED, S.DECLINED, S.REFUSED, S.STOPPED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, BUREAU = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER
U = Confidence.U

# One row a section of the questionnaire: it may be answered again until it is handed in.
QUESTIONS = tuple(
    Step(f"answer_{one.key}", f"填写：{one.label}", S.ANSWERING, None, COMPANY, form=forms.SECTION_FORMS[one.key],
         changes=rules.keep_answers, part=True, says=f"“{one.label}”已填写。")
    for one in sections()
)  # fmt: skip

# fmt: off
PROCEDURE = Procedure(
    label="企业法治体检",
    kind="43",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2018, 11, 1),
    basis="司法部关于企业法治体检、万所联万会的部署（条号待核）；本省公共法律服务规划",
    body=OrganisationKind.BUREAU,
    applied_for="给企业做法治体检",
    opened_by=FRONT_LINE | {Role.SUPERVISOR, Role.LAWYER},
    answered=AFTER_REPORT,
    says_opening="可以免费给企业做一次法治体检：填问卷，出风险报告，再由律师帮您整改。",
    stages={
        "申请": frozenset({S.PREPARING, S.INVITED, S.APPLIED, S.DECLINED, S.REFUSED, S.WITHDRAWN}),
        "问卷": frozenset({S.ANSWERING, S.STOPPED}),
        "报告": frozenset({S.REVIEWING, S.REPORTED}),
        "整改": frozenset({S.RECTIFYING}),
        "办结": frozenset({S.CLOSED}),
    },
    steps=(
        # --- 申请与邀请
        Step("apply", "申请法治体检", S.PREPARING, S.APPLIED, COMPANY, form=forms.Apply, guard=rules.is_enterprise,
             changes=rules.keep_company, tells=APPLICANT | BUREAU,
             says="法治体检的申请已收到，10个工作日内安排律师。", basis="公共法律服务规划（企业法治体检）"),
        Step("not_applied", "未申请，关闭", S.PREPARING, S.WITHDRAWN, OFFICE, form=Explain, tells=APPLICANT,
             says="还没有申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("invite", "通过商会邀请", S.PREPARING, S.INVITED, OFFICE | LAWYER, form=forms.Invite,
             guard=rules.may_be_invited, changes=rules.keep_invitation, letter="checkup_invitation",
             tells=APPLICANT | HANDLER,
             says="您所在的商会邀请您免费做一次法治体检，由{practitioner}办理。要不要做，由您决定。",
             basis="万所联万会（结对）"),
        Step("accept_invitation", "接受邀请", S.INVITED, S.APPLIED, COMPANY, tells=HANDLER | BUREAU,
             says="您接受了体检邀请，马上安排律师。"),
        Step("refuse_invitation", "谢绝邀请", S.INVITED, S.REFUSED, COMPANY, form=Note, tells=HANDLER,
             says="您谢绝了体检邀请。以后需要时，可以自己申请。"),
        Step("withdraw", "撤回申请", frozenset({S.APPLIED, S.ANSWERING}), S.WITHDRAWN, COMPANY, form=Note,
             tells=HANDLER | BUREAU, says="申请已撤回；需要时可以重新申请。"),
        Step("decline", "不予安排", S.APPLIED, S.DECLINED, OFFICE, form=forms.Decline, changes=rules.keep_decline,
             letter="checkup_declined", tells=APPLICANT, says="这次没有安排体检：{explanation} 您可以：{route}"),
        Step("assign", "安排律师", S.APPLIED, S.ANSWERING, OFFICE, form=forms.Assign, guard=rules.is_fit_lawyer,
             changes=rules.keep_lawyer, tells=BOTH, says="已安排{practitioner}办理，请开始填写问卷。",
             basis="公共法律服务规划（企业法治体检）"),
        # --- 问卷
        *QUESTIONS,
        Step("hand_in", "提交问卷", S.ANSWERING, S.REVIEWING, COMPANY, guard=rules.all_answered,
             changes=rules.keep_report, tells=HANDLER, says="问卷已提交，律师正在审核报告。"),
        # --- 报告
        Step("send_back", "退回核对回答", S.REVIEWING, S.ANSWERING, LAWYER, form=forms.SendBack, tells=APPLICANT,
             says="律师请您核对这些回答：{explanation} 改好后再提交。"),
        Step("report", "出具报告", S.REVIEWING, S.REPORTED, LAWYER, form=forms.Review, guard=rules.seen_by_now,
             changes=rules.keep_report, letter="checkup_report", tells=BOTH,
             says="法治体检报告已出具：{opinion} 请您看看风险和建议。"),
        Step("ask_lawyer", "请律师解释", AFTER_REPORT, None, COMPANY, form=forms.Ask, tells=HANDLER,
             says="您问律师：{question}"),
        Step("explain_to_company", "解释报告", AFTER_REPORT, None, LAWYER, form=forms.Explain,
             when=rules.question_waits, tells=APPLICANT, says="律师解释：{answer}"),
        Step("feedback", "反馈意见并开始整改", S.REPORTED, S.RECTIFYING, COMPANY, form=forms.Feedback, tells=BOTH,
             says="您已反馈意见，开始整改；改好后可以请律师复查。"),
        # --- 整改与复查
        Step("report_rectified", "报告已整改", S.RECTIFYING, None, COMPANY, takes=frozenset({Doc.RECTIFICATION}),
             form=forms.Rectified, guard=rules.section_had_risk, tells=HANDLER, says="您报告了整改情况：{done}"),
        Step("follow_up_done", "复查：已整改", S.RECTIFYING, None, LAWYER, form=forms.FollowUp,
             when=rules.rectification_is_reported, guard=rules.section_is_reported, changes=rules.keep_mended,
             tells=APPLICANT, says="复查通过：{opinion}"),
        Step("follow_up_open", "复查：还需整改", S.RECTIFYING, None, LAWYER, form=forms.FollowUp,
             when=rules.rectification_is_reported, guard=rules.section_is_reported, tells=APPLICANT,
             says="复查后还需要整改：{opinion}"),
        Step("close", "全部整改，办结", S.RECTIFYING, S.CLOSED, LAWYER | OFFICE, when=rules.nothing_is_open,
             letter="checkup_closed", tells=APPLICANT, says="发现的风险都已整改并复查，这次体检办结。"),
        Step("settle", "企业自行整改，办结", frozenset({S.REPORTED, S.RECTIFYING}), S.CLOSED, COMPANY, form=Note,
             letter="checkup_closed", tells=HANDLER,
             says="您选择自行整改，这次体检办结。报告里的风险没有消除，需要时请再联系律师。"),
        Step("stop", "停止体检", WITH_LAWYER, S.STOPPED, OFFICE | LAWYER, form=forms.Stop, changes=rules.keep_stop,
             letter="checkup_stopped", tells=BOTH, says="这次体检停止了：{explanation} 需要时可以重新申请。"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒（默认值）", id="EC00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("invitation", "企业答复邀请", days(30), "结对约定（日数为默认值）", id="EC01",
              runs_from=frozenset({S.INVITED}), until=ANY - {S.INVITED}, confidence=U),
        Clock("assignment", "安排律师", workdays(10), "服务承诺（默认值）", id="EC02", runs_from=frozenset({S.APPLIED}),
              until=ANY - {S.APPLIED}, restarts=True, confidence=U),
        Clock("answers", "填写问卷", days(30), "服务承诺（默认值）", id="EC03", runs_from=frozenset({S.ANSWERING}),
              until=ANY - {S.ANSWERING}, restarts=True, confidence=U),
        Clock("review", "出具报告", workdays(10), "服务承诺（默认值）", id="EC04", runs_from=frozenset({S.REVIEWING}),
              until=ANY - {S.REVIEWING}, restarts=True, confidence=U),
        Clock("explanation", "解释报告", workdays(5), "服务承诺（默认值）", id="EC05",
              runs_from_steps=frozenset({"ask_lawyer"}), until_steps=frozenset({"explain_to_company"}),
              until=ANY - AFTER_REPORT, restarts=True, confidence=U),
        Clock("rectification", "整改", days(90), "服务承诺（默认值）", id="EC06", runs_from=frozenset({S.RECTIFYING}),
              until=ANY - {S.RECTIFYING}, confidence=U),
        Clock("follow_up", "复查", workdays(10), "服务承诺（默认值）", id="EC07",
              runs_from_steps=frozenset({"report_rectified"}),
              until_steps=frozenset({"follow_up_done", "follow_up_open"}), until=ANY - {S.RECTIFYING}, restarts=True,
              confidence=U),
    ),
)
# fmt: on
