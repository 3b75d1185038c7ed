"""Frozen content: one canonical JSON text for the same content, and its checksum."""

import hashlib
import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID


def canonical_json(obj: object) -> str:
    """Write `obj` as JSON with sorted keys and no spaces; dates as ISO, decimals as text.

    Raises TypeError for what has no agreed form (sets, models, infinite numbers).
    """
    try:
        return json.dumps(
            obj, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
        )
    except ValueError as error:
        raise TypeError(str(error)) from error


def digest(obj: object) -> str:
    """Give the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(obj).encode()).hexdigest()


def state_of(obj: object) -> int:
    """Give a number that changes with the content, for the hidden field of a page whose row counts no revisions."""
    return int(digest(obj)[:12], 16)


def _plain(value: object) -> str | list[object]:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case Enum():
            return str(value.value)
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")
