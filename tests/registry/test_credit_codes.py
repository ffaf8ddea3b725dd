import pytest
from django.core.exceptions import ValidationError

from santai.registry.credit_codes import checked_credit_code
from santai.registry.models import Organisation, Region

VALID = "91110000600037341L"


def test_a_valid_code_is_kept_in_its_usual_form():
    assert checked_credit_code(" 91110000 600037341l ") == VALID


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (VALID[:-1], "18 位"),
        (VALID[:-1] + "M", "校验位"),
        ("9111000060003734IL", "不含 I"),
        ("A1110000600037341L", "数字"),
    ],
)
def test_a_fault_says_what_is_wrong(number, word):
    with pytest.raises(ValidationError) as fault:
        checked_credit_code(number)
    assert word in fault.value.messages[0]


@pytest.mark.django_db
def test_an_organisation_names_the_field_that_is_wrong():
    region = Region.objects.create(code="23", name="黑龙江省", full_name="黑龙江省", level=2)
    with pytest.raises(ValidationError) as fault:
        Organisation(name="甲", kind="law_firm", region=region, uscc="123").full_clean()
    assert set(fault.value.message_dict) == {"uscc"}


@pytest.mark.django_db
def test_an_organisation_need_not_have_a_code():
    region = Region.objects.create(code="23", name="黑龙江省", full_name="黑龙江省", level=2)
    Organisation(name="甲", kind="law_firm", region=region).full_clean()
