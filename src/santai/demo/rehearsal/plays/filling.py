"""What is filled in when a script says nothing: the first choice, today, enough words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from santai.casework.kernel import Step
from santai.procedures.forms.fields import HandlerField, OrganisationField, PractitionerField

# What stands on a line of its own in the demo, by what its label asks for.
SHORT = (
    (re.compile("证号|编号|号码$"), "23010200017"),
    (re.compile("姓名|见证人|被询问人|名字"), "孙立新"),
    (re.compile("地点|在哪里|住址|地址"), "道里区中山路1号"),
    (re.compile("电话|联系方式"), "0451-00000001"),
)
STORY = "演练：这里写明了事情的经过、理由和结果，足够清楚，可以继续办理。"


def usual_filling(step: Step, today: date, words: str = STORY) -> dict[str, Any]:
    """The required fields of the step's form; `words` is what is written where words are asked for."""
    fields = step.form().fields if step.form else {}
    found = {name: _value(field, today) for name, field in fields.items() if field.required}
    return {
        name: enough(_fitting(fields[name], words), fields[name]) if value is STORY else value
        for name, value in found.items()
    }


def _fitting(field: forms.Field, words: str) -> str:
    """A line that asks for a name or a place gets one, where people read it; a rehearsal says it is one."""
    if words is STORY or isinstance(field.widget, forms.Textarea):
        return words
    return next((short for asked, short in SHORT if asked.search(str(field.label))), words)


def _value(field: forms.Field, today: date) -> Any:
    return next(answer(field, today) for kind, answer in ANSWERS if isinstance(field, kind))


def _first_choice(field: Any, _today: date) -> str:
    for key, label in field.choices:
        keys = [inner for inner, _ in label] if isinstance(label, (list, tuple)) else [key]
        for one in keys:
            if one not in ("", None):
                return str(one)
    return ""


def _words(_field: Any, _today: date) -> str:
    return STORY


def enough(words: str, field: Any) -> str:
    """Said again until it is long enough, and cut where it is too long."""
    shortest = getattr(field, "min_length", None) or 0
    said = words * (shortest // len(words) + 1)
    return said[: getattr(field, "max_length", None) or len(said)]


def _number(field: Any, _today: date) -> str:
    least = getattr(field, "min_value", None)
    return str(max(Decimal(1), Decimal(str(least))) if least is not None else 1)


Answer = Callable[[Any, date], Any]
# The first that fits. People and organisations are named by the script or the cast.
ANSWERS: tuple[tuple[type[forms.Field], Answer], ...] = (
    (OrganisationField, lambda field, today: "@org"),
    (HandlerField, lambda field, today: "@handler"),
    (PractitionerField, lambda field, today: "@practitioner"),
    (forms.MultipleChoiceField, lambda field, today: [_first_choice(field, today)]),
    (forms.ChoiceField, _first_choice),
    (forms.BooleanField, lambda field, today: "on"),
    (forms.DateTimeField, lambda field, today: f"{today.isoformat()}T09:00"),
    (forms.DateField, lambda field, today: today.isoformat()),
    (forms.TimeField, lambda field, today: "09:00"),
    (forms.IntegerField, _number),
    (forms.Field, _words),
)
