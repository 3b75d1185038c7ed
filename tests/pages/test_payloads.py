"""What people write is text and nothing else on every page, read in a real browser under the product's own headers.

All answers are made first, and given to the browser from memory: the product is not asked while it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from time import perf_counter
from typing import Any
from urllib.parse import quote

import pytest

from tests.pages.answered import Answered, answered, static_files
from tests.pages.catalogue import CATALOGUE
from tests.pages.forms import Form
from tests.pages.fuzzing import FULL
from tests.pages.opened import ORIGIN, Reader, read
from tests.pages.payloads import MARKUP, PAYLOADS, RUN, plant
from tests.pages.region import Region, undone
from tests.pages.typed import answers, searched

pytestmark = pytest.mark.django_db
Launch = dict[str, Any]
ROUNDS = range(0, len(PAYLOADS), 9) if FULL else range(1)  # turns by which every field is given every payload
POLICY = {"Content-Security-Policy": "default-src 'self'; base-uri 'none'"}
FETCHED = (".png", ".css")
UNSAFE = ("<p>{}</p>", '<input value="{}">', "<input value='{}'>", '<a href="{}">x</a>')
ECHOING = ("/findes-ikke/{}/", "/konto/login/?next={}", "/konto/findes-ikke/?{}")


def planted(region: Region) -> Iterator[Answered]:
    """Every address, in the small run one of each route, while every text in the database is a payload."""
    known = set[str]()
    with undone():
        plant()
        for turn, entry in enumerate(CATALOGUE):
            for place in entry.places if FULL else entry.places[:1]:
                browser = region.browser(place.role)
                answer = answered(str(place), browser.get(place.url(region)))
                yield answer
                if answer.is_page:
                    yield from searched(browser, answer, turn, known)


def astray(region: Region) -> Iterator[Answered]:
    """Addresses with a payload in them; in the small run one with each."""
    for turn, text in enumerate(PAYLOADS):
        for pattern in ECHOING if FULL else [ECHOING[turn % len(ECHOING)]]:
            address = pattern.format(quote(text, safe=""))
            yield answered(address, region.browser("").get(address))


def chosen(forms: list[Form]) -> list[Form]:
    """Every form, or in the small run one in five and those that take files."""
    takes_file = [any(control.kind == "file" for control in form.controls) for form in forms]
    return [form for number, form in enumerate(forms) if FULL or number % 5 == 0 or takes_file[number]]


@pytest.fixture(scope="module")
def reader(built: Region, every_form: list[Form], browser_type_launch_args: Launch) -> Reader:
    """Somebody who has opened every page that shows a payload."""
    began, forms = perf_counter(), chosen(every_form)
    shown, files = [*planted(built), *astray(built)], static_files()
    turns = [(form, turn + number) for turn in ROUNDS for number, form in enumerate(forms)]
    told = [answer for form, turn in turns for answer in answers(built, form, turn)]
    made = perf_counter()
    pages = [answer for answer in [*shown, *told] if answer.is_page]
    reader = read(pages, files | {answer.address: answer for answer in shown}, browser_type_launch_args)
    print(  # noqa: T201 – the figures belong in the log of the run
        f"\n{reader.opened} pages, {len(forms)} forms opened in Chromium; {len(reader.dialogs)} dialogs, "
        f"{len(reader.violations)} CSP violations; {made - began:.0f} + {perf_counter() - made:.0f} s"
    )
    return reader


def test_no_dialog_opens_and_the_content_policy_has_nothing_to_stop(reader: Reader) -> None:
    assert reader.dialogs == []
    assert reader.violations == []
    assert reader.complaints == []


def test_nothing_written_becomes_an_element_or_asks_for_anything(reader: Reader) -> None:
    assert reader.elements == []
    assert reader.requests == []


def test_templates_and_formats_stay_as_they_were_written(reader: Reader) -> None:
    assert reader.worked_out == []
    assert {text: reader.read[text] for text in PAYLOADS if reader.read[text] < 20} == {}


def test_enough_was_opened(reader: Reader) -> None:
    assert reader.opened > (1_500 if FULL else 250)


# --- The reader itself ----------------------------------------------------------------------------------


def mistaken(text: str, headers: dict[str, str]) -> list[Answered]:
    """Pages on which a text was taken for markup by mistake."""
    pages = [f"<!doctype html><title>x</title>{place.format(text)}".encode() for place in UNSAFE]
    return [Answered(text, "/", 200, {"Content-Type": "text/html"} | headers, page) for page in pages]


def test_what_is_taken_for_markup_by_mistake_is_noticed(browser_type_launch_args: Launch) -> None:
    texts = [text for text in MARKUP if text == unescape(text)]
    strict = [page for text in texts for page in mistaken(text, POLICY)]
    reader = read(strict, {}, browser_type_launch_args)
    assert [text for text in texts if not any(line.startswith(text) for line in reader.noticed)] == []
    assert reader.dialogs == []
    assert {line.split(": ")[-1] for line in reader.requests} >= {f"GET {ORIGIN}/planted{end}" for end in FETCHED}
    assert len(reader.violations) > len(texts) / 2


def test_what_runs_is_noticed(browser_type_launch_args: Launch) -> None:
    loose = [page for text in (*MARKUP[:3], RUN) for page in mistaken(text, {})]
    reader = read(loose, {}, browser_type_launch_args)
    assert {line.split(": ")[0] for line in reader.dialogs} == set(MARKUP[:3])
    assert reader.worked_out == [f"{RUN}: {RUN}"] * len(UNSAFE)
