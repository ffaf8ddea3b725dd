"""Legal aid costs the person nothing (法律援助法 2, 20): no form of it asks for a fee, no letter names one to pay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from santai.casework.kernel import Procedure, Step, all_procedures
from santai.trust.roles import FRONT_LINE, Role

FEE_NAME = re.compile(r"fee|charge|price|cost|deposit|payment|refund")
FEE_WORDS = re.compile(r"[收缴交代理律师手续服务]费|费用|收取|押金|应[交付缴]")
# Money a form of legal aid may speak of: what the household earns, what the aid recovered, what the state pays.
NOT_FEES = re.compile(r"免费|不收费|补贴|收入|财产|挽回|低保")
PEOPLE = frozenset({Role.APPLICANT}) | FRONT_LINE


def legal_aid() -> list[Procedure]:
    return [table for table in all_procedures() if table.name.startswith("legal_aid")]


def rows() -> list[tuple[Procedure, Step]]:
    return [(table, step) for table in legal_aid() for step in table.steps if step.form]


def asks_for_a_fee(name: str, label: str) -> bool:
    return bool(FEE_NAME.search(name) or FEE_WORDS.search(NOT_FEES.sub("", label)))


def test_there_is_legal_aid_to_look_at():
    assert rows()


@pytest.mark.parametrize(("table", "step"), rows(), ids=lambda one: one.name)
def test_no_form_of_legal_aid_asks_for_a_fee(table: Procedure, step: Step) -> None:
    fields = step.form().fields if step.form else {}
    assert [name for name, field in fields.items() if asks_for_a_fee(name, str(field.label or ""))] == []


@pytest.mark.parametrize("name", ["fee", "agency_fee", "deposit"])
def test_such_a_field_would_be_found(name: str) -> None:
    assert asks_for_a_fee(name, "")
    assert asks_for_a_fee("amount", "应交代理费(元)")
    assert not asks_for_a_fee("amount", "补贴金额(元)")


def test_no_letter_of_legal_aid_names_money_the_person_must_pay():
    letters = [path for folder in settings.LETTER_FOLDERS for path in Path(folder).glob("legal_aid*.txt")]
    assert letters
    asking = [
        path.name for path in letters if re.search(r"(应当?|请)[^，。]{0,8}[交付缴][^，。]{0,6}费", path.read_text())
    ]
    assert asking == []
