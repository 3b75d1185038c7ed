"""What people write is text and nothing else in PDFs, spreadsheets and mails, and reaches nothing outside."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core import mail
from django.utils.timezone import now
from openpyxl import load_workbook
from pypdf import PdfReader

from core.assets import AssetRefused
from core.pdf import pdf_from_html, render_pdf
from core.pdftext import of_pdf
from notifications.actions import send_waiting
from notifications.models import Notice
from portfolio.annual.reports.chapters import report_of
from portfolio.annual.reports.excel import excel_of
from portfolio.annual.tasks import TEMPLATE
from portfolio.models import AnnualStatus
from tests.pages.catalogue import places
from tests.pages.forms import body_of
from tests.pages.fuzzing import FULL
from tests.pages.outside import Outside, outside
from tests.pages.payloads import FORMULAS, MARKUP, RUN, TEMPLATES, plant
from tests.pages.places import Kind
from tests.pages.region import Region, undone

pytestmark = pytest.mark.django_db
PDF = "application/pdf"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIGURE = re.compile(r"-?\d+(,\d+)?")


@pytest.fixture
def beyond(tmp_path: Path) -> Iterator[Outside]:
    """A listener and a file that nothing may reach."""
    with outside(tmp_path) as place:
        yield place


def edition(region: Region) -> AnnualStatus:
    """An edition of the annual status as it is stored now."""
    return AnnualStatus.objects.get(pk=region.editions["made"].pk)


def downloads(region: Region, kind: str) -> Iterator[tuple[str, bytes]]:
    """The files of a content type, each route once; those that a job makes are left out."""
    seen = set[str]()
    for place in places(Kind.DOWNLOAD):
        is_meant = (kind == PDF) == place.route.endswith("_pdf") and not place.route.startswith("portfolio:annual")
        if is_meant and place.route not in seen:
            answer = region.browser(place.role).get(place.url(region))
            content = body_of(answer)
            if answer.headers["Content-Type"].startswith(kind):
                seen.add(place.route)
                yield str(place), content


def test_the_listener_and_the_file_tell_when_they_are_reached(beyond: Outside) -> None:
    assert beyond.reached() == []
    with pytest.raises(HTTPError) as refusal:
        urlopen(f"{beyond.address}/planted.png")  # noqa: S310 – the test's own listener
    refusal.value.close()
    beyond.file.read_text()
    assert beyond.reached() == ["/planted.png", "opened planted.css"]


def test_planted_texts_stay_as_they_are_in_pdfs_and_reach_nothing(region: Region, beyond: Outside) -> None:
    with undone():
        plant((*beyond.payloads, *TEMPLATES, *MARKUP))
        made = dict(downloads(region, PDF))
        made["annual status"] = render_pdf(TEMPLATE, report_of(edition(region)))
    said = {name: read(content) for name, content in made.items()}
    print(f"\n{len(made)} PDFs with planted texts, reached outside: {len(beyond.asked)}")  # noqa: T201
    assert beyond.reached() == []
    assert len(made) > 6
    assert [name for name, text in said.items() if "planted" not in text] == []
    assert [name for name, content in made.items() if RUN in " ".join(of_pdf(content))] == []
    together = "".join(" ".join(said.values()).split())
    assert [text for text in TEMPLATES if "".join(text.split()) not in together] == []


def read(content: bytes) -> str:
    """What the pages of a PDF say."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_texts_taken_for_markup_by_mistake_would_reach_nothing(beyond: Outside) -> None:
    refused, tried = 0, beyond.payloads[:: 1 if FULL else 3]
    for payload in tried:
        try:
            made = pdf_from_html(f"<html lang='da'><head><title>T</title></head><body>{payload}</body></html>")
        except AssetRefused:
            refused += 1
        else:
            assert b"EmbeddedFile" not in made, payload
    assert beyond.reached() == []
    assert refused > len(tried) / 2


def test_no_cell_of_any_spreadsheet_is_a_formula(region: Region) -> None:
    with undone():
        plant((*FORMULAS, *TEMPLATES))
        books = dict(downloads(region, "application/vnd.openxml"))
        tables = dict(downloads(region, "text/csv"))
        books["annual status"] = excel_of(report_of(edition(region)))
    cells = [(name, *cell) for name, content in books.items() for cell in cells_of(content)]
    texts = [(name, cell) for name, content in tables.items() for cell in table_cells(content)]
    starting = [text for _, kind, text in cells if kind == "s" and text.startswith(STARTS_A_FORMULA)]
    print(f"\n{len(books)} books, {len(tables)} tables, {len(starting)} texts that start as a formula")  # noqa: T201
    assert len(books) > 3 and len(tables) > 2 and len(starting) > 20  # noqa: PT018
    assert [cell for cell in cells if cell[1] == "f"] == []
    assert [name for name, content in books.items() if holds_formula(content)] == []
    assert [cell for cell in texts if cell[1].startswith(STARTS_A_FORMULA) and not FIGURE.fullmatch(cell[1])] == []
    assert any(cell.startswith("'=") for _, cell in texts)
    assert RUN not in f"{cells}{texts}"


def cells_of(content: bytes) -> Iterator[tuple[str, str]]:
    """The kind and the text of every cell."""
    for sheet in load_workbook(BytesIO(content)).worksheets:
        yield from ((cell.data_type, str(cell.value)) for row in sheet.iter_rows() for cell in row)


def table_cells(content: bytes) -> Iterator[str]:
    """Every cell of a CSV file."""
    for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
        yield from row


def holds_formula(content: bytes) -> bool:
    """Whether any part of a book holds one."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(re.search(rb"<(\w+:)?f[ >/]", archive.read(name)) for name in archive.namelist() if "sheet" in name)


def test_planted_texts_stay_as_they_are_in_mails(region: Region) -> None:
    with undone():
        texts = (*TEMPLATES, *MARKUP, "planted\r\nBcc: planted@test.invalid\r\n\r\n<b>")
        plant(texts)
        Notice.objects.update(sent_at=None, next_attempt_at=now())
        assert send_waiting(60) == 60
    sent = mail.outbox[-60:]
    assert all(message.content_subtype == "plain" and not getattr(message, "alternatives", None) for message in sent)
    written = [message.message() for message in sent]
    assert all(len(message.recipients()) == 1 for message in sent)
    assert [message for message in written if message["Bcc"] or message.is_multipart()] == []
    bodies = "\n".join(str(message.body) for message in sent)
    assert RUN not in bodies
    assert [text for text in texts if " ".join(text.split()) not in " ".join(bodies.split())] == []
