"""Legal counsel of Party and government organs (党政机关法律顾问): appointment filed, asked before decisions, assessed.

Basis: 中办、国办关于推行法律顾问制度和公职律师公司律师制度的意见 (2016); 重大行政决策程序暂行条例 for legality.
The formats and times of filing and yearly review are left to the provinces: every limit is a setting.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, workdays, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import government_counsel as forms
from santai.procedures.forms.legal_aid import AskForMore, Explain, Note
from santai.procedures.rules import government_counsel as rules
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, supplement_is_late
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待报备"
    FILED = "filed", "备案审查中"
    SUPPLEMENT = "supplement", "待补正"
    IN_FORCE = "in_force", "聘任中"
    ASKED = "asked", "等待法律意见"
    ENDED = "ended", "已解聘"
    EXPIRED = "expired", "聘期届满"
    DECLINED = "declined", "不予备案"
    WITHDRAWN = "withdrawn", "已撤回"


# The organ that appoints is the applicant; it is a body, and reports itself or through a counter.
ORGAN = frozenset({Role.APPLICANT}) | FRONT_LINE
BUREAU = frozenset({Role.SUPERVISOR, Role.BUREAU_HEAD})
COUNSEL = frozenset({Role.LAWYER})
TIMER = BUREAU | {Role.SYSTEM}

BEFORE_FILING = frozenset({S.FILED, S.SUPPLEMENT})
SERVING = frozenset({S.IN_FORCE, S.ASKED})
CLOSED = frozenset({S.ENDED, S.EXPIRED, S.DECLINED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER, OFFICE = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
BOTH = APPLICANT | HANDLER
U = Confidence.U
DECISION = "重大行政决策程序暂行条例第二十五条至第二十八条"

# fmt: off
PROCEDURE = Procedure(
    label="党政机关法律顾问备案",
    kind="42",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2016, 6, 16),
    basis="中办、国办关于推行法律顾问制度和公职律师公司律师制度的意见（2016年）",
    body=OrganisationKind.BUREAU,
    opened_by=FRONT_LINE | BUREAU,
    answered=SERVING,
    says_opening="党政机关聘任法律顾问的，请在这里报备，并上传决定和聘用合同。",
    stages={
        "报备": frozenset({S.PREPARING, S.WITHDRAWN}),
        "审查": BEFORE_FILING | {S.DECLINED},
        "聘任": SERVING,
        "结束": frozenset({S.ENDED, S.EXPIRED}),
    },
    steps=(
        # --- 报备
        Step("file", "报送聘任备案", S.PREPARING, S.FILED, ORGAN,
             needs=frozenset({Doc.SERVICE_CONTRACT, Doc.APPROVAL}), form=forms.Appointment,
             guard=rules.may_be_filed, changes=rules.keep_appointment, tells=APPLICANT | OFFICE,
             says="聘任法律顾问的备案已报送，15个工作日内告诉您结果。",
             basis="法律顾问制度意见（选聘、备案，条号待核）"),
        Step("not_filed", "未报备，关闭", S.PREPARING, S.WITHDRAWN, BUREAU, form=Explain, tells=APPLICANT,
             says="还没有收到聘任法律顾问的备案，这件事先关闭：{explanation}"),
        Step("withdraw", "撤回备案", BEFORE_FILING | {S.PREPARING}, S.WITHDRAWN, ORGAN, form=Note,
             tells=APPLICANT | OFFICE, says="备案已撤回；需要时可以重新报送。"),
        Step("ask_for_more", "通知补正", S.FILED, S.SUPPLEMENT, BUREAU, form=AskForMore,
             when=rules.was_not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="counsel_supplement", tells=APPLICANT, says="备案材料还需要补充：{items}。请在{by}前交来。"),
        Step("supplement", "补交材料", S.SUPPLEMENT, S.FILED, ORGAN,
             takes=frozenset({Doc.SERVICE_CONTRACT, Doc.APPROVAL}), form=Note, tells=OFFICE,
             says="补交的材料已收到，继续审查。{note}"),
        Step("lapse", "逾期未补正，视为撤回", S.SUPPLEMENT, S.WITHDRAWN, TIMER, when=supplement_is_late,
             letter="counsel_lapsed", tells=APPLICANT,
             says="没有在期限内补交材料，这次备案视为撤回。材料齐全以后可以重新报送。"),
        Step("accept_filing", "准予备案", S.FILED, S.IN_FORCE, BUREAU, changes=rules.give_to_counsel,
             letter="counsel_filed", tells=BOTH, says="聘任已备案，重大决策前可以在这里征求法律顾问的意见。"),
        Step("decline", "不予备案", S.FILED, S.DECLINED, BUREAU, form=forms.Decline, changes=rules.keep_decline,
             letter="counsel_not_filed", tells=APPLICANT, says="这次没有备案：{explanation} 请您：{route}"),
        # --- 征求意见
        Step("ask_opinion", "征求法律意见", S.IN_FORCE, S.ASKED, ORGAN, takes=frozenset({Doc.MATTER_PROOF}),
             form=forms.Ask, guard=rules.asked_within_term, changes=rules.keep_question, tells=BOTH,
             says="已就“{title}”征求法律顾问的意见（第{facts[last_question]}号事项），希望在{by}前答复。",
             basis=DECISION),
        Step("ask_another", "再征求一项法律意见", S.ASKED, None, ORGAN, takes=frozenset({Doc.MATTER_PROOF}),
             form=forms.Ask, guard=rules.asked_within_term, changes=rules.keep_question, tells=BOTH,
             says="已就“{title}”征求法律顾问的意见（第{facts[last_question]}号事项），希望在{by}前答复。",
             basis=DECISION),
        Step("give_opinion", "出具法律意见", S.ASKED, S.IN_FORCE, COUNSEL | ORGAN, form=forms.Opinion,
             when=rules.only_one_waits, guard=rules.is_asked, changes=rules.mark_given, letter="counsel_opinion",
             either=True, tells=BOTH, says="法律顾问已就第{question_number}号事项出具意见：{opinion}", basis=DECISION),
        Step("give_one_opinion", "出具法律意见（还有其他事项待答）", S.ASKED, None, COUNSEL | ORGAN,
             form=forms.Opinion, when=rules.several_wait, guard=rules.is_asked, changes=rules.mark_given,
             letter="counsel_opinion", either=True, tells=BOTH,
             says="法律顾问已就第{question_number}号事项出具意见：{opinion}", basis=DECISION),
        Step("take_back", "不再征求这项意见", S.ASKED, S.IN_FORCE, ORGAN, form=forms.TakeBack,
             when=rules.only_one_waits, guard=rules.is_asked, changes=rules.mark_taken_back, tells=BOTH,
             says="第{question_number}号事项不再征求意见：{explanation}"),
        Step("take_one_back", "不再征求这项意见（还有其他事项待答）", S.ASKED, None, ORGAN, form=forms.TakeBack,
             when=rules.several_wait, guard=rules.is_asked, changes=rules.mark_taken_back, tells=BOTH,
             says="第{question_number}号事项不再征求意见：{explanation}"),
        Step("adopt", "反馈：已采纳", SERVING, None, ORGAN, form=forms.Adopt, when=rules.some_are_answered,
             guard=rules.decided_after_the_opinion, changes=rules.mark_adopted, tells=HANDLER,
             says="第{question_number}号意见已采纳。", basis=DECISION),
        Step("adopt_partly", "反馈：部分采纳", SERVING, None, ORGAN, form=forms.AdoptPartly,
             when=rules.some_are_answered, guard=rules.decided_after_the_opinion, changes=rules.mark_partly,
             tells=HANDLER, says="第{question_number}号意见部分采纳：{explanation}", basis=DECISION),
        Step("not_adopt", "反馈：未采纳", SERVING, None, ORGAN, form=forms.NotAdopt, when=rules.some_are_answered,
             guard=rules.decided_after_the_opinion, changes=rules.mark_not_adopted, tells=HANDLER | OFFICE,
             says="第{question_number}号意见未采纳：{explanation}", basis=DECISION),
        # --- 考核、解聘
        Step("assess", "年度考核", SERVING, None, BUREAU, form=forms.Assess, guard=rules.may_be_assessed,
             changes=rules.keep_assessment, letter="counsel_assessment", tells=BOTH,
             says="{year}年度考核已完成：{opinion}", basis="法律顾问制度意见（考核，条号待核）"),
        Step("remove", "解聘", SERVING, S.ENDED, ORGAN, form=forms.Remove, guard=rules.removed_by_now,
             changes=rules.keep_removal, letter="counsel_removed", tells=BOTH | OFFICE,
             says="已自{ended_on}起解聘：{explanation}", basis="法律顾问制度意见（解聘，条号待核）"),
        Step("strike_off", "司法行政机关撤销备案", SERVING, S.ENDED, BUREAU, form=forms.Remove,
             guard=rules.removed_by_now, changes=rules.keep_removal, letter="counsel_removed", tells=BOTH,
             says="备案已自{ended_on}起撤销：{explanation}"),
        Step("expire", "聘期届满", SERVING, S.EXPIRED, TIMER, when=rules.term_is_over, changes=rules.keep_expiry,
             tells=BOTH | OFFICE, says="聘期已届满。续聘的，请重新报备。", daily=True),
    ),
    clocks=(
        Clock("filing", "提醒报送备案", days(30), "转入后30日内提醒（默认值）", id="GC00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=U),
        Clock("review", "审查备案", workdays(15), "本省备案规定（日数为默认值）", id="GC01",
              runs_from=frozenset({S.FILED}), until=ANY - BEFORE_FILING, paused_in=frozenset({S.SUPPLEMENT}),
              confidence=U),
        Clock("opinion", "出具法律意见", workdays(7),
              "重大行政决策程序暂行条例第二十六条第二款（审查时间一般不少于7个工作日，以此为默认值）；"
              "从最早一项未答的事项起算", id="GC02",
              runs_from=frozenset({S.ASKED}), until=ANY - {S.ASKED}, restarts=True, confidence=U),
        Clock("feedback", "反馈采纳情况", days(30), "本省规定（日数为默认值）", id="GC03",
              runs_from_steps=frozenset({"give_opinion", "give_one_opinion"}),
              until_steps=frozenset({"adopt", "adopt_partly", "not_adopt"}), until=ANY - SERVING, restarts=True,
              confidence=U),
        Clock("assessment", "年度考核", years(1), "本省规定（每年一次，起算方法为默认值）", id="GC04",
              runs_from_steps=frozenset({"accept_filing", "assess"}), until=ANY - SERVING, restarts=True,
              confidence=U),
    ),
)
# fmt: on
