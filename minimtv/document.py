"""The mini-MTV as a reader meets it: numbered questions in parts, live or frozen, with its holes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.freeze import digest
from core.patients import PatientCount


@dataclass(frozen=True)
class Given:
    """What was answered to one question: a text, or »ikke relevant« with a reason."""

    text: str = ""
    not_relevant: bool = False
    reason: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether it counts: a text, or a reason why the question is not relevant."""
        return bool(self.reason.strip() if self.not_relevant else self.text.strip())

    @property
    def tidy(self) -> Given:
        """The same answer with one kind of line break and no blanks at the ends."""
        return Given(self.text.replace("\r\n", "\n").strip(), self.not_relevant, self.reason.strip())

    @property
    def mark(self) -> str:
        """A short mark of exactly this answer: a page sends back which one it showed (optimistic lock)."""
        return digest([self.text, self.not_relevant, self.reason])[:16]


Row = dict[str, Any]
WIDE = 5  # columns


@dataclass(frozen=True)
class Rows:
    """The rows of one table; a value is a text, a date, a figure, a number of patients or None."""

    rows: tuple[Row, ...] = ()

    @property
    def tidy(self) -> Rows:
        """The same rows; they are tidy as a form or the database gives them."""
        return self

    @property
    def plain(self) -> list[dict[str, Any]]:
        """The rows as JSON keeps them, one form for the same value."""
        return [{name: plain(value) for name, value in row.items()} for row in self.rows]

    @property
    def mark(self) -> str:
        """A short mark of exactly these rows, as an answer has one."""
        return digest(self.plain)[:16]


Entry = Given | Rows


def plain(value: Any) -> Any:
    """Return a value of a table as JSON keeps it: 16.5 and 16.50 are the same, a patient count is its wording."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, PatientCount):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class ShownTable:
    """A table to read, beside a question: caption, columns, rows of texts, sums, and a line that explains it."""

    question: str
    caption: str
    columns: list[dict[str, Any]]
    rows: list[list[str]]
    foot: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of the page."""
        return len(self.columns) > WIDE

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version."""
        return asdict(self)


@dataclass(frozen=True)
class Item:
    """One question with its answer."""

    number: int
    key: str
    label: str
    given: Given

    @property
    def hole(self) -> str:
        """What is missing, in Danish; empty when it is answered."""
        if self.given.is_answered:
            return ""
        return "Skriv, hvorfor spørgsmålet ikke er relevant" if self.given.not_relevant else "Ikke besvaret"


@dataclass(frozen=True)
class Section:
    """One of the five parts."""

    order: int
    key: str
    title: str
    intro: str
    items: tuple[Item, ...]

    @property
    def holes(self) -> int:
        """How many of its questions are not answered."""
        return sum(1 for item in self.items if item.hole)


@dataclass(frozen=True)
class Document:
    """The whole mini-MTV."""

    title: str
    sections: tuple[Section, ...]

    @property
    def items(self) -> list[Item]:
        """All questions in order."""
        return [item for section in self.sections for item in section.items]

    @property
    def unanswered(self) -> list[Item]:
        """The questions that are not answered."""
        return [item for item in self.items if item.hole]

    @property
    def answers(self) -> dict[str, Given]:
        """The answers by question key."""
        return {item.key: item.given for item in self.items}

    def section(self, order: int) -> Section | None:
        """Return a part by its place, counted from 1."""
        return next((section for section in self.sections if section.order == order), None)

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version; `from_content` reads it back."""
        return asdict(self)


def from_content(content: dict[str, Any]) -> Document:
    """Read a frozen version back, exactly as it was signed off."""
    sections = (read_section(section) for section in content["sections"])
    return Document(content["title"], tuple(sections))


def read_section(data: dict[str, Any]) -> Section:
    """Read one frozen part."""
    items = tuple(Item(**item | {"given": Given(**item["given"])}) for item in data["items"])
    return Section(**data | {"items": items})


def listed(numbers: Iterable[int]) -> str:
    """Return question numbers as »3, 8, 9«."""
    return ", ".join(str(number) for number in numbers)
