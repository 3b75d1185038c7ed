"""The text inside documents of an office: every XML part of the package, and of the packages inside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from core.filekinds import MOST_UNPACKED, Embedded, TooLarge, Unreadable

APART = " og "  # set between two cells or paragraphs: letters stand between them, so they make no number together
A_PART = 1_000  # what a part counts for beside its size, so that many small ones are too large as well
XML = (".xml", ".rels", ".vml", ".svg", ".rdf", ".psmdcp")
PACKED = (".docx", ".xlsx", ".odt", ".ods")
TEXTLESS = (
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".webp", ".ico", ".ttf",
    ".otf", ".odttf", ".fntdata",
)  # fmt: skip
TEXTLESS_PLACES = ("mimetype", "layout-cache", "ObjectReplacements/", "xl/printerSettings/", "word/printerSettings/")

# Elements that stand inside a line of text; any other is a text of its own.
INLINE = frozenset({
    "r", "t", "delText", "hyperlink", "ins", "del", "moveFrom", "moveTo", "smartTag", "customXml", "sdt", "sdtContent",
    "fldSimple", "fld", "dir", "bdo", "ruby", "rubyBase", "rt", "span", "a", "meta", "meta-field", "user-defined",
    "text-input", "placeholder", "variable-get", "variable-set", "user-field-get", "user-field-input", "hidden-text",
    "conditional-text", "bookmark-ref", "reference-ref", "sequence", "expression", "database-display", "date", "time",
})  # fmt: skip
GAPS = frozenset({"tab", "ptab", "br", "cr", "noBreakHyphen", "s", "line-break"})
LINES = frozenset({"p", "h", "si"})
REMOVED = "delText"
WRITTEN = frozenset({
    "descr", "title", "name", "author", "initials", "tooltip", "display", "Target", "href", "alias", "tag", "val", "v",
    "prompt", "promptTitle", "error", "errorTitle", "string-value", "value", "label",
})  # fmt: skip
_KEY = re.compile(r"_(?:Toc|Ref|Hlk)[0-9_]+")  # made by Word for its own links


def of_office(content: bytes) -> Iterator[str]:
    """Give the texts of a packed document. Raises TooLarge, Unreadable, Embedded, and what zipfile and lxml raise."""
    waiting, left = [content], MOST_UNPACKED
    while waiting:
        with zipfile.ZipFile(BytesIO(waiting.pop())) as archive:
            left -= sum(part.file_size + A_PART for part in archive.infolist())
            if left < 0:
                raise TooLarge("package")
            for part in archive.infolist():
                name = part.filename.lower()
                if name.endswith(XML):
                    with archive.open(part) as opened:
                        yield APART.join(pieces(opened))
                elif name.endswith(PACKED):
                    waiting.append(archive.read(part))
                elif not is_textless(part):
                    raise Embedded("package")


def is_textless(part: zipfile.ZipInfo) -> bool:
    """Whether a part is known to hold no text: a folder, a picture, a font, the settings of a printer."""
    known = part.filename.lower().endswith(TEXTLESS) or part.filename.startswith(TEXTLESS_PLACES)
    return known or part.is_dir() or not part.file_size


def pieces(xml: IO[bytes]) -> list[str]:
    """Return the texts of one XML part; the runs of one line are joined as they are read. Its tree is not kept."""
    if not (first := xml.read(1 << 16)):
        return []
    parser = etree.XMLParser(target=Pieces(), resolve_entities=False, no_network=True, huge_tree=False)
    while first:
        parser.feed(first)
        first = xml.read(1 << 16)
    found: list[str] = parser.close()
    return found


class Pieces:
    """Takes the parts of an XML text from the parser.

    A line is read in two ways: as it stands now, and with what was removed from it or hangs on it.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.open: list[tuple[list[str], list[str]]] = [([], [])]
        self.lines = 0
        self.element = ""

    def doctype(self, name: str, public: str, system: str) -> None:
        """A document that declares its own entities is none that an office has written. Raises Unreadable."""
        raise Unreadable("doctype")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element: its attributes that are written by people are texts of their own."""
        self.element = local = tag.rpartition("}")[2]
        for name, value in attributes.items():
            if name.rpartition("}")[2] in WRITTEN:
                self.found.append(_KEY.sub("", value))
        if local in GAPS:
            self.data(" ")
        if local not in INLINE:
            self.open.append(([], []))
            self.lines += local in LINES

    def data(self, text: str) -> None:
        """Take text."""
        now, ever = self.open[-1]
        ever.append(text)
        if self.element != REMOVED:
            now.append(text)

    def end(self, tag: str) -> None:
        """End an element; a text that ends with it is found."""
        self.element, local = "", tag.rpartition("}")[2]
        if local in INLINE:
            return
        now, ever = self.open.pop()
        if local == "instrText":
            now = ever = [_KEY.sub("", "".join(ever))]
        self.lines -= local in LINES
        if self.lines:
            self.open[-1][1].extend(ever)
        readings = ["".join(now)] if local not in LINES or now == ever else ["".join(now), "".join(ever)]
        self.found.extend(text for text in readings if text.strip())

    def comment(self, text: str) -> None:
        """Take a comment."""
        self.found.append(text)

    def close(self) -> list[str]:
        """Return what was found."""
        return self.found
