"""Files of every kind that is taken in, holding a given text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from core.pdf import pdf_from_html

RUN = "<w:r><w:t>{}</w:t></w:r>"
TYPES = {"[Content_Types]_xml": "<Types/>"}
OPEN = "application/vnd.oasis.opendocument"


def packed(**parts: str | bytes) -> bytes:
    """A zip file; double underscores in a name stand for a slash, and a single one before the ending for a dot."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return target.getvalue()


def docx(*runs: str, part: str = "word__document_xml", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A document of Word with one line, here or in another part."""
    body = word("".join(RUN.format(escape(run)) for run in runs))
    return packed(**{"word__document_xml": "<w:document xmlns:w='w'/>", part: body}, **TYPES, **(more or {}))


def word(line: str) -> str:
    """A part of a document with one line of markup."""
    return f'<w:document xmlns:w="w"><w:body><w:p>{line}</w:p></w:body></w:document>'


def xlsx(*values: str | int) -> bytes:
    """A spreadsheet with one row, as Excel writes it."""
    book, target = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(values)
    book.save(target)
    return target.getvalue()


def sheet(*values: str) -> bytes:
    """A spreadsheet with one row, as small as can be."""
    cells = "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in values)
    body = f'<x:worksheet xmlns:x="x"><x:row>{cells}</x:row></x:worksheet>'
    return packed(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=body, **TYPES)


def odt(line: str) -> bytes:
    """A text document of OpenDocument with one line of markup."""
    return packed(mimetype=f"{OPEN}.text", content_xml=f'<t:body xmlns:t="t"><t:p>{line}</t:p></t:body>')


def ods(*values: str) -> bytes:
    """A spreadsheet of OpenDocument with one row."""
    cells = "".join(f"<t:table-cell><t:p>{escape(value)}</t:p></t:table-cell>" for value in values)
    content = f'<t:table xmlns:t="t"><t:table-row>{cells}</t:table-row></t:table>'
    return packed(mimetype=f"{OPEN}.spreadsheet", content_xml=content)


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with a text on each page."""
    shown = "".join(f"<p style='break-after: page; white-space: pre-wrap'>{escape(page)}</p>" for page in pages)
    made = pdf_from_html(f"<html lang='da'><head><title>T</title></head><body><h1>T</h1>{shown}</body></html>")
    return changed(made, lambda writer: writer.encrypt(password)) if password else made


def changed(made: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF with something done to it."""
    writer, target = PdfWriter(clone_from=BytesIO(made)), BytesIO()
    change(writer)
    writer.write(target)
    return target.getvalue()


def image(kind: str, size: tuple[int, int] = (4, 4), comment: str = "", *, is_packed: bool = False) -> bytes:
    """A picture of noise, with a note."""
    target, picture, note = BytesIO(), Image.effect_noise(size, 90), PngInfo()
    note.add_text("Comment", comment, zip=is_packed)
    how: dict[str, Any] = {"pnginfo": note} if kind == "PNG" else {"comment": comment}
    picture.save(target, kind, **how)
    return target.getvalue()


# Kind of file → how a text is put into one.
HOLDING: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "txt in UTF-8": ("a.txt", lambda text: text.encode()),
    "txt in UTF-8 with mark": ("a.txt", lambda text: text.encode("utf-8-sig")),
    "txt in UTF-16": ("a.txt", lambda text: text.encode("utf-16")),
    "txt in Windows-1252": ("a.txt", lambda text: text.encode("cp1252", "ignore")),
    "csv": ("a.csv", lambda text: f"navn;note\r\nEn;{text}\r\n".encode()),
    "docx": ("a.docx", lambda text: docx(text)),
    "docx in three runs": ("a.docx", lambda text: docx(text[:5], text[5:9], text[9:])),
    "xlsx": ("a.xlsx", lambda text: sheet("Navn", text)),
    "odt": ("a.odt", lambda text: odt(escape(text))),
    "ods": ("a.ods", lambda text: ods("Navn", text)),
}
