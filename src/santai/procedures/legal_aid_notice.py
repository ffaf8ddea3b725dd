"""Counsel on notice of an organ of justice (通知辩护、通知代理), compulsory treatment and death review included.

Basis: 法律援助法 25-28, 36-38, 48-52; 刑事诉讼法 35, 278, 293, 304; 刑诉法解释 49-52, 311, 634; 公安机关办理刑事案件
程序规定 42-53; 办理法律援助案件程序规定 (司法部令第148号), whose unconfirmed limits are marked U (`clock.<id>`).
No economic condition is looked at here. The ground of the notice says who may be appointed and whether the person may
do without a lawyer. Each stage of the proceedings is a notice and a case of its own.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, days
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import legal_aid_criminal as criminal_forms
from santai.procedures.forms import legal_aid_notice as forms
from santai.procedures.forms import service
from santai.procedures.forms.legal_aid import Explain
from santai.procedures.forms.service import SERVICE_PAPERS
from santai.procedures.rules import legal_aid as common
from santai.procedures.rules import legal_aid_criminal as criminal
from santai.procedures.rules import legal_aid_notice as rules
from santai.procedures.rules import legal_aid_rows as rows
from santai.procedures.rules.legal_aid_rows import APPLICANT, BOTH, HANDLER, HANDLING_STAFF, OFFICE, OFFICERS, At
from santai.registry.models import OrganisationKind


class S(TextChoices):
    AWAITING = "awaiting", "待登记通知书"
    RECEIVED = "granted", "已收到通知，待指派"
    ASSIGNED = "assigned", "已指派"
    HANDLING = "handling", "办理中"
    COUNSEL_REFUSED = "counsel_refused", "拒绝律师，待办案机关查明"
    OWN_COUNSEL = "own_counsel", "待自行委托律师"
    TERMINATED = "terminated", "已终止，可提异议"
    TERMINATION_OBJECTION = "termination_objection", "终止异议审查中"
    FILING = "filing", "待交案卷"
    FILE_REVIEW = "file_review", "案卷审查中"
    FILE_RETURNED = "file_returned", "案卷退回补正"
    CLOSED = "closed", "已结案，待算补贴"
    SUBSIDY = "subsidy", "已结案，补贴待付"
    PAID = "paid", "已结案"
    TRANSFERRED = "transferred", "已转告"
    REVOKED = "revoked", "通知已撤回"
    NOT_NOTIFIED = "not_notified", "办案机关没有通知"


ANY = frozenset(S.values)
IN_HAND = rows.ASSIGNED
BEFORE_HEARING = frozenset({S.RECEIVED, S.ASSIGNED, S.HANDLING})
OBJECTIONS, DECIDED = frozenset({At.TERMINATION_OBJECTION}), frozenset({At.TERMINATED})
APPOINTED = frozenset({"assign", "assign_for_trial"})

# fmt: off
PROCEDURE = Procedure(
    label="刑事法律援助（通知辩护、通知代理）",
    kind="13",
    states=S,
    initial=S.AWAITING,
    final=frozenset({S.PAID, S.TRANSFERRED, S.REVOKED, S.NOT_NOTIFIED}),
    in_force=date(2023, 9, 1),
    basis="法律援助法；刑事诉讼法及其解释；办理法律援助案件程序规定（司法部令第148号）",
    body=OrganisationKind.LEGAL_AID,
    opened_by=OFFICE,
    answered=rows.AFTER_ENDING,
    says_opening="您的案件依法应当（或者可以）有律师帮助。收到办案机关的通知后，法律援助机构3日内为您指派律师，全程免费。",
    stages={
        "通知": frozenset({S.AWAITING, S.TRANSFERRED, S.REVOKED, S.NOT_NOTIFIED}),
        "指派": frozenset({S.RECEIVED}),
        "办理": frozenset({S.ASSIGNED, S.HANDLING, S.COUNSEL_REFUSED, S.OWN_COUNSEL, S.TERMINATED,
                           S.TERMINATION_OBJECTION}),
        "归档": frozenset({S.FILING, S.FILE_REVIEW, S.FILE_RETURNED}),
        "结案": frozenset({S.CLOSED, S.SUBSIDY, S.PAID}),
    },
    steps=(
        # --- 通知
        Step("remind_organ", "提醒办案机关通知", S.AWAITING, None, OFFICE, form=forms.RemindOrgan,
             guard=rules.reminded_by_now, letter="legal_aid_notice_reminder", tells=APPLICANT,
             says="已提醒{organ}：您属于应当有律师的情形，请其在3日内通知法律援助机构。",
             basis="法律援助法第三十六条；公安机关办理刑事案件程序规定第四十六条"),
        Step("no_notice", "办案机关没有通知，关闭", S.AWAITING, S.NOT_NOTIFIED, OFFICE, form=forms.NoNotice,
             letter="legal_aid_notice_none", tells=APPLICANT,
             says="办案机关没有通知指派律师：{explanation} 您仍可以自己申请法律援助，也可以向人民检察院申诉。",
             basis="法律援助法第三十六条；刑事诉讼法第四十九条"),
        Step("register_notice", "登记通知书", S.AWAITING, S.RECEIVED, OFFICE, needs=frozenset({Doc.ORGAN_NOTICE}),
             takes=frozenset({Doc.CHARGE_PAPER}), form=forms.Notice, guard=rules.received_by_now,
             changes=rules.keep_notice, tells=APPLICANT | OFFICERS,
             says="{organ}已通知为您指派律师，法律援助机构应当在3日内指派，全程免费。",
             basis="法律援助法第二十五条、第二十八条、第三十六条"),
        Step("transfer", "转告有管辖权的机构", S.RECEIVED, S.TRANSFERRED, OFFICE, form=forms.TransferNotice,
             letter="legal_aid_notice_transferred", tells=APPLICANT,
             says="指派律师的事应当由{to}办理，已告知办案机关：{explanation}", basis="法律援助法第三十八条"),
        Step("revoke", "办案机关撤回通知", S.RECEIVED, S.REVOKED, OFFICE, form=forms.RevokeNotice,
             letter="legal_aid_notice_revoked", tells=APPLICANT,
             says="办案机关撤回了通知：{explanation} 您需要律师时，可以申请法律援助或者要求值班律师帮助。",
             basis="法律援助法第三十六条、第四十八条"),
        Step("set_hearing", "登记开庭日期（普通程序）", BEFORE_HEARING, None, OFFICE | HANDLING_STAFF,
             takes=frozenset({Doc.CHARGE_PAPER}), form=forms.Hearing, when=criminal.at_trial,
             guard=rules.papers_by_now, changes=rules.keep_hearing, tells=HANDLER,
             says="案件定于{hearing_on}开庭。", basis="刑诉法解释第四十九条"),
        Step("set_summary_hearing", "登记开庭日期（简易、速裁程序）", BEFORE_HEARING, None, OFFICE | HANDLING_STAFF,
             takes=frozenset({Doc.CHARGE_PAPER}), form=forms.SummaryHearing, when=criminal.at_trial,
             changes=rules.keep_summary_hearing, tells=HANDLER,
             says="案件定于{hearing_on}开庭。", basis="刑诉法解释第四十九条"),
        Step("papers_came", "登记收到起诉书等副本", BEFORE_HEARING, None, OFFICE | HANDLING_STAFF,
             takes=frozenset({Doc.CHARGE_PAPER}), form=forms.PapersCame, when=rules.papers_are_awaited,
             guard=rules.came_by_now, changes=rules.keep_papers, tells=HANDLER,
             says="法院已经送来起诉书等副本，供律师准备辩护。", basis="刑诉法解释第四十九条"),
        Step("remind_court", "提醒法院：送交材料不足法定时间", BEFORE_HEARING, None,
             OFFICE, form=forms.RemindCourt, when=rules.papers_were_late, letter="legal_aid_notice_short",
             tells=HANDLER, public=False, basis="刑诉法解释第四十九条"),
        # --- 指派（侦查、审查起诉；审判、死刑复核、强制医疗）
        Step("assign", "指派律师", S.RECEIVED, S.ASSIGNED, OFFICE, form=forms.Appoint, when=criminal.before_trial,
             guard=rules.may_be_appointed, changes=rules.keep_appointment, letter="legal_aid_notice_assigned",
             tells=BOTH, says="已指派{handler}律师为您办理，会尽快与您会见。您有权拒绝或者要求更换。",
             basis="法律援助法第二十六条、第三十六条；未成年人保护法第一百零四条"),
        Step("assign_for_trial", "指派律师", S.RECEIVED, S.ASSIGNED, OFFICE, form=forms.Appoint, when=criminal.at_trial,
             guard=rules.may_be_appointed, changes=rules.keep_appointment, letter="legal_aid_notice_assigned",
             tells=BOTH, says="已指派{handler}律师为您办理，会尽快与您会见。您有权拒绝或者要求更换。",
             basis="法律援助法第二十六条、第三十六条；未成年人保护法第一百零四条"),
        Step("first_meeting", "首次会见，受援人同意", S.ASSIGNED, S.HANDLING, HANDLING_STAFF,
             needs=frozenset({Doc.MEETING_RECORD}), form=criminal_forms.FirstMeeting, guard=common.met_by_now,
             tells=APPLICANT, says="{handler}已与您会见，您同意由其办理。",
             basis="办理法律援助案件程序规定（首次会见，条号待核）"),
        Step("meet", "再次会见", S.HANDLING, None, HANDLING_STAFF, form=criminal_forms.FirstMeeting,
             guard=common.met_by_now, says="{handler}再次与您会见。"),
        # --- 拒绝、自行委托、另行指派
        Step("record_refusal", "记录：拒绝指派的律师", IN_HAND, S.COUNSEL_REFUSED, HANDLING_STAFF | OFFICE,
             needs=frozenset({Doc.REFUSAL_RECORD}), form=forms.Refusal, guard=rules.refused_by_now,
             letter="legal_aid_notice_refused", tells=BOTH,
             says="您拒绝了指派的律师，已经记录并告知办案机关，由办案机关查明原因后答复。",
             basis="法律援助法第二十七条；刑诉法解释第五十条、第三百一十一条"),
        Step("refusal_denied", "拒绝不成立，继续由律师办理", S.COUNSEL_REFUSED, S.HANDLING, OFFICE,
             form=forms.OrganFinding, when=rules.help_is_owed, guard=rules.decided_in_order,
             letter="legal_aid_notice_continued", tells=BOTH,
             says="办案机关没有准许拒绝：{explanation} 仍由{handler}为您办理；有新的理由可以申请更换。",
             basis="刑诉法解释第五十条、第三百一十一条"),
        Step("refusal_allowed", "理由正当，准许拒绝", S.COUNSEL_REFUSED, S.OWN_COUNSEL, OFFICE, form=forms.OrganFinding,
             when=rules.first_refusal_of_owed_help, guard=rules.decided_in_order, tells=BOTH,
             says="办案机关准许您拒绝现在的律师。请在5日内另行委托律师；没有委托的，会再为您指派一位。",
             basis="刑诉法解释第五十条第二款"),
        Step("self_defence", "准许自行辩护", S.COUNSEL_REFUSED, S.TERMINATED, OFFICE, form=forms.OrganFinding,
             when=rules.help_is_not_owed, guard=rules.decided_in_order, changes=rules.keep_self_defence,
             letter="legal_aid_terminated", tells=BOTH,
             says="办案机关准许您自行辩护，法律援助终止：{explanation} 您不同意终止的，可以提出异议。",
             basis="刑诉法解释第五十条第一款；法律援助法第四十八条"),
        Step("own_counsel", "已自行委托律师，终止", IN_HAND | {S.RECEIVED, S.COUNSEL_REFUSED, S.OWN_COUNSEL},
             S.TERMINATED, OFFICE, form=criminal_forms.OwnCounsel, guard=rules.heard_in_order,
             changes=rules.keep_own_counsel, letter="legal_aid_terminated", tells=BOTH,
             says="您已自行委托律师，法律援助终止：{explanation} 您不同意的，可以提出异议，办法写在决定书里。",
             basis="法律援助法第二十七条、第四十八条第六项；公安机关办理刑事案件程序规定第四十七条"),
        Step("aid_lawyer_chosen", "选择法律援助律师", IN_HAND, None, OFFICE | HANDLING_STAFF, form=Explain, tells=BOTH,
             says="家属也委托了律师，您选择由{handler}继续办理。", basis="法律援助法第二十七条；刑诉法解释第五十一条"),
        Step("notified_again", "没有另行委托，办案机关通知另行指派", S.OWN_COUNSEL, S.RECEIVED, OFFICE,
             needs=frozenset({Doc.ORGAN_NOTICE}), form=forms.NotifiedAgain, guard=rules.received_by_now,
             changes=rules.keep_notified_again, tells=APPLICANT | OFFICERS,
             says="您没有另行委托律师，法律援助机构应当在3日内为您另行指派一位。",
             basis="刑诉法解释第五十条第二款；法律援助法第三十六条"),
        *rows.custody(IN_HAND, at_trial=criminal.at_trial),
        *rows.handling(IN_HAND, rows.replacing(when=criminal.before_trial),
                       rows.replacing("replace_at_trial", when=criminal.at_trial)),
        *rows.termination(IN_HAND, resumes=At.GRANTED),
        Step("decision_returned", "文书没有送到", S.TERMINATED, None, OFFICE, takes=SERVICE_PAPERS,
             form=service.Returned, when=common.not_served_yet, serves="legal_aid_terminated", public=False),
        # --- 结案、归档、补贴
        *rows.file(finish=criminal_forms.Finish, finished=criminal.matter_is_finished,
                   is_whole=criminal.file_is_whole),
    ),
    clocks=(
        Clock("organ_notice", "办案机关通知法律援助机构", days(3),
              "法律援助法第三十六条；公安机关办理刑事案件程序规定第四十六条", id="LA02",
              runs_from_steps=frozenset({"remind_organ"}), start_field="discovered_on", until=ANY - {S.AWAITING},
              stop_field="notified_on"),
        Clock("assign", "指派律师", days(3), "法律援助法第三十六条", id="LA03",
              runs_from_steps=frozenset({"register_notice", "notified_again", "order_resumption"}),
              start_field="received_on", until=ANY - {S.RECEIVED}, restarts=True),
        Clock("charge_papers", "法院在开庭以前送来起诉书等副本", rules.COURT_PAPERS_LEAD,
              "法律援助法第三十六条；刑诉法解释第四十九条", id="LA13", runs_from_steps=frozenset({"set_hearing"}),
              before="hearing_on", until_steps=frozenset({"papers_came", "set_summary_hearing"}),
              start_field="papers_on", stop_field="papers_on"),
        Clock("own_counsel", "另行委托律师", days(5), "刑诉法解释第五十条第二款", id="LA19",
              runs_from=frozenset({S.OWN_COUNSEL}), start_field="decided_on", until=ANY - {S.OWN_COUNSEL}),
        *rows.objection_clocks(ANY, decided=DECIDED, objecting=OBJECTIONS, served=frozenset({"serve_termination"})),
        *rows.handling_clocks(ANY, IN_HAND, replaced=frozenset({"replace", "replace_at_trial"})),
        *rows.custody_clocks(ANY, IN_HAND, visited=frozenset({"first_meeting", "meet"}),
                             assigned=frozenset({"assign_for_trial", "replace_at_trial"})),
        *rows.file_clocks(ANY),
    ),
)
# fmt: on
