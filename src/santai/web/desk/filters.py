"""The filters of the work list: what can be chosen, and what of an address is taken seriously."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from santai.casework.kernel import all_procedures
from santai.casework.models import Case
from santai.casework.worklist import DUE, SCOPES
from santai.triage.matters import matters
from santai.trust.actors import Actor, Channel
from santai.trust.memberships import current_memberships, roles_of
from santai.trust.roles import ROLES, Reach, Role
from santai.web.divisions import choices_under
from santai.web.navigation import IN_REGION, WORKS

ANY = ("", "全部")
KEYS = ("procedure", "state", "matter", "channel", "urgency", "due", "region", "organisation", "closed")
TABS = {"mine": "desk_mine", "organisation": "desk_ours", "region": "desk_region"}


class Filters(forms.Form):
    """Every field is optional; a value nobody offers is told and left out."""

    procedure = forms.ChoiceField(label="程序", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    matter = forms.ChoiceField(label="事项", required=False)
    channel = forms.ChoiceField(label="来源", required=False, choices=[ANY, *Channel.choices])
    urgency = forms.ChoiceField(label="紧急程度", required=False, choices=[ANY, *Case.Urgency.choices])
    due = forms.ChoiceField(label="期限", required=False, choices=[ANY, *DUE.items()])
    region = forms.ChoiceField(label="地区", required=False)
    organisation = forms.IntegerField(required=False, widget=forms.HiddenInput)
    closed = forms.ChoiceField(label="办结与否", required=False, choices=[("", "在办的"), ("1", "已了结的")])

    def __init__(self, data: Any, *, prefixes: list[str]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._offer("procedure", [(table.name, table.label) for table in _tables()])
        self._offer("state", _states(str(data.get("procedure", ""))))
        self._offer("matter", [(matter, matter) for matter in matters()])
        self._offer("region", choices_under(prefixes))
        if not prefixes:
            del self.fields["region"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        offered: Any = self.fields[name]
        offered.choices = [ANY, *choices]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {key: str(value) for key in KEYS if (value := self.cleaned_data.get(key)) not in (None, "")}


def _tables() -> list[Any]:
    """One version of each procedure is enough to name it."""
    return sorted({table.name: table for table in all_procedures()}.values(), key=lambda table: str(table.kind))


def _states(procedure: str) -> list[Any]:
    return [(table.label, table.states.choices) for table in _tables() if procedure in ("", table.name)]


def tabs_of(actor: Actor) -> list[str]:
    """The tabs the person's roles give."""
    roles = roles_of(actor.user) if actor.user else frozenset()
    given = {"mine": WORKS, "organisation": WORKS, "region": IN_REGION}
    return [scope for scope in SCOPES if roles & given[scope]]


def first_tab(actor: Actor) -> str:
    """Handlers begin with their own, a legal aid office with the office's, everybody else with the region."""
    reaches = {ROLES[Role(m.role)].reach for m in current_memberships(actor.user)} if actor.user else set()
    tabs = ("mine", "mine", "organisation", "region")
    order = zip((Reach.HOLDER, Reach.TRIBUNAL, Reach.ORGANISATION, Reach.REGION), tabs, strict=True)
    return next((scope for reach, scope in order if reach in reaches), "")


def prefixes_of(actor: Actor) -> list[str]:
    """The divisions a person may filter by: those their roles reach."""
    held = current_memberships(actor.user) if actor.user else []
    return sorted({m.organisation.region_id for m in held if ROLES[Role(m.role)].reach is Reach.REGION})


def query_of(wanted: Mapping[str, str]) -> str:
    """Filters as they stand in an address, in one order."""
    query = QueryDict(mutable=True)
    query.update({key: wanted[key] for key in KEYS if wanted.get(key)})
    return query.urlencode()
