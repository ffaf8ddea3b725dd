"""How well a body and a person suit a need: points, each with the sentence that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from santai.dispatch.candidates import LICENSED, Body, Person
from santai.dispatch.hours import Moment, is_always_open
from santai.dispatch.needs import Need
from santai.dispatch.services import Duty
from santai.people.models import SpecialGroup
from santai.registry.models import OrganisationKind
from santai.registry.standing import years_of_criminal_defence
from santai.triage.matters import GENERAL
from santai.triage.places import name_of

# The order of these numbers is the policy: whose duty it is, then how near, then skill, load and hours.
NAMED = 1000
DUTY = {1: 50, 2: 40, 3: 10}
LEAST_DUTY = 0
SAME_COUNTY, CITY_SEAT, SAME_CITY, PROVINCE_SEAT, ELSEWHERE = 30, 20, 18, 8, 4
PERSON_SKILL, BODY_SKILL = 20, 8
LOAD, URGENT_LOAD = 20, 30
ON_DUTY, ON_DUTY_AFTER_HOURS = 15, 30
OPEN_AFTER_HOURS = 15
KNOWS_MINORS, CRIMINAL_YEARS = 12, 8
BASIC_ASSESSMENT = -8
NO_DESK = -60
URGENT = 2
YEARS_FOR_GRAVE_CRIMES = 3  # 法律援助法第26条
LAWYERLY = frozenset({OrganisationKind.LAW_FIRM, OrganisationKind.LEGAL_AID})


@dataclass
class Verdict:
    """`is_near`: within the city, or seated above it."""

    points: int = 0
    reasons: list[str] = field(default_factory=list)
    is_near: bool = False

    def add(self, points: int, reason: str = "") -> None:
        self.points += points
        if reason:
            self.reasons.append(reason)


@dataclass(frozen=True)
class Scene:
    """What is the same for every candidate of one case. `typical_load` is the mean of open cases for each person;
    `served` are the kinds that the county itself has."""

    need: Need
    duties: dict[str, Duty]
    moment: Moment
    day: date
    typical_load: float
    served: frozenset[str]


def scene(need: Need, duties: dict[str, Duty], moment: Moment, day: date, bodies: Sequence[Body]) -> Scene:
    manned = [body for body in bodies if body.is_manned]
    typical = sum(body.load_each for body in manned) / len(manned) if manned else 0.0
    served = frozenset(body.organisation.kind for body in manned if body.organisation.region_id.startswith(need.region))
    return Scene(need, duties, moment, day, typical, served)


def judge_body(body: Body, scene: Scene) -> Verdict:
    verdict = Verdict()
    _name_given(body, scene, verdict)
    _duty(body, scene, verdict)
    _nearness(body, scene, verdict)
    if scene.need.matter in body.organisation.matters:
        verdict.add(BODY_SKILL, f"本单位擅长{scene.need.matter}")
    if not scene.moment.is_office_time and is_always_open(body.organisation.hours):
        verdict.add(OPEN_AFTER_HOURS, f"现在是{scene.moment.word}，该单位24小时服务")
    if not body.has_desk:
        verdict.add(NO_DESK, "该单位还没有能签收工单的人员，派出后请电话告知")
    return verdict


def _name_given(body: Body, scene: Scene, verdict: Verdict) -> None:
    named = scene.need.named
    if named and named.better == body.pk:
        ground = f"，依据：{named.ground}" if named.ground else ""
        verdict.add(NAMED, f"{named.by_name or '上一家单位'}退回时指明由该单位办理{ground}")


def _duty(body: Body, scene: Scene, verdict: Verdict) -> None:
    duty = scene.duties.get(body.organisation.kind)
    if duty:
        verdict.add(DUTY.get(duty.rank, LEAST_DUTY), duty.reason)


def _nearness(body: Body, scene: Scene, verdict: Verdict) -> None:
    there, here = body.organisation.region_id, scene.need.region
    if there.startswith(here):
        verdict.is_near = True
        verdict.add(SAME_COUNTY, f"同在{name_of(here)}")
    elif here.startswith(there):
        verdict.is_near = True
        points = PROVINCE_SEAT if len(there) <= 2 else CITY_SEAT
        verdict.add(points, f"服务范围是{name_of(there)}，包括{name_of(here)}")
    elif there[:4] == here[:4] and len(here) > 4:
        verdict.is_near = True
        verdict.add(SAME_CITY, _from_the_city(body, scene))
    else:
        verdict.add(ELSEWHERE, f"{name_of(here[:4])}没有合适的单位，由同省的{name_of(there)}承接")


def _from_the_city(body: Body, scene: Scene) -> str:
    kind = body.organisation.kind
    here, there = name_of(scene.need.region), name_of(body.organisation.region_id)
    if kind in scene.served:
        return f"同在{name_of(scene.need.region[:4])}（{there}）"
    return f"{here}没有可以承办的{OrganisationKind(kind).label}，由同市的{there}就近承接"


def load_points(load: float, scene: Scene) -> int:
    """All of the points with nothing in hand, half of them at the typical load."""
    most = URGENT_LOAD if scene.need.urgency >= URGENT else LOAD
    typical = max(1.0, scene.typical_load)
    return round(most * typical / (typical + load))


def promise_of(body: Body, scene: Scene) -> int:
    """What its people may add, guessed before they are looked at one by one."""
    return load_points(body.load_each, scene) + (duty_points(scene) if body.is_on_duty else 0)


def duty_points(scene: Scene) -> int:
    return ON_DUTY if scene.moment.is_office_time else ON_DUTY_AFTER_HOURS


def judge_load_of_body(body: Body, scene: Scene, verdict: Verdict) -> None:
    verdict.add(load_points(body.load_each, scene), f"本单位在办{body.load}件")


def judge_person(person: Person, body: Body, scene: Scene) -> Verdict:
    verdict = Verdict()
    matter = scene.need.matter
    if matter and matter != GENERAL and matter in person.practitioner.matters:
        verdict.add(PERSON_SKILL, f"{person.practitioner.name}擅长{matter}")
    _special_skill(person, body, scene, verdict)
    verdict.add(load_points(person.load, scene), load_sentence(person, body))
    if person.is_on_duty:
        verdict.add(duty_points(scene), f"{person.practitioner.name}正在值班")
    if person.practitioner.last_assessment == "基本称职":
        verdict.add(BASIC_ASSESSMENT, "上年度考核为基本称职，排序靠后")
    return verdict


def _special_skill(person: Person, body: Body, scene: Scene, verdict: Verdict) -> None:
    if body.organisation.kind not in LAWYERLY:
        return
    if SpecialGroup.MINOR in scene.need.groups and person.practitioner.knows_minors:
        verdict.add(KNOWS_MINORS, "熟悉未成年人身心特点（未成年人保护法第104条）")
    years = years_of_criminal_defence(person.practitioner, scene.day)
    if scene.need.matter == "刑事辩护" and years >= YEARS_FOR_GRAVE_CRIMES:
        verdict.add(CRIMINAL_YEARS, f"刑事辩护执业{years}年")


def load_sentence(person: Person, body: Body) -> str:
    ours = "本所" if body.organisation.kind in LICENSED else "本单位"
    average = f"{body.load_each:.1f}".removesuffix(".0")
    if person.load == 0:
        return "手上没有在办件" if body.load == 0 else f"手上没有在办件，{ours}平均{average}件"
    difference = person.load - float(average)
    relation = "低于" if difference < 0 else "高于" if difference > 0 else "等于"
    return f"在办{person.load}件，{relation}{ours}平均{average}件"


def when_sentence(person: Person | None, body: Body, scene: Scene) -> str:
    """Said when nobody will look before the next working day."""
    if scene.moment.is_office_time or is_always_open(body.organisation.hours) or (person and person.is_on_duty):
        return ""
    return f"现在是{scene.moment.word}，该单位{scene.moment.resumes}上班后办理"
