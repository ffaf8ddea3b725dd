"""Who writes what the platform says, and who lets it out; nobody lets out their own words (publishing refuses it)."""

from __future__ import annotations

from santai.trust.memberships import roles_of
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.guard import roles_required

WRITES = frozenset(
    {
        Role.HOTLINE_LEAD,
        Role.LEGAL_AID_OFFICER,
        Role.LEGAL_AID_DIRECTOR,
        Role.NOTARY_DIRECTOR,
        Role.SUPERVISOR,
        Role.BUREAU_HEAD,
    }
)
REVIEWS = frozenset(
    {Role.HOTLINE_LEAD, Role.LEGAL_AID_DIRECTOR, Role.NOTARY_DIRECTOR, Role.SUPERVISOR, Role.BUREAU_HEAD}
)
writers = roles_required(*WRITES)
reviewers = roles_required(*REVIEWS)


def may_write(user: User) -> bool:
    return bool(roles_of(user) & WRITES)


def may_review(user: User) -> bool:
    return bool(roles_of(user) & REVIEWS)
