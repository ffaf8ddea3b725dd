import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from santai.people import parties
from santai.people.locks import take_turns
from santai.people.models import Party
from santai.people.parties import change_phone, find_by_id_number, find_by_name, find_by_phone, find_or_create
from santai.trust.models import SensitiveLook

ID = "230102195001011232"
OTHER = "810000199001011230"
WANG = {"name": "王小明", "phone": "13812345678"}

pytestmark = pytest.mark.django_db


def test_the_same_phone_and_name_is_the_same_party():
    first = find_or_create(**WANG)
    assert find_or_create(name=" 王小明 ", phone="+86 138-1234-5678") == first
    assert Party.objects.count() == 1


def test_the_same_phone_with_another_name_is_another_party():
    assert find_or_create(**WANG) != find_or_create(name="王大明", phone="13812345678")


def test_the_same_number_on_another_phone_is_the_same_party_and_keeps_its_phone():
    first = find_or_create(**WANG, id_number=ID)
    again = find_or_create(name="王小明", phone="13900000000", id_number=ID)
    assert again == first
    assert Party.objects.get().phone == "13812345678"


def test_a_number_given_later_completes_the_party():
    first = find_or_create(**WANG)
    assert find_or_create(**WANG, id_number=ID) == first
    assert Party.objects.get().id_number == ID
    assert find_by_id_number(ID) == [first]


def test_a_party_with_another_number_is_another_person():
    father = find_or_create(**WANG, id_number=ID)
    son = find_or_create(**WANG, id_number=OTHER)
    assert father != son
    assert find_or_create(**WANG) == son


def test_a_known_number_with_another_name_is_an_error_and_changes_nothing():
    find_or_create(**WANG, id_number=ID)
    with pytest.raises(ValidationError) as refusal:
        find_or_create(name="李四", phone="13812345678", id_number=ID, groups=["elderly"])
    assert "另一个姓名" in refusal.value.message_dict["name"][0]
    assert [(party.name, party.groups) for party in Party.objects.all()] == [("王小明", [])]


def test_a_company_is_never_the_person_of_the_same_name_and_phone():
    person = find_or_create(name="某某商店", phone="13812345678")
    company = find_or_create(name="某某商店", phone="13812345678", kind="company", id_number="91110000600037341L")
    assert person != company
    assert company.kind == "company"


def test_every_fault_is_named_at_once_and_nothing_is_stored():
    with pytest.raises(ValidationError) as refusal:
        find_or_create(name="", phone="110", id_number="23")
    assert set(refusal.value.message_dict) == {"name", "phone", "id_number"}
    assert not Party.objects.exists()


def test_a_foreigner_is_known_by_passport():
    guest = find_or_create(name="John O'Neil", phone="+852 9123 4567", id_number="EA1234567", id_kind="other")
    assert find_by_id_number(" ea1234567") == [guest]


def test_groups_are_added_and_never_lost():
    find_or_create(**WANG, groups=["elderly"])
    assert find_or_create(**WANG, groups=["disabled"]).groups == ["elderly", "disabled"]
    assert find_or_create(**WANG).groups == ["elderly", "disabled"]
    with pytest.raises(ValidationError):
        find_or_create(**WANG, groups=["rich"])


def test_a_party_is_found_by_any_spelling_of_phone_name_and_number():
    party = find_or_create(name="阿卜杜·热合曼", phone="0451-82345678", id_number=ID)
    assert find_by_phone("(0451) 8234 5678") == [party]
    assert find_by_name(" 阿卜杜•热合曼") == [party]
    assert find_by_id_number("２３０１０２ 19500101 1232") == [party]


def test_a_part_or_nothing_finds_nobody():
    find_or_create(**WANG, id_number=ID)
    find_or_create(name="李四", phone="13900000000")
    assert find_by_phone("1381234") == find_by_phone("") == find_by_phone("tel") == []
    assert find_by_name("王") == find_by_name("") == find_by_id_number("") == find_by_id_number(ID[:-1]) == []


def test_people_of_one_name_are_all_found_latest_first():
    first = find_or_create(**WANG)
    second = find_or_create(name="王小明", phone="13900000000")
    assert find_by_name("王小明") == [second, first]


def test_whoever_comes_second_with_one_number_gets_the_party_of_the_first(monkeypatch):
    winner = find_or_create(name="王小明", phone="13900000000", id_number=ID)
    monkeypatch.setattr(parties, "_with_id", _blind_once(parties._with_id))
    assert find_or_create(**WANG, id_number=ID) == winner


def _blind_once(look_up):
    calls = []

    def answer(identity):
        calls.append(identity)
        return None if len(calls) == 1 else look_up(identity)

    return answer


def test_a_changed_phone_needs_a_reason_and_must_be_verified_again(agent, monday):
    party = find_or_create(**WANG)
    Party.objects.update(phone_verified_at=monday)
    with pytest.raises(ValidationError):
        change_phone(party, "13900000000", user=agent, reason="")
    change_phone(party, "139 0000 0000", user=agent, reason="窗口核对证件后更正", at=monday)
    changed = Party.objects.get()
    assert (changed.phone, changed.phone_verified_at) == ("13900000000", None)
    assert find_by_phone("13900000000") == [changed]
    assert find_by_phone("13812345678") == []
    assert SensitiveLook.objects.get().reason == "窗口核对证件后更正"


def test_locks_are_for_transactions_only(monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError):
        take_turns("ab" * 32)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's test database lives in one connection")
def test_many_at_once_make_one_party():
    barrier = threading.Barrier(6)

    def come() -> None:
        barrier.wait()
        find_or_create(**WANG)
        connections.close_all()

    people = [threading.Thread(target=come) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert Party.objects.count() == 1
