"""统一社会信用代码 (GB 32100-2015): 18 characters, the last one a check character."""

from django.core.exceptions import ValidationError
from stdnum import exceptions
from stdnum.cn import uscc

EXPLANATIONS = {
    exceptions.InvalidLength: "统一社会信用代码应为 18 位，请对照证照再输一次。",
    exceptions.InvalidFormat: "统一社会信用代码前 8 位是数字，其余是数字或字母（不含 I、O、S、V、Z），请对照证照再输。",
    exceptions.InvalidChecksum: "统一社会信用代码的校验位不对，可能有一位输错了，请对照证照再输一次。",
}


def checked_credit_code(number: str) -> str:
    """The code in its usual form. Raises ValidationError with a message for people."""
    try:
        return str(uscc.validate(number))
    except exceptions.ValidationError as fault:
        raise ValidationError(EXPLANATIONS.get(type(fault), EXPLANATIONS[exceptions.InvalidChecksum])) from fault
