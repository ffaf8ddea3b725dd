"""A race on a database file of its own, for SQLite, whose test database has one connection only. Run as a script with
SANTAI_HOME pointing to an empty folder; prints what happened as JSON."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

RACERS = 6


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "santai.config.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(race()))


def race() -> dict[str, Any]:
    """Everybody claims one case; then everybody opens one."""
    from santai.casework.actions import take_step
    from santai.casework.chain import fault_in
    from santai.casework.models import Case
    from santai.trust.actors import SYSTEM, Actor
    from santai.trust.roles import Role
    from tests.at_once import at_the_same_instant
    from tests.factories import build_town, make_case, make_party, make_staff

    monday = datetime.fromisoformat("2026-03-02T09:00+08:00")
    town = build_town()
    case = make_case(monday)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=monday)
    actors = [Actor.staff(make_staff(Role.LAWYER, town.firm)) for _ in range(RACERS)]
    pages = [Case.objects.get(pk=case.pk) for _ in actors]

    def claiming(page: Case, actor: Actor) -> Any:
        return lambda: take_step(page, "claim", actor=actor, at=monday)

    won, lost = at_the_same_instant(*map(claiming, pages, actors))
    people = [make_party() for _ in range(RACERS)]
    opened, failed = at_the_same_instant(*[lambda who=who: make_case(monday, applicant=who) for who in people])
    case.refresh_from_db()
    return {
        "won": len(won),
        "lost": sorted(type(fault).__name__ for fault in lost),
        "numbers": [entry.number for entry in case.log.order_by("number")],
        "chain": fault_in(case.log.order_by("number"), code=case.code, version=case.version),
        "handler_won": case.handler_id == won[0].actor_id if won else False,
        "pages": sorted({(page.state, page.version) for page in pages}),
        "codes": len({one.code for one in opened}),
        "failed": [repr(fault) for fault in failed],
    }


if __name__ == "__main__":
    main()
