"""What others did with a case while somebody had a page of it open, and the second of two clicks."""

from __future__ import annotations

from collections.abc import Collection

from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import AlreadyDone, NotAllowed, Stale
from transfers import rules
from transfers.history import TOLD
from transfers.models import JournalEntry, TransferCase
from transfers.queries import history_of
from transfers.workflow import ACTS, Act

MOST = 5
COUNTING = [act.code for act in ACTS if act.counts]


def required(
    act: Act, locked: TransferCase, viewer: Viewer, capacity_id: int | None, seen: int | None, reason: str
) -> Membership:
    """Return the membership the viewer acts by, on the version they saw; a refusal tells what others did meanwhile.

    Raises NotAllowed (AlreadyDone for a second click), Incomplete or Stale.
    """
    try:
        capacity = rules.require(act, locked, viewer, capacity_id)
        if seen is not None and seen != locked.version:
            raise Stale("Sagen er ændret, siden du åbnede siden. Se, hvad der er sket, og prøv igen.")
    except (NotAllowed, Stale) as refusal:
        if isinstance(refusal, NotAllowed) and is_second_click(locked, viewer, [act.code], seen, reason):
            raise AlreadyDone(locked.get_absolute_url()) from refusal
        refusal.now, refusal.meanwhile = {"seen": locked.version}, meanwhile(locked, viewer, seen)
        raise
    return capacity


def meanwhile(case: TransferCase, viewer: Viewer, seen: int | None) -> list[str]:
    """Return, newest first, what was done since the version somebody saw: who, what and why, as far as they see it."""
    steps = case.version - seen if seen is not None else 0
    if steps <= 0 or not TransferCase.visible_to(viewer).filter(pk=case.pk).exists():
        return []
    return [line(entry) for entry in history_of(case, viewer)[: min(steps, MOST)]]


def line(entry: JournalEntry) -> str:
    """Return one entry of the history as a sentence."""
    who = f"{entry.actor.name}, {entry.acted_for}" if entry.on_behalf_of else entry.actor.name
    note = getattr(entry, "note", None)
    return f"{who}: {TOLD.get(entry.kind, entry.kind)}." + (f" {note.text}" if note else "")


def is_second_click(
    case: TransferCase, viewer: Viewer, codes: Collection[str], seen: int | None, reason: str
) -> bool:
    """Tell whether the one act since the version somebody saw is what they ask for: theirs, with the same reason."""
    if seen is None or seen != case.version - 1:
        return False
    entries = JournalEntry.unscoped.filter(case=case, kind__in=COUNTING).select_related("note")
    last = entries.order_by("-number").first()
    if last is None or last.kind not in codes or last.actor_id != viewer.user.pk:
        return False
    return (last.note.text if hasattr(last, "note") else "") == reason.replace("\r\n", "\n").strip()
