"""What was filled in at a step, as label and words, read back through the step's own form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

from santai.casework.kernel import OPENING, Procedure
from santai.casework.models import LogEntry
from santai.casework.veiled import opened
from santai.registry.models import Region

# No code of a division is longer.
LONGEST_CODE = 12


def is_division(name: str, field: forms.Field | None) -> bool:
    """A field for the code of a division; where people meet or sit is free text, however the field is called."""
    is_place = name == "region" or name.endswith("place")
    return is_place and isinstance(field, forms.CharField) and field.max_length == LONGEST_CODE


def described(table: Procedure, entry: LogEntry) -> list[tuple[str, str]]:
    form = None if entry.step == OPENING else table.step(entry.step).form
    fields: dict[str, forms.Field] = dict(form().fields) if form else {}
    return [
        (str(fields[name].label or name) if name in fields else name, _told(name, fields.get(name), value))
        for name, value in entry.data.items()
        if value not in (None, "", [], {}) and (not form or _was_asked(fields.get(name)))
    ]


def _was_asked(field: forms.Field | None) -> bool:
    """What a form fills in by itself has no words for people."""
    return field is not None and not isinstance(field.widget, forms.HiddenInput)


def _told(name: str, field: forms.Field | None, value: Any) -> str:
    if name == "region" or name.endswith("_region") or is_division(name, field):
        place = Region.objects.filter(code=value).first()
        return place.full_name if place else str(value)
    if getattr(field, "is_sealed", False):
        return str(opened(value))
    return words(field, value)


def words(field: forms.Field | None, value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name", value))
    if isinstance(value, list):
        return "、".join(words(field, item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, forms.ChoiceField):
        choices: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, (list, tuple))}
        return labels.get(str(value), str(value))
    if isinstance(field, forms.DateField | forms.DateTimeField):
        return _when(str(value))
    return str(value)


def _when(written: str) -> str:
    """A day or a moment as the log keeps it, in Chinese words and time; anything else as it stands."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    at = localtime(moment) if moment.tzinfo else moment
    day = f"{at.year}年{at.month}月{at.day}日"
    return day if len(written) == len("2026-12-03") else f"{day} {at:%H:%M}"
