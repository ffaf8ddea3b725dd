"""Roles are rows of one table: who they are called and how far they reach."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Role(TextChoices):
    APPLICANT = "applicant", "当事人"
    SYSTEM = "system", "系统"
    HOTLINE_AGENT = "hotline_agent", "热线坐席"
    HOTLINE_LEAD = "hotline_lead", "热线班长"
    COUNTER_CLERK = "counter_clerk", "窗口人员"
    DISPATCHER = "dispatcher", "分派员"
    LEGAL_AID_OFFICER = "legal_aid_officer", "法律援助机构工作人员"
    LEGAL_AID_DIRECTOR = "legal_aid_director", "法律援助机构负责人"
    LAWYER = "lawyer", "律师"
    MEDIATOR = "mediator", "人民调解员"
    NOTARY = "notary", "公证员"
    NOTARY_DIRECTOR = "notary_director", "公证处负责人"
    APPRAISER = "appraiser", "司法鉴定人"
    APPRAISAL_DIRECTOR = "appraisal_director", "鉴定机构负责人"
    ARBITRATION_SECRETARY = "arbitration_secretary", "仲裁秘书"
    ARBITRATOR = "arbitrator", "仲裁员"
    ARBITRATION_DIRECTOR = "arbitration_director", "仲裁机构负责人"
    COMMITTEE_HEAD = "committee_head", "调解组织负责人"
    VILLAGE_ADVISER = "village_adviser", "村(居)法律顾问"
    ENFORCEMENT_OFFICER = "enforcement_officer", "行政执法人员"
    LEGALITY_REVIEWER = "legality_reviewer", "法制审核人员"
    BUREAU_HEAD = "bureau_head", "司法行政机关负责人"
    SUPERVISOR = "supervisor", "监督员(司法行政)"
    AUDITOR = "auditor", "审计员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"


class Reach(TextChoices):
    """How far a role sees. OWN: the person's own cases. HOLDER: cases given to the person, and those given to the
    organisation that nobody has claimed. TRIBUNAL: cases given to the person, and those on whose tribunal the person
    sits. ORGANISATION: every case the organisation holds. REGION: every case under the organisation's division code.
    NONE: no cases at all."""

    OWN = "own"
    HOLDER = "holder"
    TRIBUNAL = "tribunal"
    ORGANISATION = "organisation"
    REGION = "region"
    NONE = "none"


@dataclass(frozen=True)
class RoleSpec:
    reach: Reach
    may_intake: bool = False
    read_only: bool = False


ROLES: dict[Role, RoleSpec] = {
    Role.APPLICANT: RoleSpec(Reach.OWN),
    Role.SYSTEM: RoleSpec(Reach.NONE),
    Role.HOTLINE_AGENT: RoleSpec(Reach.REGION, may_intake=True),
    Role.HOTLINE_LEAD: RoleSpec(Reach.REGION, may_intake=True),
    Role.COUNTER_CLERK: RoleSpec(Reach.REGION, may_intake=True),
    Role.DISPATCHER: RoleSpec(Reach.REGION),
    Role.LEGAL_AID_OFFICER: RoleSpec(Reach.ORGANISATION),
    Role.LEGAL_AID_DIRECTOR: RoleSpec(Reach.ORGANISATION),
    Role.LAWYER: RoleSpec(Reach.HOLDER),
    Role.MEDIATOR: RoleSpec(Reach.HOLDER),
    Role.NOTARY: RoleSpec(Reach.HOLDER),
    Role.NOTARY_DIRECTOR: RoleSpec(Reach.ORGANISATION),
    Role.APPRAISER: RoleSpec(Reach.HOLDER),
    Role.APPRAISAL_DIRECTOR: RoleSpec(Reach.ORGANISATION),
    Role.ARBITRATION_SECRETARY: RoleSpec(Reach.ORGANISATION),
    Role.ARBITRATOR: RoleSpec(Reach.TRIBUNAL),
    Role.ARBITRATION_DIRECTOR: RoleSpec(Reach.ORGANISATION),
    Role.COMMITTEE_HEAD: RoleSpec(Reach.ORGANISATION),
    Role.VILLAGE_ADVISER: RoleSpec(Reach.HOLDER),
    Role.ENFORCEMENT_OFFICER: RoleSpec(Reach.ORGANISATION),
    Role.LEGALITY_REVIEWER: RoleSpec(Reach.ORGANISATION),
    Role.BUREAU_HEAD: RoleSpec(Reach.ORGANISATION),
    Role.SUPERVISOR: RoleSpec(Reach.REGION),
    Role.AUDITOR: RoleSpec(Reach.REGION, read_only=True),
    Role.SECURITY_ADMIN: RoleSpec(Reach.NONE),
    Role.SYSTEM_ADMIN: RoleSpec(Reach.NONE),
}

# Whoever an organisation may hand a work order to.
HANDLERS = frozenset(
    {
        Role.LEGAL_AID_OFFICER,
        Role.LEGAL_AID_DIRECTOR,
        Role.LAWYER,
        Role.MEDIATOR,
        Role.NOTARY,
        Role.NOTARY_DIRECTOR,
        Role.APPRAISER,
        Role.APPRAISAL_DIRECTOR,
        Role.ARBITRATION_SECRETARY,
        Role.ARBITRATION_DIRECTOR,
        Role.COMMITTEE_HEAD,
        Role.VILLAGE_ADVISER,
    }
)
# Whoever has cases of their own or of their organisation to work on.
CASEWORKERS = HANDLERS | {Role.ARBITRATOR, Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD}
# Whoever speaks for a person at a platform.
FRONT_LINE = frozenset({Role.HOTLINE_AGENT, Role.HOTLINE_LEAD, Role.COUNTER_CLERK})
# One person never holds two of these.
SEPARATE_DUTIES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
