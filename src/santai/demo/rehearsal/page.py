"""A page as a browser without JavaScript sees it: its forms, the words in it, and what went wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"')
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})
FAULT_CLASSES = ("fault", "notice-error")


class CannotFill(Exception):
    """The page has no such form, field, choice or button: a person could not do this either."""


@dataclass(frozen=True)
class Button:
    name: str
    value: str
    action: str


@dataclass
class Form:
    action: str
    is_post: bool = False
    is_multipart: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def filled(self, filling: dict[str, Any]) -> dict[str, list[str]]:
        """What a browser would send. Raises CannotFill for a field or choice that is not there."""
        sent = {name: list(values) for name, values in self.values.items()}
        for name, given in filling.items():
            wanted = [str(value) for value in given] if isinstance(given, (list, tuple)) else [str(given)]
            if name not in sent:
                raise CannotFill(f"{self.action}: no field {name!r}, only {sorted(sent)}")
            offered = self.choices.get(name)
            strangers = [value for value in wanted if offered is not None and value not in offered]
            if strangers:
                raise CannotFill(f"{self.action}: {name!r} offers no {strangers}, only {offered}")
            sent[name] = wanted
        return sent

    def button(self, name: str, value: str = "") -> Button:
        for button in self.buttons:
            if button.name == name and value in ("", button.value):
                return button
        raise CannotFill(f"{self.action}: no button {name!r} {value!r}, only {self.buttons}")


class FormParser(HTMLParser):
    """Reads one form. What is not ticked, chosen or enabled is not sent."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form = Form("")
        self.select = self.textarea = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        reader = getattr(self, f"read_{tag}", None)
        if reader is not None and "disabled" not in given:
            reader(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            self._choose_first()
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            values = self.form.values[self.textarea]
            # The first line break after the tag is not part of the text.
            values[-1] += data if values[-1] else data.removeprefix("\r\n").removeprefix("\n")

    def read_form(self, given: dict[str, str]) -> None:
        self.form.action = given.get("action", "")
        self.form.is_post = given.get("method", "").lower() == "post"
        self.form.is_multipart = "multipart" in given.get("enctype", "")

    def read_input(self, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if kind in ("submit", "image"):
            self.read_button(given)
        elif name and kind == "file":
            self.form.files.append(name)
        elif name and kind in ("radio", "checkbox"):
            self._offer(name, given.get("value", "on"), is_chosen="checked" in given)
        elif name:
            self.form.values.setdefault(name, []).append(value)

    def read_button(self, given: dict[str, str]) -> None:
        if given.get("type", "submit") == "submit":
            self.form.buttons.append(Button(given.get("name", ""), given.get("value", ""), given.get("formaction", "")))

    def read_textarea(self, given: dict[str, str]) -> None:
        self.textarea = given.get("name", "")
        if self.textarea:
            self.form.values.setdefault(self.textarea, []).append("")

    def read_select(self, given: dict[str, str]) -> None:
        self.select = given.get("name", "")
        self.takes_many = "multiple" in given
        if self.select:
            self.form.values.setdefault(self.select, [])
            self.form.choices.setdefault(self.select, [])

    def read_option(self, given: dict[str, str]) -> None:
        if self.select:
            self._offer(self.select, given.get("value", ""), is_chosen="selected" in given)

    def _offer(self, name: str, value: str, *, is_chosen: bool) -> None:
        self.form.choices.setdefault(name, []).append(value)
        chosen = self.form.values.setdefault(name, [])
        if is_chosen:
            chosen.append(value)

    def _choose_first(self) -> None:
        """A list without a chosen entry shows, and sends, its first."""
        offered = self.form.choices[self.select]
        if offered and not self.takes_many and not self.form.values[self.select]:
            self.form.values[self.select] = offered[:1]


class TextsOfClass(HTMLParser):
    """The words inside each element of a class."""

    def __init__(self, source: str, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted, self.depth = wanted, 0
        self.found: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
        elif self.wanted in (dict(attrs).get("class") or "").split():
            self.depth = 1
            self.found.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1] += f" {data}"


@dataclass(frozen=True)
class Page:
    url: str
    status: int
    text: str

    def form(self, action: str) -> Form:
        """The form whose address ends with `action`, or the first whose address contains it."""
        forms = [match.group() for match in FORM.finditer(self.text)]
        stated = [unescape(found.group(1)) if (found := ACTION.match(form)) else "" for form in forms]
        fitting = [at for at, address in enumerate(stated) if action in address]
        if not fitting:
            raise CannotFill(f"{self.url}: no form for {action!r}, only {self.actions}")
        best = next((at for at in fitting if stated[at].endswith(action)), fitting[0])
        return FormParser(forms[best]).form

    def has_form(self, action: str) -> bool:
        return any(action in stated for stated in self.actions)

    @property
    def actions(self) -> list[str]:
        return [unescape(action) for action in ACTION.findall(self.text)]

    def texts(self, class_name: str) -> list[str]:
        return [" ".join(text.split()) for text in TextsOfClass(self.text, class_name).found]

    def links(self, containing: str) -> list[str]:
        found = re.findall(r'href="([^"]*)"', self.text)
        return [unescape(link) for link in found if containing in unescape(link)]

    def search(self, pattern: str) -> str:
        """The first group of a pattern, or nothing."""
        match = re.search(pattern, self.text)
        return match.group(1) if match else ""

    @property
    def faults(self) -> list[str]:
        return [text for name in FAULT_CLASSES for text in self.texts(name)]
