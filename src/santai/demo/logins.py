"""One login for every role, in one county, so that a story can be walked from door to door. Demo mode only."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from santai.registry.models import OrganisationKind as Kind
from santai.trust.crypto import keyed_hash
from santai.trust.models import DEMO_TOKEN_PREFIX, ApiToken, Membership, User
from santai.trust.roles import HANDLERS, Role

# Not a secret: it opens nothing outside demo mode (see DemoBackend), and no account stores it.
DEMO_PASSWORD = "santai-demo"  # noqa: S105
PROVINCE, CITY, COUNTY = "23", "2301", "230102"


@dataclass(frozen=True)
class Login:
    username: str
    role: Role
    kind: Kind
    region: str
    what_to_try: str


LOGINS = (
    Login(
        "agent", Role.HOTLINE_AGENT, Kind.HOTLINE, PROVINCE, "接一个来电：按号码查到来电人和他的全部经历，登记新诉求"
    ),
    Login("lead", Role.HOTLINE_LEAD, Kind.HOTLINE, PROVINCE, "看全省热线的工单，替坐席补记，催办快到期的单子"),
    Login("clerk", Role.COUNTER_CLERK, Kind.CENTRE, COUNTY, "按姓名或证件找到来访人，替他补交材料、登记新诉求"),
    Login("dispatcher", Role.DISPATCHER, Kind.CENTRE, CITY, "在待分派池里看推荐理由，把单子派给合适的单位"),
    Login(
        "officer",
        Role.LEGAL_AID_OFFICER,
        Kind.LEGAL_AID,
        COUNTY,
        "审查民事、刑事法律援助申请，登记通知书，指派律师，排值班律师",
    ),
    Login("director", Role.LEGAL_AID_DIRECTOR, Kind.LEGAL_AID, COUNTY, "批准或不予援助，看每个期限是怎么算出来的"),
    Login("lawyer", Role.LAWYER, Kind.LAW_FIRM, COUNTY, "办援助案件和值班帮助，做调解和企业体检，签收派来的单子"),
    Login("mediator", Role.MEDIATOR, Kind.MEDIATION, COUNTY, "调解纠纷、做笔录和协议，走访排查，帮双方申请司法确认"),
    Login("notary", Role.NOTARY, Kind.NOTARY, COUNTY, "受理公证，审查、现场记录、出证；遗嘱、证据、涉外各有在办"),
    Login("notary_director", Role.NOTARY_DIRECTOR, Kind.NOTARY, COUNTY, "看本处全部公证，改派承办人，审批出证"),
    Login("appraiser", Role.APPRAISER, Kind.APPRAISAL, COUNTY, "受理鉴定委托，实施鉴定，出意见书"),
    Login(
        "appraisal_director", Role.APPRAISAL_DIRECTOR, Kind.APPRAISAL, COUNTY, "看本机构全部委托，批准受理、延期和终止"
    ),
    Login(
        "secretary", Role.ARBITRATION_SECRETARY, Kind.ARBITRATION, CITY, "审查商事、劳动、土地仲裁申请，送达，安排开庭"
    ),
    Login("arbitrator", Role.ARBITRATOR, Kind.ARBITRATION, CITY, "看交给自己的仲裁案件，开庭、调解、作裁决"),
    Login("arbitration_director", Role.ARBITRATION_DIRECTOR, Kind.ARBITRATION, CITY, "指定仲裁员，决定回避和延期"),
    Login("committee_head", Role.COMMITTEE_HEAD, Kind.MEDIATION, COUNTY, "安排调解员，看排查任务，批准延长调解"),
    Login("adviser", Role.VILLAGE_ADVISER, Kind.GRASSROOTS, COUNTY, "赴村民的约，登记服务，看聘用合同到期和考核"),
    Login("enforcer", Role.ENFORCEMENT_OFFICER, Kind.BUREAU, COUNTY, "核查线索，调查取证，办投诉、许可和信息公开"),
    Login("reviewer", Role.LEGALITY_REVIEWER, Kind.BUREAU, COUNTY, "审核执法公示和公职律师申请，办行政复议"),
    Login("head", Role.BUREAU_HEAD, Kind.BUREAU, COUNTY, "批准立案和处罚，决定投诉，签订村居法律顾问合同"),
    Login(
        "supervisor",
        Role.SUPERVISOR,
        Kind.BUREAU,
        COUNTY,
        "看道里区全部案件，督办超期的，裁定两次退回的，审查法律援助异议",
    ),
    Login("auditor", Role.AUDITOR, Kind.BUREAU, PROVINCE, "核对办理记录是否完整、有没有被改动，只能看不能办"),
    Login("security", Role.SECURITY_ADMIN, Kind.BUREAU, PROVINCE, "查谁看过当事人的敏感信息、为什么看"),
    Login("sysadmin", Role.SYSTEM_ADMIN, Kind.BUREAU, PROVINCE, "管理账号和角色；看不到任何案件"),
)


@dataclass(frozen=True)
class DemoLogin:
    """A row of the table on the login page."""

    username: str
    password: str
    role: str
    organisation: str
    what_to_try: str


def demo_logins() -> list[DemoLogin]:
    """The logins of this installation in the order of LOGINS; empty outside demo mode."""
    if not settings.DEMO:
        return []
    held = {
        membership.user.username: membership
        for membership in Membership.objects.filter(
            user__username__in=[login.username for login in LOGINS]
        ).select_related("user", "organisation")
    }
    return [
        DemoLogin(
            login.username,
            DEMO_PASSWORD,
            str(login.role.label),
            held[login.username].organisation.name,
            login.what_to_try,
        )
        for login in LOGINS
        if login.username in held
    ]


def token_of(username: str) -> str:
    """The bearer token of a demo login. `ApiToken.holder` knows no such token outside demo mode."""
    return f"{DEMO_TOKEN_PREFIX}{username}"


def issue_tokens() -> None:
    """One for every demo login, and for everybody a case may be given to, so that a rehearsal can act as them."""
    known = Q(username__in=[login.username for login in LOGINS]) | Q(memberships__role__in=HANDLERS)
    ApiToken.objects.bulk_create(
        (
            ApiToken(user=user, name="演示", digest=keyed_hash(token_of(user.username), "token"))
            for user in User.objects.filter(known).distinct()
        ),
        batch_size=500,
    )
