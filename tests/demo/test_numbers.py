from datetime import date
from random import Random

import pytest
from stdnum.cn import uscc

from santai.demo.numbers import credit_code, id_number, lawyer_licence, phone
from santai.people.validation import normalise_phone, normalise_resident_id
from santai.registry.models import OrganisationKind


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_every_kind_gets_a_valid_credit_code_of_its_registrar(kind):
    number = credit_code(kind, "2301", 42)
    assert uscc.is_valid(number)
    assert number[2:8] == "230100"


@pytest.mark.parametrize("is_woman", [True, False])
def test_an_id_number_is_valid_for_the_old_as_for_the_young(is_woman):
    for born in (date(1938, 2, 3), date(1980, 12, 31), date(2008, 2, 29)):
        number = id_number(Random(1), "230102", born, is_woman=is_woman)
        assert normalise_resident_id(number) == number
        assert number[6:14] == f"{born:%Y%m%d}"
        assert int(number[16]) % 2 == (0 if is_woman else 1)


def test_an_invented_id_number_is_easy_to_tell():
    assert id_number(Random(1), "230102", date(1980, 1, 1), is_woman=True)[14] == "9"


def test_a_phone_is_one_the_platform_takes():
    assert normalise_phone(phone(2999)) == "19900002999"


def test_a_lawyers_licence_has_seventeen_digits():
    assert lawyer_licence("230102", date(2015, 7, 1), 123, is_woman=True) == "12301201511000123"
