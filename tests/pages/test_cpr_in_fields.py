"""Rule 17: no field of any form takes a CPR number; the answer says so and keeps what was typed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

import pytest
from django.db import connection
from django.http import HttpResponseBase

from core.cpr import MESSAGE
from tests.pages.answers import Post, valid_post
from tests.pages.attacks import replaced
from tests.pages.database import holders
from tests.pages.forms import Form, again, forms, text_of
from tests.pages.fuzzing import FULL, URLENCODED, encoded, plain
from tests.pages.markup import Control, Markup
from tests.pages.region import Region, undone

pytestmark = pytest.mark.django_db
NUMBERS = ("010190-1234", "61 01 90 1234")
STORED = r"(01|61)\D{0,3}01\D{0,3}90\D{0,3}1234"
# Signing in looks for an account and keeps nothing; it answers the same whatever the address.
KEEPS_NOTHING = ("account_login", "account_reset_password")


def fields(region: Region) -> Iterator[tuple[Form, Control, str]]:
    """Every field in which a person writes, with what is written there."""
    for form in forms(region):
        typed = [control for control in form.controls if control.is_typed and not form.by_script]
        for place, control in enumerate(typed):
            yield form, control, written(control, NUMBERS[place % len(NUMBERS)])


def written(control: Control, number: str) -> str:
    """A text with the number, as it fits the field."""
    if control.kind == "email":
        return f"{NUMBERS[0]}@test.invalid"
    return f"Ring til {number} i morgen." if control.kind == "textarea" else number


def test_no_field_takes_a_cpr_number(region: Region) -> None:
    wrong: list[str] = []
    count = 0
    for form, control, text in fields(region):
        count += 1
        post = replaced(valid_post(form, Random(count)), control.name, text)  # noqa: S311 – repeatable
        answer = region.browser(form.place.role).post(form.action, encoded(post), content_type=URLENCODED)
        if form.route not in KEEPS_NOTHING:
            wrong.extend(f"{form}: {control.name} {fault}" for fault in faults(form, control, text, answer))
    assert wrong == [], "\n".join(wrong)
    assert count > 150
    assert holders(STORED) == []


def faults(form: Form, control: Control, text: str, answer: HttpResponseBase) -> Iterator[str]:
    """What is wrong with the refusal of a number: it is told at its field, kept there, and repeated nowhere else."""
    page = Markup(text_of(answer))
    told, shown = page.messages.get(f"id_{control.name}", ""), page.controls.get(control.name)
    if answer.status_code != 200 or not page.summary or shown is None:
        yield f"answered {answer.status_code} with {page.summary}"
        return
    if told != MESSAGE:
        yield f"says {page.messages}"
    if plain(shown.value) != plain(text):
        yield f"shows {shown.value!r}"
    elsewhere = [*page.outside, *(other.value for other in page.controls.values() if other is not shown)]
    if any(number in part for part in elsewhere for number in NUMBERS):
        yield "repeats the number elsewhere"


def test_what_is_saved_while_somebody_writes_is_checked_too(region: Region) -> None:
    for form, control, text in itertools.islice(saved_while_writing(region), 0, None, 1 if FULL else 4):
        now = again(region, form)
        post = replaced(valid_post(now, Random(1)), control.name, text)  # noqa: S311 – repeatable
        answer = text_of(by_script(region, now, post))
        assert "Ikke gemt" in answer or "men ikke det hele" in answer, f"{form}: {control.name}"
        assert not any(number in answer for number in NUMBERS), f"{form}: {control.name}"
    assert holders(STORED) == []


def saved_while_writing(region: Region) -> Iterator[tuple[Form, Control, str]]:
    """The fields of forms that save by themselves."""
    return ((form, control, text) for form, control, text in fields(region) if form.saves_by_itself)


def by_script(region: Region, form: Form, post: Post) -> HttpResponseBase:
    """Post as the page does by itself."""
    browser = region.browser(form.place.role)
    return browser.post(form.action, encoded(post), content_type=URLENCODED, headers={"HX-Request": "true"})


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stored_number_would_be_found(region: Region, number: str) -> None:
    with undone(), connection.cursor() as cursor:
        cursor.execute("UPDATE transfers_screening SET not_needed_reason = %s", [f"Om {number}."])
        assert holders(STORED) == ["transfers_screening"]
