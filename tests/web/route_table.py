"""Every address of the platform, who comes in and who finds nothing: the table of test_permissions.py.

`IN` is any answer to somebody who may be there (a page, a redirect that is not to the login, a fault in the form);
`LOGIN` is the way to the login page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from santai.archive.dossier.opening import OPENERS
from santai.trust.roles import CASEWORKERS, FRONT_LINE, ROLES, Reach, Role
from santai.web.desk.library.rights import WRITES
from santai.web.navigation import OPENS_CASES

IN, LOGIN = "in", "login"
STAFF = frozenset(Role) - {Role.APPLICANT, Role.SYSTEM}
SEES_CASES = frozenset(role for role in STAFF if ROLES[role].reach is not Reach.NONE)
IN_REGION = frozenset(role for role in STAFF if ROLES[role].reach is Reach.REGION)
WORKS = CASEWORKERS | FRONT_LINE | {Role.DISPATCHER}
LAWYER, DISPATCHER, SUPERVISOR = frozenset({Role.LAWYER}), frozenset({Role.DISPATCHER}), frozenset({Role.SUPERVISOR})
CALLS, COUNTER = frozenset({Role.HOTLINE_AGENT, Role.HOTLINE_LEAD}), frozenset({Role.COUNTER_CLERK})
ADMIN, AUDIT = frozenset({Role.SYSTEM_ADMIN}), frozenset({Role.AUDITOR, Role.SECURITY_ADMIN})
AUDITOR, AID_OFFICE = frozenset({Role.AUDITOR}), frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
DUTY, PRACTISING = AID_OFFICE | LAWYER | SUPERVISOR, frozenset({Role.LAWYER, Role.MEDIATOR})
PUBLISHES = frozenset({Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD, Role.SUPERVISOR})
MONEY = frozenset({Role.LEGAL_AID_DIRECTOR, Role.LEGAL_AID_OFFICER, Role.BUREAU_HEAD, Role.SUPERVISOR})
# Who reaches the case of the story: its handler, and whoever reaches its county.
SEEING = LAWYER | IN_REGION
ELSEWHERE = SEES_CASES - SEEING


@dataclass(frozen=True)
class Row:
    """`allowed` come in, `hidden` find nothing (404), everybody else is refused."""

    method: str
    allowed: frozenset[Role] = STAFF
    hidden: frozenset[Role] = frozenset()
    nobody: object = LOGIN
    refused: object = 403
    data: dict[str, object] = field(default_factory=dict)
    query: str = ""

    def expected(self, role: Role | None) -> object:
        if role is None:
            return self.nobody
        return IN if role in self.allowed else 404 if role in self.hidden else self.refused


def public(method: str = "GET", outcome: object = IN, **more: object) -> Row:
    """Open to everybody; with an outcome, the same nothing for everybody."""
    return Row(method, STAFF if outcome == IN else frozenset(), frozenset(), outcome, outcome, **more)  # type: ignore[arg-type]


def on_case(method: str = "GET", allowed: frozenset[Role] = SEEING, **more: object) -> Row:
    return Row(method, allowed, ELSEWHERE, **more)  # type: ignore[arg-type]


TABLE: dict[str, Row] = {
    # --- the desk
    "desk/": Row("GET"),
    "desk/mine": Row("GET", WORKS, STAFF - WORKS),
    "desk/ours": Row("GET", WORKS, STAFF - WORKS),
    "desk/region": Row("GET", IN_REGION, STAFF - IN_REGION),
    "desk/export": Row("GET", WORKS, SEES_CASES - WORKS, query="?scope=mine"),
    "desk/filters": Row("POST", SEES_CASES),
    "desk/filters/<int:pk>": Row("POST", LAWYER, SEES_CASES - LAWYER),
    "desk/search": Row("POST", SEES_CASES, data={"q": "王小明"}),
    "desk/lookup/organisations": Row("GET", SEES_CASES),
    "desk/lookup/handlers": Row("GET", SEES_CASES),
    "desk/lookup/practitioners": Row("GET", SEES_CASES),
    "desk/cases/<str:code>": on_case(),
    "desk/cases/<str:code>/steps/<str:step>": on_case("POST", FRONT_LINE, data={"text": "补充一句"}),
    "desk/cases/<str:code>/steps/<str:step>/card": on_case("POST", SEEING - AUDITOR),
    "desk/cases/<str:code>/live": on_case(),
    "desk/cases/<str:code>/since": on_case(),
    "desk/cases/<str:code>/person": on_case("POST", SEEING - AUDITOR),
    "desk/cases/<str:code>/contact": on_case("POST", SEEING - AUDITOR),
    "desk/cases/<str:code>/groups": on_case("POST", SEEING - AUDITOR),
    "desk/cases/<str:code>/dossier": Row("GET", OPENERS & SEEING, OPENERS - SEEING),
    "desk/contacts/<int:pk>/dossier": Row("GET", frozenset(), OPENERS),
    "desk/dossier/<str:ticket>": Row("GET", frozenset(), OPENERS),
    "desk/dossier/<str:ticket>/export/<str:form>": Row("POST", frozenset(), OPENERS),
    "desk/cases/<str:code>/documents": on_case("POST", SEEING - AUDITOR),
    "desk/cases/<str:code>/documents/<int:pk>": on_case(),
    "desk/cases/<str:code>/documents/<int:pk>/read": on_case("POST", SEEING - AUDITOR),
    # Whoever only passes cases on or reads them does not take the file home.
    "desk/cases/<str:code>/file": on_case("GET", SEEING - AUDITOR - FRONT_LINE - DISPATCHER),
    "desk/cases/<str:code>/letters/<int:pk>": on_case(),
    # The paper of the story is no recording.
    "desk/cases/<str:code>/recordings/<int:pk>": Row("GET", frozenset(), SEES_CASES),
    "desk/cases/<str:code>/letters/<int:pk>/pdf": on_case(),
    "desk/cases/<str:code>/letters/<int:pk>/sign": on_case("GET", SEEING - AUDITOR),
    # Nobody has signed the letter of the story.
    "desk/cases/<str:code>/letters/<int:pk>/signatures": Row("GET", frozenset(), SEES_CASES),
    "desk/knowledge": Row("GET"),
    "desk/pool": Row("GET", DISPATCHER),
    "desk/pool/clear": Row("GET", DISPATCHER),
    "desk/pool/<str:code>/accept": Row("POST", DISPATCHER),
    "desk/notices": Row("GET"),
    "desk/notices/read": Row("POST"),
    "desk/notices/<int:pk>": Row("POST", LAWYER, STAFF - LAWYER),
    "desk/watch": Row("GET", SUPERVISOR),
    "desk/screening": Row("GET", frozenset({Role.COMMITTEE_HEAD, Role.SUPERVISOR})),
    # Only whoever holds a licence has ties to declare; in the town these are the lawyer and the mediator.
    "desk/interests": Row("GET", PRACTISING),
    "desk/interests/<int:pk>/end": Row("POST", LAWYER, PRACTISING - LAWYER),
    "desk/duty": Row("GET", DUTY),
    "desk/duty/plan": Row("POST", AID_OFFICE),
    "desk/duty/places": Row("POST", AID_OFFICE),
    "desk/duty/shifts/<int:pk>/cancel": Row("POST", AID_OFFICE),
    "desk/duty/ledger": Row("GET", DUTY),
    "desk/duty/ledger/export": Row("GET", DUTY),
    "desk/samples": Row("GET", AID_OFFICE | SUPERVISOR),
    "desk/samples/draw": Row("POST", AID_OFFICE),
    "desk/publication": Row("GET", PUBLISHES),
    "desk/money": Row("GET", MONEY),
    "desk/money/export": Row("GET", MONEY),
    "desk/money/budget": Row("POST", frozenset({Role.LEGAL_AID_DIRECTOR, Role.BUREAU_HEAD})),
    # Approved by the office's director alone; a head of another office does not even find it.
    "desk/money/payments/<int:pk>/<str:verb>": Row(
        "POST", frozenset({Role.LEGAL_AID_DIRECTOR}), frozenset({Role.BUREAU_HEAD})
    ),
    "desk/open": Row("GET", OPENS_CASES),
    "desk/open/<str:name>": Row("GET", hidden=OPENS_CASES, allowed=frozenset()),
    "desk/people": Row("GET", ADMIN),
    "desk/people/organisations/<int:pk>": Row("GET", ADMIN),
    "desk/people/memberships/<int:pk>/end": Row("POST", ADMIN),
    "desk/looks": Row("GET", AUDIT),
    # --- the hotline
    "hotline/": Row("GET", CALLS),
    "hotline/call": Row("POST", CALLS, data={"phone": "13800001111"}),
    "hotline/ring": public("POST", outcome=404),
    "hotline/answering": Row("GET", frozenset({Role.HOTLINE_LEAD})),
    "hotline/find": Row("POST", CALLS),
    "hotline/person": Row("POST", CALLS),
    "hotline/end": Row("POST", CALLS),
    "hotline/preview": Row("POST", CALLS),
    "hotline/need": Row("POST", CALLS),
    "hotline/cases/<str:code>/steps/<str:step>": Row("POST", CALLS, data={"text": "补充一句"}),
    "hotline/cases/<str:code>/rate": Row("POST", CALLS),
    # --- the counter
    "counter/": Row("GET", COUNTER),
    "counter/find/<str:by>": Row("GET", COUNTER),
    "counter/choose": Row("POST", COUNTER),
    "counter/person": Row("GET", COUNTER),
    "counter/leave": Row("POST", COUNTER),
    "counter/need/<str:part>": Row("GET", COUNTER),
    "counter/card": Row("POST", COUNTER),
    "counter/cases/<str:code>": Row("GET", COUNTER),
    "counter/cases/<str:code>/steps/<str:step>": Row("POST", COUNTER, data={"text": "补充一句"}),
    "counter/cases/<str:code>/papers": Row("GET", COUNTER),
    "counter/cases/<str:code>/rate": Row("GET", COUNTER),
    "counter/cases/<str:code>/receipt": Row("GET", COUNTER),
    "counter/cases/<str:code>/letters/<int:pk>/pdf": Row("GET", COUNTER),
    "counter/cases/<str:code>/letters/<int:pk>/sign": Row("GET", COUNTER),
    # --- the public portal: nobody needs an account, and an account shows nobody's case here
    "": public(),
    "display": public("POST"),
    "about": public(),
    "services": public(),
    "find": public(),
    "verify": public(),
    "verify/file": public("POST"),
    "deposit/check": public("POST"),
    ".well-known/santai-checkpoint-key": public(),
    "verify/letters/<str:mark>": public(),
    "verify/<str:code>": public(),
    "disclosure": public(),
    "disclosure/discretion": public(),
    "disclosure/<int:pk>": public(outcome=404),
    "disclosure/<int:pk>/correct": public(outcome=404),
    "laws": public(),
    "laws/<str:law>": public(outcome=404),
    "laws/<str:law>/<str:article>": public(outcome=404),
    "policies": public(),
    "policies/search-for-me": public("POST"),
    "policies/subscribe": public("POST"),
    "request/": public(),
    "request/who": public(),
    "request/card": public("POST"),
    "request/check": public(),
    "request/files": public("POST"),
    "request/code": public("POST"),
    "receipt/<str:code>": public(outcome=404),
    "progress": public(),
    "progress/code": public(),
    "my": public(),
    "my/looks": public(),
    "my/contact": public(),
    "my/dossier": public(),
    "my/dossier/export/<str:form>": public("POST"),
    "my/policies": public(),
    "my/policies/undo": public("POST"),
    "my/policies/stop": public("POST"),
    "my/leave": public("POST"),
    "my/<str:code>": public(),
    "my/<str:code>/version": public(outcome=404),
    "my/<str:code>/steps/<str:step>": public("POST"),
    "my/<str:code>/consent": public("POST"),
    "my/<str:code>/letters/<str:number>": public(),
    "my/<str:code>/letters/<str:number>/pdf": public(),
    "my/<str:code>/letters/<str:number>/sign": public(),
    "my/<str:code>/letters/<str:number>/signatures": public(),
    "login": public(),
    "logout": public("POST"),
    # --- the API: a program is answered 401 where a person would be led to the login
    "api/v1/openapi.json": public(),
    "api/v1/requests": public("POST"),
    "api/v1/codes": public("POST"),
    "api/v1/requests/<code>": Row("GET", SEEING, STAFF - SEEING, nobody=401),
    "api/v1/cases": Row("GET", nobody=401),
    "api/v1/cases/<code>": Row("GET", SEEING, STAFF - SEEING, nobody=401),
    "api/v1/cases/<code>/steps/<step>": Row(
        "POST", FRONT_LINE, STAFF - SEEING, nobody=401, data={"data": {"text": "补充一句"}}
    ),
    # The case waits for no rating yet, whoever gives one.
    "api/v1/cases/<code>/rating": Row("POST", SEEING, STAFF - SEEING, nobody=401, data={"score": 5}),
    "api/v1/cases/<code>/letters/<number>/pdf": Row("GET", SEEING, STAFF - SEEING, nobody=401),
    # Only the handler signs for the office, and the person for themself; the rest who see the case only read it.
    "api/v1/cases/<code>/letters/<number>/signatures": Row(
        "POST", LAWYER, STAFF - SEEING, nobody=401, data={"digest": "x", "confirmed": True}
    ),
    # Only the person agrees; staff write down what came on paper together with the service.
    "api/v1/cases/<code>/electronic-service": Row(
        "POST", frozenset(), STAFF - SEEING, nobody=401, data={"agreed": True}
    ),
    "api/v1/cases/<code>/documents": Row("POST", STAFF, nobody=401),
    "api/v1/parties/lookup": Row(
        "POST", FRONT_LINE, nobody=401, data={"phone": "13800001111", "channel": "hotline", "reason": "来电人询问进展"}
    ),
    "api/v1/parties/<party_id>/unmask": Row(
        "POST", SEEING - AUDITOR, STAFF - SEEING, nobody=401, data={"fields": ["phone"], "reason": "电话回访当事人"}
    ),
    # With a reason; whoever only handles single cases has their case pages.
    "api/v1/dossiers/<person>": Row(
        "GET", OPENERS & SEEING, OPENERS - SEEING, nobody=401, query=f"?purpose=handling&reason={quote('核对经过')}"
    ),
    # Only the person.
    "api/v1/dossiers/me/looks": public(outcome=401),
    "api/v1/indicators": Row("GET", IN_REGION, nobody=401),
    "api/v1/procedures": public(),
    "api/v1/procedures/<name>": public(),
    "api/v1/regions": public(),
    "api/v1/organisations": public(),
    "api/v1/checkpoints": public(),
    "api/v1/checkpoints/latest": public(outcome=404),
    "api/v1/checkpoints/consistency": public(),
    "api/v1/checkpoints/keys": public(),
    "api/v1/verify/letters/<mark>": public(),
    "api/v1/verify/<code>": public(),
    "api/v1/triage": public("POST"),
    "api/v1/knowledge/search": public(query="?q=%E5%B7%A5%E8%B5%84"),
    "api/v1/health": public(),
    "api/v1/": public(outcome=404),
    "api/v1/^": public(outcome=404),
    # --- knowledge
    "ask": public(),
    "ask/request": public("POST"),
    "library": public(),
    "library/<slug:slug>": public(outcome=404),
    "library/<slug:slug>/told": public("POST", outcome=404),
    "laws/<str:law>/<str:article>/told": public("POST", outcome=404),
    "desk/knowledge/helped": Row("POST", frozenset(), STAFF),
    "desk/library": Row("GET", WRITES),
    "desk/library/new": Row("GET", WRITES),
    "desk/library/questions": Row("GET", WRITES),
    "desk/library/questions/<int:pk>/aside": Row("POST", frozenset(), WRITES),
    "desk/library/words": Row("GET", WRITES),
    "desk/library/<slug:slug>": Row("GET", frozenset(), WRITES),
    "desk/library/<slug:slug>/edit": Row("GET", frozenset(), WRITES),
    "desk/library/<slug:slug>/steps/<str:what>": Row("POST", frozenset(), WRITES),
    "api/v1/knowledge/entries/<slug>": public(outcome=404),
    "help/": public(),
    "help/resume": public("POST"),
    "help/leave": public(),
    "help/<str:slug>/": public(outcome=404),
    "help/<str:slug>/start": public("POST", 404),
    "help/<str:slug>/<str:key>/": public(outcome=404),
    "help/<str:slug>/<str:key>/result": public(outcome=404),
    "help/<str:slug>/<str:key>/papers/<str:name>": public(outcome=404),
    "help/<str:slug>/<str:key>/request": public("POST", 404),
    "help/<str:slug>/<str:key>/keep": public("POST", 404),
    "help/<str:slug>/<str:key>/forget": public("POST", 404),
    "help/<str:slug>/<str:key>/ask/<str:page>": public(outcome=404),
}
