"""Who plays in the demo's staged cases: the demo logins first, their colleagues after them."""

from __future__ import annotations

from functools import cache

from santai.casework.models import Case
from santai.demo.cast import Cast
from santai.demo.logins import COUNTY, LOGINS
from santai.demo.rehearsal.plays.cast import ELSEWHERE, KEEPS_HOME, NotHired, body_for
from santai.registry.models import Organisation
from santai.registry.regions import nearest, scopes
from santai.trust.models import User
from santai.trust.roles import ROLES, Reach, Role

# The first, the second, and (0) one more colleague.
COLLEAGUES = {1: 0, 2: 1, 0: 2}
ROLE_OF = {login.username: login.role for login in LOGINS}


class Troupe:
    """The staff of the demo province by role and body."""

    def __init__(self, cast: Cast, *, colleagues_first: bool = False) -> None:
        """`colleagues_first`: the demo's lawyer and adviser, who have much to do already, are the second."""
        self.cast, self.colleagues_first = cast, colleagues_first
        self._near = cache(lambda kind: nearest(kind, COUNTY))
        # A body that comes more than once has one phone.
        self.phones: dict[str, str] = {}

    def member(self, role: Role, number: int = 1, case: Case | None = None) -> User:
        """Raises NotHired when the body has nobody like that."""
        people = self._people(role, self.body(role, number, case))
        place = COLLEAGUES[number] if number in COLLEAGUES else number - ELSEWHERE
        if self.colleagues_first and role in KEEPS_HOME and number in (1, 2):
            place = 1 - place
        if place >= len(people):
            raise NotHired(f"nobody is {role.value} {number}")
        return people[place]

    def _people(self, role: Role, body: Organisation) -> list[User]:
        """Those of the body, demo logins first; after them whoever reaches down to it from city and province."""
        bodies = [body]
        if ROLES[role].reach is Reach.REGION:
            bodies += Organisation.objects.filter(kind=body.kind, region__in=scopes(body.region_id)).exclude(pk=body.pk)
        bodies.sort(key=lambda one: -len(one.region_id))
        people = [user for one in bodies for user in self.cast.staff[role, one.pk]]
        return sorted(people, key=lambda user: (ROLE_OF.get(user.username) != role, user.username not in ROLE_OF))

    def body(self, role: Role, number: int = 1, case: Case | None = None) -> Organisation:
        return body_for(role, number, case, near=self._near)

    def known(self, user: User) -> User:
        """The same person as the cast remembers them, memberships and all."""
        return self.cast.users.get(user.pk, user)
