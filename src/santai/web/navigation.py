"""The desk's left rail: which rooms there are, and for whom. A room whose address does not exist yet is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

from santai.trust.roles import CASEWORKERS, FRONT_LINE, ROLES, Reach, Role

SEES_CASES = frozenset(role for role, spec in ROLES.items() if spec.reach is not Reach.NONE) - {Role.APPLICANT}
IN_REGION = frozenset(role for role, spec in ROLES.items() if spec.reach is Reach.REGION)
# Whoever can have a case in hand.
WORKS = CASEWORKERS | FRONT_LINE | {Role.DISPATCHER}
# Whose cases may begin at their own desk (Procedure.opened_by says which).
OPENS_CASES = CASEWORKERS | {Role.SUPERVISOR}
LOOKS_AFTER_LOOKS = frozenset({Role.AUDITOR, Role.SECURITY_ADMIN})
# Whoever practises under a licence.
PRACTISES = frozenset(
    {Role.LAWYER, Role.MEDIATOR, Role.NOTARY, Role.APPRAISER, Role.ARBITRATOR, Role.LEGAL_AID_OFFICER}
)
SAMPLES = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR, Role.SUPERVISOR})
DUTY = SAMPLES | {Role.LAWYER}
MONEY = frozenset({Role.LEGAL_AID_DIRECTOR, Role.LEGAL_AID_OFFICER, Role.BUREAU_HEAD, Role.SUPERVISOR})
PUBLISHES = frozenset({Role.ENFORCEMENT_OFFICER, Role.LEGALITY_REVIEWER, Role.BUREAU_HEAD, Role.SUPERVISOR})
STAFF = frozenset(ROLES) - {Role.APPLICANT, Role.SYSTEM}
CALLS = frozenset({Role.HOTLINE_AGENT, Role.HOTLINE_LEAD})


@dataclass(frozen=True)
class Room:
    """`key` is what a page names in `{% block rail %}`; `letter` is the key after g that leads there."""

    key: str
    label: str
    icon: str
    url_name: str
    letter: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)


ROOMS = (
    Room("desk", "工作台", "home", "desk", "d", SEES_CASES),
    Room("mine", "我的", "person", "desk_mine", "m", WORKS),
    Room("ours", "本单位", "building", "desk_ours", "o", WORKS),
    Room("region", "辖区", "pin", "desk_region", "r", IN_REGION),
    Room("open", "立案", "edit", "desk_open", "a", OPENS_CASES),
    Room("pool", "待分派", "inbox", "desk_pool", "p", frozenset({Role.DISPATCHER})),
    Room("hotline", "热线台", "headset", "hotline", "h", CALLS),
    Room("answering", "接听", "phone", "hotline_answering", "y", frozenset({Role.HOTLINE_LEAD})),
    Room("counter", "窗口", "counter", "counter", "c", frozenset({Role.COUNTER_CLERK})),
    Room("watch", "督办", "alert", "desk_watch", "w", frozenset({Role.SUPERVISOR})),
    Room("screening", "排查", "search", "desk_screening", "v", frozenset({Role.COMMITTEE_HEAD, Role.SUPERVISOR})),
    Room("money", "补贴与经费", "scale", "desk_money", "b", MONEY),
    Room("interests", "回避申报", "scale", "desk_interests", "f", PRACTISES),
    Room("duty", "值班律师", "calendar", "desk_duty", "z", DUTY),
    Room("samples", "援助抽查", "check", "desk_samples", "q", SAMPLES),
    Room("publication", "执法公示", "globe", "desk_publication", "u", PUBLISHES),
    Room("notices", "消息", "bell", "desk_notices", "n"),
    Room("people", "人员", "people", "desk_people", "e", frozenset({Role.SYSTEM_ADMIN})),
    Room("looks", "查看记录", "eye", "desk_looks", "l", LOOKS_AFTER_LOOKS),
    Room("knowledge", "知识", "book", "desk_knowledge", "k", STAFF),
    Room("schedule", "日程", "calendar", "desk_schedule", "s"),
    Room("figures", "统计", "chart", "desk_figures", "t"),
)


def rooms_for(roles: Iterable[Role]) -> list[dict[str, str]]:
    held = frozenset(roles)
    rooms = []
    for room in ROOMS:
        if room.roles and not room.roles & held:
            continue
        try:
            url = reverse(room.url_name)
        except NoReverseMatch:
            continue
        rooms.append({"key": room.key, "label": room.label, "icon": room.icon, "url": url, "letter": room.letter})
    return rooms
