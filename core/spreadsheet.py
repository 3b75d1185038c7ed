"""One writer for all spreadsheets: strings stay strings, so that no cell is ever a formula."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Generic, TypeAlias, TypeVar

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Row = TypeVar("Row")
Value = str | int | Decimal | float | bool | date | datetime | None
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Streamed: TypeAlias = Any  # the stubs of openpyxl know neither streamed sheets
Cell: TypeAlias = Any  # nor what a cell can hold


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its title, how a row gives its value, and its width in characters."""

    title: str
    value: Callable[[Row], Value | object]
    width: int = 20


def workbook(title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> bytes:
    """Give an .xlsx file with one sheet: a header that stays in view, then one line per row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:31] or "Ark1")
    _lay_out(sheet, columns)
    sheet.append([_header(sheet, column.title) for column in columns])
    last = 1
    for last, row in enumerate(rows, start=2):  # noqa: B007 - the number of the last line is used below
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a book with several: its name, the titles of its columns, their widths, and lines of values."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[int] = ()


def book_of(sheets: Iterable[Sheet]) -> bytes:
    """Give an .xlsx file with several sheets, each with a header that stays in view.

    Raises ValueError when two sheets have the same name.
    """
    book = Workbook(write_only=True)
    for given in sheets:
        title = _NOT_IN_TITLES.sub(" ", given.title)[:31]
        if title in book.sheetnames:
            raise ValueError(f"two sheets are called {title}")
        _fill(book.create_sheet(title), given)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Streamed, given: Sheet) -> None:
    sheet.freeze_panes = "A2"
    for number, width in enumerate(given.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_header(sheet, title) for title in given.heads])
    for row in given.rows:
        sheet.append([_cell(sheet, value) for value in row])


def csv_text(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> str:
    """Give a text a Danish spreadsheet opens as it is: semicolons, byte-order mark, decimal comma."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column.title) for column in columns])
    writer.writerows([_written(column.value(row)) for column in columns] for row in rows)
    return "\ufeff" + target.getvalue()


def _lay_out(sheet: Streamed, columns: Sequence[Column[Row]]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _header(sheet: Streamed, title: str) -> Cell:
    cell = _cell(sheet, title)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Streamed, value: object) -> Cell:
    plain = _plain(value)
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = plain
    if isinstance(plain, str):
        cell.data_type = "s"  # openpyxl would take a leading "=" for a formula
    elif isinstance(plain, datetime):
        cell.number_format = "dd.mm.yyyy hh:mm"
    elif isinstance(plain, date):
        cell.number_format = "dd.mm.yyyy"
    return cell


def _plain(value: object) -> Value:
    match value:
        case None | date() if not isinstance(value, datetime):
            return value
        case bool():
            return "ja" if value else "nej"
        case int() | float() | Decimal():
            return value
        case datetime():
            return timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
        case _:
            return _NOT_IN_XML.sub("", str(value))[:LONGEST_CELL]


def _written(value: object) -> str:
    match plain := _plain(value):
        case None:
            return ""
        case datetime():
            return plain.strftime("%d.%m.%Y %H:%M")
        case date():
            return plain.strftime("%d.%m.%Y")
        case int() | float() | Decimal():
            return str(plain).replace(".", ",")
        case _:
            return _harmless(str(plain))


def _harmless(text: str) -> str:
    """A leading apostrophe tells spreadsheets that what follows is text."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) else text
