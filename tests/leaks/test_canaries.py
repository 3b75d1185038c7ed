"""A word in every hidden thing: nobody comes upon one they may not read, by page, search, file, PDF or mail."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.leaks.matrix import MAY_READ, mark
from tests.leaks.planting import Garden, plant
from tests.leaks.visiting import Reader
from tests.pages.fuzzing import FULL

pytestmark = pytest.mark.django_db
SHORT = (  # those who may read least come first: in a short run the first who gets at a PDF is the one who reads it
    "", "newcomer", "auditor", "thisted_contact", "other_leader", "rebild_contact", "aalborg_contact",
    "aalborg_colleague", "das_member", "psg_member", "psg_chair", "leader", "secretariat",
)  # fmt: skip


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are not written to the log one by one."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(scope="module")
def garden(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Garden]:
    """The planted region, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant()
        transaction.set_rollback(True)


def everybody(garden: Garden) -> tuple[str, ...]:
    """The roles that go round; in a short run one of each standing."""
    return ("", *sorted(garden.world.users)) if FULL else SHORT


def test_no_hidden_word_reaches_anybody_who_may_not_read_it(garden: Garden) -> None:
    wrong: list[str] = []
    seen: defaultdict[str, set[str]] = defaultdict(set)
    counted = 0
    for role in everybody(garden):
        reader = Reader(garden, role)
        for where, text in reader.finds():
            counted += 1
            for name in words_in(text):
                seen[name].add(role)
                wrong.extend([] if role in MAY_READ[name] else [f"{role or 'visitor'} reads »{name}« in {where}"])
    print(f"\n{len(wrong)} of {len(MAY_READ)} hidden words out of place in {counted} answers and mails")  # noqa: T201
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert [name for name, roles in MAY_READ.items() if roles and not seen[name]] == []


def words_in(text: str) -> list[str]:
    """The hidden words in a text."""
    said = text.lower()
    return [name for name in MAY_READ if mark(name) in said] if "kanarie" in said else []


def test_a_search_does_not_tell_that_a_hidden_word_is_there(garden: Garden) -> None:
    counted, wrong = 0, []
    for place, role in enumerate(everybody(garden)):
        reader = Reader(garden, role)
        if reader.has_access:
            nothing = reader.search(mark("findesikke"))
            hidden = [name for name, roles in MAY_READ.items() if role not in roles]
            for name in hidden if FULL else hidden[place % 4 :: 4]:
                counted += 1
                wrong.extend([f"{role}: {name}"] if reader.search(mark(name)) != nothing else [])
    print(f"\n{len(wrong)} of {counted} searches told of a hidden word")  # noqa: T201
    assert wrong == []
