"""Reads an HTML answer the way these tests ask about it: forms, messages, and what a strict policy would block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Attributes = dict[str, str]
FIRST_LINE_END = re.compile(r"\A\r?\n")  # which HTML does not count as part of a text
PRESSED = ("submit", "button", "image", "reset")
TYPED = ("text", "textarea", "email", "search", "tel", "url", "number", "date")


@dataclass
class Control:
    """One named field of a form; radio buttons and checkboxes of one name are one control."""

    name: str
    kind: str
    attributes: Attributes
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.values[-1] if self.values else ""

    @property
    def is_typed(self) -> bool:
        """Whether a person writes in it; passwords are never shown again and not counted."""
        return self.kind in TYPED and "hidden" not in self.attributes.get("class", "").split()

    @property
    def is_figure(self) -> bool:
        """Whether it asks for a number."""
        return self.kind == "number" or self.attributes.get("inputmode") in ("numeric", "decimal")


@dataclass
class FormMarkup:
    """One form as it stands on the page."""

    method: str
    action: str
    attributes: Attributes
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    asked_by_script: list[str] = field(default_factory=list)


class Markup(HTMLParser):
    """A parsed page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[FormMarkup] = []
        self.blocked: list[str] = []
        self.summary: list[str] = []
        self.messages: dict[str, str] = {}
        self.outside: list[str] = []
        self.read: list[str] = []
        self._open: list[tuple[str, Attributes]] = []
        self._control: Control | None = None
        self._is_date = False
        self.feed(text)
        self.close()

    @property
    def is_refusal(self) -> bool:
        """Whether the page says that something was wrong."""
        return bool(self.summary or self.messages)

    @property
    def controls(self) -> dict[str, Control]:
        """Every control of every form that posts."""
        posting = [form for form in self.forms if form.method == "post"]
        return {name: control for form in posting for name, control in form.controls.items()}

    # --- What the parser calls ----------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note a form, a field, or what the policy would block."""
        found = {name: value or "" for name, value in attrs}
        self._check(tag, found)
        if tag not in VOID:
            self._open.append((tag, found))
        self._is_date = self._is_date or "date-picker" in found.get("class", "")
        if tag != "form" and "hx-post" in found and self.forms:
            self.forms[-1].asked_by_script.append(found["hx-post"])
        start: Any = getattr(self, f"_start_{tag}", None)
        if start is not None:
            start(found)
        self.outside.extend(value for name, value in found.items() if (tag, name) not in OWN and name != "id")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; an end without a beginning is passed over."""
        if any(tag == open_tag for open_tag, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == "textarea" and self._control is not None:
            self._control.values = [FIRST_LINE_END.sub("", self._control.value)]
        if tag in ("textarea", "select"):
            self._control = None

    def handle_data(self, data: str) -> None:
        """Take text where it stands: in a field, in a message, or anywhere else."""
        if self._control is not None and self._control.kind == "textarea":
            self._control.values = [self._control.value + data]
            return
        self.outside.append(data)
        if data.strip():
            self.read.append(data.strip())
            self._message(data.strip())

    # --- Parts --------------------------------------------------------------------------------------

    def _check(self, tag: str, found: Attributes) -> None:
        inline = [name for name in found if name == "style" or name.startswith(("on", "hx-on"))]
        self.blocked.extend(f"<{tag} {name}={found[name]!r}>" for name in inline)
        if tag == "style" or (tag == "script" and not found.get("src") and found.get("type") not in DATA):
            self.blocked.append(f"<{tag}>")
        self.blocked.extend(v for n, v in found.items() if n in ("src", "href", "action") and is_script(v))

    def _message(self, text: str) -> None:
        for tag, found in reversed(self._open):
            classes = found.get("class", "").split()
            if "error-summary" in classes and self._open[-1][0] in ("li", "a"):
                self.summary.append(text)
            if "errornote" in classes:
                self.summary.append(text)
            if "form-error-message" in classes or (tag == "ul" and "errorlist" in classes):
                self.messages[self._place()] = text

    def _place(self) -> str:
        ids = [found["id"] for _, found in self._open if found.get("id", "").endswith("_error")]
        return ids[-1].removesuffix("_error") if ids else ""

    def _start_form(self, found: Attributes) -> None:
        self.forms.append(FormMarkup(found.get("method", "get").lower(), found.get("action", ""), found))

    def _start_button(self, found: Attributes) -> None:
        if found.get("type", "submit") == "submit" and self.forms:
            self.forms[-1].buttons.append((found.get("name", ""), found.get("value", "")))

    def _start_input(self, found: Attributes) -> None:
        kind = found.get("type", "text").lower()
        value = found.get("value", "on" if kind in ("radio", "checkbox") else "")
        if kind == "submit":
            self._start_button(found)
        if kind in PRESSED or not found.get("name"):
            return
        control = self._note(found, "date" if kind == "text" and self._is_date else kind)
        self._is_date = False
        if control is not None and kind in ("radio", "checkbox"):
            control.choices.append(value)
            control.values.extend([value] if "checked" in found else [])
        elif control is not None:
            control.values.append(value)

    def _start_textarea(self, found: Attributes) -> None:
        self._control = self._note(found, "textarea")

    def _start_select(self, found: Attributes) -> None:
        self._control = self._note(found, "multiple" if "multiple" in found else "select")

    def _start_option(self, found: Attributes) -> None:
        if self._control is not None:
            self._control.choices.append(found.get("value", ""))
            self._control.values.extend([found.get("value", "")] if "selected" in found else [])

    def _note(self, found: Attributes, kind: str) -> Control | None:
        inside = any(tag == "form" for tag, _ in self._open)
        if not inside or not found.get("name"):
            return None
        controls = self.forms[-1].controls
        return controls.setdefault(found["name"], Control(found["name"], kind, found))


VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
DATA = frozenset({"application/json", "application/ld+json"})
OWN = frozenset({("input", "value"), ("option", "value")})


def is_script(address: str) -> bool:
    """Whether an address would run something."""
    return address.strip().lower().startswith(("javascript:", "data:text/html", "vbscript:"))
