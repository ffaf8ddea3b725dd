"""What a person types about themselves, checked by libraries and told in plain words.

Every function returns the normalised value or raises `django.core.exceptions.ValidationError` with one Chinese message.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils import timezone
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

from santai.people.models import SpecialGroup

SHORTEST_NAME, LONGEST_NAME = 2, 30
LONGEST_COMPANY_NAME = 60
ID_LENGTH = 18
RESIDENT_ID, OTHER_ID = "resident", "other"
USCC_LETTERS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
# Residence permits of Taiwan compatriots begin with 83, permanent residence cards of foreigners (2023 model) with 9.
BEYOND_PROVINCES = ("83", "9")
# Transcribed names are written with many look-alike dots; one of them is kept, so that the same name is found again.
NAME_DOTS = str.maketrans(dict.fromkeys("\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u25cf\u16eb", "\u00b7"))
NOT_IN_NAMES = frozenset('<>{}[]\\|`"&;=%*#@!?/:,\uff0c\uff1b\uff1a\uff01\uff1f\uff0f\u3002\u300a\u300b\u201c\u201d')
CAN_TAKE_SMS = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def normalise_id(value: str, *, kind: str = "person", id_kind: str = RESIDENT_ID) -> str:
    """The document number of a person or a company; "" stays "" (a document is not always at hand)."""
    if not value.strip():
        return ""
    if id_kind == OTHER_ID:
        return normalise_other_document(value)
    return normalise_uscc(value) if kind == "company" else normalise_resident_id(value)


def normalise_resident_id(value: str, *, today: date | None = None) -> str:
    number = folded_number(value)
    if not re.fullmatch(r"[0-9]*X?", number):
        stranger = next((letter for letter in number if letter not in "0123456789X"), "X")
        raise ValidationError(f"身份证号含有不认识的字符“{stranger}”，只能是数字，最后一位可以是 X", code="characters")
    _check_length(number, "身份证号", "请对照证件再输一次")
    _check_birth_date(number, today or timezone.localdate())
    if number[-1] != ric.calc_check_digit(number):
        raise ValidationError("身份证号校验位不对，多半是输错了 1 位数字，请对照证件再输一次", code="checksum")
    # ric.validate() also wants the county code to have existed in the year of birth. Codes date from 1983, so it
    # refuses everybody older; only the province is checked here.
    if not (number.startswith(BEYOND_PROVINCES) or _is_province(number[:2])):
        raise ValidationError("身份证号开头两位不是任何省份的代码，请对照证件再输一次", code="place")
    return number


def normalise_uscc(value: str) -> str:
    number = folded_number(value)
    _check_length(number, "统一社会信用代码", "请对照营业执照再输一次")
    strangers = [letter for letter in number if letter not in USCC_LETTERS]
    if strangers:
        fault = f"统一社会信用代码含有不认识的字符“{strangers[0]}”（不用字母 I、O、S、V、Z）"
        raise ValidationError(f"{fault}，请对照营业执照再输一次", code="characters")
    # uscc.validate() wants digits in the first two places, but rural collectives begin with N1 and others with Y1.
    if not number[2:8].isdigit():
        raise ValidationError("统一社会信用代码第 3 到 8 位应是数字，请对照营业执照再输一次", code="characters")
    if number[-1] != uscc.calc_check_digit(number):
        raise ValidationError("统一社会信用代码校验位不对，请对照营业执照再输一次", code="checksum")
    return number


def normalise_other_document(value: str) -> str:
    """A passport or a travel permit: 5 to 20 letters and digits. What looks like a resident ID is checked as one."""
    number = folded_number(value)
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return normalise_resident_id(number)
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise ValidationError("证件号码只能是 5 到 20 位字母和数字，请对照证件再输一次", code="characters")
    return number


def normalise_phone(value: str, *, must_take_sms: bool = False) -> str:
    """National digits for a number of the mainland (13812345678, 045112345678), E.164 for any other (+85291234567)."""
    number = _parsed_phone(value)
    if must_take_sms and phonenumbers.number_type(number) not in CAN_TAKE_SMS:
        raise ValidationError("座机收不到短信，请填手机号", code="landline")
    if number.country_code != 86:
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdigit, national))


def normalise_name(value: str, *, kind: str = "person") -> str:
    what, longest = ("单位名称", LONGEST_COMPANY_NAME) if kind == "company" else ("姓名", LONGEST_NAME)
    name = folded_name(value)
    if not name:
        raise ValidationError(f"请填写{what}", code="required")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Cn"} for letter in name):
        raise ValidationError(f"{what}里有看不见的字符，请删掉后重新输入", code="characters")
    strangers = [letter for letter in name if letter in NOT_IN_NAMES or unicodedata.category(letter).startswith("S")]
    if strangers:
        raise ValidationError(f"{what}里不能有“{strangers[0]}”，请去掉后再提交", code="characters")
    if not SHORTEST_NAME <= len(name) <= longest:
        raise ValidationError(f"{what}要有 {SHORTEST_NAME} 到 {longest} 个字，现在是 {len(name)} 个", code="length")
    return name


def folded_name(value: str) -> str:
    """One spelling for look-alikes (dots, spaces), without judging it: for finding a name as well as storing it."""
    spaced = re.sub(r"[^\S\r\n\t\f\v]+", " ", unicodedata.normalize("NFC", value).strip())
    return re.sub(" ?\u00b7 ?", "\u00b7", spaced.translate(NAME_DOTS))


def folded_number(value: str) -> str:
    """Half-width capitals without spaces and dashes, without judging it."""
    folded = unicodedata.normalize("NFKC", value).upper()
    return re.sub(r"[\s\-]", "", folded.replace("\u00d7", "X"))


def normalise_groups(values: object) -> list[str]:
    """Special groups in the order of the list, each once."""
    wanted = set(values) if isinstance(values, (list, tuple, set, frozenset)) else {values}
    unknown = wanted - set(SpecialGroup.values)
    if unknown:
        raise ValidationError("有不认识的特殊群体，请在列出的几项里选择", code="unknown")
    return [group for group in SpecialGroup.values if group in wanted]


def _check_length(number: str, what: str, todo: str) -> None:
    missing = ID_LENGTH - len(number)
    if missing:
        fault = f"少了 {missing} 位" if missing > 0 else f"多了 {-missing} 位"
        raise ValidationError(f"{what}{fault}，{todo}", code="length")


def _check_birth_date(number: str, today: date) -> None:
    try:
        born = ric.get_birth_date(number)
    except InvalidComponent:
        shown = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        raise ValidationError(f"身份证号里的出生日期 {shown} 不存在，请对照证件再输一次", code="birth_date") from None
    if born > today:
        raise ValidationError("身份证号里的出生日期晚于今天，请对照证件再输一次", code="birth_date")


def _is_province(code: str) -> bool:
    return any(properties for _, properties in numdb.get("cn/loc").info(code))


def _parsed_phone(value: str) -> PhoneNumber:
    typed = unicodedata.normalize("NFKC", value).strip()
    if not typed:
        raise ValidationError("请填写电话号码", code="required")
    if re.search(r"[^0-9+\-\s().]", typed):
        raise ValidationError("电话号码只能有数字，有分机号的请去掉分机", code="characters")
    try:
        number = phonenumbers.parse(typed, "CN")
    except phonenumbers.NumberParseException:
        raise ValidationError(f"电话号码不完整：{_phone_hint(typed)}", code="length") from None
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(f"电话号码不对：{_phone_hint(typed)}", code="invalid")
    return number


def _phone_hint(typed: str) -> str:
    digits = "".join(filter(str.isdigit, typed))
    if typed.startswith(("+", "00")) and not digits.startswith(("86", "0086")):
        return "境外号码请写成“+国家代码 号码”，例如 +852 9123 4567"
    if digits.startswith("1") and len(digits) > 6 and len(digits) != 11:
        fault = f"少了 {11 - len(digits)} 位" if len(digits) < 11 else f"多了 {len(digits) - 11} 位"
        return f"手机号应是 11 位，{fault}"
    if len(digits) <= 6:
        return "短号回拨不到您，请填 11 位手机号，或带区号的座机（如 0451-12345678）"
    return "请填 11 位手机号，或带区号的座机（如 0451-12345678）"
