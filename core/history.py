"""The history of configuration: one chain of entries, each sealed with the hash of the one before it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.utils import timezone

from core.freeze import canonical_json, digest
from core.models import ChangeEntry, User

_CHAIN_LOCK = 0x6368616E6765  # "change": one writer at a time, so that the chain has no fork
START = "0" * 64


class Change(TypedDict):
    """What is recorded: the model's label and key, what was done, by whom (None: the system), with which facts."""

    subject_type: str
    subject_id: object
    kind: str
    actor: User | None
    facts: Mapping[str, object]


def record_change(**change: Unpack[Change]) -> ChangeEntry:
    """Append one entry in the caller's transaction, so that change and entry stand or fall together.

    Facts are ids, dates and figures: a name in the chain could never be hidden again. Raises TypeError for facts
    without a canonical form and TextRefused for a CPR number.
    """
    with transaction.atomic():
        _take_lock()
        entry = ChangeEntry(
            subject_type=change["subject_type"],
            subject_id=str(change["subject_id"]),
            kind=change["kind"],
            actor=change["actor"],
            facts=json.loads(canonical_json(change["facts"])),
            recorded_at=timezone.now(),
        )
        _link(entry)
        entry.save(force_insert=True)
        return entry


def head() -> tuple[int, str]:
    """Give number and hash of the last entry; kept elsewhere each day, it shows a removed end or a new chain."""
    last = ChangeEntry.objects.order_by("-number").first()
    return (last.number, last.entry_hash) if last else (0, START)


def broken_entries() -> Iterator[int]:
    """Give the number of every entry that is missing, changed or not joined to the one before it."""
    number, previous = 0, START
    for entry in ChangeEntry.objects.order_by("number").iterator():
        number += 1
        if entry.number != number or entry.previous_hash != previous or entry.entry_hash != seal(entry):
            yield entry.number
        number, previous = entry.number, entry.entry_hash


def seal(entry: ChangeEntry) -> str:
    """Give the hash over everything the entry says and the hash before it."""
    return digest(
        {
            "number": entry.number,
            "subject": [entry.subject_type, entry.subject_id],
            "kind": entry.kind,
            "actor": entry.actor_id,
            "facts": entry.facts,
            "recorded_at": _instant(entry.recorded_at),
            "previous": entry.previous_hash,
        }
    )


def _take_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _link(entry: ChangeEntry) -> None:
    number, previous = head()
    entry.number, entry.previous_hash = number + 1, previous
    entry.entry_hash = seal(entry)


def _instant(moment: datetime) -> str:
    """The same text whatever the time zone the database answers in."""
    return moment.astimezone(UTC).isoformat()
