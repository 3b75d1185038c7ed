"""The configuration's history: one chain without forks, and every tampering is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connections, transaction

from core.errors import TextRefused
from core.history import START, broken_entries, head, record_change
from core.models import ChangeEntry, User
from tests.tampering import tamper


def record(number: int = 1) -> ChangeEntry:
    return record_change(
        subject_type="contacts.forum", subject_id=number, kind="renamed", actor=None, facts={"n": number}
    )


@pytest.mark.django_db
def test_each_entry_is_sealed_with_the_one_before() -> None:
    first, second = record(1), record(2)
    assert (first.number, second.number) == (1, 2)
    assert first.previous_hash == START
    assert second.previous_hash == first.entry_hash
    assert head() == (2, second.entry_hash)
    assert list(broken_entries()) == []


@pytest.mark.django_db
def test_facts_are_stored_in_their_canonical_form() -> None:
    user = User.objects.create_user("a@example.dk", name="Sekretariat")
    facts = {"from": date(2026, 1, 1), "value": Decimal("2.50"), "ids": (1, 2)}
    entry = record_change(subject_type="t", subject_id=1, kind="set", actor=user, facts=facts)
    entry.refresh_from_db()
    assert entry.facts == {"from": "2026-01-01", "value": "2.50", "ids": [1, 2]}
    assert list(broken_entries()) == []


@pytest.mark.django_db
def test_a_cpr_number_is_refused_in_the_facts() -> None:
    with pytest.raises(TextRefused):
        record_change(subject_type="t", subject_id=1, kind="k", actor=None, facts={"why": "010190-1234"})
    assert head() == (0, START)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE core_changeentry SET facts = '{\"n\": 9}' WHERE number = 2", [2]),
        ("UPDATE core_changeentry SET recorded_at = recorded_at + interval '1 s' WHERE number = 3", [3]),
        ("UPDATE core_changeentry SET kind = 'x' WHERE number = 1", [1]),
        ("DELETE FROM core_changeentry WHERE number = 2", [3]),
        ("DELETE FROM core_changeentry WHERE number = 1", [2]),
    ],
)
def test_tampering_is_found(sql: str, found: list[int]) -> None:
    for number in range(1, 5):
        record(number)
    tamper(sql)
    assert list(broken_entries()) == found


@pytest.mark.django_db
def test_a_removed_end_shows_in_the_head() -> None:
    record(1)
    record(2)
    kept = head()
    tamper("DELETE FROM core_changeentry WHERE number = 2")
    assert list(broken_entries()) == []
    assert head() != kept


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    def write(number: int) -> None:
        try:
            with transaction.atomic():
                record(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert ChangeEntry.objects.count() == 40
    assert list(broken_entries()) == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_the_change_it_tells_of() -> None:
    @transaction.atomic
    def change_that_breaks() -> None:
        record()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change_that_breaks()
    assert head() == (0, START)
