"""Request for government information (政府信息公开申请) to a judicial administration: receipt to answer.

Basis: 政府信息公开条例 (国务院令第711号, 2019-05-15) 14-16, 27-42, 51; 行政复议法 (2024) 23 for who must go to
administrative review first.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import information_request as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import information_request as rules
from santai.procedures.rules.conditions import not_extended
from santai.procedures.rules.holding import take_it_myself
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, not_asked_before, supplement_is_late
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    RECEIVED = "received", "已收到，待登记审查"
    SUPPLEMENT = "supplement", "待补正"
    HANDLING = "handling", "办理中"
    EXPLAINING = "explaining", "待申请人说明理由"
    CONSULTING = "consulting", "征求第三方意见中"
    PROVIDED = "provided", "予以公开"
    PARTLY = "partly", "部分公开"
    WITHHELD = "withheld", "不予公开"
    NOT_HELD = "not_held", "信息不存在"
    NOT_OURS = "not_ours", "不属于本机关"
    NOT_HANDLED = "not_handled", "不予处理"
    ABANDONED = "abandoned", "视为放弃申请"
    WITHDRAWN = "withdrawn", "已撤回"


STAFF = frozenset({Role.SUPERVISOR, Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD})
IN_HAND = frozenset({S.RECEIVED, S.HANDLING, S.EXPLAINING, S.CONSULTING})
OPEN = IN_HAND | {S.PREPARING, S.SUPPLEMENT}
ANY = frozenset(S.values)
APPLICANT, HANDLER, SUPERVISOR = (frozenset({who}) for who in (Tell.APPLICANT, Tell.HANDLER, Tell.SUPERVISOR))
REPLY = "information_reply"

# fmt: off
PROCEDURE = Procedure(
    label="政府信息公开申请",
    kind="57",
    states=S,
    initial=S.PREPARING,
    final=ANY - OPEN,
    in_force=date(2019, 5, 15),
    basis="政府信息公开条例（国务院令第711号）",
    body=OrganisationKind.BUREAU,
    applied_for="申请公开政府信息",
    opened_by=STAFF,
    says_opening="可以申请公开政府信息。请写明要公开的信息、想要的形式，不用说明理由。",
    stages={
        "申请": frozenset({S.PREPARING, S.RECEIVED, S.SUPPLEMENT, S.ABANDONED, S.WITHDRAWN}),
        "办理": frozenset({S.HANDLING, S.EXPLAINING, S.CONSULTING}),
        "答复": frozenset({S.PROVIDED, S.PARTLY, S.WITHHELD, S.NOT_HELD, S.NOT_OURS, S.NOT_HANDLED}),
    },
    steps=(
        # --- 申请与补正
        Step("request", "提交申请", S.PREPARING, S.RECEIVED, PERSON | STAFF, takes=frozenset({Doc.IDENTITY}),
             form=forms.Request, guard=rules.received_by_now, changes=rules.keep_request,
             letter="information_received", tells=APPLICANT | SUPERVISOR,
             says="您的政府信息公开申请已经收到，20个工作日内答复您。", basis="政府信息公开条例第二十九条、第三十一条"),
        Step("not_requested", "未提出申请，关闭", S.PREPARING, S.WITHDRAWN, STAFF | FRONT_LINE, form=Explain,
             tells=APPLICANT, says="您还没有提出申请，这件事先关闭：{explanation} 以后可以随时申请。"),
        Step("register", "登记，内容明确", S.RECEIVED, S.HANDLING, STAFF, changes=take_it_myself,
             says="申请内容明确，正在办理。", basis="政府信息公开条例第二十九条"),
        Step("ask_for_more", "一次性告知补正", S.RECEIVED, S.SUPPLEMENT, STAFF, form=forms.AskForMore,
             when=not_asked_before, guard=date_is_ahead, changes=keep_supplement_date,
             letter="information_supplement", tells=APPLICANT,
             says="申请还需要补正：{items}。请在{by}前补正，没有正当理由不补正的，视为放弃申请。",
             basis="政府信息公开条例第三十条"),
        Step("supplement", "补正", S.SUPPLEMENT, S.RECEIVED, PERSON | STAFF, form=Note, tells=APPLICANT | SUPERVISOR,
             says="补正的申请已经收到，答复期限从今天重新起算。{note}", basis="政府信息公开条例第三十条"),
        Step("lapse", "视为放弃申请", S.SUPPLEMENT, S.ABANDONED, STAFF | {Role.SYSTEM}, when=supplement_is_late,
             letter="information_abandoned", tells=APPLICANT,
             says="没有在期限内补正，视为放弃申请。您可以重新申请。", basis="政府信息公开条例第三十条"),
        Step("withdraw", "撤回申请", OPEN, S.WITHDRAWN, PERSON, form=Note, tells=APPLICANT | HANDLER,
             says="您已撤回申请；需要时可以重新申请。"),
        # --- 办理
        Step("ask_reason", "请申请人说明理由", S.HANDLING, S.EXPLAINING, STAFF, form=forms.AskReason,
             when=rules.not_explained_before, tells=APPLICANT, says="请您说明申请的理由：{explanation}",
             basis="政府信息公开条例第三十五条"),
        Step("explain_reason", "说明理由", S.EXPLAINING, S.HANDLING, PERSON, form=forms.Reason, tells=HANDLER,
             says="您说明了理由：{reason}", basis="政府信息公开条例第三十五条"),
        Step("go_on", "不等说明，继续办理", S.EXPLAINING, S.HANDLING, STAFF, form=Explain,
             says="已继续办理您的申请。", basis="政府信息公开条例第三十五条"),
        Step("consult", "征求第三方意见", S.HANDLING, S.CONSULTING, STAFF, form=forms.Consult,
             guard=rules.received_by_now, letter="information_consult", tells=APPLICANT,
             says="您要的信息涉及第三方，正在征求第三方意见；这段时间不计入答复期限。",
             basis="政府信息公开条例第三十二条、第三十三条"),
        Step("third_party_replied", "第三方答复", S.CONSULTING, S.HANDLING, STAFF, form=forms.Consulted, public=False,
             basis="政府信息公开条例第三十二条"),
        Step("third_party_silent", "第三方逾期未答复", S.CONSULTING, S.HANDLING, STAFF | {Role.SYSTEM},
             when=rules.third_party_term_is_over, tells=HANDLER, says="第三方没有在期限内答复，由机关依法决定。",
             basis="政府信息公开条例第三十二条"),
        Step("extend", "延长答复期限", frozenset({S.RECEIVED, S.HANDLING}), None, frozenset({Role.BUREAU_HEAD}),
             form=forms.Extend, when=not_extended, guard=rules.may_extend, letter="information_extended",
             tells=APPLICANT | HANDLER, says="答复期限延长{amount}个工作日：{explanation}",
             basis="政府信息公开条例第三十三条"),
        # --- 答复
        Step("provide", "予以公开", S.HANDLING, S.PROVIDED, STAFF, takes=frozenset({Doc.OTHER}), form=forms.Provide,
             changes=rules.keep_reply, letter=REPLY, tells=APPLICANT, says="您申请的信息予以公开：{explanation}",
             basis="政府信息公开条例第三十六条第一项、第二项"),
        Step("provide_partly", "部分公开", S.HANDLING, S.PARTLY, STAFF, takes=frozenset({Doc.OTHER}),
             form=forms.PartlyProvide, guard=rules.third_party_was_asked, changes=rules.keep_reply, letter=REPLY,
             tells=APPLICANT, says="您申请的信息部分公开，不能公开的部分：{explanation} 不服的办法写在答复书里。",
             basis="政府信息公开条例第三十六条第三项、第三十七条"),
        Step("withhold", "不予公开", S.HANDLING, S.WITHHELD, STAFF, form=forms.Withhold,
             guard=rules.third_party_was_asked, changes=rules.keep_reply, letter=REPLY, tells=APPLICANT,
             says="您申请的信息不予公开：{explanation} 不服的办法写在答复书里。",
             basis="政府信息公开条例第十四条至第十六条、第三十六条第三项"),
        Step("not_held", "信息不存在", S.HANDLING, S.NOT_HELD, STAFF, form=forms.NotHeld, changes=rules.keep_reply,
             letter=REPLY, tells=APPLICANT, says="经检索，没有您申请的信息：{explanation} 不服的办法写在答复书里。",
             basis="政府信息公开条例第三十六条第四项"),
        Step("not_ours", "不属于本机关", frozenset({S.RECEIVED, S.HANDLING}), S.NOT_OURS, STAFF, form=forms.NotOurs,
             changes=rules.keep_reply, letter=REPLY, tells=APPLICANT,
             says="您申请的信息不由本机关公开：{explanation} 您可以找：{to}",
             basis="政府信息公开条例第三十六条第五项"),
        Step("not_handled", "不予处理", frozenset({S.RECEIVED, S.HANDLING}), S.NOT_HANDLED, STAFF,
             form=forms.NotHandled, guard=rules.reason_was_asked, changes=rules.keep_reply, letter=REPLY,
             tells=APPLICANT, says="您的申请不予处理：{explanation} 不服的办法写在答复书里。",
             basis="政府信息公开条例第三十五条、第三十六条第六项、第七项、第三十九条"),
    ),
    clocks=(
        Clock("filing", "填写申请", days(30), "转入后30日内提醒申请人（默认值）", id="GI00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("answer", "答复申请人", workdays(20), "政府信息公开条例第三十三条；补正的从收到补正之日起算（第三十条）",
              id="GI01", runs_from=frozenset({S.RECEIVED}), start_field="received_on", until=ANY - IN_HAND,
              paused_in=frozenset({S.CONSULTING}), extension=Extension("extend", at_most=20), restarts=True),
        Clock("supplement_notice", "告知补正", workdays(7), "政府信息公开条例第三十条", id="GI01B",
              runs_from_steps=frozenset({"request"}), start_field="received_on", until=ANY - {S.RECEIVED}),
        Clock("third_party", "第三方提出意见", workdays(15), "政府信息公开条例第三十二条", id="GI01T",
              runs_from=frozenset({S.CONSULTING}), start_field="received_on", until=ANY - {S.CONSULTING},
              restarts=True),
    ),
)
# fmt: on
