"""A step as a program needs it: which papers, and which fields of which type."""

from __future__ import annotations

from collections.abc import Collection

from django import forms

from santai.casework.kernel import Step
from santai.web.api.schemas import AvailableStep, Choice, FormField, NeededPaper

# The first that fits: a DateTimeField is no DateField, but a TypedChoiceField is a ChoiceField.
TYPES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.MultipleChoiceField, "choices"),
    (forms.ModelMultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.ModelChoiceField, "choice"),
    (forms.NullBooleanField, "boolean"),
    (forms.BooleanField, "boolean"),
    (forms.FloatField, "number"),
    (forms.DecimalField, "number"),
    (forms.IntegerField, "integer"),
    (forms.DateTimeField, "datetime"),
    (forms.DateField, "date"),
)


def available(step: Step, papers: Collection[str] = ()) -> AvailableStep:
    """`papers` are the kinds of documents the case already has."""
    return AvailableStep(
        name=step.name,
        label=step.label,
        needs=[
            NeededPaper(kind=kind.value, label=str(kind.label), is_there=kind in papers) for kind in sorted(step.needs)
        ],
        form=fields_of(step),
        basis=step.basis,
    )


def fields_of(step: Step) -> list[FormField]:
    # An instance, not the class: some forms learn their choices when they are made.
    return [_field(name, field) for name, field in step.form().fields.items()] if step.form else []


def _field(name: str, field: forms.Field) -> FormField:
    return FormField(
        name=name,
        label=str(field.label or name),
        type=_type(field),
        required=field.required,
        choices=_choices(field),
        help=str(field.help_text),
        min_length=getattr(field, "min_length", None),
        max_length=getattr(field, "max_length", None),
        minimum=_bound(field, "min_value"),
        maximum=_bound(field, "max_value"),
        lookup=str(field.widget.attrs.get("data-lookup", "")),
    )


def _type(field: forms.Field) -> str:
    for kind, word in TYPES:
        if isinstance(field, kind):
            return word
    return "text" if isinstance(field.widget, forms.Textarea) else "string"


def _choices(field: forms.Field) -> list[Choice]:
    found: list[Choice] = []
    for value, label in getattr(field, "choices", ()):
        group = label if isinstance(label, (list, tuple)) else [(value, label)]
        found += [Choice(value=str(one), label=str(said)) for one, said in group if str(one)]
    return found


def _bound(field: forms.Field, name: str) -> int | None:
    value = getattr(field, name, None)
    return int(value) if isinstance(value, (int, float)) else None
