"""Geometry of the small SVG charts: numbers in, attributes out, so that no page needs a style."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 600


@dataclass(frozen=True)
class Bar:
    """One bar: what it says and where it stands. Positions are whole numbers, as text."""

    label: str
    value: Any
    width: str
    x: str = "0"
    kind: str = ""
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing's size and its bars."""

    bars: list[Bar]
    width: str = str(WIDTH)


def bars(rows: Sequence[tuple[str, Any] | tuple[str, Any, str]]) -> Chart:
    """Horizontal bars, the longest as wide as the drawing; a missing value draws none. A third item is an address."""
    longest = max((float(value or 0) for _, value, *_ in rows), default=0) or 1
    drawn = [
        Bar(label, value, _whole(WIDTH * float(value or 0) / longest), url="".join(url)) for label, value, *url in rows
    ]
    return Chart(drawn)


def shares(rows: Sequence[tuple[str, Any, str]]) -> Chart:
    """Parts of one bar side by side; the widths add up to the whole."""
    total = sum(float(value or 0) for _, value, _ in rows) or 1
    drawn, left = [], 0.0
    for label, value, kind in rows:
        width = WIDTH * float(value or 0) / total
        drawn.append(Bar(label, value, _whole(width), _whole(left), kind))
        left += width
    return Chart(drawn)


def _whole(number: float) -> str:
    return str(round(number))
