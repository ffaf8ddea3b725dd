"""What was filled in is read back in words: nobody reads the code of a county."""

from __future__ import annotations

import pytest
from django import forms

from santai.casework.kernel import all_procedures
from santai.casework.models import LogEntry
from santai.casework.wording import LONGEST_CODE, described, is_division
from santai.registry.models import Region
from tests import factories

pytestmark = pytest.mark.django_db
PLACES = [
    (table, step, name)
    for table in all_procedures()
    for step in table.steps
    if step.form
    for name, field in step.form.base_fields.items()
    if is_division(name, field)
]


def test_a_place_chosen_from_the_divisions_is_told_by_its_name(town: factories.Town):
    county = Region.objects.get(code=town.bureau.region_id)
    assert len(PLACES) > 3
    for table, step, name in PLACES:
        told = dict(described(table, LogEntry(step=step.name, data={name: county.code})))
        assert list(told.values()) in ([county.full_name], []), (table.name, step.name, name)


def test_a_place_in_words_stays_as_it_was_written():
    field = forms.CharField(max_length=200)
    assert not is_division("place", field)
    assert is_division("place", forms.CharField(max_length=LONGEST_CODE))
