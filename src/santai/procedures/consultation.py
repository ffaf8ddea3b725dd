"""Legal consultation on every channel (法律咨询), under the duty of whoever is asked first (首问负责).

Basis: 法律援助法 (2022) 22-23 (consultation is a form of aid; tell of the right to apply); GB/T 33358-2016 for the
fifteen seconds of the hotline; the plan's rule that the first asked answers, promises a time, or hands on and follows
up until there is an answer. Limits without a source are marked U and may be replaced by a parameter `clock.<id>`.

Only those who see a whole division hand a question on (front line, dispatcher): they must still see it to follow up.
Others who were asked first promise a time and find the answer out themselves.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, seconds, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import consultation as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.forms.work_order import ChildClosed
from santai.procedures.rules import consultation as rules
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.roles import PERSON
from santai.procedures.rules.work_order import procedure_has_begun
from santai.trust.roles import FRONT_LINE, HANDLERS, Role


class S(TextChoices):
    ASKED = "asked", "待首问人接办"
    IN_CHARGE = "in_charge", "首问人办理中"
    PROMISED = "promised", "已承诺答复时间"
    HANDED = "handed", "已转交，首问人跟进中"
    ANSWERED = "answered", "已答复，可以追问"
    CONVERTED = "converted", "法定程序办理中"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予解答"
    WITHDRAWN = "withdrawn", "已撤回"


DESK = FRONT_LINE | {Role.DISPATCHER}
STAFF = DESK | HANDLERS
LICENSED = frozenset({Role.LAWYER, Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.VILLAGE_ADVISER})
LEADS = frozenset({Role.HOTLINE_LEAD, Role.SUPERVISOR, Role.DISPATCHER})
WITH_FIRST = frozenset({S.IN_CHARGE, S.PROMISED})
UNANSWERED = WITH_FIRST | {S.ASKED, S.HANDED}
CLOSED = frozenset({S.CLOSED, S.DECLINED, S.WITHDRAWN})
ANY = frozenset(S.values)
APPLICANT, HANDLER, OFFICERS = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.ORGANISATION))
FIRST = "首问负责制（默认值）"

# fmt: off
PROCEDURE = Procedure(
    label="法律咨询",
    kind="56",
    states=S,
    initial=S.ASKED,
    final=CLOSED,
    in_force=date(2022, 1, 1),
    basis="法律援助法第二十二条、第二十三条；首问负责制",
    applied_for="问法律问题",
    opened_by=HANDLERS,
    answered=frozenset({S.ANSWERED}),
    says_opening="您的咨询已经收到。第一个接待您的人会负责到底，直到您得到答复。",
    stages={
        "提问": frozenset({S.ASKED, S.DECLINED, S.WITHDRAWN}),
        "办理": WITH_FIRST | {S.HANDED, S.CONVERTED},
        "答复": frozenset({S.ANSWERED, S.CLOSED}),
    },
    steps=(
        # --- 来电：在热线台接听时开始的咨询，由平台按通话记录记下
        Step("ring", "来电振铃", S.ASKED, None, Role.SYSTEM, form=forms.Ring, when=rules.not_rung,
             guard=rules.rang_by_now, public=False, basis="GB/T 33358-2016"),
        Step("pick_up", "接听来电", S.ASKED, None, Role.SYSTEM, form=forms.PickUp, when=rules.is_ringing,
             guard=rules.answered_by_now, public=False, basis="GB/T 33358-2016"),
        # --- 首问：当场答复、承诺、转交
        Step("take_charge", "首问接办", S.ASKED, S.IN_CHARGE, STAFF, changes=rules.take_charge, tells=APPLICANT,
             says="由{handler}负责答复您，直到您得到答复。"),
        Step("answer_now", "当场答复", S.ASKED, S.ANSWERED, STAFF, form=forms.Answer, changes=rules.answer_at_once,
             tells=APPLICANT, says="已答复您：{answer}（依据：{basis}）", basis="法律援助法第二十三条"),
        Step("promise", "承诺答复时间", S.IN_CHARGE, S.PROMISED, STAFF, form=forms.Promise,
             guard=rules.within_the_setting, tells=APPLICANT,
             says="这个问题要查一查，{handler}会在{within}个工作日内答复您：{reason}"),
        Step("hand_on", "转交答复", WITH_FIRST, S.HANDED, DESK, form=forms.HandOn, guard=rules.may_hand_on,
             changes=rules.keep_hand_on, tells=APPLICANT | OFFICERS,
             says="已请{organisation}答复您；第一个接待您的人会一直跟进，您不用再说一遍。"),
        Step("claim", "接办", S.HANDED, None, HANDLERS, when=rules.nobody_holds_it, changes=take_it_myself,
             tells=APPLICANT, says="{organisation}的{handler}正在准备答复。"),
        Step("follow_up", "首问人跟进", S.HANDED, None, DESK, form=forms.FollowUp, guard=rules.by_the_first_asked,
             tells=OFFICERS, says="首问人跟进：{note}"),
        Step("pass_back", "退回首问人", S.HANDED, S.IN_CHARGE, HANDLERS, form=forms.PassBack,
             guard=rules.by_whoever_holds_it, changes=rules.back_to_the_first_asked, tells=HANDLER,
             says="正在为您换一个更合适的人答复。"),
        # --- 答复
        Step("answer", "答复", WITH_FIRST | {S.HANDED}, S.ANSWERED, STAFF, form=forms.Answer,
             guard=rules.by_whoever_holds_it, changes=rules.keep_answer, tells=APPLICANT,
             says="已答复您：{answer}（依据：{basis}）", basis="法律援助法第二十三条"),
        Step("give_opinion", "出具法律咨询意见书", WITH_FIRST | {S.HANDED}, S.ANSWERED, LICENSED,
             takes=frozenset({Doc.MATTER_PROOF}), form=forms.Opinion, guard=rules.by_whoever_holds_it,
             changes=rules.keep_answer, letter="consultation_opinion", tells=APPLICANT,
             says="法律咨询意见书已经出具，请查看。", basis="法律援助法第二十二条"),
        Step("confirm_answered", "首问人回访", S.ANSWERED, None, DESK, form=forms.Confirmed,
             when=rules.was_handed_on, guard=rules.by_the_first_asked, says="首问人已经回访。"),
        Step("ask_again", "追问", S.ANSWERED, S.IN_CHARGE, PERSON, form=forms.Asked,
             changes=rules.back_to_the_first_asked, tells=HANDLER, says="您追问：{question} 由首问人继续负责答复。"),
        Step("add", "补充情况", UNANSWERED, None, PERSON, takes=frozenset({Doc.MATTER_PROOF, Doc.OTHER}), form=Explain,
             tells=HANDLER, says="您补充了：{explanation}"),
        # --- 转入法定程序、不予解答、撤回
        Step("convert", "转入法定程序", WITH_FIRST | {S.ASKED}, S.CONVERTED, STAFF, form=forms.Convert,
             guard=procedure_has_begun, opens="chosen", changes=rules.keep_conversion, tells=APPLICANT,
             says="已为您转入“{facts[under_way]}”，后面的进展在这里都能看到。", basis="法律援助法第二十三条"),
        Step("child_closed", "法定程序有结果", S.CONVERTED, S.CLOSED, Role.SYSTEM, form=ChildClosed, tells=APPLICANT,
             says="已有结果（{ending}）。"),
        Step("decline", "不予解答", WITH_FIRST | {S.ASKED}, S.DECLINED, STAFF, form=forms.Decline,
             changes=rules.keep_decline, letter="consultation_declined", tells=APPLICANT,
             says="这个问题不能在这里解答：{explanation} 您可以找：{route}"),
        Step("withdraw", "不问了", UNANSWERED, S.WITHDRAWN, PERSON, form=Note, tells=HANDLER,
             says="您已撤回咨询；需要时可以随时再问。"),
        # --- 质量抽查与关闭
        Step("pick_sample", "抽查这一件", S.ANSWERED, None, LEADS, form=forms.Pick, when=rules.not_sampled,
             changes=rules.keep_pick, public=False),
        Step("score", "抽查打分：合格", S.ANSWERED, None, LEADS, form=forms.Score, when=rules.waits_for_score,
             guard=rules.not_ones_own_answer, changes=rules.keep_score, tells=HANDLER, public=False),
        Step("score_poor", "抽查打分：不合格，重新答复", S.ANSWERED, S.IN_CHARGE, LEADS, form=forms.Score,
             when=rules.waits_for_score, guard=rules.not_ones_own_answer, changes=rules.redo,
             tells=APPLICANT | HANDLER, says="我们检查后认为前面的答复不够准确，会重新答复您。"),
        Step("close", "办结", S.ANSWERED, S.CLOSED, frozenset({Role.SYSTEM, Role.HOTLINE_LEAD}),
             when=rules.nothing_is_owed, says="咨询已经办结，需要时可以随时再问。"),
    ),
    clocks=(
        Clock("pick_up", "接听来电", seconds(15), "GB/T 33358-2016（政府热线服务规范）", id="HL01",
              runs_from_steps=frozenset({"ring"}), start_field="rang_at", until_steps=frozenset({"pick_up"}),
              stop_field="answered_at", until=ANY - {S.ASKED}, confidence=Confidence.S2),
        Clock("take_charge", "首问人接办", workdays(1), FIRST, id="CS01", runs_from_steps=frozenset({"open"}),
              until=ANY - {S.ASKED}, confidence=Confidence.U),
        Clock("decide", "答复、承诺或者转交", workdays(1), FIRST, id="CS02", runs_from=frozenset({S.IN_CHARGE}),
              until=ANY - {S.IN_CHARGE}, restarts=True, confidence=Confidence.U),
        Clock("promise", "按承诺答复", workdays(3), f"{FIRST}，按承诺的日数", id="CS03",
              runs_from_steps=frozenset({"promise"}), limit_field="within", until=ANY - {S.PROMISED}, restarts=True,
              confidence=Confidence.U),
        Clock("handed", "转交后答复", workdays(5), FIRST, id="CS04", runs_from=frozenset({S.HANDED}),
              until=ANY - {S.HANDED}, restarts=True, confidence=Confidence.U),
        Clock("follow_up", "首问人跟进", workdays(2), FIRST, id="CS05",
              runs_from_steps=frozenset({"hand_on", "follow_up"}), until_steps=frozenset({"follow_up"}),
              until=ANY - {S.HANDED}, restarts=True, confidence=Confidence.U),
        Clock("ask_again", "追问", days(7), "答复后7日内可以追问（默认值）", id="CS06",
              runs_from=frozenset({S.ANSWERED}), until=ANY - {S.ANSWERED}, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
