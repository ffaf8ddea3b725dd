"""A field for a division is a list of divisions; where people meet is free text, though both are called place."""

from __future__ import annotations

import pytest
from django import forms

from santai.casework.kernel import Procedure, Step, all_procedures
from santai.casework.wording import LONGEST_CODE
from santai.procedures.forms.duty_lawyer import Request
from santai.procedures.forms.legal_aid import Application, Meeting
from santai.procedures.forms.work_order import Reclassify
from santai.web.desk.offers import dressed
from santai.web.portal.places import with_divisions

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


def steps_with_forms() -> list[tuple[Procedure, Step]]:
    return [(table, step) for table in all_procedures() for step in table.steps if step.form]


def test_nobody_is_asked_to_type_the_code_of_a_division() -> None:
    for table, step in steps_with_forms():
        assert step.form
        for form in (dressed(step.form()), with_divisions(step.form())):
            for field in form.fields.values() if form else ():
                told = f"{field.label}{field.help_text}"
                assert "区划代码" not in told, (table.name, step.name)
                asks = getattr(field, "max_length", None) == LONGEST_CODE and "在哪里" in told
                assert not asks or isinstance(field.widget, forms.Select), (table.name, step.name)


def test_what_it_means_to_choose_no_place_is_told() -> None:
    form = with_divisions(Application())
    assert form is not None
    assert form.fields["place"].help_text == "不选就是您提交时选的县（区）。"


def test_a_case_keeps_its_place_unless_another_is_chosen() -> None:
    form = dressed(Reclassify())
    assert form is not None
    assert form.fields["region"].widget.choices[0] == ("", "不改")  # type: ignore[attr-defined]
