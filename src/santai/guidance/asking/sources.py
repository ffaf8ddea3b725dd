"""What an answer may rest on: numbered texts, each with the name it is cited by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """`name` is 《劳动合同法》第三十条, or the title of a standard answer; `text` is what it says."""

    name: str
    text: str
