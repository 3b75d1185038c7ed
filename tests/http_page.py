"""A page as a person reads it: its words, its links, and its forms, filled in as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.utils.timezone import localdate

Attributes = dict[str, str]
Given = str | Sequence[str]
PROSE = "Beskrevet i et par ord."
REFUSALS = {"error-summary", "form-error-message", "errornote", "errorlist"}
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass
class Option:
    """One radio button, tick box or line of a list, with the words beside it."""

    value: str
    label: str = ""


@dataclass
class Field:
    """One named field of a form, and what stands in it."""

    kind: str
    attributes: Attributes
    is_date: bool = False
    current: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)

    def chosen(self, given: Given) -> list[str]:
        """The values to send for what a person chose: options by their words or values; AssertionError for neither."""
        wanted = [given] if isinstance(given, str) else list(given)
        if not self.options:
            return wanted
        by_words = {option.value: option.value for option in self.options}
        by_words |= {option.label: option.value for option in self.options}
        assert by_words.keys() >= set(wanted), f"{wanted} is not among {sorted(by_words)}"
        return [by_words[word] for word in wanted]

    def sensible(self) -> list[str]:
        """What stands in the field, or else what a willing person would answer; a lone tick box is left alone."""
        if any(self.current) or self.kind in ("hidden", "password"):
            return self.current
        if self.options:
            several = self.kind != "checkbox" or len(self.options) > 1
            return [option.value for option in self.options if option.value][:1] if several else []
        if self.is_date:
            return [f"{localdate() + timedelta(days=120):%d.%m.%Y}"]
        is_figure = self.attributes.get("inputmode") in ("numeric", "decimal")
        is_short = "input-char-" in self.attributes.get("class", "")
        return ["12" if is_figure or is_short else PROSE]


@dataclass
class Form:
    """One form: where it goes, its fields, and its buttons by their words."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def answers(self, button: str, given: dict[str, Given]) -> list[tuple[str, str]]:
        """The pairs a browser would send; AssertionError for an answer to a field that is not there."""
        assert self.fields.keys() >= given.keys(), f"{sorted(given)} are not all among {sorted(self.fields)}"
        values = {
            name: found.chosen(given[name]) if name in given else found.sensible()
            for name, found in self.fields.items()
        }
        pairs = [(name, value) for name, chosen in values.items() for value in chosen]
        return [*pairs, *(pair for pair in [self.buttons[button]] if pair[0])]


class Page(HTMLParser):
    """An HTML answer: its words, links, forms, and what it refused."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.refusals: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, Attributes, int]] = []
        self._by_id: dict[str, Option] = {}
        self._field: Field | None = None
        self.feed(text)
        self.close()

    @property
    def words(self) -> str:
        """What the page says."""
        return " ".join("".join(self._words).split())

    def link(self, words: str) -> str:
        """The address of the first link with these words in it; AssertionError when there is none."""
        found = [href for said, href in self.links if words in said]
        assert found, f"no link »{words}« on {self.url}: {[said for said, _ in self.links]}"
        return urljoin(self.url, found[0])

    def form(self, button: str) -> Form:
        """The form with this button; AssertionError when there is none."""
        found = [form for form in self.forms if button in form.buttons]
        assert found, f"no button »{button}« on {self.url}: {[list(form.buttons) for form in self.forms]}"
        return found[0]

    # --- What the parser calls ----------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note where an element begins, and a form or a field."""
        found = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append((tag, found, len(self._words)))
        if tag == "form":
            self.forms.append(Form(found.get("method", "get").lower(), found.get("action", "")))
        elif tag == "input":
            self._input(found)
        elif tag in ("textarea", "select"):
            self._field = self._named(tag, found)
        elif tag == "option" and self._field is not None:
            self._option(self._field, found, "selected")

    def handle_endtag(self, tag: str) -> None:
        """Take the words of an element that ends; an end without a beginning is passed over."""
        if not any(tag == name for name, _, _ in self._open):
            return
        name, found, begun = self._open.pop()
        while name != tag:
            name, found, begun = self._open.pop()
        self._ended(tag, found, " ".join("".join(self._words[begun:]).split()))

    def handle_data(self, data: str) -> None:
        """Take words where they stand: in a text area they are its value."""
        if self._field is not None and self._field.kind == "textarea":
            self._field.current = ["".join(self._field.current) + data]
        elif not {"script", "style", "template"} & {tag for tag, _, _ in self._open}:
            self._words.append(data)

    # --- Parts --------------------------------------------------------------------------------------

    def _ended(self, tag: str, found: Attributes, words: str) -> None:
        if tag == "a" and found.get("href"):
            self.links.append((words, found["href"]))
        elif tag == "button" and found.get("type", "submit") == "submit" and self.forms:
            self.forms[-1].buttons[words] = (found.get("name", ""), found.get("value", ""))
        elif tag == "label" and found.get("for") in self._by_id:
            self._by_id[found["for"]].label = words
        elif tag == "option" and self._field is not None:
            self._field.options[-1].label = words
        elif tag == "textarea" and self._field is not None:
            self._field.current = ["".join(self._field.current).removeprefix("\n")]
        if tag in ("textarea", "select"):
            self._field = None
        if REFUSALS & set(found.get("class", "").split()) and words:
            self.refusals.append(words)

    def _input(self, found: Attributes) -> None:
        kind = found.get("type", "text").lower()
        if kind == "submit":
            self.forms[-1].buttons[found.get("value", "")] = (found.get("name", ""), found.get("value", ""))
        named = None if kind in ("submit", "button", "reset", "image") else self._named(kind, found)
        if named is not None and kind in ("radio", "checkbox"):
            self._option(named, found, "checked")
        elif named is not None:
            named.current.append(found.get("value", ""))

    def _named(self, kind: str, found: Attributes) -> Field | None:
        is_inside = any(tag == "form" for tag, _, _ in self._open)
        if not is_inside or not found.get("name") or "disabled" in found:
            return None
        is_date = any("date-picker" in around.get("class", "") for _, around, _ in self._open)
        return self.forms[-1].fields.setdefault(found["name"], Field(kind, found, is_date))

    def _option(self, named: Field, found: Attributes, sign: str) -> None:
        option = Option(found.get("value", "on"))
        named.options.append(option)
        self._by_id[found.get("id", "")] = option
        named.current.extend([option.value] if sign in found else [])
