"""The daily head of all histories, kept outside the database, and what it shows of tampering.

One line a day: which cases got further and with which hash, a head over all cases, and a seal that holds the line
before it. Whoever changes the database with its triggers off can recompute a chain, but not what stands here.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate, now

from core import history as configuration
from core.freeze import canonical_json, digest
from core.models import ChangeEntry
from transfers.history import broken
from transfers.models import JournalEntry, TransferCase

FILE = "history-heads.jsonl"
LATEST = timedelta(days=2)  # a line may be this old before its absence is a finding
Head = tuple[int, str]
Line = dict[str, Any]


def place() -> Path:
    """Return where the lines are kept."""
    return Path(settings.HISTORY_ROOT) / FILE


def kept_text() -> str:
    """Return all lines as they stand in the file; empty before the first day."""
    return place().read_text(encoding="utf-8") if place().exists() else ""


def keep_heads() -> bool:
    """Append today's line; tells whether it was done, which it is once a day. Raises OSError when it cannot be."""
    place().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(place(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = list(parsed(kept_text()))
        if lines and lines[-1].get("day") == localdate().isoformat():
            return False
        file.write(canonical_json(sealed(next_line(lines))) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def next_line(lines: list[Line]) -> Line:
    """Return what is to be kept today, after the lines there are."""
    known: dict[int, Head] = {case: (number, head) for line in lines for case, number, head in line.get("further", [])}
    heads = current_heads()
    return {
        "day": localdate(), "kept_at": now(), "cases": len(heads),
        "entries": sum(number for number, _ in heads.values()),
        "head": digest([[case, *heads[case]] for case in sorted(heads)]),
        "configuration": list(configuration.head()),
        "further": [[case, *heads[case]] for case in sorted(heads) if known.get(case) != heads[case]],
        "previous": lines[-1].get("seal", "") if lines else "",
    }  # fmt: skip


def current_heads() -> dict[int, Head]:
    """Return number and hash of every case's last entry; one query, so that they stand at one moment."""
    rows = JournalEntry.unscoped.order_by("case_id", "-number").distinct("case_id")
    return {case: (number, head) for case, number, head in rows.values_list("case_id", "number", "entry_hash")}


def sealed(line: Line) -> Line:
    """Return a line with its seal."""
    return line | {"seal": digest(line)}


def parsed(text: str) -> Iterator[Line]:
    """Give the lines of the file; one that is not as it was sealed is given empty: nothing it says counts."""
    for row in text.splitlines():
        try:
            line = dict(json.loads(row))
        except (ValueError, TypeError):
            line = {}
        yield line if line and line == sealed({k: v for k, v in line.items() if k != "seal"}) else {}


# --- What is found ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A case's head as some day kept it."""

    number: int
    head: str
    day: str


def findings() -> Iterator[str]:
    """Give a sentence for everything that does not hold: in the chains, in the file, and between the two."""
    lines = list(parsed(kept_text()))
    yield from file_findings(lines)
    yield from case_findings(lines)
    yield from configuration_findings(lines)


def file_findings(lines: list[Line]) -> Iterator[str]:
    """Give what is wrong in the file itself: a line changed, taken out, or not kept lately."""
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line.get("previous") != previous:
            yield f"heads: line {number} was changed, or lines before it were taken out"
        previous = line.get("seal", "")
    last = max((date.fromisoformat(line["day"]) for line in lines if line), default=date.min)
    first = JournalEntry.unscoped.order_by("pk").values_list("recorded_at", flat=True).first()
    if first and first < now() - LATEST and last < localdate() - LATEST:
        yield f"heads: {place()} has no line of the last days; keep_history_heads adds one"


def case_findings(lines: list[Line]) -> Iterator[str]:
    """Give the cases whose chain is broken or is not the one that was kept."""
    kept = heads_of_cases(lines)
    names = dict(TransferCase.unscoped.values_list("pk", "number"))
    entries = JournalEntry.unscoped.order_by("case_id", "number").iterator(chunk_size=2000)
    seen = set()
    for case, rows in groupby(entries, key=lambda entry: entry.case_id):
        chain, name = list(rows), names.get(case, f"case with id {case}")
        seen.add(case)
        yield from (f"{name}: entry {number} was changed, or one before it is gone" for number in broken(chain))
        hashes = {entry.number: entry.entry_hash for entry in chain}
        yield from (f"{name}: {told}" for told in against(kept.get(case, []), hashes))
    for case in sorted((names.keys() | kept.keys()) - seen):
        yield f"{names.get(case, f'case with id {case}')}: its whole history is gone"


def heads_of_cases(lines: list[Line]) -> dict[int, list[Kept]]:
    """Return every head that was ever kept, by case: a later line does not take back an earlier one."""
    found: dict[int, list[Kept]] = {}
    for line in lines:
        for case, number, head in line.get("further", []):
            found.setdefault(case, []).append(Kept(number, head, line["day"]))
    return found


def against(kept: list[Kept], hashes: dict[int, str]) -> Iterator[str]:
    """Give what is not as it was kept."""
    for one in kept:
        if one.number not in hashes:
            yield f"entry {one.number}, kept on {one.day}, is gone"
        elif hashes[one.number] != one.head:
            yield f"the chain up to entry {one.number} is not the one kept on {one.day}"


def configuration_findings(lines: list[Line]) -> Iterator[str]:
    """Give the same of the configuration's one chain."""
    for number in configuration.broken_entries():
        yield f"configuration: entry {number} was changed, or one before it is gone"
    kept = [Kept(number, head, line["day"]) for line in lines if line for number, head in [line["configuration"]]]
    numbers = {one.number for one in kept}
    rows = ChangeEntry.objects.filter(number__in=numbers).values_list("number", "entry_hash")
    hashes = dict(rows) | {0: configuration.START}
    yield from (f"configuration: {told}" for told in dict.fromkeys(against(kept, hashes)))
