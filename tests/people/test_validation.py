from datetime import date

import pytest
from django.core.exceptions import ValidationError
from stdnum.cn import ric, uscc

from santai.people.validation import (
    OTHER_ID,
    normalise_groups,
    normalise_id,
    normalise_name,
    normalise_phone,
    normalise_resident_id,
    normalise_uscc,
)

TODAY = date(2026, 3, 2)


def complete(first_17: str) -> str:
    return first_17 + ric.calc_check_digit(first_17 + "0")


GOOD_ID = complete("23010219900307123")
ENDS_IN_X = next(number for n in range(100) if (number := complete(f"230102199003070{n:02}")).endswith("X"))


def refusal(check, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as caught:
        check(*args, **kwargs)
    (message,) = caught.value.messages
    return message


def test_a_right_number_comes_back_as_it_is():
    assert normalise_resident_id(GOOD_ID) == GOOD_ID


def test_spaces_dashes_full_width_and_small_x_are_folded():
    wide = ENDS_IN_X.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}).replace("X", "ｘ")
    assert normalise_resident_id(f" {wide[:6]} {wide[6:14]}-{wide[14:]} ") == ENDS_IN_X


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (GOOD_ID[:-1], "身份证号少了 1 位"),
        (GOOD_ID[:-3], "身份证号少了 3 位"),
        (GOOD_ID + "1", "身份证号多了 1 位"),
        (GOOD_ID[:-1] + "O", "不认识的字符“O”"),
        ("王" + GOOD_ID[1:], "不认识的字符“王”"),
        ("X" + GOOD_ID[1:], "不认识的字符“X”"),
        (GOOD_ID[:14] + GOOD_ID[14:16][::-1] + GOOD_ID[16:], "校验位不对"),
        (complete("23010219990230123"), "出生日期 1999-02-30 不存在"),
        (complete("23010219901307123"), "出生日期 1990-13-07 不存在"),
        (complete("23010220260303123"), "晚于今天"),
        (complete("55010219900307123"), "开头两位"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong_and_what_to_do(typed, told):
    message = refusal(normalise_resident_id, typed, today=TODAY)
    assert told in message
    assert "请对照证件再输一次" in message or "只能是数字" in message


def test_every_single_wrong_digit_is_noticed():
    for place in range(18):
        for digit in "0123456789":
            if digit != GOOD_ID[place]:
                refusal(normalise_resident_id, GOOD_ID[:place] + digit + GOOD_ID[place + 1 :], today=TODAY)


def test_people_older_than_the_county_codes_are_not_refused():
    # The code 230102 exists since 1983; the library alone would refuse everybody born before.
    assert normalise_resident_id(complete("23010219500101123"))


@pytest.mark.parametrize(
    "first_17", ["81000019900307123", "82000019900307123", "83000019900307123", "91115619900307123"]
)
def test_residents_of_hong_kong_macao_taiwan_and_permanent_foreign_residents_are_accepted(first_17):
    assert normalise_resident_id(complete(first_17))


def test_no_number_is_no_fault():
    assert normalise_id("") == normalise_id("  ") == ""


def test_a_passport_is_accepted_only_when_it_is_said_to_be_one():
    assert "身份证号" in refusal(normalise_id, "EA1234567")
    assert normalise_id(" ea 123-4567 ", id_kind=OTHER_ID) == "EA1234567"
    assert "5 到 20 位" in refusal(normalise_id, "EA<script>", id_kind=OTHER_ID)


def test_a_wrong_resident_number_does_not_pass_as_another_document():
    wrong = GOOD_ID[:-1] + ("1" if GOOD_ID[-1] != "1" else "2")
    assert "校验位" in refusal(normalise_id, wrong, id_kind=OTHER_ID)


def test_a_company_is_known_by_its_credit_code():
    assert normalise_id("9111 0000-600037341l", kind="company") == "91110000600037341L"


def test_rural_collectives_have_codes_that_begin_with_a_letter():
    first_17 = "N1230102MF1234567"
    assert normalise_uscc(first_17 + uscc.calc_check_digit(first_17 + "0"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("91110000600037341", "少了 1 位"),
        ("91110000600037341L9", "多了 1 位"),
        ("91110000600037342L", "校验位不对"),
        ("9111000060003734IL", "“I”"),
        ("91A10000600037341L", "第 3 到 8 位"),
    ],
)
def test_a_wrong_credit_code_is_told_what_is_wrong(typed, told):
    message = refusal(normalise_uscc, typed)
    assert told in message
    assert "营业执照" in message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        (" 138-1234 5678 ", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0451-82345678", "045182345678"),
        ("(0451) 8234 5678", "045182345678"),
        ("+86 451 8234 5678", "045182345678"),
        ("+852 9123 4567", "+85291234567"),
        ("+7 912 345-67-89", "+79123456789"),
    ],
)
def test_one_phone_has_one_spelling(typed, kept):
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请填写电话号码"),
        ("1381234567", "少了 1 位"),
        ("138123456789", "多了 1 位"),
        ("12348", "短号"),
        ("110", "短号"),
        ("82345678", "带区号"),
        ("12812345678", "请填 11 位手机号"),
        ("0451-82345678转801", "去掉分机"),
        ("tel:110", "只能有数字"),
        ("+852 1", "国家代码"),
        ("+", "国家代码"),
    ],
)
def test_a_wrong_phone_is_told_what_is_wrong(typed, told):
    assert told in refusal(normalise_phone, typed)


def test_a_landline_is_a_phone_but_takes_no_code():
    assert "座机" in refusal(normalise_phone, "0451-82345678", must_take_sms=True)
    assert normalise_phone("13812345678", must_take_sms=True) == "13812345678"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 王小明　", "王小明"),
        ("阿卜杜 • 热合曼", "阿卜杜·热合曼"),
        ("阿卜杜・热合曼", "阿卜杜·热合曼"),
        ("John  O'Neil", "John O'Neil"),
        ("Zoe\u0308 Kra\u0308mer", "Zo\u00eb Kr\u00e4mer"),
        ("王" * 30, "王" * 30),
        ("㛃𬀩", "㛃𬀩"),
    ],
)
def test_a_name_is_kept_in_one_spelling(typed, kept):
    assert normalise_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请填写姓名"),
        ("　 ", "请填写姓名"),
        ("王", "2 到 30 个字，现在是 1 个"),
        ("王" * 31, "现在是 31 个"),
        ("王\u200b小明", "看不见"),
        ("王\x00小明", "看不见"),
        ("王\n小明", "看不见"),
        ("王\u202e小明", "看不见"),
        ("<b>王小明", "“<”"),
        ("王小明;", "“;”"),
        ("王小明😀", "“😀”"),
        ("{{name}}", "“{”"),
    ],
)
def test_a_strange_name_is_told_what_is_strange(typed, told):
    assert told in refusal(normalise_name, typed)


def test_a_company_may_have_a_long_name_with_brackets():
    assert normalise_name("哈尔滨某某建设(集团)有限责任公司" + "王" * 20, kind="company")
    assert "单位名称" in refusal(normalise_name, "王" * 61, kind="company")


def test_groups_keep_one_order_and_appear_once():
    assert normalise_groups(["elderly", "minor", "elderly"]) == ["minor", "elderly"]
    assert "特殊群体" in refusal(normalise_groups, ["elderly", "rich"])
