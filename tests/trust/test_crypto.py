import base64

import pytest
from django.db import connection

from santai.people.models import Party
from santai.trust import crypto
from santai.trust.crypto import CannotDecrypt, blind_index, decrypt, encrypt, sm3


def test_what_was_encrypted_comes_back():
    assert decrypt(encrypt("王小明 😀 ①")) == "王小明 😀 ①"


def test_the_same_words_never_give_the_same_ciphertext():
    assert len({encrypt("13812345678") for _ in range(50)}) == 50


def test_a_change_of_any_byte_is_noticed():
    raw = base64.b64decode(encrypt("230102195001011232"))
    for place in range(len(raw)):
        broken = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        with pytest.raises(CannotDecrypt):
            decrypt(base64.b64encode(broken).decode())


@pytest.mark.parametrize("rubbish", ["王小明", "AAAA", "AQ==", "not base64!", base64.b64encode(b"\x01" * 20).decode()])
def test_what_was_never_encrypted_does_not_open(rubbish):
    with pytest.raises(CannotDecrypt):
        decrypt(rubbish)


def test_a_cut_ciphertext_does_not_open():
    raw = base64.b64decode(encrypt("王小明"))
    for length in range(len(raw)):
        with pytest.raises(CannotDecrypt):
            decrypt(base64.b64encode(raw[:length]).decode())


def test_another_key_opens_nothing(settings):
    sealed = encrypt("王小明")
    settings.DATA_KEY = "00" * 16
    crypto._cipher_key.cache_clear()
    try:
        with pytest.raises(CannotDecrypt):
            decrypt(sealed)
    finally:
        crypto._cipher_key.cache_clear()


def test_a_key_of_the_wrong_size_is_refused_by_name(settings):
    settings.DATA_KEY = "00" * 15
    crypto._cipher_key.cache_clear()
    try:
        with pytest.raises(ValueError, match="SANTAI_DATA_KEY"):
            encrypt("王小明")
    finally:
        crypto._cipher_key.cache_clear()


def test_a_blind_index_depends_on_the_key(settings):
    settings.INDEX_KEY = "11" * 32
    one = blind_index("13812345678", "phone")
    settings.INDEX_KEY = "22" * 32
    assert blind_index("13812345678", "phone") != one
    assert one != sm3(b"phone:13812345678")


def test_a_blind_index_is_not_shared_between_fields():
    assert blind_index("13812345678", "phone") != blind_index("13812345678", "id")


def test_a_blind_index_folds_full_width_case_and_outer_spaces():
    assert blind_index(" ２３０１０２ｘ ", "id") == blind_index("230102X", "id")


def test_nothing_has_no_index():
    assert blind_index("", "id") == blind_index("  ", "id") == ""


def test_sm3_is_the_national_digest():
    # GB/T 32905-2016, example 1.
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def raw_row(party: Party) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_party WHERE id = %s", [party.pk])
        return repr(cursor.fetchone())


def test_no_column_holds_a_plain_name_phone_or_number(party):
    row = raw_row(party)
    assert not [plain for plain in ("王小明", "13812345678", "230102195001011232") if plain in row]


def test_no_page_of_the_database_holds_a_plain_value(db):
    # Nobody else is called so: pages freed by other tests may still hold what they wrote elsewhere.
    party = Party.objects.create(name="欧阳无双", phone="13812345679", id_number="230102195001011240")
    if connection.vendor != "sqlite":
        assert "13812345679" not in raw_row(party)
        return
    dump = connection.connection.serialize() if hasattr(connection.connection, "serialize") else b""
    assert b"people_party" in dump
    assert not [plain for plain in ("欧阳无双", "13812345679", "230102195001011240") if plain.encode() in dump]


def test_sealed_values_come_back_as_they_were(party):
    read = Party.objects.get(pk=party.pk)
    assert (read.name, read.phone, read.id_number) == ("王小明", "13812345678", "230102195001011232")


@pytest.mark.parametrize(
    "question", [{"name": "王小明"}, {"name__contains": "王"}, {"phone__in": ["1"]}, {"phone__startswith": "138"}]
)
def test_a_sealed_field_refuses_to_be_searched(db, question):
    with pytest.raises(TypeError, match="blind index"):
        list(Party.objects.filter(**question))


def test_whether_a_sealed_field_is_empty_may_be_asked(party):
    Party.objects.create(name="李四", phone="13900000000")
    assert [found.name for found in Party.objects.filter(id_number="")] == ["李四"]


def test_a_party_prints_without_its_name(party):
    assert str(party) == "王**"
    assert party.masked_phone == "138****5678"
    assert party.masked_id == "2301**********32"
