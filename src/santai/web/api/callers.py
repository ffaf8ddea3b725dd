"""Who calls: a member of staff (session or bearer token), a person who proved their phone, or anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django_ratelimit.core import get_usage
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer, SessionAuth

from santai.casework.access import case_for
from santai.casework.codes import code_fault, tidy
from santai.casework.models import Case
from santai.people.models import Party
from santai.people.safe_contact import parties_with_safe_phone
from santai.trust.actors import Actor, Channel
from santai.trust.memberships import roles_of
from santai.trust.models import ApiToken, User
from santai.trust.roles import FRONT_LINE, Role
from santai.web.api.problems import NotAllowed, NotFound, TooOften

PROOF_SALT = "santai.api.proof"
PROOF_LASTS = timedelta(hours=2)
SPOKEN = frozenset({Channel.HOTLINE, Channel.COUNTER})


@dataclass(frozen=True)
class Caller:
    """Staff have `user`; a person who proved a phone has its blind index; anybody else has neither."""

    user: User | None = None
    phone_index: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        return roles_of(self.user) if self.user else frozenset()

    @property
    def is_anybody(self) -> bool:
        return self.user is None and not self.phone_index


ANYBODY = Caller()


class Bearer(HttpBearer):
    """A token of a member of staff or a partner system. A wrong token is an error, never an anonymous call."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        user = ApiToken.holder(token.strip())
        if user is None:
            raise AuthenticationError
        return Caller(user=user)


class Proof(HttpBearer):
    """What a one-time code was exchanged for: good for the cases of one phone, for two hours."""

    openapi_scheme = "proof"

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        try:
            index = signing.loads(token.strip(), salt=PROOF_SALT, max_age=PROOF_LASTS)
        except signing.BadSignature as fault:
            raise AuthenticationError from fault
        return Caller(phone_index=str(index))


class CsrfCheck(CsrfViewMiddleware):
    """Django's check, without the page it draws for a browser."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


def _passes_csrf(request: HttpRequest) -> bool:
    check = CsrfCheck(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, HttpResponse, (), {}) is None


class Session(SessionAuth):
    """Who is logged in on the web pages; whatever changes something needs the X-CSRFToken header."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        if request.headers.get("Authorization") or not isinstance(request.user, User):
            return None
        if not _passes_csrf(request):
            raise AuthorizationError
        return Caller(user=request.user)


Way = Callable[[HttpRequest], Any]
STAFF: list[Way] = [Bearer(), Session()]
STAFF_OR_OWNER: list[Way] = [Bearer(), Proof(), Session()]
# For the description of operations that are open to anybody and know more when they know the caller.
OPEN_TO_ANYBODY: dict[str, Any] = {"security": [{}, {"Bearer": []}, {"Proof": []}, {"Session": []}]}


def caller_of(request: HttpRequest) -> Caller:
    """The caller of an open operation. Credentials that are wrong are refused, not overlooked."""
    for way in STAFF_OR_OWNER:
        found = way(request)
        if isinstance(found, Caller):
            return found
    if request.headers.get("Authorization"):
        raise AuthenticationError
    return ANYBODY


def proof_for(phone_index: str, *, at: datetime) -> tuple[str, datetime]:
    return signing.dumps(phone_index, salt=PROOF_SALT), at + PROOF_LASTS


def known(request: HttpRequest) -> Caller:
    """The caller of a guarded operation."""
    caller = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        raise AuthenticationError
    return caller


def staff(request: HttpRequest) -> User:
    user = known(request).user
    if user is None:
        raise AuthenticationError
    return user


def staff_with(request: HttpRequest, roles: Collection[Role]) -> User:
    user = staff(request)
    if not roles_of(user) & frozenset(roles):
        raise NotAllowed("您的角色不能这样做", todo=f"这项操作由{_named(roles)}办理。")
    return user


def check_channel(caller: Caller, channel: Channel) -> None:
    """Only those who sit at the hotline or the counter may speak for it."""
    if channel not in SPOKEN:
        return
    if caller.user is None:
        raise AuthenticationError
    if not caller.roles & FRONT_LINE:
        raise NotAllowed(f"“{channel.label}”渠道只能由{_named(FRONT_LINE)}使用", todo="请把 channel 改为 web 或 api。")


def _named(roles: Collection[Role]) -> str:
    return "、".join(str(role.label) for role in Role if role in roles)


def own_parties(caller: Caller) -> QuerySet[Party]:
    """Everybody who gave the proven phone as theirs, or as the one they can safely be reached at."""
    if not caller.phone_index:
        return Party.objects.none()
    return Party.objects.filter(Q(phone_index=caller.phone_index) | parties_with_safe_phone([caller.phone_index]))


def actor_on(caller: Caller, code: str, channel: Channel = Channel.API) -> Actor:
    """As whom the caller acts on this case; who is neither staff nor its applicant sees nothing of it."""
    check_channel(caller, channel)
    if caller.user:
        return Actor.staff(caller.user, channel)
    party = own_parties(caller).filter(cases__code=code).only("pk").first()
    if party is None:
        raise nothing_under(code)
    return Actor.applicant(party.pk, channel)


def seen_by(caller: Caller, code: str, channel: Channel = Channel.API) -> tuple[Case, Actor]:
    """The case and as whom the caller acts on it; NotFound whether it exists or not."""
    plain = tidy(code)
    actor = actor_on(caller, plain, channel)
    try:
        return case_for(actor, plain), actor
    except Case.DoesNotExist as fault:
        raise nothing_under(plain) from fault


def nothing_under(code: str) -> NotFound:
    return NotFound(
        code_fault(code) or "没有找到这个案码，或者这件事不归您查看", todo="请对照回执核对案码；也可以拨打12348查询。"
    )


def slow_down(request: HttpRequest, what: str, *, rate: str = "") -> None:
    """Count one call of an address for `what`; raises TooOften above `rate`, else above the public rate."""
    limit = rate or settings.ENV.public_rate
    usage = get_usage(request, group=f"api.{what}", key="ip", rate=limit, increment=True)
    if usage and usage["should_limit"]:
        wait = max(1, int(usage["time_left"]))
        raise TooOften("您操作得太快了", todo=f"请等{wait}秒再试；着急请拨打12348。", wait=wait)
