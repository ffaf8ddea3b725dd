"""What is filled in at each step of an evidence deposit (存证)."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from santai.procedures.forms.legal_aid import choice, confirmed, long_text

REFUSALS = [
    ("secret", "文件含有国家秘密"),
    ("unlawful", "文件内容违法，或者侵犯他人隐私"),
    ("not_evidence", "不是要证明的事实方面的文件"),
]
# The way a notary takes the deposit further; whichever of them is in force.
PRESERVATIONS = ("notarization_evidence", "notarization")
DIGEST = re.compile(r"[0-9a-f]{64}")


class Deposit(forms.Form):
    title = forms.CharField(label="这些文件证明什么", max_length=120, help_text="例如：租房合同和转账截图。")
    origin = long_text("文件从哪里来", required=False, help_text="什么时候、用什么设备形成的；想不起来可以不填。")
    own = confirmed("这些文件是我合法取得的，没有改动过")


class More(forms.Form):
    note = long_text("补充的是什么", required=False)


class NotDeposited(forms.Form):
    reason = choice("不予存证的情形", REFUSALS)
    explanation = long_text("理由说明", least=10)


class Compare(forms.Form):
    digest = forms.CharField(
        label="文件的校验码",
        max_length=100,
        help_text="64位的SHA-256或SM3校验码；在“存证核验”页面选择文件就会算出来。",
        error_messages={"required": "请填写校验码。"},
    )

    def clean_digest(self) -> str:
        digest: str = re.sub(r"\s", "", self.cleaned_data["digest"]).lower()
        if not DIGEST.fullmatch(digest):
            raise forms.ValidationError("校验码应当是64位的数字和字母a-f，请重新复制。")
        return digest


class Preserve(forms.Form):
    procedure = forms.ChoiceField(label="怎样保全")
    explanation = long_text("请公证机构做什么")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from santai.casework.kernel import all_procedures

        labels = {table.name: table.label for table in all_procedures()}
        offered = [(name, labels[name]) for name in PRESERVATIONS if name in labels]
        self.fields["procedure"].choices = offered  # type: ignore[attr-defined]
