"""Rule 17: of a refused text nothing is left in the database, sessions, mails, logs, the queue or the stored files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import copy
from io import StringIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from config.logs import DiscreetFormatter
from core.cpr import MESSAGE
from core.uploads import HOLDS_CPR
from tests.core.cpr_corpus import TOTAL, corpus
from tests.core.documents import HOLDING
from tests.pages.answers import Post
from tests.pages.catalogue import places
from tests.pages.database import holders
from tests.pages.forms import Form, text_of
from tests.pages.fuzzing import FULL, URLENCODED, encoded
from tests.pages.places import Kind
from tests.pages.region import Region
from tests.pages.test_cpr_in_fields import KEEPS_NOTHING

pytestmark = pytest.mark.django_db
MARK = "zqx"  # three letters that stand before every number, and in no checksum, key or word


class Written(logging.Handler):
    """Keeps the log as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(DiscreetFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Written]:
    """What is logged meanwhile."""
    handler, loggers = Written(), [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


def left(log: Written) -> list[str]:
    """Where something is left of a refused text."""
    folders = (Path(settings.BROKER_DIR), Path(settings.PRIVATE_ROOT))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found = [str(path) for path in files if MARK in path.name or MARK.encode() in path.read_bytes()]
    return [*holders(MARK), *found, *(line for line in log.lines if MARK in line)]


def test_nothing_is_left_of_texts_refused_in_forms(region: Region, asked: list[Form], log: Written) -> None:
    numbers = cycle(corpus(TOTAL, 22))
    sent, wrong = 0, list[str]()
    for _ in range(TOTAL // 300 if FULL else 1):
        for form in asked:
            post = [(control.name, written(control.kind, str(next(numbers)))) for control in typed(form)]
            if not post:
                continue
            sent += len(post)
            refused = answer(region, form, post)
            if refused.status_code == 302 and form.route not in KEEPS_NOTHING:
                wrong.append(f"{form} took {post}")
    print(f"\n{sent} numbers in {len(asked)} forms: {len(wrong)} forms took one")  # noqa: T201
    assert wrong == [], "\n".join(wrong)
    assert sent > (TOTAL if FULL else 40)
    assert left(log) == []


def typed(form: Form) -> list[Any]:
    """The fields one writes in."""
    return [control for control in form.controls if control.is_typed]


def written(kind: str, number: str) -> str:
    """The number with the mark, as an address where one is asked for."""
    return f"{MARK}0101901234@test.invalid" if kind == "email" else f"{MARK}{number}"


def answer(region: Region, form: Form, post: Post) -> Any:
    """Send what was typed and leave the rest as it stood; by script, too, where the page does that."""
    browser = region.browser(form.place.role)
    cookies = copy(browser.cookies)
    rest = [(control.name, value) for control in form.controls if not control.is_typed for value in control.values]
    name, value = (form.markup.buttons or [("", "")])[0]
    whole = encoded([*rest, *post, *([(name, value)] if name else [])])
    if form.saves_by_itself:
        browser.post(form.action, whole, content_type=URLENCODED, headers={"HX-Request": "true"})
    found = browser.post(form.action, whole, content_type=URLENCODED)
    browser.cookies = cookies
    return found


def test_nothing_is_left_of_files_that_are_refused(region: Region, log: Written) -> None:
    place = next(place for place in places(Kind.FORM) if place.route == "dialogue:basis_attachments")
    browser, address = region.careless(place.role), place.url(region)
    refused = [(f"{MARK}0101901234.txt", b"Se trin 2.", MESSAGE)]
    refused += [(name, made(f"{MARK}010190-1234"), HOLDS_CPR) for name, made in HOLDING.values()]
    for name, content, message in refused:
        said = text_of(browser.post(address, {"file": SimpleUploadedFile(name, content)}))
        assert message[:40] in said, name
        assert MARK not in said, name
    assert left(log) == []


def test_nothing_is_left_of_what_a_command_is_given(region: Region, log: Written) -> None:
    told = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("appoint_secretariat", f"{MARK}0101901234@test.invalid", stdout=told, stderr=told)
    assert MARK not in f"{refusal.value}{told.getvalue()}"
    assert left(log) == []


def test_what_is_left_would_be_found(region: Region, log: Written) -> None:
    region.world.users["leader"].name = f"{MARK} Sørensen"
    region.world.users["leader"].save()
    logging.getLogger("django.request").warning("%s", MARK)
    assert len(left(log)) >= 2
