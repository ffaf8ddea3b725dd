"""Names of people who are not the applicant lie sealed in the facts, the log and the sentences of a case. They are
opened here for whoever may read the case, and veiled wherever a text leaves the house."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from santai.trust.crypto import CannotDecrypt, decrypt

# What `encrypt` writes: its version byte, a nonce, a tag and at least one byte, in base64.
SEALED = re.compile(r"A[Q-Za-f][A-Za-z0-9+/]{38,}={0,2}")
# In a sentence: what to say instead, and the sealed words.
HIDDEN = re.compile(r"⟦([^:⟦⟧]*):(A[Q-Za-f][A-Za-z0-9+/]{38,}={0,2})⟧")
SOMEBODY = "对方"


def opened(value: Any) -> Any:
    """The same facts or step data with everything sealed in plain words."""
    if isinstance(value, Mapping):
        return {key: opened(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [opened(item) for item in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    if not SEALED.fullmatch(text):
        return text
    try:
        return decrypt(text)
    except CannotDecrypt:
        # Somebody typed what only looks sealed: it is shown as it was typed.
        return text


def hidden_words(form: type[forms.Form] | None, data: Mapping[str, Any]) -> dict[str, str]:
    """For a sentence that is kept: the sealed fields of the form as marks that `open_sentence` can open."""
    fields: Mapping[str, forms.Field] = getattr(form, "base_fields", {})
    sealed = {name: field for name, field in fields.items() if getattr(field, "is_sealed", False)}
    return {name: _mark(field, str(data[name])) for name, field in sealed.items() if data.get(name)}


def _mark(field: forms.Field, sealed: str) -> str:
    side = getattr(field, "side", None)
    return f"⟦{side.label if side else SOMEBODY}:{sealed}⟧"


def open_sentence(text: str) -> str:
    return HIDDEN.sub(lambda found: _plain(found.group(2)), text)


def veil_sentence(text: str) -> str:
    """For a text message: “对方” instead of the name."""
    return HIDDEN.sub(lambda found: found.group(1), text)
