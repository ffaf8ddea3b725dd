"""Divisions as choices: counties under their city, for one list that works without a script."""

from __future__ import annotations

from django import forms
from django.conf import settings

from santai.casework.wording import is_division
from santai.registry.models import Region

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]
NO_PLACE = "没有这个地区，请从列表里重新选择。"


def _below() -> list[Region]:
    levels = (Region.Level.CITY, Region.Level.COUNTY)
    return list(Region.objects.filter(code__startswith=settings.ENV.province, level__in=levels).order_by("code"))


def county_choices() -> Grouped:
    """Counties under the name of their city; a city without counties stands for itself."""
    regions = _below()
    counties: dict[str, Choices] = {region.code: [] for region in regions if len(region.code) == 4}
    for region in regions:
        if len(region.code) == 6:
            counties.setdefault(region.code[:4], []).append((region.code, region.name))
    names = {region.code: region.name for region in regions}
    return [(names.get(city, city), members or [(city, names[city])]) for city, members in counties.items()]


def with_divisions(form: forms.Form | None) -> forms.Form | None:
    """Nobody knows the code of their county: it is chosen by name."""
    for name, field in form.fields.items() if form else ():
        if is_division(name, field):
            field.widget = forms.Select(choices=[("", "请选择"), *county_choices()], attrs={"data-places": ""})
            field.help_text = _to_choose(str(field.help_text))
            field.label = "县（市、区）" if name == "region" else field.label
    return form


def _to_choose(help_text: str) -> str:
    """What it means to leave it out is still told."""
    return help_text.replace("区划代码；", "").replace("不填就是", "不选就是").replace("可以不填", "可以不选")


def city_choices() -> list[tuple[str, Choices]]:
    """As county_choices, with each whole city as its first choice."""
    regions = _below()
    grouped: dict[str, tuple[str, Choices]] = {}
    for region in regions:
        city = region.code[:4]
        name, members = grouped.setdefault(city, (region.name, []))
        members.append((region.code, f"{name}（全市）" if region.code == city else region.name))
    return list(grouped.values())
