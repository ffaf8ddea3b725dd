"""Criminal legal aid on application (刑事法律援助, 依申请): suspects, accused, victims, private prosecutors, claimants.

Basis: 法律援助法 24, 26, 29, 33, 38-56; 刑事诉讼法; 公安机关办理刑事案件程序规定 47, 53; 刑诉法解释 52, 66; and
办理法律援助案件程序规定 (司法部令第148号), whose unconfirmed limits are marked U and may be replaced by `clock.<id>`.
Whoever sits in detention hands the application to the place, the organ or the duty lawyer, who have 24 hours (39).
Each stage of the proceedings is a case of its own. The rows shared with civil aid stand in `rules/legal_aid_rows.py`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step
from santai.casework.terms import Clock, days, hours
from santai.procedures.forms import legal_aid_criminal as forms
from santai.procedures.rules import legal_aid_criminal as rules
from santai.procedures.rules import legal_aid_rows as rows
from santai.procedures.rules.legal_aid_rows import APPLICANTS_PAPERS, IN_HAND, OFFICE
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    IN_CUSTODY = "in_custody", "羁押场所等已收到，待转交"
    SUBMITTED = "submitted", "已提交"
    SUPPLEMENT = "supplement", "待补正"
    REVIEWING = "reviewing", "审查中"
    VERIFYING = "verifying", "异地核查中"
    PRIOR = "prior_aid", "先行提供"
    GRANTED = "granted", "准予援助，待指派"
    DECLINED = "declined", "不予援助，可提异议"
    OBJECTION = "objection", "异议审查中"
    ASSIGNED = "assigned", "已指派"
    HANDLING = "handling", "办理中"
    TERMINATED = "terminated", "已终止，可提异议"
    TERMINATION_OBJECTION = "termination_objection", "终止异议审查中"
    FILING = "filing", "待交案卷"
    FILE_REVIEW = "file_review", "案卷审查中"
    FILE_RETURNED = "file_returned", "案卷退回补正"
    CLOSED = "closed", "已结案，待算补贴"
    SUBSIDY = "subsidy", "已结案，补贴待付"
    PAID = "paid", "已结案"
    REFUSED = "refused", "不予援助"
    TRANSFERRED = "transferred", "已转告"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "视为撤回"
    WITHDRAWN = "withdrawn", "已撤回"


ANY = frozenset(S.values)
OBJECTIONS = frozenset({rows.At.OBJECTION, rows.At.TERMINATION_OBJECTION})
DECIDED = frozenset({rows.At.DECLINED, rows.At.TERMINATED})
ASSIGNED_STEPS = frozenset({"assign", "assign_for_trial", "replace", "replace_at_trial", "provide_prior"})

# fmt: off
PROCEDURE = Procedure(
    label="刑事法律援助（依申请）",
    kind="12",
    states=S,
    initial=S.PREPARING,
    final=rows.REFUSED_APPLICATION | {S.PAID},
    in_force=date(2023, 9, 1),
    basis="法律援助法；刑事诉讼法；办理法律援助案件程序规定（司法部令第148号）",
    body=OrganisationKind.LEGAL_AID,
    applied_for="申请刑事法律援助",
    opened_by=OFFICE,
    answered=rows.AFTER_ENDING,
    says_opening="可以申请刑事法律援助（免费）。本人、法定代理人或近亲属填写申请表并上传材料；人在看守所的，"
                 "可以交给看守所、办案机关或值班律师，他们应当在24小时内转交。",
    stages={
        "申请": frozenset({S.PREPARING, S.IN_CUSTODY, S.SUBMITTED, S.SUPPLEMENT, S.WITHDRAWN, S.DEEMED_WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.VERIFYING, S.DECLINED, S.OBJECTION, S.REFUSED, S.TRANSFERRED}),
        "指派": frozenset({S.GRANTED}),
        "办理": IN_HAND | {S.TERMINATED, S.TERMINATION_OBJECTION},
        "归档": frozenset({S.FILING, S.FILE_REVIEW, S.FILE_RETURNED}),
        "结案": frozenset({S.CLOSED, S.SUBSIDY, S.PAID}),
    },
    steps=(
        # --- 申请
        Step("apply", "提交申请", S.PREPARING, S.SUBMITTED, PERSON | OFFICE, takes=APPLICANTS_PAPERS,
             form=forms.Application, changes=rules.keep_application, tells=rows.APPLICANT | rows.OFFICERS,
             says="法律援助申请已提交，法律援助机构应当自收到申请之日起7日内作出决定；等您补材料的时间不算。",
             basis="法律援助法第二十四条、第二十九条、第三十三条、第四十条"),
        Step("receive_in_custody", "羁押场所、办案机关或值班律师收到申请", S.PREPARING, S.IN_CUSTODY, OFFICE,
             form=forms.ReceivedInCustody, guard=rules.received_by_now,
             says="{receiver_name}已收到您的法律援助申请，应当在24小时内转交法律援助机构。",
             basis="法律援助法第三十九条第一款"),
        Step("family_told", "已通知家属协助提供材料", frozenset({S.IN_CUSTODY, S.SUBMITTED, S.SUPPLEMENT}), None,
             OFFICE, form=forms.FamilyTold, guard=rules.told_by_now, says="已通知家属协助您提供申请需要的材料。",
             basis="公安机关办理刑事案件程序规定第四十七条"),
        Step("hand_over", "转交到法律援助机构", S.IN_CUSTODY, S.SUBMITTED, OFFICE, takes=APPLICANTS_PAPERS,
             form=forms.HandedOver, guard=rules.handed_over_in_order, changes=rules.keep_application,
             tells=rows.APPLICANT, says="您的申请已转交法律援助机构，应当自收到之日起7日内作出决定。",
             basis="法律援助法第三十九条、第四十三条第一款"),
        # --- 审查与决定
        *rows.review(),
        *rows.decision(),
        *rows.objection(),
        # --- 指派与办理
        rows.assigning(when=rules.before_trial),
        rows.assigning("assign_for_trial", when=rules.at_trial),
        *rows.agreement(),
        *rows.custody(IN_HAND, at_trial=rules.at_trial),
        *rows.handling(IN_HAND, rows.replacing(when=rules.before_trial),
                       rows.replacing("replace_at_trial", when=rules.at_trial)),
        *rows.termination(IN_HAND, resumes=rows.At.GRANTED),
        # --- 结案、归档、补贴
        *rows.file(finish=forms.Finish, finished=rules.matter_is_finished, is_whole=rules.file_is_whole),
    ),
    clocks=(
        Clock("transfer", "转交申请", hours(24), "法律援助法第三十九条第一款", id="LA01",
              runs_from_steps=frozenset({"receive_in_custody"}), start_field="received_at",
              until=ANY - {S.PREPARING, S.IN_CUSTODY}, stop_field="handed_over_at", rolls_over=False),
        Clock("family", "公安机关通知家属协助提供材料", days(3), "公安机关办理刑事案件程序规定第四十七条", id="LA01F",
              runs_from_steps=frozenset({"receive_in_custody"}), start_field="received_at",
              until=ANY - {S.PREPARING, S.IN_CUSTODY, S.SUBMITTED, S.SUPPLEMENT},
              until_steps=frozenset({"family_told"}), stop_field="told_on"),
        *rows.application_clocks(ANY, assigned=ASSIGNED_STEPS, received="handed_over_at"),
        *rows.objection_clocks(ANY, decided=DECIDED, objecting=OBJECTIONS,
                               served=frozenset({"serve_decision", "serve_termination"})),
        *rows.handling_clocks(ANY, IN_HAND, replaced=frozenset({"replace", "replace_at_trial"})),
        *rows.custody_clocks(ANY, IN_HAND, visited=frozenset({"meet"}),
                             assigned=frozenset({"assign_for_trial", "replace_at_trial"})),
        *rows.file_clocks(ANY),
    ),
)
# fmt: on
