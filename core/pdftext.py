"""The text inside a PDF: its pages, and what is written beside them (fields, comments, descriptions, bookmarks)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject, TextStringObject

from core.filekinds import Embedded, TooLarge, Unreadable
from core.officetext import APART, pieces

MOST_PAGES, MOST_OBJECTS = 1_000, 500_000
IDENTITY = ("/Identity-H", "/Identity-V")
CODES = re.compile(rb"\d+\s+begincodespacerange.*?endcodespacerange", re.DOTALL)
TWO_BYTES = re.compile(rb"1\s+begincodespacerange\s*<0000>\s*<ffff>\s*endcodespacerange", re.IGNORECASE)
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every oddity in other people's files


def of_pdf(content: bytes) -> Iterator[str]:
    """Give the texts of a PDF. Raises Unreadable for a locked one, TooLarge, Embedded, and what pypdf raises."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Unreadable("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise TooLarge("pages")
    written = list(beside(reader))
    for page in reader.pages:
        yield page.extract_text()
    yield from written


def beside(reader: PdfReader) -> Iterator[str]:
    """Give every text among the objects of the file; streams are drawings and fonts, but for the description."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (key := (found.idnum, found.generation)) in seen:
                continue
            seen.add(key)
            found = found.get_object()
        if isinstance(found, TextStringObject):
            yield str(found)
        elif isinstance(found, ArrayObject):
            waiting.extend(found)
        elif isinstance(found, DictionaryObject):
            waiting.extend(value for name, value in dict.items(found) if name != "/ID")
            make_readable(found)
            yield from described(found)
    raise TooLarge("objects")


def described(found: DictionaryObject) -> Iterator[str]:
    """Give the text of a description in XML. Raises Embedded for a file inside the file."""
    if not isinstance(found, StreamObject):
        return
    if found.get("/Type") == "/EmbeddedFile":
        raise Embedded("pdf")
    if found.get("/Type") == "/Metadata":
        yield APART.join(pieces(BytesIO(found.get_data().strip())))


def make_readable(found: DictionaryObject) -> None:
    """Let the letters of a font of numbered shapes be read by their names alone.

    pypdf cannot read a table of codes that the file brings along; where every code has two bytes, it says no more
    than the names do. Raises Unreadable for a font without names, or with codes of other lengths.
    """
    if found.get("/Subtype") != "/Type0" or "/Encoding" not in found:
        return
    coding: Any = found["/Encoding"]  # which follows a reference, as get does not
    if isinstance(coding, StreamObject):
        if not all(TWO_BYTES.fullmatch(codes) for codes in CODES.findall(coding.get_data()) or [b""]):
            raise Unreadable("font")
        found[NameObject("/Encoding")] = coding = NameObject(IDENTITY[0])
    if coding in IDENTITY and "/ToUnicode" not in found:
        raise Unreadable("font")
