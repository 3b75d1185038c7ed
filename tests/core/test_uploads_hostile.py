"""Files made to hide something or to do harm: found, or refused with a message that says what to do."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, TextStringObject

from core.filekinds import MOST_PARTS, MOST_UNPACKED
from core.uploads import CANNOT_BE_READ, HOLDS_ANOTHER, HOLDS_CPR, OPENS_TOO_LARGE
from tests.core.documents import OPEN, TYPES, changed, docx, image, ods, odt, packed, pdf, sheet, word, xlsx
from tests.core.test_uploads import take

pytestmark = pytest.mark.django_db
CPR = "010190-1234"
NOT_TAKEN = "Filen kan ikke bruges som bilag."


def in_word(line: str) -> bytes:
    """A document of Word with one line of markup."""
    return packed(word__document_xml=word(line), **TYPES)


# --- Where a number may hide ------------------------------------------------------------------------------

WORD: dict[str, bytes] = {
    "header": docx(CPR, part="word__header1_xml"),
    "footnote": docx(CPR, part="word__footnotes_xml"),
    "comment": docx(CPR, part="word__comments_xml"),
    "description": docx("Hej", more={"docProps__core_xml": f"<c:p xmlns:c='c'><c:title>{CPR}</c:title></c:p>"}),
    "address of a link": docx("Hej", more={"word___rels__d.xml.rels": f"<R><L Target='mailto:{CPR}@x.dk'/></R>"}),
    "text behind a picture": in_word(f"<w:r><w:drawing descr='Om {CPR}'/></w:r>"),
    "name of a field": in_word(f"<w:sdt><w:alias w:val='{CPR}'/></w:sdt>"),
    "after a tab": in_word(f"<w:r><w:t>7</w:t><w:tab/><w:t>{CPR}</w:t></w:r>"),
    "before a line break": in_word(f"<w:r><w:t>{CPR}</w:t><w:br/><w:t>5678</w:t></w:r>"),
    "around removed text": in_word("<w:r><w:t>010190-</w:t><w:delText>9</w:delText><w:t>1234</w:t></w:r>"),
    "removed text": in_word(f"<w:del><w:r><w:delText>{CPR}</w:delText></w:r></w:del>"),
    "half removed": in_word("<w:r><w:delText>010190</w:delText></w:r><w:ins><w:r><w:t>-1234</w:t></w:r></w:ins>"),
    "box beside the line": in_word(f"<w:r><w:t>7</w:t><w:box><w:p><w:r><w:t>{CPR}</w:t></w:r></w:p></w:box></w:r>"),
    "unknown element": in_word("<w:r><w:t>0101</w:t></w:r><w:new><w:t>90-12</w:t></w:new><w:r><w:t>34</w:t></w:r>"),
    "a sheet inside": docx("Hej", more={"word__embeddings__Ark.xlsx": sheet(CPR)}),
    "in two packages": docx(
        "Hej", more={"word__embeddings__A.docx": docx("Hej", more={"word__embeddings__B.xlsx": sheet(CPR)})}
    ),
    "markup comment": in_word(f"<!-- {CPR} -->"),
}  # fmt: skip
SHEETS: dict[str, bytes] = {
    "figure": xlsx(3112009999),
    "figure without its nought": xlsx(101901234),
    "name of a sheet": packed(
        xl__workbook_xml=f"<w><s name='{CPR}'/></w>", xl__worksheets__sheet1_xml="<w/>", **TYPES
    ),
    "summary of a table": packed(xl__workbook_xml="<w/>", xl__pivot_xml=f"<p><s v='{CPR}'/></p>", **TYPES),
}


@pytest.mark.parametrize("place", WORD)
def test_rule_17_a_number_is_found_in_every_part_of_a_document(place: str) -> None:
    assert take("a.docx", WORD[place]) == HOLDS_CPR


@pytest.mark.parametrize("place", SHEETS)
def test_rule_17_a_number_is_found_in_every_part_of_a_spreadsheet(place: str) -> None:
    assert take("a.xlsx", SHEETS[place]) == HOLDS_CPR


def test_rule_17_a_number_is_found_in_the_parts_of_open_documents() -> None:
    meta = f"<m:title xmlns:m='m'>{CPR}</m:title>"
    parts = {"mimetype": f"{OPEN}.text", "content_xml": "<t/>", "meta_xml": meta}
    assert take("a.odt", packed(**parts)) == HOLDS_CPR
    assert take("a.odt", odt(f"7<t:tab/>{CPR}<t:s/>56")) == HOLDS_CPR
    assert take("a.odt", odt("0101<t:span>90-12</t:span>34")) == HOLDS_CPR
    assert take("a.ods", ods("101901234")) == HOLDS_CPR
    assert take("a.csv", b"navn;nr\nEn;101901234\n") == HOLDS_CPR


def annotated(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=f"Om {CPR}", rect=(50, 50, 200, 100)))


def described(writer: PdfWriter) -> None:
    writer.add_metadata({"/Subject": CPR})


def bookmarked(writer: PdfWriter) -> None:
    writer.add_outline_item(title=CPR, page_number=0)


def field_filled(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = TextStringObject(CPR)


@pytest.mark.parametrize("change", [annotated, described, bookmarked, field_filled])
def test_rule_17_a_number_is_found_beside_the_pages_of_a_pdf(change: Callable[[PdfWriter], None]) -> None:
    assert take("a.pdf", changed(pdf("Hej"), change)) == HOLDS_CPR


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_rule_17_a_number_in_the_description_of_a_picture_is_found(kind: str) -> None:
    name = "a.png" if kind == "PNG" else "a.jpg"
    assert take(name, image(kind, comment=f"Om {CPR}")) == HOLDS_CPR
    assert take(name, image(kind, comment=f"Om {CPR}", is_packed=True)) == HOLDS_CPR
    assert take(name, image(kind, comment="Trin 2")).startswith("image/")


def test_figures_of_neighbouring_cells_and_lines_make_no_number() -> None:
    assert take("a.xlsx", xlsx("10", 12, "25", "1030")).endswith("sheet")
    assert take("a.ods", ods("10", "12", "25", "1030")).endswith("spreadsheet")
    assert take("a.csv", b"januar;februar;marts;i alt\n10;12;25;1030\n").startswith("text/csv")
    assert take("a.csv", b"januar,februar,marts,i alt\n10,12,25,1030\n").startswith("text/csv")
    row = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("10", "12", "25", "1030"))
    table = f"<w:document xmlns:w='w'><w:tr>{row}</w:tr></w:document>"
    assert take("a.docx", packed(word__document_xml=table, **TYPES)).endswith("document")
    assert take("a.docx", in_word("<w:instrText> PAGEREF _Toc1012251234 \\h </w:instrText>")).endswith("document")


# --- Files that grow, or are something else ---------------------------------------------------------------


def test_a_package_that_grows_too_large_is_refused_before_it_is_opened() -> None:
    zeros = b" " * (MOST_UNPACKED // 4)
    parts: dict[str, str | bytes] = {f"word__media__{number}.png": zeros for number in range(5)}
    assert take("a.docx", docx("Hej", more=parts)) == OPENS_TOO_LARGE
    assert take("a.docx", docx("Hej", more={f"word__{n}.png": b"" for n in range(MOST_PARTS)})) == OPENS_TOO_LARGE


def test_packages_inside_packages_grow_no_larger_together() -> None:
    inner = docx("Hej", more={"word__media__a.png": b" " * (MOST_UNPACKED // 4)})
    parts: dict[str, str | bytes] = {f"word__embeddings__{number}.docx": inner for number in range(5)}
    assert take("a.docx", docx("Hej", more=parts)) == OPENS_TOO_LARGE


def test_entities_that_multiply_or_read_files_are_refused() -> None:
    for doctype in (
        "<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'>]>",
        "<!DOCTYPE w [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE w [<!ENTITY b '010190'>]>",
    ):
        content = packed(word__document_xml=f"{doctype}<w>&b;-1234</w>", **TYPES)
        assert take("a.docx", content) == CANNOT_BE_READ


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    honest = docx(" " * 50_000 + CPR)
    with zipfile.ZipFile(BytesIO(honest)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    assert take("a.docx", honest.replace(struct.pack("<L", size), struct.pack("<L", 60))) == CANNOT_BE_READ


def test_locked_documents_are_refused_with_what_to_do() -> None:
    assert take("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == CANNOT_BE_READ
    flagged = bytearray(docx("Hej"))
    place = flagged.index(b"PK\x01\x02")
    while place != -1:
        flagged[place + 8] |= 1
        place = flagged.find(b"PK\x01\x02", place + 4)
    assert take("a.docx", bytes(flagged)) == CANNOT_BE_READ
    cipher: dict[str, str | bytes] = {"mimetype": f"{OPEN}.text", "content_xml": bytes(range(40, 200))}
    assert take("a.odt", packed(**cipher)) == CANNOT_BE_READ


@pytest.mark.parametrize("part", ["word__embeddings__oleObject1.bin", "word__a.html", "word__a.zip", "word__b.exe"])
def test_a_file_inside_that_cannot_be_read_is_refused(part: str) -> None:
    assert take("a.docx", docx("Hej", more={part: b"MZ indhold"})) == HOLDS_ANOTHER


def test_a_pdf_with_a_file_inside_is_refused() -> None:
    assert take("a.pdf", changed(pdf("Hej"), lambda writer: writer.add_attachment("a.txt", CPR))) == HOLDS_ANOTHER


def test_a_pdf_whose_letters_have_no_names_is_refused() -> None:
    def anonymous(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)
            font.get_object()[NameObject("/Encoding")] = NameObject("/Identity-H")

    assert take("a.pdf", changed(pdf(f"Om {CPR}"), anonymous)) == CANNOT_BE_READ


def test_rule_17_a_number_is_found_in_a_pdf_that_brings_a_table_of_codes() -> None:
    odd = "\u2028\u0332\u2011\u00a0"  # which the house's font lacks, so that a second font and tables are needed
    assert take("a.pdf", pdf(f"Om 010190{odd}1234")) == HOLDS_CPR
    assert take("a.pdf", pdf(f"Om 010190{odd}")) == "application/pdf"


def huge_png(side: int) -> bytes:
    """The beginning of a picture of so many points that fills next to nothing."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [10_000, 14_000, 50_000])
def test_a_picture_of_too_many_points_is_refused(side: int) -> None:
    assert side**2 > (Image.MAX_IMAGE_PIXELS or 0)
    assert take("a.png", huge_png(side)) == OPENS_TOO_LARGE
    assert take("a.png", huge_png(8_000)) == "image/png"


def test_broken_pictures_are_refused() -> None:
    png = image("PNG", (40, 40))
    assert take("a.png", png[:-20]) == CANNOT_BE_READ
    assert take("a.png", png.replace(b"IDAT", b"IDAX")) == CANNOT_BE_READ
    assert take("a.jpg", image("JPEG")[:12]) == CANNOT_BE_READ


SCRIPT = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", image("PNG") + SCRIPT), ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b"GIF89a" + SCRIPT), ("a.pdf", SCRIPT + b"%PDF-1.7"), ("a.docx", b"%PDF-1.7" + docx("Hej")),
        ("a.pdf", docx("Hej")), ("a.jpg", image("PNG")), ("a.txt", docx("Hej")), ("a.docx", xlsx("Hej")),
        ("a.png.exe", image("PNG")), (".pdf", pdf("Hej")), ("a.txt", b"a\x00b"), ("a.txt", "Hej".encode("utf-16-le")),
        ("a.docm", docx("Hej")), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), ("a.zip", packed(x="y")),
    ],
)  # fmt: skip
def test_a_file_that_is_two_things_or_another_than_its_name_says_is_refused(name: str, content: bytes) -> None:
    assert take(name, content).startswith(NOT_TAKEN)


def test_a_picture_with_something_after_it_is_kept_as_a_picture_and_nothing_else() -> None:
    assert take("a.png", image("PNG") + SCRIPT) == "image/png"
    assert take("a.jpg", image("JPEG") + docx("Hej")) == "image/jpeg"
