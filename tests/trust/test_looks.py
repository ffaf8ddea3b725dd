from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from santai.trust.looks import look, looks_at
from santai.trust.models import SensitiveLook

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_a_look_shows_the_plain_values_and_writes_down_who_what_why_when(party, clerk):
    shown = look(party, user=clerk, fields=["phone", "name"], reason="核对到访人身份", case_code="23010201", at=NOON)
    assert shown == {"name": "王小明", "phone": "13812345678"}
    seen = SensitiveLook.objects.get()
    assert (seen.user, seen.party_id, seen.fields, seen.reason) == (clerk, party.pk, "name,phone", "核对到访人身份")
    assert (seen.case_code, seen.at) == ("23010201", NOON)


@pytest.mark.parametrize("reason", ["", "   ", "看看", "看 看 ", "核对 \n 吗", "字" * 201])
def test_a_reason_that_says_nothing_or_too_much_opens_nothing(party, clerk, reason):
    with pytest.raises(ValidationError) as refusal:
        look(party, user=clerk, fields=["phone"], reason=reason)
    assert "理由" in refusal.value.message_dict["reason"][0]
    assert not SensitiveLook.objects.exists()


@pytest.mark.parametrize("fields", [[], ["password"], ["phone", "id_index"]])
def test_only_sealed_fields_may_be_asked_for(party, clerk, fields):
    with pytest.raises(ValidationError):
        look(party, user=clerk, fields=fields, reason="核对到访人身份")
    assert not SensitiveLook.objects.exists()


def test_the_record_never_holds_the_value_itself(party, clerk):
    look(party, user=clerk, fields=["phone", "id_number"], reason="核对到访人身份")
    row = repr(SensitiveLook.objects.values().get())
    assert "13812345678" not in row
    assert "230102195001011232" not in row


def test_looks_are_told_latest_first(party, clerk):
    look(party, user=clerk, fields=["phone"], reason="第一次看电话", at=NOON)
    look(party, user=clerk, fields=["name"], reason="第二次看姓名", at=NOON.replace(hour=5))
    assert [seen.fields for seen in looks_at(party)] == ["name", "phone"]
