"""Protection of lawyers' practice rights (维护律师执业权利): 会见, 阅卷, 调查取证, hearings and the like.

Basis: 律师法 (2018-01-01) 33-37; 刑事诉讼法 (2018) 49; 关于依法保障律师执业权利的规定 (司发〔2015〕14号) and the
notice of 2017 on quick joint handling, neither of which was read: what rests on them is marked U and may be replaced by
a parameter `clock.<id>`. The applicant is the lawyer; what the organ concerned does is recorded with the moment it left
here and the moment it arrived there.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, hours, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import practice_rights as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.rules import practice_rights as rules
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, not_asked_before, supplement_is_late
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    FILED = "filed", "已提交，待受理"
    SUPPLEMENT = "supplement", "待补充"
    VERIFYING = "verifying", "核实协调中"
    FORWARDED = "forwarded", "已转有关机关"
    REPLIED = "replied", "有关机关已答复"
    RESOLVED = "resolved", "已有结果"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不予受理"
    TERMINATED = "terminated", "已终止"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


STAFF = frozenset({Role.SUPERVISOR, Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD})
BEFORE_ACCEPTANCE = frozenset({S.FILED, S.SUPPLEMENT})
AT_WORK = frozenset({S.VERIFYING, S.FORWARDED, S.REPLIED})
CLOSED = frozenset({S.CLOSED, S.REFUSED, S.TERMINATED, S.DEEMED_WITHDRAWN, S.WITHDRAWN})
ANY = frozenset(S.values)
PAPERS = frozenset({Doc.AUTHORISATION, Doc.MATTER_PROOF, Doc.OTHER})
APPLICANT, HANDLER, SUPERVISOR = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
RULES = "关于依法保障律师执业权利的规定（司发〔2015〕14号，条号待核）"
QUICK = "维护律师执业权利快速联动处置机制（时限为默认值，待核）"

# fmt: off
PROCEDURE = Procedure(
    label="维护律师执业权利",
    kind="53",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2018, 1, 1),
    basis="律师法第三十三条至第三十七条；刑事诉讼法第四十九条",
    body=OrganisationKind.BUREAU,
    applied_for="申请维护律师执业权利",
    opened_by=STAFF,
    answered=frozenset({S.RESOLVED}),
    says_opening="律师会见、阅卷、调查取证等权利受到妨碍的，可以申请维权。请律师本人填写申请。",
    stages={
        "申请": frozenset({S.PREPARING, S.FILED, S.SUPPLEMENT, S.REFUSED, S.WITHDRAWN, S.DEEMED_WITHDRAWN}),
        "核实": frozenset({S.VERIFYING, S.TERMINATED}),
        "转办": frozenset({S.FORWARDED, S.REPLIED}),
        "结果": frozenset({S.RESOLVED, S.CLOSED}),
    },
    steps=(
        # --- 申请
        Step("file", "提出维权申请", S.PREPARING, S.FILED, PERSON | STAFF, takes=PAPERS, form=forms.File,
             guard=rules.is_filed_by_the_lawyer, changes=rules.keep_filing, tells=APPLICANT | SUPERVISOR,
             says="您的维权申请已经收到，正在快速处理。", basis="律师法第三十三条至第三十七条"),
        Step("not_filed", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, STAFF | FRONT_LINE, form=Explain,
             tells=APPLICANT, says="您还没有提出申请，这件事先关闭：{explanation} 以后可以随时提出。"),
        Step("accept", "受理", S.FILED, S.VERIFYING, STAFF, changes=take_it_myself,
             letter="practice_rights_accepted", tells=APPLICANT, says="您的申请已经受理，由{handler}核实、协调。",
             basis=RULES),
        Step("ask_for_more", "一次性告知补充", S.FILED, S.SUPPLEMENT, STAFF, form=AskForMore, when=not_asked_before,
             guard=date_is_ahead, changes=keep_supplement_date, letter="practice_rights_supplement", tells=APPLICANT,
             says="还需要您补充：{items}。请在{by}前交来。", basis=RULES),
        Step("supplement", "补充", S.SUPPLEMENT, S.FILED, PERSON, takes=PAPERS, form=Note,
             tells=APPLICANT | SUPERVISOR, says="您补充的内容已经收到，继续处理。{note}", basis=RULES),
        Step("lapse", "视为撤回", S.SUPPLEMENT, S.DEEMED_WITHDRAWN, STAFF | {Role.SYSTEM}, when=supplement_is_late,
             letter="practice_rights_lapsed", tells=APPLICANT,
             says="没有在期限内补充，申请视为撤回。准备好之后，您可以重新申请。", basis=RULES),
        Step("refuse", "不予受理", S.FILED, S.REFUSED, STAFF, form=forms.Refuse, changes=rules.keep_refusal,
             letter="practice_rights_refused", tells=APPLICANT,
             says="没有受理您的申请：{explanation} 您可以：{route}", basis=RULES),
        Step("withdraw", "撤回申请", BEFORE_ACCEPTANCE | AT_WORK | {S.PREPARING}, S.WITHDRAWN, PERSON, form=Note,
             tells=APPLICANT | HANDLER, says="您已撤回维权申请。"),
        # --- 核实、协调、转办
        Step("coordinate", "联系有关机关协调", AT_WORK, None, STAFF, form=forms.Coordinate,
             guard=rules.coordinated_by_now, tells=APPLICANT, says="已与有关机关联系协调。", basis=QUICK),
        Step("forward", "转有关机关办理", S.VERIFYING, S.FORWARDED, STAFF, form=forms.Forward,
             guard=rules.sent_by_now, changes=rules.keep_sending, letter="practice_rights_forwarded", tells=APPLICANT,
             says="您的申请已转给{organ_name}办理。", basis=RULES),
        Step("confirm_receipt", "记录对方收到", S.FORWARDED, None, STAFF, form=forms.Receipt,
             when=rules.receipt_is_open, guard=rules.received_after_sending, changes=rules.keep_receipt,
             tells=APPLICANT, says="有关机关已经收到您的申请。", basis=RULES),
        Step("urge", "催办", S.FORWARDED, None, STAFF, form=Explain, tells=APPLICANT,
             says="已经催办：{explanation}", basis=QUICK),
        Step("organ_replies", "记录对方答复", S.FORWARDED, S.REPLIED, STAFF, takes=frozenset({Doc.OTHER}),
             form=forms.OrganReply, guard=rules.receipt_is_recorded, tells=APPLICANT | HANDLER,
             says="有关机关已经答复：{reply}", basis=RULES),
        Step("escalate", "转上级机关或者检察机关", frozenset({S.FORWARDED, S.REPLIED}), S.FORWARDED, STAFF,
             form=forms.Escalate, guard=rules.sent_by_now, changes=rules.keep_sending,
             letter="practice_rights_forwarded", tells=APPLICANT, says="已经转给{organ_name}处理：{reason}",
             basis="刑事诉讼法第四十九条"),
        Step("terminate", "终止处理", AT_WORK, S.TERMINATED, STAFF, form=forms.Terminate,
             changes=rules.keep_termination, letter="practice_rights_terminated", tells=APPLICANT | HANDLER,
             says="维权申请已经终止处理：{explanation} 情况有变化时，您可以重新申请。"),
        # --- 结果与公开
        Step("restore", "权利已经恢复", frozenset({S.VERIFYING, S.REPLIED}), S.RESOLVED, STAFF, form=forms.Result,
             letter="practice_rights_result", tells=APPLICANT | HANDLER, says="您的执业权利已经恢复：{opinion}",
             basis=RULES),
        Step("find_violation", "侵权属实，已经纠正", S.REPLIED, S.RESOLVED, STAFF, form=forms.Result,
             letter="practice_rights_result", tells=APPLICANT | HANDLER, says="您反映的情况属实：{opinion}",
             basis=RULES),
        Step("find_none", "没有发现侵权", S.REPLIED, S.RESOLVED, STAFF, form=forms.Result,
             letter="practice_rights_result", tells=APPLICANT | HANDLER,
             says="经核实，没有发现侵犯执业权利：{opinion} 您可以走的其他途径写在告知书里。", basis=RULES),
        Step("publish", "公开结果", S.RESOLVED, None, STAFF, form=forms.Publish, when=rules.not_published_yet,
             guard=rules.published_by_now, tells=APPLICANT, says="处理结果已经公开（不含姓名）。", basis=QUICK),
        Step("not_publish", "不公开结果", S.RESOLVED, None, STAFF, form=forms.NotPublish,
             when=rules.not_published_yet, tells=APPLICANT, says="处理结果不公开：{explanation}", basis=QUICK),
        Step("close", "办结", S.RESOLVED, S.CLOSED, STAFF | {Role.SYSTEM}, when=rules.publicity_is_decided,
             says="维权申请已经办结。"),
    ),
    clocks=(
        Clock("filing", "填写申请", days(30), "转入后30日内提醒申请人（默认值）", id="PR00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("response", "快速响应，决定是否受理", hours(24), QUICK, id="PR01", runs_from=frozenset({S.FILED}),
              until=ANY - BEFORE_ACCEPTANCE, paused_in=frozenset({S.SUPPLEMENT}), confidence=Confidence.U),
        Clock("forwarding", "核实并转有关机关", hours(24), QUICK, id="PR02", runs_from=frozenset({S.VERIFYING}),
              until=ANY - {S.VERIFYING}, confidence=Confidence.U),
        Clock("organ", "有关机关答复", days(10), RULES, id="PR03", runs_from_steps=frozenset({"confirm_receipt"}),
              start_field="received_at", stop_field="replied_at", until=ANY - {S.FORWARDED},
              until_steps=frozenset({"escalate"}), restarts=True, confidence=Confidence.U),
        Clock("result", "告知律师结果", workdays(3), f"{RULES}，日数为默认值", id="PR04",
              runs_from=frozenset({S.REPLIED}), until=ANY - {S.REPLIED}, restarts=True, confidence=Confidence.U),
        Clock("publicity", "决定结果是否公开", workdays(10), f"{QUICK}，日数为默认值", id="PR05",
              runs_from=frozenset({S.RESOLVED}), until_steps=frozenset({"publish", "not_publish"}), until=CLOSED,
              confidence=Confidence.U),
    ),
)
# fmt: on
