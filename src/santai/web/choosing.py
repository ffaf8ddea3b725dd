"""A list of which something must be chosen starts with nothing chosen: no reason is given by accident."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.models import ModelChoiceIterator

NOTHING_YET = ("", "请选择")


def start_empty(bound: BoundField) -> None:
    """A browser takes the first line of a drop-down list for chosen when no other is."""
    widget = bound.field.widget
    if not isinstance(widget, forms.Select) or widget.allow_multiple_selected:
        return
    if isinstance(widget.choices, ModelChoiceIterator):
        return
    value, offered = bound.value(), list(widget.choices)
    if str("" if value is None else value) not in set(_values(offered)):
        widget.choices = [NOTHING_YET, *offered]


def _values(choices: list[Any]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _values(list(label))
        else:
            yield str(value)
