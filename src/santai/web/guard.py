"""Who may open a page of the staff's surfaces. What is foreign is 404, what is visible but not yours to do is 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from santai.casework.access import case_for
from santai.casework.codes import tidy
from santai.casework.models import Case
from santai.trust.actors import Actor, Channel
from santai.trust.memberships import roles_of
from santai.trust.models import User
from santai.trust.roles import ROLES, Reach, Role

View = Callable[..., Any]
SEES_CASES = frozenset(role for role, spec in ROLES.items() if spec.reach is not Reach.NONE)


def roles_required(*roles: Role) -> Callable[[View], View]:
    """Only for staff who hold one of the roles today; without roles, for staff who may see cases at all."""
    wanted = frozenset(roles) or SEES_CASES

    def guarded(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not roles_of(request.user) & wanted:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return guarded


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor_of(request: HttpRequest, channel: Channel = Channel.WEB) -> Actor:
    return Actor.staff(user_of(request), channel)


def visible_case(actor: Actor, code: str) -> Case:
    try:
        return case_for(actor, tidy(code))
    except Case.DoesNotExist as fault:
        raise Http404("没有这件事，或者它不归您查看。") from fault
