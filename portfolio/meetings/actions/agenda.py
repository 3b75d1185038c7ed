"""The agenda: what is put on it, in which order, and that it is sent (rules 8 and 9)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.models import Forum
from contacts.viewer import Viewer
from core.errors import DomainError, Incomplete, Stale
from portfolio.meetings.actions.writing import keep, locked, next_position
from portfolio.meetings.notices import tell_agenda
from portfolio.meetings.papers import resume_text, versions_of
from portfolio.meetings.queries import adjourned_cases, next_planned, open_orientations
from portfolio.meetings.rules import require_planner
from portfolio.models import AgendaItem, ItemKind, Meeting, MeetingState, Orientation
from portfolio.models.meeting import AHEAD
from transfers.models import TransferCase

WRITABLE = frozenset({"kind", "title", "resume", "presentation", "recommendation", "is_closed"})
ITEM_CHANGED = "Punktet er ændret af en anden, siden du åbnede siden. Se, hvad der er ændret, og gem igen."


def carry_over(forum: Forum) -> None:
    """Put open orientations and adjourned cases on the forum's next agenda that is not sent, if there is one.

    Called in the transaction of whatever makes something wait: a new orientation, an adjournment, a new meeting.
    """
    meeting = next_planned(forum)
    if meeting is None:
        return
    for case in adjourned_cases(forum):
        put(meeting, case)
    for orientation in open_orientations(forum):
        put(meeting, orientation.case, orientation)


def put(meeting: Meeting, case: TransferCase, orientation: Orientation | None = None) -> AgendaItem:
    """Put a case, or an orientation about it, last on an agenda; there already, it stays where it is."""
    basis, mini_mtv = (None, None) if orientation else versions_of(case)
    item, _ = AgendaItem.unscoped.get_or_create(
        meeting=meeting, case=case, orientation=orientation,
        defaults={
            "position": next_position(meeting), "resume": "" if orientation else resume_text(case),
            "kind": ItemKind.ORIENTATION if orientation else ItemKind.DECISION,
            "basis_version": basis or None, "mini_mtv_version": mini_mtv or None,
        },
    )  # fmt: skip
    return item


@transaction.atomic
def take_up(
    *, meeting: Meeting, viewer: Viewer, case: TransferCase | None = None, orientation: Orientation | None = None
) -> AgendaItem:
    """Put a case now before the forum, or an open orientation to it, on the agenda of a meeting ahead.

    Raises NotAllowed, and DomainError for what is not the forum's to take up.
    """
    require_planner(meeting.forum_id, viewer)
    row = locked(meeting, AHEAD)
    if orientation is not None and orientation.forum_id == row.forum_id and orientation.noted_at is None:
        return put(row, orientation.case, orientation)
    if case is None or case.current_forum_id != row.forum_id:
        raise DomainError("Sagen er ikke hos forummet nu og kan ikke komme på dagsordenen.")
    return put(row, case)


@transaction.atomic
def add_matter(*, meeting: Meeting, viewer: Viewer, title: str, **values: Any) -> AgendaItem:
    """Add an item that is not about a case. Raises NotAllowed, DomainError, TextRefused."""
    require_planner(meeting.forum_id, viewer)
    row = locked(meeting, AHEAD)
    if not title.strip():
        raise DomainError("Skriv en overskrift til punktet.")
    known = {name: values[name] for name in values.keys() & WRITABLE}
    item = AgendaItem(meeting=row, position=next_position(row), title=title, **known)
    item.save()
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, viewer: Viewer, revision: int | None = None, **values: Any) -> AgendaItem:
    """Write an item of an agenda ahead. Raises NotAllowed, Stale, DomainError, TextRefused."""
    require_planner(item.meeting.forum_id, viewer)
    locked(item.meeting, AHEAD)
    row = AgendaItem.unscoped.select_related("case", "meeting").get(pk=item.pk)
    if revision is not None and revision != row.revision:
        raise Stale(ITEM_CHANGED)
    for name in values.keys() & WRITABLE:
        setattr(row, name, values[name])
    row.revision += 1
    row.save()
    return row


@transaction.atomic
def move_item(*, item: AgendaItem, viewer: Viewer, up: bool) -> None:
    """Let an item change places with the one before or after it. Raises NotAllowed, DomainError."""
    require_planner(item.meeting.forum_id, viewer)
    locked(item.meeting, AHEAD)
    same = {"meeting": item.meeting_id, "orientation__isnull": item.orientation_id is None}
    rows = list(AgendaItem.unscoped.filter(**same))
    here = next((place for place, row in enumerate(rows) if row.pk == item.pk), 0)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    places = sorted(row.position for row in rows)
    for row, place in zip(rows, places, strict=True):
        AgendaItem.unscoped.filter(pk=row.pk).update(position=place)


@transaction.atomic
def remove_item(*, item: AgendaItem, viewer: Viewer) -> None:
    """Take an item off an agenda ahead; an orientation stays until it is taken note of. Raises as `move_item`."""
    require_planner(item.meeting.forum_id, viewer)
    locked(item.meeting, AHEAD)
    if item.orientation_id is not None:
        raise DomainError("En orientering står på dagsordenen, til den er taget til efterretning.")
    AgendaItem.unscoped.filter(pk=item.pk).delete()


@transaction.atomic
def send_agenda(*, meeting: Meeting, viewer: Viewer) -> Meeting:
    """Send the agenda, or send it again, to the forum's members; the papers are the versions of that moment.

    Raises NotAllowed, DomainError, Incomplete for an agenda without items.
    """
    require_planner(meeting.forum_id, viewer)
    row = locked(meeting, AHEAD)
    items = AgendaItem.unscoped.filter(meeting=row)
    if not items.exists():
        raise Incomplete("Dagsordenen kan ikke sendes endnu.", ["Sæt mindst ét punkt på dagsordenen"])
    for item in items.filter(case__isnull=False, orientation__isnull=True).select_related("case__initiator"):
        freeze_papers(item)
    row.state, row.agenda_sent_at = MeetingState.AGENDA_SENT, now()
    keep(row, viewer, "agenda_sent")
    tell_agenda(row, viewer)
    return row


def freeze_papers(item: AgendaItem) -> None:
    """Let an item refer to the versions of the case that are newest now."""
    if item.case is not None:
        basis, mini_mtv = versions_of(item.case)
        item.basis_version, item.mini_mtv_version = basis or None, mini_mtv or None
        item.save()
