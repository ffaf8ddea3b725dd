"""Public lawyers (公职律师): the unit applies, the bureau reviews and certifies, assesses every year, cancels.

Basis: 公职律师管理办法 (司发通〔2018〕131号), arts. 5 and 6 (conditions); 律师法第六条 for the limits of review, which
are read as working days (行政许可法第八十二条) and may be replaced by a parameter.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, workdays, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import public_lawyer as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.rules import public_lawyer as rules
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, supplement_is_late
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待申请"
    SUBMITTED = "submitted", "已提交"
    SUPPLEMENT = "supplement", "待补正"
    REVIEWING = "reviewing", "审查中"
    GRANTED = "granted", "准予颁发，待颁证"
    CERTIFIED = "certified", "持证"
    CANCELLED = "cancelled", "已注销"
    DECLINED = "declined", "不予颁发"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


# The unit is the applicant.
UNIT = frozenset({Role.APPLICANT}) | FRONT_LINE
REVIEWERS = frozenset({Role.SUPERVISOR, Role.LEGALITY_REVIEWER})
HEAD = frozenset({Role.BUREAU_HEAD})
BUREAU = REVIEWERS | HEAD
TIMER = BUREAU | {Role.SYSTEM}

UNDER_REVIEW = frozenset({S.SUBMITTED, S.SUPPLEMENT, S.REVIEWING})
CLOSED = frozenset({S.CANCELLED, S.DECLINED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, OFFICE = frozenset({Tell.APPLICANT}), frozenset({Tell.SUPERVISOR})
BOTH = APPLICANT | OFFICE
U = Confidence.U
CONDITIONS = "公职律师管理办法第五条、第六条"

# fmt: off
PROCEDURE = Procedure(
    label="公职律师证",
    kind="46",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2019, 1, 1),
    basis="公职律师管理办法（司发通〔2018〕131号）；律师法第六条；行政许可法第八十二条",
    body=OrganisationKind.BUREAU,
    opened_by=FRONT_LINE | BUREAU,
    answered=frozenset({S.CERTIFIED}),
    says_opening="单位可以为本单位的法律工作人员申请公职律师证。请填写申请并上传资格证书、任职证明和单位同意的文件。",
    stages={
        "申请": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.DECLINED}),
        "颁证": frozenset({S.GRANTED}),
        "持证": frozenset({S.CERTIFIED, S.CANCELLED}),
    },
    steps=(
        # --- 申请
        Step("apply", "提交申请", S.PREPARING, S.SUBMITTED, UNIT, form=forms.Application, guard=rules.unit_applies,
             changes=rules.keep_application, tells=BOTH, says="公职律师证的申请已提交，正在核对材料。",
             basis=CONDITIONS),
        Step("not_applied", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, BUREAU, form=Explain, tells=APPLICANT,
             says="还没有收到申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("withdraw", "撤回申请", UNDER_REVIEW | {S.PREPARING}, S.WITHDRAWN, UNIT, form=Note, tells=BOTH,
             says="申请已撤回；需要时可以重新申请。"),
        Step("ask_for_more", "通知补正", S.SUBMITTED, S.SUPPLEMENT, BUREAU, form=AskForMore,
             when=rules.not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="public_lawyer_supplement", tells=APPLICANT,
             says="还需要补充：{items}。请在{by}前交来，逾期按撤回申请处理。", basis="行政许可法第三十二条"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.SUBMITTED, UNIT, form=Note, tells=OFFICE,
             says="补交的材料已收到，继续核对。{note}"),
        Step("lapse", "逾期未补正，视为撤回", S.SUPPLEMENT, S.WITHDRAWN, TIMER, when=supplement_is_late,
             letter="public_lawyer_lapsed", tells=BOTH,
             says="没有在期限内补交材料，申请视为撤回。材料齐全以后可以重新申请。"),
        Step("accept", "受理", S.SUBMITTED, S.REVIEWING, BUREAU,
             needs=frozenset({Doc.IDENTITY, Doc.QUALIFICATION, Doc.POST_PROOF, Doc.APPROVAL}),
             changes=rules.keep_criteria, letter="public_lawyer_accepted", tells=APPLICANT,
             says="申请材料齐全，已经受理。", basis="律师法第六条；行政许可法第三十二条"),
        Step("not_accept", "不予受理", S.SUBMITTED, S.NOT_ACCEPTED, BUREAU, form=forms.NotAccepted,
             changes=rules.keep_not_accepted, letter="public_lawyer_not_accepted", tells=APPLICANT,
             says="申请没有受理：{explanation} 请您：{route}", basis="行政许可法第三十二条"),
        # --- 审查与决定
        Step("report", "提出审查意见", S.REVIEWING, None, REVIEWERS, form=forms.Report, changes=rules.keep_criteria,
             public=False, basis=CONDITIONS),
        Step("grant", "准予颁发", S.REVIEWING, S.GRANTED, HEAD, when=rules.was_reviewed,
             guard=rules.may_be_granted, changes=rules.keep_criteria, letter="public_lawyer_granted",
             tells=APPLICANT, says="准予颁发公职律师证，请等候领取。", basis="律师法第六条；" + CONDITIONS),
        Step("decline", "不予颁发", S.REVIEWING, S.DECLINED, HEAD, form=forms.Decline, when=rules.was_reviewed,
             guard=rules.is_anothers, changes=rules.keep_refusal, letter="public_lawyer_declined", tells=APPLICANT,
             says="没有准予颁发公职律师证：{explanation} 不服的，可以申请行政复议或者提起行政诉讼。",
             basis="律师法第六条；行政许可法第三十八条"),
        Step("file_certificate", "颁证、登记证号", S.GRANTED, S.CERTIFIED, BUREAU, form=forms.Certificate,
             guard=rules.issued_after_decision, changes=rules.keep_certificate, tells=APPLICANT,
             says="公职律师证已颁发，证号{licence}。", basis="行政许可法第四十四条"),
        # --- 考核、注销
        Step("assess", "年度考核备案", S.CERTIFIED, None, UNIT | BUREAU, form=forms.Assess,
             guard=rules.may_be_assessed, changes=rules.keep_assessment, either=True, tells=BOTH,
             says="{year}年度考核已备案：{opinion}", basis="公职律师管理办法（年度考核，条号待核）"),
        Step("ask_cancel", "申请注销", S.CERTIFIED, None, UNIT, form=forms.AskCancel, when=rules.no_cancel_pending,
             tells=OFFICE, says="注销申请已收到：{explanation}", basis="公职律师管理办法（注销，条号待核）"),
        Step("cancel", "注销证书", S.CERTIFIED, S.CANCELLED, HEAD, form=forms.Cancel,
             guard=rules.failing_is_on_record, changes=rules.keep_cancellation, letter="public_lawyer_cancelled",
             tells=APPLICANT, says="公职律师证已注销：{explanation}", basis="公职律师管理办法（注销，条号待核）"),
        Step("keep_certified", "不予注销", S.CERTIFIED, None, HEAD, form=Explain, when=rules.cancel_is_asked,
             letter="public_lawyer_kept", tells=APPLICANT, says="没有注销：{explanation}",
             basis="公职律师管理办法（注销，条号待核）"),
    ),
    clocks=(
        Clock("application", "提醒提交申请", days(30), "转入后30日内提醒（默认值）", id="PL00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("acceptance", "告知是否受理", workdays(5), "行政许可法第三十二条", id="PL01",
              runs_from=frozenset({S.SUBMITTED}), until=ANY - {S.SUBMITTED}, restarts=True),
        Clock("report", "审查", workdays(20), "律师法第六条（按行政许可法第八十二条读作工作日）", id="PL02",
              runs_from=frozenset({S.REVIEWING}), until=ANY - {S.REVIEWING}, until_steps=frozenset({"report"}),
              confidence=U),
        Clock("decision", "决定", workdays(10), "律师法第六条（按行政许可法第八十二条读作工作日）", id="PL03",
              runs_from_steps=frozenset({"report"}), until=ANY - {S.REVIEWING}, confidence=U),
        Clock("certificate", "颁发证书", workdays(10), "行政许可法第四十四条", id="PL04",
              runs_from=frozenset({S.GRANTED}), until=ANY - {S.GRANTED}, stop_field="issued_on_day"),
        Clock("assessment", "年度考核", years(1), "公职律师管理办法（每年一次，起算方法为默认值）", id="PL05",
              runs_from_steps=frozenset({"file_certificate", "assess"}), until=ANY - {S.CERTIFIED}, restarts=True,
              confidence=U),
        Clock("cancellation", "答复注销申请", workdays(10), "公职律师管理办法（日数为默认值）", id="PL06",
              runs_from_steps=frozenset({"ask_cancel"}), until_steps=frozenset({"keep_certified"}),
              until=ANY - {S.CERTIFIED}, restarts=True, confidence=U),
    ),
)
# fmt: on
