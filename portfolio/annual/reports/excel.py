"""The report as a spreadsheet: a front sheet, then one sheet per table with numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from core.patients import PatientCount
from core.spreadsheet import Sheet, book_of
from portfolio.annual.reports.layout import Chapter, Table

NAME, TEXT_WIDTH, NUMBER_WIDTH = 31, 44, 16


def excel_of(report: dict[str, Any]) -> bytes:
    """Return the spreadsheet of an edition, from what `report_of` gives."""
    return book_of([front(report), *numbered(tables(report)), definitions(report)])


def front(report: dict[str, Any]) -> Sheet:
    """The front page: which edition it is, the recommendation, the five figures, the texts, and what sheets follow."""
    status = report["status"]
    rows: list[tuple[object, object]] = [
        ("År", str(status.year)), ("Udgave", f"{status.edition} ({status.kind_words})"),
        ("Tallene gælder", report["period"]), ("Opgørelsesdato", status.counted_to),
        ("Indstilling", status.recommendation), ("Sammenfatning", status.summary),
        *((item["label"], item["value"]) for item in report["key_figures"]),
        *((chapter.heading, chapter.comment) for chapter in report["chapters"] if chapter.comment),
        *((f"Ark {number}", table.caption) for number, table in tables(report)),
        ("Tallenes kontrolsum (SHA-256)", status.facts_sha256),
    ]  # fmt: skip
    return Sheet("Forside", ("Årlig status", str(status.year)), rows, (TEXT_WIDTH, 100))


def tables(report: dict[str, Any]) -> Iterator[tuple[str, Table]]:
    """Every table with its number: chapter and place in it; the lines about single cases last."""
    found: list[Chapter] = report["chapters"]
    for number, chapter in enumerate(found, start=1):
        held = (table for section in chapter.sections for table in section.tables)
        yield from ((f"{number}.{place}", table) for place, table in enumerate(held, start=1))
    if report["appendix"]:
        yield from ((f"{len(found) + 1}.1", table) for table in report["appendix"].tables)


def numbered(found: Iterator[tuple[str, Table]]) -> Iterator[Sheet]:
    """A sheet per table."""
    for number, table in found:
        heads = [str(column["label"]) for column in table.columns]
        rows = [[plain(value) for value in row] for row in [*table.rows, table.foot] if row]
        widths = [NUMBER_WIDTH if column["number"] else TEXT_WIDTH for column in table.columns]
        yield Sheet(sheet_name(number, table), heads, rows, widths)


def sheet_name(number: str, table: Table) -> str:
    """The number of a table with as many whole words of its caption as a sheet's name has room for."""
    return shorten(f"{number} {table.caption}", NAME, placeholder=" …")


def plain(value: object) -> object:
    """A number of patients as a number, unless it is an interval or unknown."""
    if isinstance(value, PatientCount):
        return value.low if value.low is not None and value.low == value.high else str(value)
    return value


def definitions(report: dict[str, Any]) -> Sheet:
    """What every figure means."""
    rows = [(item.term, item.text) for item in report["facts"].definitions]
    return Sheet("Definitioner", ("Tal", "Sådan er det gjort op"), rows, (TEXT_WIDTH, 120))
