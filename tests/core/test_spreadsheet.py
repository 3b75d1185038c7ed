"""Spreadsheets: text is text, whatever it begins with."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.spreadsheet import Column, csv_text, workbook

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A0"]
TEXT: list[Column[str]] = [Column("Tekst", lambda row: row, 30)]


def cells(content: bytes) -> list[list[tuple[object, str]]]:
    sheet = load_workbook(BytesIO(content)).active
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert cells(workbook("Ark", TEXT, [text]))[1] == [(text, "s")]


def test_a_title_cannot_become_a_formula() -> None:
    columns: list[Column[str]] = [Column("=1+1", lambda row: row)]
    assert cells(workbook("=x/[y]", columns, []))[0] == [("=1+1", "s")]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_starts_a_formula_in_a_csv(text: str) -> None:
    line = csv_text(TEXT, [text]).split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


def test_figures_dates_and_texts_keep_their_kind() -> None:
    values = [1, Decimal("2.50"), date(2026, 1, 2), datetime(2026, 1, 2, 11, 0, tzinfo=UTC), True, None, "x"]
    row = cells(workbook("Ark", [Column(str(n), lambda row, n=n: row[n]) for n in range(7)], [values]))[1]  # type: ignore[misc]
    assert [kind for _, kind in row] == ["n", "n", "d", "d", "s", "n", "s"]
    assert row[3][0] == datetime(2026, 1, 2, 12, 0)  # noqa: DTZ001 - Danish time, as cells hold it
    assert [row[4][0], row[5][0]] == ["ja", None]


def test_characters_no_file_can_hold_are_left_out() -> None:
    assert cells(workbook("Ark", TEXT, ["a\x00b\x0bc\ud800"]))[1] == [("abc", "s")]


def test_a_csv_is_opened_rightly_by_a_danish_spreadsheet() -> None:
    columns: list[Column[tuple[str, object]]] = [
        Column("Kommune", lambda row: row[0]),
        Column("Beløb", lambda row: row[1]),
    ]
    text = csv_text(columns, [("Ærø; øst", Decimal("1.5")), ("Samsø", date(2026, 1, 2)), ("Læsø", -3)])
    assert text == '\ufeffKommune;Beløb\r\n"Ærø; øst";1,5\r\nSamsø;02.01.2026\r\nLæsø;-3\r\n'


def test_the_header_stays_in_view_with_the_stated_widths() -> None:
    sheet = load_workbook(BytesIO(workbook("Sager", TEXT, ["a", "b"]))).active
    assert sheet is not None
    assert sheet.title == "Sager"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == 30
    assert sheet.auto_filter.ref == "A1:A3"
