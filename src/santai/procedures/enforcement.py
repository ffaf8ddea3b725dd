"""Administrative penalty by the judicial administration itself (司法行政机关行政处罚): filed case to closed file.

Basis: 行政处罚法 (2021-07-15); 行政强制法 for what is not paid; 安徽省行政执法全过程记录办法 for the records of each
stage. The party (当事人) is whoever is investigated. What leads to a case, and who reported it, is a case of its own
(`enforcement_clue`), so that neither side reads the other's. Limits without a confirmed text are marked U.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, days, months, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import enforcement as forms
from santai.procedures.forms import service
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import enforcement as rules
from santai.procedures.rules import enforcement_decision as decision
from santai.procedures.rules import enforcement_registry as registry
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    INVESTIGATING = "investigating", "已立案，调查取证"
    PROPOSED = "proposed", "调查终结，待告知"
    DEFENCE = "defence", "已告知，听取陈述申辩"
    HEARING = "hearing", "已要求听证"
    REVIEW = "review", "法制审核中"
    DECIDING = "deciding", "待决定"
    DECIDED = "decided", "已决定处罚，待送达"
    UNPUNISHED = "unpunished", "决定不予处罚，待送达"
    PAYING = "paying", "已送达，待缴纳罚款"
    SERVED = "served", "已送达，待履行"
    URGED = "urged", "已催告"
    COURT = "court", "已申请法院强制执行"
    JUDICIAL = "judicial", "已依法移送处理"
    PERFORMED = "performed", "已履行，待归档"
    ARCHIVED = "archived", "已归档，救济期内"
    ENDED = "ended", "已结案"
    REVOKED = "revoked", "决定已撤销"
    DROPPED = "dropped", "已撤销立案"


OFFICER, REVIEWER, HEAD = Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD
# The party speaks online or on paper; what comes on paper is taken down by the officers.
PARTY = frozenset({Role.APPLICANT, OFFICER})
# The platform records a service by itself when the party, who agreed to it, opens the letter online.
SERVERS = frozenset({OFFICER, Role.SYSTEM})
PENALTY = frozenset({"enforcement_penalty", "enforcement_changed"})
BUREAU = frozenset({OFFICER, REVIEWER, HEAD})

BEFORE_DECISION = frozenset({S.INVESTIGATING, S.PROPOSED, S.DEFENCE, S.HEARING, S.REVIEW, S.DECIDING})
EXECUTING = frozenset({S.PAYING, S.SERVED, S.URGED, S.COURT})
OWED = frozenset({S.PAYING, S.URGED, S.COURT})
AFTER_SERVICE = EXECUTING | {S.PERFORMED, S.ARCHIVED}
AFTER_DECISION = AFTER_SERVICE | {S.DECIDED, S.UNPUNISHED}
CLOSED = frozenset({S.ENDED, S.REVOKED, S.DROPPED})
ANY = frozenset(S.values)

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
HANDLER = frozenset({Tell.HANDLER})
AV = frozenset({Doc.AV_SITE, Doc.AV_SEIZURE, Doc.AV_HEARING, Doc.AV_SERVICE, Doc.AV_OTHER})

# fmt: off
PROCEDURE = Procedure(
    label="行政处罚",
    kind="60",
    states=S,
    initial=S.INVESTIGATING,
    final=CLOSED,
    in_force=date(2021, 7, 15),
    basis="行政处罚法（2021年7月15日施行）",
    body=OrganisationKind.BUREAU,
    answered=frozenset({S.ARCHIVED}),
    says_opening="司法行政机关已经立案调查。调查人员会出示证件；您有权申请回避、陈述和申辩，也可以委托代理人。",
    stages={
        "立案": frozenset({S.INVESTIGATING, S.DROPPED}),
        "告知": frozenset({S.PROPOSED, S.DEFENCE, S.HEARING}),
        "审核决定": frozenset({S.REVIEW, S.DECIDING, S.JUDICIAL}),
        "送达": frozenset({S.DECIDED, S.UNPUNISHED, S.REVOKED}),
        "执行": EXECUTING,
        "归档": frozenset({S.PERFORMED, S.ARCHIVED, S.ENDED}),
    },
    steps=(
        # --- 人员与回避
        Step("assign_officers", "指派执法人员", S.INVESTIGATING, None, HEAD, form=forms.AssignOfficers,
             guard=rules.are_two_officers, changes=rules.keep_officers, letter="enforcement_officers",
             tells=APPLICANT | HANDLER, says="由{lead}、{second}两名执法人员调查。您认为他们应当回避的，可以申请。",
             basis="行政处罚法第四十二条"),
        Step("ask_recusal", "申请回避", BEFORE_DECISION, None, PARTY, form=Explain,
             when=rules.no_recusal_is_pending, tells=APPLICANT | OFFICERS,
             says="回避申请已收到，由负责人决定；决定作出以前，调查不停止。", basis="行政处罚法第四十三条"),
        Step("grant_recusal", "同意回避", BEFORE_DECISION, None, HEAD, form=forms.Recused,
             when=rules.recusal_is_pending, changes=rules.forget_officers, tells=APPLICANT | HANDLER,
             says="同意回避，将另行指派执法人员。", basis="行政处罚法第四十三条"),
        Step("refuse_recusal", "不同意回避", BEFORE_DECISION, None, HEAD, form=forms.RefuseRecusal,
             when=rules.recusal_is_pending, letter="enforcement_recusal_refused", tells=APPLICANT | HANDLER,
             says="没有同意回避：{explanation}", basis="行政处罚法第四十三条"),
        # --- 调查取证
        Step("inspect", "现场检查（勘验）", S.INVESTIGATING, None, OFFICER,
             needs=frozenset({Doc.SITE_RECORD, Doc.AV_SITE}), form=forms.OnSite, when=rules.officers_are_named,
             guard=rules.done_by_now, says="执法人员到现场作了检查，并做了笔录和音视频记录。",
             basis="行政处罚法第四十七条、第五十五条"),
        Step("inquire", "询问", S.INVESTIGATING, None, OFFICER, needs=frozenset({Doc.INQUIRY_RECORD}),
             takes=frozenset({Doc.AV_OTHER}), form=forms.Inquiry, when=rules.officers_are_named,
             guard=rules.done_by_now, public=False, basis="行政处罚法第五十五条"),
        Step("collect", "收集证据", S.INVESTIGATING, None, OFFICER, needs=frozenset({Doc.EVIDENCE}),
             form=forms.Evidence, when=rules.officers_are_named, guard=rules.by_its_officers, public=False,
             basis="行政处罚法第四十六条、第五十四条"),
        Step("identify", "核对名册中的当事人", BEFORE_DECISION, None, OFFICER, form=forms.Listed,
             when=rules.officers_are_named, guard=registry.is_the_party, changes=registry.keep_listed, public=False,
             basis="行政处罚法第五十四条（查明当事人）"),
        Step("keep_evidence", "批准先行登记保存证据", S.INVESTIGATING, None, HEAD,
             needs=frozenset({Doc.SEIZURE_LIST, Doc.AV_SEIZURE}), form=forms.KeepEvidence,
             when=rules.no_evidence_is_held, guard=rules.not_an_investigator, changes=rules.keep_held,
             letter="enforcement_evidence_kept", tells=APPLICANT | HANDLER,
             says="有关证据已先行登记保存，7个工作日内作出处理决定；这段时间请不要销毁或者转移。",
             basis="行政处罚法第五十六条"),
        Step("release_evidence", "处理登记保存的证据", S.INVESTIGATING, None, OFFICER, form=forms.ReleaseEvidence,
             when=rules.evidence_is_held, guard=rules.by_its_officers, changes=rules.keep_released, tells=APPLICANT,
             says="先行登记保存的证据已经处理：{explanation}", basis="行政处罚法第五十六条"),
        Step("extend", "批准延长办案期限", BEFORE_DECISION, None, HEAD, form=forms.Extend,
             when=rules.not_extended, guard=rules.not_an_investigator, tells=APPLICANT | HANDLER,
             says="办案期限延长{amount}日：{explanation}", basis="行政处罚法第六十条（另有规定的从其规定）"),
        Step("drop", "撤销立案", S.INVESTIGATING, S.DROPPED, HEAD, form=forms.Drop, guard=rules.not_an_investigator,
             letter="enforcement_dropped", tells=APPLICANT | HANDLER, says="本案已撤销立案：{explanation}",
             basis="行政处罚法第五十四条"),
        # --- 调查终结
        Step("propose_penalty", "调查终结，提出处罚意见", S.INVESTIGATING, S.PROPOSED, OFFICER,
             needs=frozenset({Doc.INVESTIGATION_REPORT}), form=forms.Proposal, when=rules.is_ordinary,
             guard=registry.may_propose, changes=rules.keep_proposal, public=False,
             basis="行政处罚法第五十四条、第五十七条"),
        Step("propose_other", "调查终结，提出其他处理意见", S.INVESTIGATING, S.DECIDING, OFFICER,
             needs=frozenset({Doc.INVESTIGATION_REPORT}), form=forms.OtherProposal, when=rules.is_ordinary,
             guard=rules.is_not_grave, changes=rules.keep_other_proposal, public=False, basis="行政处罚法第五十七条"),
        Step("propose_grave", "提出其他处理意见，送法制审核", S.INVESTIGATING, S.REVIEW, OFFICER,
             needs=frozenset({Doc.INVESTIGATION_REPORT}), form=forms.OtherProposal, when=rules.is_ordinary,
             guard=rules.is_grave, changes=rules.keep_other_proposal, public=False,
             basis="行政处罚法第五十七条、第五十八条"),
        # --- 当场处罚（简易程序）
        Step("punish_on_spot", "当场处罚：罚款", S.INVESTIGATING, S.PAYING, OFFICER, needs=frozenset({Doc.AV_SITE}),
             form=forms.OnSpot, when=decision.nothing_was_proposed, guard=decision.may_fine_on_spot,
             changes=decision.keep_on_spot, letter="enforcement_on_spot", tells=APPLICANT | OFFICERS,
             says="当场作出处罚决定，决定书已交付。不服的，应当先申请行政复议，办法写在决定书里。",
             basis="行政处罚法第五十一条、第五十二条"),
        Step("warn_on_spot", "当场处罚：警告", S.INVESTIGATING, S.SERVED, OFFICER, needs=frozenset({Doc.AV_SITE}),
             form=forms.OnSpot, when=decision.nothing_was_proposed, guard=decision.may_warn_on_spot,
             changes=decision.keep_on_spot, letter="enforcement_on_spot", tells=APPLICANT | OFFICERS,
             says="当场给予警告，决定书已交付。不服的，应当先申请行政复议，办法写在决定书里。",
             basis="行政处罚法第五十一条、第五十二条"),
        Step("record_on_spot", "当场处罚备案", AFTER_SERVICE - {S.ARCHIVED}, None, HEAD, form=Note,
             when=decision.is_on_spot, public=False, basis="行政处罚法第五十二条第三款"),
        # --- 告知
        Step("notify", "告知拟处罚内容和权利", S.PROPOSED, S.DEFENCE, OFFICER, guard=rules.by_its_officers,
             changes=rules.keep_notice, letter="enforcement_notice", tells=APPLICANT,
             says="拟作出行政处罚，内容、事实、理由和依据写在告知书里。您可以陈述、申辩；告知书写明可以要求听证的，"
                  "请在收到后5个工作日内提出。",
             basis="行政处罚法第四十四条、第六十三条"),
        Step("serve_notice", "记录告知书送达", S.DEFENCE, None, SERVERS, takes=frozenset({Doc.SERVICE_RECEIPT}),
             form=service.Served, when=rules.notice_is_not_served, guard=rules.not_left_behind,
             serves="enforcement_notice", tells=APPLICANT,
             says="告知书已送达，5个工作日内可以陈述、申辩或者要求听证。", basis="行政处罚法第六十四条第一项"),
        Step("leave_notice", "告知书留置送达", S.DEFENCE, None, OFFICER, needs=frozenset({Doc.AV_SERVICE}),
             takes=frozenset({Doc.SERVICE_RECEIPT}), form=forms.LeftBehind, when=rules.notice_is_not_served,
             serves="enforcement_notice", tells=APPLICANT,
             says="告知书已留置送达，5个工作日内可以陈述、申辩或者要求听证。",
             basis="行政处罚法第四十七条、第六十四条"),
        Step("state", "陈述、申辩", frozenset({S.DEFENCE, S.HEARING}), None, PARTY,
             takes=frozenset({Doc.STATEMENT}), form=forms.Statement, tells=APPLICANT | HANDLER,
             says="您的陈述、申辩已收到，我们会复核；不会因为您申辩而加重处罚。", basis="行政处罚法第七条、第四十五条"),
        Step("waive", "放弃陈述申辩和听证", S.DEFENCE, None, PARTY, takes=frozenset({Doc.STATEMENT}),
             form=Explain, when=rules.heard_or_not, guard=rules.in_the_partys_words, tells=APPLICANT | HANDLER,
             says="您表示没有意见，不再陈述、申辩，也不要求听证。", basis="行政处罚法第四十五条"),
        Step("ask_hearing", "要求听证", S.DEFENCE, S.HEARING, PARTY, form=forms.AskHearing, when=rules.heard_or_not,
             tells=APPLICANT | OFFICERS, says="听证要求已收到。符合条件的，会提前7个工作日通知您时间和地点，不收费。",
             basis="行政处罚法第六十三条、第六十四条第一项"),
        # --- 听证
        Step("refuse_hearing", "不组织听证", S.HEARING, S.DEFENCE, HEAD, form=forms.Refusal,
             guard=rules.not_an_investigator, letter="enforcement_hearing_refused", tells=APPLICANT | HANDLER,
             says="没有组织听证：{explanation} 您仍然可以陈述、申辩。", basis="行政处罚法第六十三条、第六十四条"),
        Step("withdraw_hearing", "撤回听证要求", S.HEARING, S.DEFENCE, PARTY,
             takes=frozenset({Doc.STATEMENT}), form=Explain, guard=rules.in_the_partys_words,
             tells=APPLICANT | HANDLER, says="听证要求已撤回。", basis="行政处罚法第六十四条"),
        Step("call_hearing", "指定主持人，通知听证", S.HEARING, None, HEAD, form=forms.CallHearing,
             guard=rules.hearing_is_in_order, changes=rules.keep_hearing, letter="enforcement_hearing",
             tells=APPLICANT | OFFICERS,
             says="{held_on}在{place}举行听证，由{host}主持。您可以亲自参加，也可以委托一至二人代理。",
             basis="行政处罚法第六十四条第二项至第五项"),
        Step("hold_hearing", "举行听证", S.HEARING, S.REVIEW, BUREAU,
             needs=frozenset({Doc.HEARING_MINUTES, Doc.AV_HEARING}), form=forms.HoldHearing,
             when=rules.hearing_is_called, guard=rules.only_its_host, changes=rules.keep_heard, tells=APPLICANT,
             says="听证已经举行，笔录交您核对。接下来进行法制审核。",
             basis="行政处罚法第六十四条第六项至第八项、第六十五条"),
        # --- 复核、法制审核
        Step("to_review", "复核意见，提交法制审核", S.DEFENCE, S.REVIEW, OFFICER, form=forms.Considered,
             when=rules.review_is_needed, guard=rules.by_its_officers, changes=rules.keep_considered, public=False,
             basis="行政处罚法第四十五条、第五十八条"),
        Step("to_decision", "复核意见，提交决定", S.DEFENCE, S.DECIDING, OFFICER, form=forms.Considered,
             when=rules.review_is_not_needed, guard=rules.by_its_officers, changes=rules.keep_considered,
             public=False, basis="行政处罚法第四十五条、第五十七条"),
        # The opinion is the bureau's own: an internal letter, which the party does not read.
        Step("pass_review", "法制审核通过", S.REVIEW, S.DECIDING, REVIEWER, takes=frozenset({Doc.LEGALITY_OPINION}),
             form=forms.Reviewed, guard=rules.not_an_investigator, changes=rules.keep_review,
             letter="enforcement_legality_opinion", tells=OFFICERS, public=False, basis="行政处罚法第五十八条"),
        Step("return_review", "法制审核退回", S.REVIEW, S.INVESTIGATING, REVIEWER, form=forms.ReturnForMore,
             guard=rules.not_an_investigator, changes=rules.keep_returned, letter="enforcement_legality_returned",
             tells=HANDLER, public=False, basis="行政处罚法第五十八条"),
        # --- 决定
        Step("discuss", "集体讨论", S.DECIDING, None, HEAD, needs=frozenset({Doc.DISCUSSION_RECORD}),
             form=forms.Discussion, guard=rules.heads_by_now, public=False, basis="行政处罚法第五十七条第二款"),
        Step("send_back", "退回补充调查", S.DECIDING, S.INVESTIGATING, HEAD, form=forms.ReturnForMore,
             guard=rules.not_an_investigator, changes=rules.forget_proposal, tells=HANDLER, public=False,
             basis="行政处罚法第五十七条"),
        Step("decide_penalty", "决定处罚", S.DECIDING, S.DECIDED, HEAD, form=forms.Decision, begins_with="proposal",
             guard=decision.may_punish, changes=decision.keep_decision, letter="enforcement_penalty",
             tells=APPLICANT | HANDLER, says="已经作出行政处罚决定，7个工作日内送达。不服的办法写在决定书里。",
             basis="行政处罚法第五十七条、第五十九条"),
        Step("decide_no_penalty", "决定不予处罚", S.DECIDING, S.UNPUNISHED, HEAD, form=forms.NoPenalty,
             guard=decision.may_decide, changes=decision.keep_no_penalty, letter="enforcement_no_penalty",
             tells=APPLICANT | HANDLER, says="决定不予行政处罚：{explanation}",
             basis="行政处罚法第五十七条第一款第二项"),
        Step("decide_not_established", "决定违法事实不能成立", S.DECIDING, S.UNPUNISHED, HEAD,
             form=forms.NotEstablished, guard=decision.may_decide, changes=decision.keep_no_penalty,
             letter="enforcement_not_established", tells=APPLICANT | HANDLER,
             says="违法事实不能成立，不予行政处罚：{explanation}", basis="行政处罚法第五十七条第一款第三项"),
        # Who is suspected of what is between the two organs; the party is told of the transfer alone.
        Step("transfer_judicial", "移送司法机关", S.DECIDING, S.JUDICIAL, HEAD, form=forms.ToJudicial,
             guard=decision.may_decide, letter="enforcement_judicial_transfer", tells=APPLICANT | HANDLER,
             says="本案已依法移送有关机关处理，有结果后继续。", basis="行政处罚法第二十七条、第五十七条第一款第四项"),
        Step("judicial_returned", "司法机关退回处理", S.JUDICIAL, S.INVESTIGATING, OFFICER, form=forms.FromJudicial,
             guard=decision.received_by_now, changes=rules.forget_proposal, tells=APPLICANT | HANDLER,
             says="司法机关已将本案移送回来，继续依法处理。", basis="行政处罚法第二十七条"),
        Step("judicial_took", "司法机关已处理，归档", S.JUDICIAL, S.ARCHIVED, OFFICER, needs=frozenset({Doc.CASE_FILE}),
             form=forms.FromJudicial, guard=decision.received_by_now, says="司法机关已经处理，本机关的案件归档。",
             basis="行政处罚法第二十七条"),
        # --- 送达
        Step("serve_fine", "送达处罚决定书（有罚款）", S.DECIDED, S.PAYING, SERVERS,
             takes=frozenset({Doc.SERVICE_RECEIPT, Doc.SERVICE_CONSENT}), form=service.Served,
             when=decision.has_a_fine, guard=rules.not_left_behind, changes=decision.keep_service, serves=PENALTY,
             tells=APPLICANT,
             says="处罚决定书已送达。请在15日内到指定银行或者电子支付系统缴纳；到期不缴，每日加处百分之三。",
             basis="行政处罚法第六十一条、第六十七条"),
        Step("serve", "送达处罚决定书（没有罚款）", S.DECIDED, S.SERVED, SERVERS,
             takes=frozenset({Doc.SERVICE_RECEIPT, Doc.SERVICE_CONSENT}), form=service.Served,
             when=decision.has_no_fine, guard=rules.not_left_behind, changes=decision.keep_service, serves=PENALTY,
             tells=APPLICANT, says="处罚决定书已送达，请按决定书履行。", basis="行政处罚法第六十一条"),
        Step("leave_fine", "留置送达（有罚款）", S.DECIDED, S.PAYING, OFFICER, needs=frozenset({Doc.AV_SERVICE}),
             takes=frozenset({Doc.SERVICE_RECEIPT}), form=forms.LeftBehind, when=decision.has_a_fine,
             changes=decision.keep_service, serves=PENALTY, tells=APPLICANT,
             says="处罚决定书已留置送达，效力与签收相同。请在15日内缴纳罚款；到期不缴，每日加处百分之三。",
             basis="行政处罚法第四十七条、第六十一条；民事诉讼法第八十九条"),
        Step("leave", "留置送达（没有罚款）", S.DECIDED, S.SERVED, OFFICER, needs=frozenset({Doc.AV_SERVICE}),
             takes=frozenset({Doc.SERVICE_RECEIPT}), form=forms.LeftBehind, when=decision.has_no_fine,
             changes=decision.keep_service, serves=PENALTY, tells=APPLICANT,
             says="处罚决定书已留置送达，效力与签收相同。",
             basis="行政处罚法第四十七条、第六十一条；民事诉讼法第八十九条"),
        Step("serve_unpunished", "送达不予处罚决定书", S.UNPUNISHED, S.PERFORMED, SERVERS,
             takes=frozenset({Doc.SERVICE_RECEIPT, Doc.SERVICE_CONSENT}), form=service.Served,
             guard=rules.not_left_behind, changes=decision.keep_service,
             serves=frozenset({"enforcement_no_penalty", "enforcement_not_established"}), tells=APPLICANT,
             says="不予处罚决定书已送达，本案准备归档。", basis="行政处罚法第六十一条"),
        # --- 执行
        Step("ask_instalment", "申请延期或者分期缴纳", S.PAYING, None, PARTY, form=forms.AskInstalment,
             when=decision.no_instalment_is_asked, tells=APPLICANT | OFFICERS, says="申请已收到，由负责人决定。",
             basis="行政处罚法第六十六条第二款"),
        Step("grant_instalment", "同意延期或者分期", S.PAYING, None, HEAD, form=forms.GrantInstalment,
             when=decision.instalment_is_asked, guard=decision.date_is_ahead, changes=decision.keep_new_term,
             letter="enforcement_instalment", tells=APPLICANT | HANDLER, says="同意在{by}前缴清：{plan}",
             basis="行政处罚法第六十六条第二款"),
        Step("refuse_instalment", "不同意延期或者分期", S.PAYING, None, HEAD, form=forms.RefuseInstalment,
             when=decision.instalment_is_asked, guard=rules.not_an_investigator,
             letter="enforcement_instalment_refused", tells=APPLICANT | HANDLER,
             says="没有同意延期或者分期：{explanation}", basis="行政处罚法第六十六条第二款"),
        Step("record_payment", "记录缴款", OWED, None, OFFICER, needs=frozenset({Doc.PAYMENT_PROOF}),
             form=forms.Payment, when=decision.has_a_fine, guard=decision.paid_by_now, tells=APPLICANT,
             says="收到缴款{amount}元。", basis="行政处罚法第六十七条"),
        Step("urge", "催告", frozenset({S.PAYING, S.SERVED}), S.URGED, OFFICER, when=decision.is_overdue,
             changes=decision.keep_urging, letter="enforcement_urge", tells=APPLICANT,
             says="履行期限已过，催告书已发出。10日内仍不履行的，依法申请法院强制执行；您可以陈述和申辩。",
             basis="行政处罚法第七十二条；行政强制法第五十四条"),
        Step("answer_urging", "对催告陈述、申辩", S.URGED, None, PARTY, form=forms.Statement, tells=HANDLER,
             says="您的意见已收到，我们会复核。", basis="行政强制法第三十六条"),
        Step("apply_court", "申请人民法院强制执行", S.URGED, S.COURT, HEAD, form=forms.ApplyToCourt,
             guard=decision.may_go_to_court, letter="enforcement_court", tells=APPLICANT | HANDLER,
             says="已向{court}申请强制执行。", basis="行政处罚法第七十二条；行政强制法第五十三条"),
        Step("perform", "履行完毕", EXECUTING, S.PERFORMED, OFFICER, form=forms.Performed, guard=decision.is_paid,
             tells=APPLICANT, says="处罚决定已经履行完毕。", basis="行政处罚法第六十六条"),
        # --- 救济与纠正
        Step("record_remedy", "记录复议或者诉讼", AFTER_DECISION, None, OFFICER, form=forms.FileRemedy,
             when=decision.no_remedy_is_pending, guard=decision.filed_by_now, changes=decision.keep_remedy,
             tells=OFFICERS, says="{body}已受理。期间不停止执行，但不计算加处罚款。", basis="行政处罚法第七十三条"),
        Step("end_remedy", "复议或者诉讼维持、终结", AFTER_DECISION, None, OFFICER, form=forms.RemedyEnded,
             when=decision.remedy_is_pending, guard=decision.received_by_now, tells=HANDLER,
             says="复议或者诉讼已有结果：{explanation}", basis="行政处罚法第七十三条"),
        Step("revoke", "撤销决定", AFTER_DECISION, S.REVOKED, HEAD, takes=frozenset({Doc.COURT_PAPER}),
             form=forms.Revoke, guard=decision.may_correct, changes=decision.keep_revocation,
             letter="enforcement_revoked", tells=APPLICANT | OFFICERS,
             says="行政处罚决定已经撤销；公示过的，3个工作日内撤下并公开说明理由。",
             basis="行政处罚法第四十八条第二款、第七十五条"),
        Step("order_redo", "撤销后重新处理", AFTER_DECISION, S.INVESTIGATING, HEAD,
             takes=frozenset({Doc.COURT_PAPER}), form=forms.Revoke, guard=decision.may_correct,
             changes=decision.keep_redo, letter="enforcement_revoked", tells=APPLICANT | OFFICERS,
             says="行政处罚决定已经撤销，依法重新处理；公示过的，3个工作日内撤下。",
             basis="行政处罚法第四十八条第二款"),
        Step("change_decision", "变更决定", AFTER_DECISION - {S.UNPUNISHED}, S.DECIDED, HEAD,
             takes=frozenset({Doc.COURT_PAPER}), form=forms.Change, begins_with="decision", guard=decision.may_change,
             changes=decision.keep_change, letter="enforcement_changed", tells=APPLICANT | OFFICERS,
             says="行政处罚决定已经变更，变更决定书7个工作日内送达；原来的公示3个工作日内撤下。",
             basis="行政处罚法第四十八条第二款、第七十五条"),
        Step("restriction_over", "停止执业（停业整顿）期满", EXECUTING | {S.PERFORMED, S.ARCHIVED}, None,
             Role.SYSTEM, when=registry.is_over, changes=registry.keep_lifted, daily=True,
             tells=APPLICANT | HANDLER, says="停止执业（停业整顿）的期限已满，名册已恢复到处罚以前的状态。",
             basis="行政处罚决定书"),
        # --- 归档
        Step("archive", "归档", S.PERFORMED, S.ARCHIVED, OFFICER, needs=frozenset({Doc.CASE_FILE}),
             form=forms.FileClosed, guard=decision.file_is_whole, public=False, basis="行政处罚法第四十七条"),
        Step("remedy_over", "救济期限届满", EXECUTING | {S.PERFORMED}, None, Role.SYSTEM,
             when=decision.remedies_were_not_over, daily=True, public=False, basis="行政诉讼法第四十六条"),
        Step("end", "结案", S.ARCHIVED, S.ENDED, Role.SYSTEM, when=decision.may_end, daily=True,
             says="申请复议、提起诉讼的期限已过，本案结案。", basis="行政诉讼法第四十六条"),
        # --- 全过程记录
        Step("record", "附音视频记录", ANY - CLOSED, None, OFFICER, takes=AV, form=forms.Recording,
             guard=rules.recorded_by_now, public=False, basis="行政处罚法第四十七条"),
    ),
    clocks=(
        Clock("decision", "作出处罚决定", days(90), "行政处罚法第六十条", id="PN01",
              runs_from_steps=frozenset({"open", "order_redo"}), until=ANY - BEFORE_DECISION - {S.JUDICIAL},
              paused_in=frozenset({S.JUDICIAL}), extension=Extension("extend", at_most=90), restarts=True),
        Clock("service", "送达决定书", workdays(7), "行政处罚法第六十一条、第八十五条", id="PN02",
              runs_from=frozenset({S.DECIDED, S.UNPUNISHED}), until=ANY - {S.DECIDED, S.UNPUNISHED}, restarts=True,
              stop_field="served_on"),
        Clock("hearing_window", "要求听证", workdays(5), "行政处罚法第六十四条第一项、第八十五条", id="PN03",
              runs_from_steps=frozenset({"serve_notice", "leave_notice"}), start_field="served_on",
              until_steps=frozenset({"ask_hearing", "waive"}), until=ANY - {S.DEFENCE}, restarts=True),
        Clock("evidence", "处理登记保存的证据", workdays(7), "行政处罚法第五十六条、第八十五条", id="PN05",
              runs_from_steps=frozenset({"keep_evidence"}), until_steps=frozenset({"release_evidence"}),
              until=CLOSED, restarts=True, confidence=Confidence.U),
        Clock("payment", "缴纳罚款", decision.PAY_WITHIN, "行政处罚法第六十七条第三款", id="PN06",
              runs_from_steps=frozenset({"serve_fine", "leave_fine", "punish_on_spot"}), start_field="served_on",
              until_steps=frozenset({"grant_instalment"}), until=ANY - {S.PAYING}, restarts=True,
              confidence=Confidence.U),
        Clock("urged", "催告期", days(10), "行政强制法第五十四条", id="PN07", runs_from=frozenset({S.URGED}),
              until=ANY - {S.URGED}, restarts=True, confidence=Confidence.U),
        Clock("remedies", "申请复议、提起诉讼", months(6), "行政诉讼法第四十六条（复议60日：行政复议法第二十条）",
              id="PN08",
              runs_from_steps=frozenset({"serve_fine", "serve", "leave_fine", "leave", "serve_unpunished",
                                         "punish_on_spot", "warn_on_spot"}),
              start_field="served_on", until_steps=frozenset({"remedy_over"}),
              until=CLOSED | {S.INVESTIGATING, S.DECIDED}, restarts=True),
        Clock("court_window", "申请法院强制执行", months(3), "行政强制法第五十三条", id="PN09",
              runs_from_steps=frozenset({"remedy_over"}), until=ANY - EXECUTING | {S.COURT}, restarts=True,
              confidence=Confidence.U),
        Clock("archive", "归档", days(30), "案卷归档（默认值）", id="PN10", runs_from=frozenset({S.PERFORMED}),
              until=ANY - {S.PERFORMED}, restarts=True, confidence=Confidence.U),
    ),
)
# fmt: on
