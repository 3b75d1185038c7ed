"""The building blocks of the report: chapters, sections, tables and bars, with numbers as Danes write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format

from core.patients import PatientCount

NUMBER, TEXT = True, False
WHOLE = 20  # rows that are kept on one page
FEW = 4  # columns that leave the first one wide


def figure(value: float) -> str:
    """Return a number in Danish: 1.234 or 3,5."""
    return str(number_format(value, decimal_pos=0 if value == int(value) else 1, force_grouping=True))


def shown(value: object) -> str:
    """Return a cell as a reader sees it: numbers and days in Danish, a hole as a dash."""
    match value:
        case None:
            return "–"
        case date():
            return f"{value:%d.%m.%Y}"
        case int() | float():
            return figure(value)
        case _:
            return str(value)


def many(value: float, one: str, more: str) -> str:
    """Return a number with its noun: »1 sag«, »2 sager«."""
    return f"{figure(value)} {one if value == 1 else more}"


def interval(low: int | None, high: int | None) -> str:
    """Return a number of patients: »12«, »12–15« or »ukendt«."""
    return str(PatientCount(low, high))


def long_date(day: date) -> str:
    """Return a day as »31. december 2026«."""
    return date_format(day, "j. F Y")


@dataclass(frozen=True)
class Chart:
    """Bars with a text that says the same to those who do not see them."""

    title: str
    unit: str
    label_head: str
    rows: list[tuple[str, float]]

    @property
    def alt(self) -> str:
        """The chart read aloud."""
        said = "; ".join(f"{label}: {figure(value)}" for label, value in self.rows)
        return f"Søjlediagram: {self.title}. {said}."

    @property
    def shown(self) -> list[tuple[str, float | int]]:
        """The rows as the page's chart takes them: whole numbers without decimals."""
        return [(label, int(value) if value == int(value) else value) for label, value in self.rows]

    @property
    def drawing(self) -> Drawing:
        """The chart as shapes for the PDF."""
        return drawn(self.rows)


@dataclass(frozen=True)
class Table:
    """A table: first column heads the rows. `charted` says that a chart on the page shows the same figures."""

    caption: str
    columns: list[dict[str, Any]]
    rows: Sequence[Sequence[object]]
    foot: Sequence[object] = ()
    charted: bool = False

    @property
    def texts(self) -> list[list[str]]:
        """The rows as a reader sees them."""
        return [[shown(value) for value in row] for row in self.rows]

    @property
    def foot_texts(self) -> list[str]:
        """The last line as a reader sees it."""
        return [shown(value) for value in self.foot]

    @property
    def shape(self) -> str:
        """How the PDF sets it: by its columns, and on one page unless it is long."""
        return f"{self.width} {'whole' if len(self.rows) <= WHOLE else 'long'}"

    @property
    def width(self) -> str:
        """Two columns, several columns of text, many columns, or a few with figures."""
        if len(self.columns) == 2:
            return "pair"
        if sum(not column["number"] for column in self.columns) > 1:
            return "prose"
        return "many" if len(self.columns) > FEW else "wide"


@dataclass(frozen=True)
class Section:
    """One figure of the report with its words: what it says, a chart and tables where there is anything to show."""

    heading: str
    lead: str
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()

    @property
    def chart_needs_title(self) -> bool:
        """Whether the chart's title does not stand above a table with the same figures."""
        return not any(table.charted for table in self.tables)


@dataclass(frozen=True)
class Chapter:
    """Sections that belong together; `code` names the secretariat's comment to them, `comment` is its text."""

    heading: str
    sections: tuple[Section, ...]
    code: str = ""
    comment: str = ""


def columns(*heads: tuple[str, bool]) -> list[dict[str, Any]]:
    """Return column heads; those with NUMBER stand to the right."""
    return [{"label": label, "number": number} for label, number in heads]


# --- Bars as shapes ---------------------------------------------------------------------------------

LABELS, BARS, FIGURE, LINE, LONGEST = 310, 330, 80, 24, 46


@dataclass(frozen=True)
class Shape:
    """One bar, its label and its figure; places are whole numbers, as text."""

    label: str
    figure: str
    y: str
    text_y: str
    width: str
    figure_x: str


@dataclass(frozen=True)
class Drawing:
    """A chart's size and shapes."""

    height: str
    shapes: list[Shape]
    bars_x: str = str(LABELS)
    width: str = str(LABELS + BARS + FIGURE)


def drawn(rows: Sequence[tuple[str, float]]) -> Drawing:
    """Lay out horizontal bars below each other, the longest as wide as there is room."""
    longest = max((value for _, value in rows), default=0) or 1
    shapes = [shape(place, label, value, round(BARS * value / longest)) for place, (label, value) in enumerate(rows)]
    return Drawing(str(LINE * len(rows)), shapes)


def shape(place: int, label: str, value: float, width: int) -> Shape:
    """Place one bar; a long label is cut, the table has it whole."""
    short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    top = LINE * place
    return Shape(short, figure(value), str(top + 4), str(top + 17), str(width), str(LABELS + width + 8))
