"""PDFs: PDF/A-3a and PDF/UA-1 in one file, and nothing opened but what is packaged."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from core.assets import AssetFetcher, AssetRefused, find
from core.pdf import pdf_from_html, render_pdf

ROWS = "".join(f"<tr><th scope='row'>Række {n}</th><td>{n}</td></tr>" for n in range(80))
HTML = f"""<!doctype html><html lang="da"><head><title>Årsstatus</title></head><body><h1>Årsstatus</h1>
<p>Se <a href="https://example.dk/">vejledningen</a>.</p>
<table><caption>Sager</caption><thead><tr><th>År</th><th>Antal</th></tr></thead><tbody>{ROWS}</tbody></table>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><title>Ti sager</title>
<rect width="50" height="9"/><text x="0" y="19" font-family="IBM Plex Sans">10</text></svg></figure></body></html>"""


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf_from_html(HTML)


@pytest.fixture
def pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    found, waiting = [], list(pdf.Root.StructTreeRoot.K)
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found += [element] if kind == element.S else []
            waiting += list(element.K)
    return found


def test_it_says_that_it_is_both_archivable_and_accessible(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.open_metadata()
    assert metadata["pdfaid:part"] == "3"
    assert metadata["pdfaid:conformance"] == "A"
    assert metadata["pdfuaid:part"] == "1"
    assert b"pdfaExtension:schemas" in pdf.Root.Metadata.read_bytes()
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_it_has_language_title_and_tags(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "da"
    assert str(pdf.docinfo["/Title"]) == "Årsstatus"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert len(elements(pdf, "/H1")) == 1


def test_every_header_cell_has_a_scope_and_a_listed_id(pdf: pikepdf.Pdf) -> None:
    headers = elements(pdf, "/TH")
    scopes = [str(header.A.Scope) for header in headers]
    assert scopes.count("/Row") == 80
    assert scopes.count("/Column") == 2 * len(pdf.pages)
    names = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert names == sorted(names)
    used = {str(header) for cell in elements(pdf, "/TD") for header in cell.A.Headers}
    assert used <= set(names)


def test_every_figure_has_a_text(pdf: pikepdf.Pdf) -> None:
    assert [str(figure.Alt) for figure in elements(pdf, "/Figure")] == ["Ti sager"]


def test_all_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "IBM-Plex" in str(font.BaseFont)


def test_running_heads_and_page_numbers_are_artifacts(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums
    for number, page in enumerate(pdf.pages):
        commands: list[Any] = list(pikepdf.parse_content_stream(page))
        marks = [command.operands for command in commands if str(command.operator) == "BDC"]
        assert any(str(tag) == "/Artifact" for tag, _ in marks)
        tagged = {int(properties.MCID) for tag, properties in marks if str(tag) != "/Artifact"}
        owned: list[Any] = list(owners[2 * number + 1])
        assert tagged == {place for place, owner in enumerate(owned) if owner is not None}


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert pdf_from_html(HTML) == content


def test_a_template_is_rendered_with_its_values_escaped(tmp_path: Any, settings: Any) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    (tmp_path / "trial.html").write_text("<html lang='da'><title>T</title><h1>{{ text }}</h1></html>", encoding="utf-8")
    written = render_pdf("trial.html", {"text": "<img src='file:///etc/passwd'>"})
    assert written.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:6379/",
        "https://example.dk/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://example.dk/x",
        "asset:../settings.py",
        "asset:/etc/passwd",
        "asset:dkfds/../../../../../../etc/passwd",
        "asset:core/no-such-file.css",
        "/etc/passwd",
    ],
)
@pytest.mark.parametrize("place", ["<img alt='x' src='{}'>", "<link rel='stylesheet' href='{}'>"])
def test_nothing_but_packaged_assets_is_opened(address: str, place: str) -> None:
    if address == "/etc/passwd":
        with pytest.raises(AssetRefused):
            AssetFetcher().fetch(address)
        return
    html = f"<html lang='da'><head><title>T</title></head><body>{place.format(address)}</body></html>"
    with pytest.raises(AssetRefused):
        pdf_from_html(html)


def test_assets_of_the_design_system_and_of_core_are_found() -> None:
    assert find("pdf.css").name == "pdf.css"
    assert find("dkfds/fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2").is_file()
