"""One case, one code (一案一码): region 6 + kind 2 + year 4 + serial 6 + check digit (ISO 7064 mod 11,10)."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime
from stdnum.exceptions import ValidationError as CheckFailed
from stdnum.iso7064 import mod_11_10

from santai.documents.serials import next_number

LENGTH = 19


def new_code(*, region: str, kind: str, at: datetime) -> str:
    prefix = f"{region[:6]:0<6}{kind}{localtime(at).year:04d}"
    body = f"{prefix}{next_number(f'case:{prefix}'):06d}"
    return body + str(mod_11_10.calc_check_digit(body))


def tidy(code: str) -> str:
    """What a person typed or read aloud, without blanks, dashes and full-width digits."""
    return "".join(str(int(char)) for char in code if char.isdecimal())


def grouped(code: str) -> str:
    """The code in groups that can be read over the phone: 230102 01 2026 000123 4."""
    return " ".join((code[:6], code[6:8], code[8:12], code[12:18], code[18:]))


def code_fault(code: str) -> str:
    """Why a code cannot be right, in words for the person who typed it; empty when it may be."""
    if len(code) < LENGTH:
        return f"案码应为{LENGTH}位数字，您少输了{LENGTH - len(code)}位，请对照回执再输一次。"
    if len(code) > LENGTH:
        return f"案码应为{LENGTH}位数字，您多输了{len(code) - LENGTH}位，请对照回执再输一次。"
    try:
        mod_11_10.validate(code)
    except CheckFailed:
        return "案码有一位输错了，请对照回执再输一次。"
    return ""
