"""What may be uploaded: known by content, readable, and without CPR numbers in name or text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from core.models import Parameter, User
from core.uploads import CANNOT_BE_READ, HOLDS_CPR, NAMED_BY_CPR, UploadRefused, taken_in
from tests.core.documents import TYPES, docx, image, ods, odt, packed, pdf, xlsx

pytestmark = pytest.mark.django_db
def take(name: str, content: bytes) -> str:
    """What a file is taken for, or why it is not."""
    user = User.objects.get_or_create(email="en@test.invalid", defaults={"name": "En"})[0]
    try:
        return taken_in(SimpleUploadedFile(name, content), user).content_type
    except UploadRefused as refusal:
        return refusal.message


def test_what_a_file_is_follows_from_its_content_and_its_name_must_agree() -> None:
    assert take("Notat.pdf", pdf("Hej")) == "application/pdf"
    assert take("Notat.DOCX", docx("Hej")).endswith("wordprocessingml.document")
    assert take("Tal.xlsx", xlsx(7)).endswith("spreadsheetml.sheet")
    assert take("Notat.odt", odt("Hej")).endswith("opendocument.text")
    assert take("Billede.png", image("PNG")) == "image/png"
    assert take("Billede.JPG", image("JPEG")) == "image/jpeg"
    assert take("Tal.ods", ods("Hej")).endswith("opendocument.spreadsheet")
    assert take("Æbler.txt", "Æbler".encode("utf-16")).startswith("text/plain")
    assert take("Æbler.txt", "Æbler".encode("cp1252")).startswith("text/plain")
    for name, content in (
        ("Notat.docx", pdf("Hej")), ("Side.html", b"<p>Hej</p>"), ("Program.txt", b"MZ\x90\x00\x03"),
        ("Side.pdf", b"<script>alert(1)</script>"), ("Notat.docx", packed(x="y")), ("Uden", b"tekst"),
        ("Makro.docx", packed(word__document_xml="<w/>", word__vbaProject="x").replace(b"vbaProject", b"vbaproject")),
    ):  # fmt: skip
        assert "kan ikke bruges som bilag" in take(name, content), name
    assert take("Tom.txt", b"") == "Filen er tom. Vælg en fil med indhold."


def test_rule_17_a_cpr_number_in_a_name_or_in_any_readable_text_is_refused_and_never_repeated() -> None:
    assert take("Svar 010190-1234.pdf", pdf("Hej")) == NAMED_BY_CPR
    for name, content in (
        ("a.txt", b"Om 010190-1234."), ("a.csv", b"navn;010190 1234"), ("a.pdf", pdf("Om 010190-1234.")),
        ("a.docx", docx("Om 0101", "90-12", "34.")), ("a.docx", docx("010190-1234", part="word__comments_xml")),
        ("a.odt", odt("Om 010190-1234")), ("a.xlsx", xlsx("010190-1234")), ("a.xlsx", xlsx(101901234)),
    ):  # fmt: skip
        assert take(name, content) == HOLDS_CPR, name
    assert "wordprocessing" in take("a.docx", docx("Tilbage: 11 af 12, 90 i alt, 1234 kr."))


def test_rule_17_what_cannot_be_read_is_not_taken_in() -> None:
    assert take("Låst.pdf", pdf("Hej", password="hemmelig")) == CANNOT_BE_READ
    assert take("Brudt.pdf", b"%PDF-1.7\nintet") == CANNOT_BE_READ
    assert take("Brudt.docx", packed(word__document_xml="<w:p>", **TYPES)) == CANNOT_BE_READ


def test_the_size_is_data() -> None:
    Parameter.objects.create(key="upload.megabytes", value=1, valid_from=localdate())
    assert "højst fylde 1 MB" in take("Stor.txt", b"a" * 1_000_001)
    assert take("Lille.txt", b"a" * 1_000_000).startswith("text/plain")
