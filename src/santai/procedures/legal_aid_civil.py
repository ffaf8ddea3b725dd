"""Legal aid on application in civil and administrative matters (民事、行政法律援助): application to closed file.

Basis: 法律援助法 (2022-01-01), arts. 31-34, 38-56; 办理法律援助案件程序规定 (司法部令第148号, 2023-09-01) for the rest.
Where the text of the latter is not confirmed, the limit is marked U and may be replaced by a parameter `clock.<id>`.
The rows shared with criminal legal aid stand in `rules/legal_aid_rows.py`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step
from santai.procedures.forms import legal_aid as forms
from santai.procedures.rules import legal_aid as rules
from santai.procedures.rules import legal_aid_rows as rows
from santai.procedures.rules.legal_aid_rows import APPLICANTS_PAPERS, IN_HAND, OFFICE
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
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

# fmt: off
PROCEDURE = Procedure(
    label="民事行政法律援助",
    kind="02",
    states=S,
    initial=S.PREPARING,
    final=rows.REFUSED_APPLICATION | {S.PAID},
    in_force=date(2023, 9, 1),
    basis="法律援助法；办理法律援助案件程序规定（司法部令第148号）",
    body=OrganisationKind.LEGAL_AID,
    applied_for="申请法律援助",
    opened_by=OFFICE,
    answered=rows.AFTER_ENDING,
    says_opening="可以申请法律援助（免费）。请填写申请表并上传材料，也可以请窗口或热线帮您填。",
    stages={
        "申请": frozenset({S.PREPARING, S.SUBMITTED, S.SUPPLEMENT, S.WITHDRAWN, S.DEEMED_WITHDRAWN}),
        "审查": frozenset({S.REVIEWING, S.VERIFYING, S.DECLINED, S.OBJECTION, S.REFUSED, S.TRANSFERRED}),
        "指派": frozenset({S.GRANTED}),
        "办理": IN_HAND | {S.TERMINATED, S.TERMINATION_OBJECTION},
        "归档": frozenset({S.FILING, S.FILE_REVIEW, S.FILE_RETURNED}),
        "结案": frozenset({S.CLOSED, S.SUBSIDY, S.PAID}),
    },
    steps=(
        # --- 申请、审查与决定
        Step("apply", "提交申请", S.PREPARING, S.SUBMITTED, PERSON | OFFICE, takes=APPLICANTS_PAPERS,
             form=forms.Application, changes=rules.keep_application, tells=rows.APPLICANT | rows.OFFICERS,
             says="法律援助申请已提交，法律援助机构应当自收到申请之日起7日内作出决定；等您补材料的时间不算。",
             basis="法律援助法第四十条、第四十一条"),
        *rows.review(),
        *rows.decision(),
        *rows.objection(),
        # --- 指派与办理
        rows.assigning(),
        *rows.agreement(),
        *rows.handling(IN_HAND, rows.replacing()),
        *rows.termination(IN_HAND, resumes=rows.At.GRANTED),
        # --- 结案、归档、补贴
        *rows.file(finish=forms.Finish, finished=rules.matter_is_finished, is_whole=rules.file_is_whole),
    ),
    clocks=(
        *rows.application_clocks(ANY, assigned=frozenset({"assign", "replace", "provide_prior"})),
        *rows.objection_clocks(ANY, decided=DECIDED, objecting=OBJECTIONS,
                               served=frozenset({"serve_decision", "serve_termination"})),
        *rows.handling_clocks(ANY, IN_HAND),
        *rows.file_clocks(ANY),
    ),
)
# fmt: on
