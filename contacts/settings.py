"""Indstillinger: values and words the secretariat changes; they count from the next request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contacts.actions import require_secretariat
from contacts.viewer import Viewer
from core import actions, wording
from core.errors import DomainError
from core.models import ChangeEntry, FormDefinition, Parameter
from core.parameters import DECLARED, Declared, periods, rows_in_force
from core.wording import Wording


@dataclass(frozen=True)
class Setting:
    """One parameter as the list shows it."""

    key: str
    declared: Declared
    row: Parameter | None
    planned: Parameter | None

    @property
    def value(self) -> Decimal:
        """What holds today."""
        return self.row.value if self.row else self.declared.default


def settings(today: date) -> list[Setting]:
    """Return every parameter with what holds today and what is planned next; two queries."""
    now = {row.key: row for row in rows_in_force(DECLARED, today)}
    coming = Parameter.objects.filter(valid_from__gt=today).order_by("-valid_from")
    planned = {row.key: row for row in coming}
    return [Setting(key, declared, now.get(key), planned.get(key)) for key, declared in DECLARED.items()]


def set_value(*, viewer: Viewer, key: str, value: Decimal, valid_from: date) -> None:
    """Let a parameter have a value from a day on. Raises NotAllowed, and DomainError for the past or a bad value."""
    require_secretariat(viewer)
    if valid_from < viewer.today:
        raise DomainError("Vælg en dag fra i dag og frem. Det, der er sket, er regnet ud efter den gamle værdi.")
    actions.set_parameter(key=key, value=value, valid_from=valid_from, by=viewer.user)


def cancel_value(*, viewer: Viewer, key: str, valid_from: date) -> None:
    """Take back a planned value. Raises NotAllowed, and DomainError when it holds already."""
    require_secretariat(viewer)
    actions.cancel_parameter(key=key, valid_from=valid_from, by=viewer.user)


def reword(*, viewer: Viewer, document: str, key: str, words: Wording) -> FormDefinition:
    """Give a question other words in the draft of a form. Raises NotAllowed, and as core.wording does."""
    require_secretariat(viewer)
    return wording.reword(document=document, key=key, wording=words, by=viewer.user)


def publish_wording(*, viewer: Viewer, document: str) -> FormDefinition:
    """Put a form's draft in force. Raises NotAllowed, and DomainError when nothing is changed."""
    require_secretariat(viewer)
    return wording.publish(document=document, by=viewer.user)


def discard_wording(*, viewer: Viewer, document: str) -> None:
    """Throw a form's draft away. Raises NotAllowed, and DomainError when there is none."""
    require_secretariat(viewer)
    wording.discard(document=document, by=viewer.user)


KINDS = {"value_set": "Satte værdien", "value_cancelled": "Fortrød værdien"}


@dataclass(frozen=True)
class Told:
    """One line of a parameter's history."""

    entry: ChangeEntry
    what: str
    value: Decimal
    valid_from: date


def history_of(key: str) -> Iterator[Told]:
    """Give what was done to a parameter, the newest first; one query."""
    rows = ChangeEntry.objects.filter(subject_type="core.parameter", subject_id=key).select_related("actor")
    for entry in rows.order_by("-number")[:50]:
        first = date.fromisoformat(entry.facts["valid_from"])
        yield Told(entry, KINDS.get(entry.kind, entry.kind), Decimal(entry.facts["value"]), first)


def values_of(key: str, today: date) -> list[tuple[Parameter, bool]]:
    """Return every value of a parameter, the newest first, and whether it is still to come. Raises KeyError."""
    return [(row, row.valid_from > today) for row in periods(key)]
