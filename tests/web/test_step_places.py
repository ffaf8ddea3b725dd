"""A field for a division is a list of divisions; where people meet is free text, though both are called place."""

from __future__ import annotations

import pytest
from django import forms

from santai.procedures.forms.duty_lawyer import Request
from santai.procedures.forms.legal_aid import Application, Meeting
from santai.web.desk.offers import dressed

pytestmark = pytest.mark.django_db


def test_where_it_happened_is_chosen_from_a_list_and_keeps_its_own_name() -> None:
    form = dressed(Application())
    assert form is not None
    assert isinstance(form.fields["place"].widget, forms.Select)
    assert form.fields["place"].label == "办案机关或事情发生在哪里"


@pytest.mark.parametrize("step_form", [Meeting, Request])
def test_where_people_meet_is_written_in_words(step_form: type[forms.Form]) -> None:
    form = dressed(step_form())
    assert form is not None
    assert not isinstance(form.fields["place"].widget, forms.Select)
