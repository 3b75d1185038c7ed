"""Filtyper: what an uploaded file is by its content; the name only has to agree with it."""

from __future__ import annotations

import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

import filetype  # type: ignore[import-untyped]

OFFICE, OPEN = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"
MOST_UNPACKED, MOST_PARTS = 60_000_000, 5_000
MACROS = ("vbaproject.bin", "vbadata.xml", "/scripts/", "basic/")


class Unreadable(Exception):
    """A file says that it holds text, and the text cannot be read."""


class Embedded(Unreadable):
    """Another file lies inside a file, and it cannot be read."""


class TooLarge(Exception):
    """A file becomes too large when it is opened, whatever little it fills now."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken in: its content type and the endings a name may have."""

    code: str
    content_type: str
    endings: tuple[str, ...]


KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", "application/pdf", (".pdf",)),
        FileKind("docx", f"{OFFICE}.wordprocessingml.document", (".docx",)),
        FileKind("xlsx", f"{OFFICE}.spreadsheetml.sheet", (".xlsx",)),
        FileKind("odt", f"{OPEN}.text", (".odt",)),
        FileKind("ods", f"{OPEN}.spreadsheet", (".ods",)),
        FileKind("png", "image/png", (".png",)),
        FileKind("jpg", "image/jpeg", (".jpg", ".jpeg")),
        FileKind("txt", "text/plain; charset=utf-8", (".txt",)),
        FileKind("csv", "text/csv; charset=utf-8", (".csv",)),
    )
}
PLAIN = ("txt", "csv")
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_of(name: str, content: bytes) -> FileKind | None:
    """Return what a file is, or None when it is nothing that is taken in, or its name says something else.

    Raises TooLarge.
    """
    kind = KINDS.get(code_of(name, content))
    return kind if kind and PurePath(name).suffix.lower() in kind.endings else None


def code_of(name: str, content: bytes) -> str:
    """Return the code of the kind by content; an empty text for anything unknown."""
    if content.startswith(b"PK"):
        return packed(content)
    guess = filetype.guess(content)
    if guess is not None:
        return str(guess.extension)
    text, ending = as_text(content), PurePath(name).suffix.lower().removeprefix(".")
    return ending if ending in PLAIN and text is not None and is_plain(text) else ""


def packed(content: bytes) -> str:
    """Return what a zip file is: a document of an office without macros; else an empty text. Raises TooLarge."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TooLarge("package")
            names = {part.filename for part in parts}
            if any(macro in name.lower() for name in names for macro in MACROS):
                return ""
            return office_kind(archive, names)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return ""


def office_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Return the kind of an office document by the parts it must have."""
    if "[Content_Types].xml" in names:
        return next((code for part, code in MAIN_PARTS.items() if part in names), "")
    if {"mimetype", "content.xml"} <= names:
        said = archive.read("mimetype")[:200].decode("ascii", "ignore").strip()
        return next((code for code in ("odt", "ods") if KINDS[code].content_type == said), "")
    return ""


def as_text(content: bytes) -> str | None:
    """Return the text of a plain file: UTF-16 with its mark, UTF-8, else as Windows writes it; None for no text."""
    marked = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but what one can read: no control characters but tabs and line breaks."""
    return all(char >= " " or char in "\t\r\n\f" for char in text)
