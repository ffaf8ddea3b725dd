"""Administrative licence of the judicial administration (行政许可): practising licences and the like.

Basis: 行政许可法 (2019-04-23), arts. 32, 34, 38, 42, 44, 45; all its periods are working days (art. 82). 律师法 art. 6
gives the city 20 and the province 10 days for lawyers: a parameter `clock.LC02` where that reading is followed.
Hearings (arts. 46-48), revocation of a licence granted wrongly (art. 69) and renewal (art. 50) are not in this table.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Extension, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import administrative_licence as forms
from santai.procedures.rules import administrative_licence as rules
from santai.procedures.rules.conditions import not_extended
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    APPLIED = "applied", "已申请，待受理"
    CORRECTING = "correcting", "待补正"
    REVIEWING = "reviewing", "已受理，审查中"
    EXAMINING = "examining", "评审、考核中"
    DECIDING = "deciding", "待决定"
    GRANTED = "granted", "已准予，待发证"
    ISSUED = "issued", "已发证"
    REFUSED = "refused", "不予许可"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


OFFICER, HEAD = Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD
IN_REVIEW = frozenset({S.REVIEWING, S.EXAMINING, S.DECIDING})
BEFORE_ACCEPTANCE = frozenset({S.APPLIED, S.CORRECTING})
DECIDED = frozenset({S.GRANTED, S.ISSUED, S.REFUSED})
CLOSED = frozenset({S.ISSUED, S.REFUSED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)
APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
HANDLER = frozenset({Tell.HANDLER})

# fmt: off
PROCEDURE = Procedure(
    label="行政许可",
    kind="62",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2019, 4, 23),
    basis="行政许可法（2019年4月23日修正）",
    body=OrganisationKind.BUREAU,
    applied_for="申请执业证、许可证",
    answered=frozenset({S.GRANTED}),
    says_opening="可以提出行政许可申请。请填写申请并上传材料，不收费。",
    stages={
        "申请": frozenset({S.PREPARING, S.APPLIED, S.CORRECTING, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.EXAMINING}),
        "决定": frozenset({S.DECIDING, S.REFUSED}),
        "发证": frozenset({S.GRANTED, S.ISSUED}),
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, PERSON, takes=frozenset({Doc.COMMITMENT}),
             form=forms.Application, changes=rules.keep_application, tells=APPLICANT | OFFICERS,
             says="申请已提交，5个工作日内告诉您是否受理、还缺什么；逾期没有告知的，视为受理。",
             basis="行政许可法第二十九条、第三十二条"),
        Step("ask_for_more", "一次告知补正", S.APPLIED, S.CORRECTING, OFFICER, form=forms.AskForMore,
             when=rules.not_asked_before, guard=rules.date_is_ahead, letter="licence_supplement", tells=APPLICANT,
             says="还需要您补正：{items}。请在{by}前交来。", basis="行政许可法第三十二条第一款第四项"),
        Step("supplement", "补正", S.CORRECTING, S.APPLIED, PERSON, takes=frozenset({Doc.COMMITMENT}),
             form=forms.More, tells=OFFICERS, says="补正的材料已收到。", basis="行政许可法第三十二条"),
        Step("accept", "受理", S.APPLIED, S.REVIEWING, OFFICER, needs=frozenset({Doc.IDENTITY, Doc.MATTER_PROOF}),
             changes=take_it_myself, letter="licence_accepted", tells=APPLICANT,
             says="申请已受理，20个工作日内作出决定。", basis="行政许可法第三十二条第一款第五项"),
        Step("deem_accepted", "视为受理", S.APPLIED, S.REVIEWING, Role.SYSTEM, when=rules.five_days_are_over,
             daily=True, letter="licence_accepted", tells=APPLICANT | OFFICERS,
             says="超过5个工作日没有告知补正，自收到您的材料之日起视为受理。",
             basis="行政许可法第三十二条第一款第四项"),
        Step("not_accept", "不予受理", BEFORE_ACCEPTANCE, S.NOT_ACCEPTED, OFFICER, form=forms.NotAccepted,
             when=rules.may_still_decline, changes=rules.keep_not_accepted, letter="licence_not_accepted",
             tells=APPLICANT, says="没有受理：{explanation} 您不同意的，可以申请行政复议或者提起行政诉讼。",
             basis="行政许可法第三十二条"),
        Step("withdraw", "撤回申请", BEFORE_ACCEPTANCE | IN_REVIEW | {S.PREPARING}, S.WITHDRAWN, PERSON,
             form=forms.Withdraw, tells=APPLICANT | OFFICERS, says="申请已撤回；需要时可以重新申请。",
             basis="行政许可法第二十九条"),
        # --- 审查
        Step("examine", "评审、考核、听证（不计期限）", S.REVIEWING, S.EXAMINING, OFFICER, form=forms.Examine,
             letter="licence_examine", tells=APPLICANT, says="需要{explanation}，所需时间不计入办理期限。",
             basis="行政许可法第四十五条"),
        Step("examined", "评审、考核结束", S.EXAMINING, S.REVIEWING, OFFICER, form=forms.Examined, tells=APPLICANT,
             says="评审、考核已经结束，审查继续。", basis="行政许可法第四十五条"),
        Step("review", "审查完毕，报请决定", S.REVIEWING, S.DECIDING, OFFICER, form=forms.Review, tells=OFFICERS,
             public=False, basis="行政许可法第三十四条"),
        Step("extend", "批准延长期限", IN_REVIEW - {S.EXAMINING}, None, HEAD, form=forms.Extend,
             when=not_extended, letter="licence_extended", tells=APPLICANT | HANDLER,
             says="办理期限延长{amount}个工作日：{explanation}",
             basis="行政许可法第四十二条第一款"),
        # --- 决定
        Step("grant", "准予许可", S.DECIDING, S.GRANTED, HEAD, form=forms.Grant, guard=rules.not_the_reviewer,
             changes=rules.keep_grant, letter="licence_granted", tells=APPLICANT | HANDLER,
             says="准予行政许可，10个工作日内颁发证件。", basis="行政许可法第三十八条第一款"),
        Step("refuse", "不予许可", S.DECIDING, S.REFUSED, HEAD, form=forms.Refuse, guard=rules.not_the_reviewer,
             changes=rules.keep_refusal, letter="licence_refused", tells=APPLICANT | HANDLER,
             says="没有准予许可：{explanation} 您不同意的，可以申请行政复议或者提起行政诉讼，办法写在决定书里。",
             basis="行政许可法第三十八条第二款"),
        Step("issue", "颁发证件", S.GRANTED, S.ISSUED, OFFICER, form=forms.Issue, guard=rules.issued_by_now,
             tells=APPLICANT, says="证件已颁发。", basis="行政许可法第四十四条"),
    ),
    clocks=(
        Clock("acceptance", "告知是否受理、补正", workdays(5), "行政许可法第三十二条、第八十二条", id="LC01",
              runs_from=frozenset({S.APPLIED}), until=ANY - {S.APPLIED}, restarts=True),
        Clock("silent", "作出决定（视为受理的，自收到材料起）", workdays(20), "行政许可法第三十二条、第四十二条",
              id="LC02",
              runs_from_steps=frozenset({"apply", "supplement"}), until_steps=frozenset({"accept", "ask_for_more"}),
              until=DECIDED | CLOSED, paused_in=frozenset({S.EXAMINING}), extension=Extension("extend", at_most=10),
              restarts=True),
        Clock("decision", "作出决定", workdays(20), "行政许可法第四十二条第一款、第八十二条", id="LC02",
              runs_from_steps=frozenset({"accept"}), until=DECIDED | CLOSED, paused_in=frozenset({S.EXAMINING}),
              extension=Extension("extend", at_most=10)),
        Clock("certificate", "颁发证件", workdays(10), "行政许可法第四十四条、第八十二条", id="LC03",
              runs_from=frozenset({S.GRANTED}), until=CLOSED),
    ),
)
# fmt: on
