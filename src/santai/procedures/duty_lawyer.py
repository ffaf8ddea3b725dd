"""Help by a duty lawyer (值班律师法律帮助): for whoever has no counsel, at the place where they are held or heard.

Basis: 法律援助法 14, 30, 39; 刑事诉讼法 36, 174; 公安机关办理刑事案件程序规定 49; 人民检察院刑事诉讼规则 269-272;
法律援助值班律师工作办法 (司规〔2020〕6号), whose article numbers and day counts are unconfirmed and marked U
(`clock.<id>`).
The detained person asks (24 hours, LA14) or the organ gives notice (two working days to name a lawyer, LA15). Every
meeting and every refusal is in the log, and the ledger (工作台账) of the place is read from it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, Confidence, hours, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import duty_lawyer as forms
from santai.procedures.forms.legal_aid import Subsidy
from santai.procedures.rules import duty_lawyer as rules
from santai.procedures.rules import legal_aid_rows as rows
from santai.procedures.rules.legal_aid_rows import APPLICANT, BOTH, HANDLER, HANDLING_STAFF, OFFICE, OFFICERS
from santai.registry.models import OrganisationKind


class S(TextChoices):
    PREPARING = "preparing", "待登记"
    ASKED = "asked", "已提出，待通知值班律师"
    NOTIFIED = "notified", "已收到通知，待确定值班律师"
    NAMED = "named", "已确定值班律师"
    HELPED = "helped", "已提供帮助"
    APPLYING = "applying", "待转交法律援助申请"
    CLOSED = "closed", "已办结，待算补贴"
    SUBSIDY = "subsidy", "已办结，补贴待付"
    PAID = "paid", "已办结"
    REFUSED = "refused", "本人拒绝帮助"
    CANCELLED = "cancelled", "已取消"


ANY = frozenset(S.values)
BEFORE_HELP = frozenset({S.ASKED, S.NOTIFIED, S.NAMED})
AFTER_HELP = frozenset({S.HELPED, S.APPLYING})
RULES = "法律援助值班律师工作办法（条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="值班律师法律帮助",
    kind="15",
    states=S,
    initial=S.PREPARING,
    final=frozenset({S.PAID, S.REFUSED, S.CANCELLED}),
    in_force=date(2022, 1, 1),
    basis="法律援助法；刑事诉讼法；法律援助值班律师工作办法（司规〔2020〕6号）",
    body=OrganisationKind.LEGAL_AID,
    opened_by=OFFICE,
    answered=AFTER_HELP | {S.CLOSED, S.SUBSIDY},
    says_opening="没有辩护人的，可以要求值班律师免费提供法律帮助：解答问题、建议程序、帮助申请变更强制措施、对案件提意见。",
    stages={
        "提出": frozenset({S.PREPARING, S.ASKED, S.NOTIFIED, S.CANCELLED, S.REFUSED}),
        "安排": frozenset({S.NAMED}),
        "帮助": AFTER_HELP,
        "办结": frozenset({S.CLOSED, S.SUBSIDY, S.PAID}),
    },
    steps=(
        # --- 提出、通知
        Step("register_request", "登记：本人要求见值班律师", S.PREPARING, S.ASKED, OFFICE, form=forms.Request,
             guard=rules.requested_by_now, changes=rules.keep_request, tells=APPLICANT | OFFICERS,
             says="您要求见值班律师的申请已登记，24小时内通知值班律师。",
             basis="刑事诉讼法第三十六条；公安机关办理刑事案件程序规定第四十九条"),
        Step("register_notice", "登记法律帮助通知书", S.PREPARING, S.NOTIFIED, OFFICE,
             needs=frozenset({Doc.ORGAN_NOTICE}), form=forms.OrganNotice, guard=rules.noticed_in_order,
             changes=rules.keep_notice, tells=APPLICANT | OFFICERS,
             says="{organ}通知为您安排值班律师，法律援助机构会尽快确定人员。", basis=RULES),
        Step("register_urgent_notice", "登记法律帮助通知书（速裁、异地）", S.PREPARING, S.NOTIFIED, OFFICE,
             needs=frozenset({Doc.ORGAN_NOTICE}), form=forms.UrgentNotice, guard=rules.noticed_in_order,
             changes=rules.keep_notice, tells=APPLICANT | OFFICERS,
             says="{organ}通知为您安排值班律师，法律援助机构会马上确定人员。", basis=RULES),
        # --- 确定值班律师
        Step("tell_lawyer", "通知当班律师", S.ASKED, S.NAMED, OFFICE, form=forms.TellLawyer, guard=rules.told_in_order,
             changes=rules.keep_lawyer, tells=BOTH, says="已通知{handler}律师，会尽快与您见面。",
             basis="公安机关办理刑事案件程序规定第四十九条"),
        Step("name_lawyer", "确定值班律师并告知办案机关", S.NOTIFIED, S.NAMED, OFFICE, form=forms.NameLawyer,
             guard=rules.may_be_named, changes=rules.keep_lawyer, letter="duty_lawyer_named", tells=BOTH,
             says="已确定{handler}律师为您提供法律帮助。", basis=RULES),
        Step("change_lawyer", "更换值班律师", S.NAMED, None, OFFICE, form=forms.ChangeLawyer,
             guard=rules.is_another_lawyer, changes=rules.keep_lawyer, letter="duty_lawyer_named", tells=BOTH,
             says="改由{handler}律师为您提供法律帮助：{explanation}", basis=RULES),
        Step("cancel", "取消", BEFORE_HELP | {S.PREPARING}, S.CANCELLED, OFFICE, form=forms.Cancel,
             letter="duty_lawyer_cancelled", tells=APPLICANT | HANDLER,
             says="这次值班律师帮助已取消：{explanation} 需要时您可以随时再提出。", basis="刑事诉讼法第三十六条"),
        # --- 帮助、拒绝
        Step("help", "提供法律帮助", frozenset({S.NAMED, S.HELPED}), S.HELPED, HANDLING_STAFF,
             takes=frozenset({Doc.MEETING_RECORD}), form=forms.Help, guard=rules.helped_by_now,
             changes=rules.keep_help, tells=APPLICANT,
             says="{handler}律师已为您提供法律帮助。您可以随时再约见，也可以申请法律援助。",
             basis="法律援助法第三十条；刑事诉讼法第三十六条"),
        Step("refuse_help", "记录：本人拒绝帮助", BEFORE_HELP, S.REFUSED, HANDLING_STAFF,
             needs=frozenset({Doc.REFUSAL_RECORD}), form=forms.RefuseHelp, guard=rules.refused_by_now,
             letter="duty_lawyer_refused", tells=APPLICANT,
             says="已记录您这次不要值班律师帮助。您可以随时再提出。", basis=RULES),
        Step("read_file", "查阅案卷", AFTER_HELP, None, HANDLING_STAFF, form=forms.ReadFile, guard=rules.read_by_now,
             says="{handler}律师查阅了案卷。", basis="人民检察院刑事诉讼规则第二百六十九条"),
        Step("give_opinion", "向办案机关提出意见", AFTER_HELP, None, HANDLING_STAFF, form=forms.Opinion,
             says="{handler}律师向办案机关提出了意见。",
             basis="刑事诉讼法第一百七十三条；人民检察院刑事诉讼规则第二百六十九条"),
        Step("opinion_answered", "登记办案机关对意见的答复", AFTER_HELP, None, HANDLING_STAFF,
             form=forms.OpinionAnswered, when=rules.opinion_awaits_answer,
             says="办案机关答复了律师的意见。{explanation}", basis="人民检察院刑事诉讼规则第二百七十一条"),
        Step("witness_plea", "认罪认罚具结书签署时在场", AFTER_HELP, None, HANDLING_STAFF,
             needs=frozenset({Doc.PLEA_PAPER}), form=forms.Plea, when=rules.no_plea_paper_yet,
             guard=rules.signed_by_now, changes=rules.keep_plea,
             says="您签署认罪认罚具结书时，{handler}律师在场，核实了您是自愿的。",
             basis="刑事诉讼法第一百七十四条；人民检察院刑事诉讼规则第二百七十二条"),
        Step("no_plea_paper", "没有签署具结书", AFTER_HELP, None, HANDLING_STAFF, form=forms.NoPleaPaper,
             when=rules.no_plea_paper_yet, says="没有签署认罪认罚具结书：{explanation}",
             basis="刑事诉讼法第一百七十四条第二款"),
        # --- 转为法律援助
        Step("take_application", "收到法律援助申请", frozenset({S.NAMED, S.HELPED}), S.APPLYING, HANDLING_STAFF,
             form=forms.AidAsked, when=rules.not_transferred_before, guard=rules.asked_by_now,
             tells=APPLICANT | OFFICERS, says="您的法律援助申请已收到，24小时内转交法律援助机构。",
             basis="法律援助法第三十九条第二款"),
        Step("transfer_application", "转交法律援助申请", S.APPLYING, S.HELPED, HANDLING_STAFF,
             form=forms.AidTransferred, guard=rules.handed_over_in_order, opens="legal_aid_criminal",
             tells=APPLICANT | OFFICERS, says="您的法律援助申请已转交法律援助机构，请在那里继续办理。",
             basis="法律援助法第三十九条第二款"),
        Step("report_notice_owed", "报告：属于应当通知辩护的情形", frozenset({S.NAMED, S.HELPED, S.APPLYING}), None,
             HANDLING_STAFF, form=forms.NoticeOwed, when=rules.not_reported_before, opens="legal_aid_notice",
             tells=APPLICANT | OFFICERS, says="您属于依法应当有律师的情形，已报告法律援助机构，由其提醒办案机关。",
             basis="法律援助法第二十五条、第三十六条"),
        # --- 办结、补贴
        Step("close", "办结", S.HELPED, S.CLOSED, HANDLING_STAFF, form=forms.Close, tells=OFFICERS,
             says="这次值班律师帮助已办结。需要时您可以随时再提出。", basis=RULES),
        *rows.subsidy_steps(Subsidy),
    ),
    clocks=(
        Clock("tell_lawyer", "通知值班律师", hours(24), "公安机关办理刑事案件程序规定第四十九条", id="LA14",
              runs_from_steps=frozenset({"register_request"}), start_field="requested_at", until=ANY - {S.ASKED},
              stop_field="told_at", rolls_over=False),
        Clock("name_lawyer", "确定值班律师", workdays(2), "法律援助值班律师工作办法（条号待核）", id="LA15",
              runs_from_steps=frozenset({"register_notice"}), start_field="received_on", until=ANY - {S.NOTIFIED},
              confidence=Confidence.U),
        Clock("help_notice", "办案机关提前通知法律帮助", rules.NOTICE_LEAD, RULES, id="LA15N",
              runs_from_steps=frozenset({"register_notice"}), before="help_on", start_field="received_on",
              until_steps=frozenset({"register_notice"}), stop_field="received_on", confidence=Confidence.U),
        Clock("transfer", "转交法律援助申请", hours(24), "法律援助法第三十九条第二款", id="LA01",
              runs_from=frozenset({S.APPLYING}), start_field="received_at", until=ANY - {S.APPLYING},
              stop_field="handed_over_at", rolls_over=False),
        rows.payment_clock(ANY),
    ),
)
# fmt: on
