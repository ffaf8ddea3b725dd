"""Rules about the database that no single model can keep for all the others."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Model

MODELS = [model for model in apps.get_models() if model.__module__.startswith("santai.")]


def named_rules():
    return [(model, rule) for model in MODELS for rule in (*model._meta.constraints, *model._meta.indexes)]


def test_every_constraint_and_index_has_a_name_of_its_own_that_says_what_it_keeps():
    """A name Django made up ends in a digest; nobody can look that up after a migration failed at night."""
    made_up = [rule.name for _, rule in named_rules() if re.search(r"_[0-9a-f]{6,8}(_\w+)?$", rule.name)]
    assert made_up == []
    assert [rule.name for _, rule in named_rules() if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", rule.name)] == []


def test_no_two_constraints_or_indexes_share_a_name():
    counts = Counter(rule.name for _, rule in named_rules())
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_table_has_its_indexes_and_uniqueness_where_they_can_be_named(model):
    assert not model._meta.unique_together
    assert not getattr(model._meta, "index_together", ())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_can_be_told_from_another_in_a_message(model):
    assert model.__str__ is not Model.__str__


def test_the_name_of_a_moment_says_that_it_is_one():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if getattr(field, "get_internal_type", lambda: "")() == "DateTimeField"
        and not field.name.endswith(("_at", "_after", "_until"))
        and field.name not in {"at", "since", "until", "last_login", "date_joined"}
    ]
    assert wrong == []
