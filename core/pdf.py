"""PDF: one function for every document. PDF/A-3a and PDF/UA-1 in one file, from packaged assets alone."""

import gc
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from core.accessible_pdf import make_accessible
from core.assets import PACKAGED, AssetFetcher, AssetRefused

SHEET = PACKAGED / "pdf.css"


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """Render a template as PDF. It has a language, a title and one h1; images and charts have texts.

    The same input gives the same bytes. Raises AssetRefused when the template asks for anything not packaged.
    """
    return pdf_from_html(render_to_string(template, dict(context)))


def pdf_from_html(html: str) -> bytes:
    """Make the PDF of an HTML text. Raises AssetRefused."""
    with _garbage_frozen():
        try:
            return _write(html)
        except FatalURLFetchingError as error:
            raise AssetRefused(str(error)) from error


def _write(html: str) -> bytes:
    """Sheet and document share the fonts: with two configurations WeasyPrint falls back without a word."""
    fonts, fetcher = FontConfiguration(), AssetFetcher()
    sheet = CSS(string=SHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    with warnings.catch_warnings():  # the library leaves its own colour profile open
        warnings.filterwarnings("ignore", "unclosed file", ResourceWarning)
        written: bytes = document.write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3a", finisher=make_accessible
        )
    return written


@contextmanager
def _garbage_frozen() -> Iterator[None]:
    """Layout makes millions of objects that live to the end: looking for garbage among them costs a third."""
    was_on = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
