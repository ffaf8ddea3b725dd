"""Organisations and people as somebody asks for them in one line: 南岗区公证处电话, 找张伟律师."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from santai.registry.models import Organisation, OrganisationKind, Practitioner, Region
from santai.registry.regions import within

LONGEST = 60
# The longest word of a place counts, so 法律援助中心 is not a 服务中心.
ORGANISATION_WORDS = {
    "司法局": OrganisationKind.BUREAU,
    "司法厅": OrganisationKind.BUREAU,
    "公共法律服务中心": OrganisationKind.CENTRE,
    "法律服务中心": OrganisationKind.CENTRE,
    "公共法律服务站": OrganisationKind.CENTRE,
    "公共法律服务工作站": OrganisationKind.CENTRE,
    "服务中心": OrganisationKind.CENTRE,
    "12348热线": OrganisationKind.HOTLINE,
    "法律援助中心": OrganisationKind.LEGAL_AID,
    "法律援助机构": OrganisationKind.LEGAL_AID,
    "法律援助": OrganisationKind.LEGAL_AID,
    "法援中心": OrganisationKind.LEGAL_AID,
    "法援": OrganisationKind.LEGAL_AID,
    "律师事务所": OrganisationKind.LAW_FIRM,
    "律所": OrganisationKind.LAW_FIRM,
    "基层法律服务所": OrganisationKind.GRASSROOTS,
    "法律服务所": OrganisationKind.GRASSROOTS,
    "公证处": OrganisationKind.NOTARY,
    "公证机构": OrganisationKind.NOTARY,
    "司法鉴定机构": OrganisationKind.APPRAISAL,
    "司法鉴定中心": OrganisationKind.APPRAISAL,
    "司法鉴定所": OrganisationKind.APPRAISAL,
    "鉴定机构": OrganisationKind.APPRAISAL,
    "鉴定中心": OrganisationKind.APPRAISAL,
    "仲裁委员会": OrganisationKind.ARBITRATION,
    "仲裁委": OrganisationKind.ARBITRATION,
    "仲裁机构": OrganisationKind.ARBITRATION,
    "人民调解委员会": OrganisationKind.MEDIATION,
    "调解委员会": OrganisationKind.MEDIATION,
    "调委会": OrganisationKind.MEDIATION,
}
PERSON_WORDS = {
    "法律援助人员": Practitioner.Kind.LEGAL_AID,
    "基层法律服务工作者": Practitioner.Kind.GRASSROOTS,
    "法律服务工作者": Practitioner.Kind.GRASSROOTS,
    "律师": Practitioner.Kind.LAWYER,
    "公证员": Practitioner.Kind.NOTARY,
    "司法鉴定人": Practitioner.Kind.APPRAISER,
    "鉴定人": Practitioner.Kind.APPRAISER,
    "仲裁员": Practitioner.Kind.ARBITRATOR,
    "人民调解员": Practitioner.Kind.MEDIATOR,
    "调解员": Practitioner.Kind.MEDIATOR,
}
# What surrounds a name when somebody asks for it.
_IDLE = re.compile(
    "在哪里|在哪儿|在哪|在什么地方|怎么走|怎么去|电话号码|电话|地址|号码|几点上班|几点下班|上班时间|服务时间|是多少|"
    "多少|有哪些|哪家|哪个|哪些|附近的?|最近的?|离我|我家|我要|我想|想找|帮我|查一下|查|请问|找|的|在|吗|呢|里|了|名单|有没有"
)
_BLANK = re.compile(r"[\W_]+")
_LICENCE = re.compile(r"\d{10,20}")
_SUFFIX = re.compile("(?:朝鲜族|蒙古族|达斡尔族)?(?:自治县|自治州|地区|林区|市|县|区)$")


@dataclass(frozen=True)
class Wanted:
    """What of a line is a kind, what a division, and what is left as part of a name."""

    name: str
    organisation_kind: str = ""
    person_kind: str = ""
    region: str = ""

    @classmethod
    def read(cls, line: str) -> Wanted:
        text = _BLANK.sub("", line)[:LONGEST]
        organisation, text = _taken(text, ORGANISATION_WORDS)
        person, text = _taken(text, PERSON_WORDS)
        region, text = _division(text, is_loose=bool(organisation or person))
        return cls(_IDLE.sub("", text), organisation, person, region)


def _taken(text: str, table: Mapping[str, str]) -> tuple[str, str]:
    found = max((word for word in table if word in text), key=len, default="")
    return (table[found], text.replace(found, "", 1)) if found else ("", text)


def _division(text: str, *, is_loose: bool) -> tuple[str, str]:
    """The smallest division named. 前进 is also a word: without its suffix a district counts only beside a kind."""
    names: dict[str, str] = {}
    rows = Region.objects.filter(level__lte=Region.Level.COUNTY).order_by("code").values_list("code", "name")
    for code, name in rows:
        names.setdefault(name, code)
        short = _SUFFIX.sub("", name)
        if len(short) > 1 and (is_loose or not name.endswith("区")):
            names.setdefault(short, code)
    found = [name for name in names if name in text]
    if not found:
        return "", text
    smallest = max(found, key=lambda name: (len(names[name]), len(name)))
    for name in sorted(found, key=len, reverse=True):
        text = text.replace(name, "")
    return names[smallest], text


def organisations(line: str) -> QuerySet[Organisation]:
    """Active ones; none when the line asks for something else."""
    wanted = Wanted.read(line)
    rows = Organisation.objects.filter(within(wanted.region, "region"), is_active=True).select_related("region")
    whole = _BLANK.sub("", line)[:LONGEST]
    named = Q(name__contains=whole) if len(whole) > 1 else Q(pk=None)
    if wanted.person_kind:
        return rows.filter(named).order_by("pk")
    if wanted.organisation_kind:
        return _of_kind(rows.filter(kind=wanted.organisation_kind), wanted, named).order_by("pk")
    if len(wanted.name) > 1:
        return rows.filter(named | Q(name__contains=wanted.name)).order_by("pk")
    return rows.order_by("pk") if wanted.region else rows.filter(named).order_by("pk")


def _of_kind(rows: QuerySet[Organisation], wanted: Wanted, named: Q) -> QuerySet[Organisation]:
    """A question about legal aid is no search for an office, unless it says where, or nothing else."""
    if not wanted.name:
        return rows
    exact = rows.filter(named | Q(name__contains=wanted.name))
    return exact if not wanted.region or exact.exists() else rows


def people(line: str) -> QuerySet[Practitioner]:
    """Those who practise today, by name, licence, kind and place."""
    rows = Practitioner.objects.filter(standing=Practitioner.Standing.ACTIVE, organisation__is_active=True)
    rows = rows.select_related("organisation__region").order_by("pk")
    licence = _LICENCE.search(line)
    if licence:
        return rows.filter(licence=licence[0])
    wanted = Wanted.read(line)
    if wanted.organisation_kind or len(wanted.name) > 4 or not (wanted.person_kind or len(wanted.name) > 1):
        return rows.none()
    rows = rows.filter(within(wanted.region, "organisation__region"))
    if wanted.person_kind:
        rows = rows.filter(kind=wanted.person_kind)
        return rows.filter(name__contains=wanted.name) if wanted.name else rows
    return rows.filter(name=wanted.name)
