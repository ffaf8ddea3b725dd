"""What forms say when something is missing or wrong, in the words the platform uses everywhere."""

from django import forms
from django.core import validators

MESSAGES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "请填写这一项。"},
    forms.ChoiceField: {"invalid_choice": "没有这个选项，请从列出的几项里选择。"},
    forms.MultipleChoiceField: {"invalid_choice": "没有这个选项，请从列出的几项里选择。"},
    forms.IntegerField: {"invalid": "请填整数，例如 3。"},
    forms.DateField: {"invalid": "请填日期，写成 2026-03-02 这样。"},
}


def use_our_words() -> None:
    for field, messages in MESSAGES.items():
        field.default_error_messages.update(messages)
    validators.MinLengthValidator.message = "写得太少了：至少 %(limit_value)d 个字，现在是 %(show_value)d 个。"
    validators.MaxLengthValidator.message = "写得太多了：最多 %(limit_value)d 个字，现在是 %(show_value)d 个。"
    validators.MinValueValidator.message = "太小了：不能小于 %(limit_value)s。"
    validators.MaxValueValidator.message = "太大了：不能大于 %(limit_value)s。"
