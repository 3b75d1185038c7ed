"""The one write path, `perform`: lock, recheck, write, history, notices – in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.enums import ForumLevel
from contacts.models import Forum, Membership, Organisation
from contacts.viewer import Viewer
from core.errors import DomainError
from transfers import access, history, notices, rules
from transfers.enums import Stage, Who
from transfers.meanwhile import required
from transfers.models import JournalEntry, Placement, TransferCase
from transfers.workflow import BY_CODE, Act

FORUM_STAGES = {
    Stage.LOCAL_FORUM: ForumLevel.LOCAL,
    Stage.PORTFOLIO: ForumLevel.PORTFOLIO,
    Stage.ADMINISTRATIVE: ForumLevel.ADMINISTRATIVE,
}


@dataclass(frozen=True)
class Event:
    """What an act brought about besides itself, such as an agreement that came to hold: an entry of its own kind.

    `target` is the stage it moves the case to, if it does; `tells` says who gets a message of it.
    """

    kind: str
    facts: dict[str, Any]
    target: Stage | None = None
    tells: tuple[Who, ...] = ()


@dataclass
class Step:
    """One act under way: what it changes is set on the locked `case`, what it tells goes into `facts`.

    `only_for` hides the entry from all but one organisation, `told` narrows whom the table tells, `forum` is where the
    case is put. Where the table lets the act choose (`may_lead_to`), `target` says where to; `events` are its effects.
    """

    act: Act
    case: TransferCase
    viewer: Viewer
    capacity: Membership
    reason: str = ""
    forum: Forum | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    happened_on: date | None = None
    only_for: Organisation | None = None
    silent: bool = False
    target: Stage | None = None
    events: list[Event] = field(default_factory=list)
    told: list[Membership] | None = None
    entry: JournalEntry | None = None


@contextmanager
def perform(
    code: str,
    *,
    case: TransferCase,
    viewer: Viewer,
    seen: int | None = None,
    capacity_id: int | None = None,
    reason: str = "",
    happened_on: date | None = None,
) -> Iterator[Step]:
    """Carry out one act of the workflow table in one transaction; the body does the writing.

    `seen` is the version of the case the user looked at, `capacity_id` the membership they act by.
    Raises NotAllowed, Incomplete or Stale before the body runs, DomainError for an absent reason.
    """
    act = BY_CODE[code]
    with transaction.atomic():
        locked = locked_case(case.pk)
        capacity = required(act, locked, viewer, capacity_id, seen, reason)
        if act.asks_reason and not reason.strip():
            raise DomainError("Skriv en begrundelse – den indgår i sagens historik.")
        step = Step(act, locked, viewer, capacity, reason.strip(), happened_on=happened_on)
        yield step
        finish(step)
    refresh(case, locked)


def locked_case(pk: int) -> TransferCase:
    """Return the case with its row locked for the rest of the transaction."""
    rows = TransferCase.unscoped.select_for_update(of=("self",))
    return rows.select_related("initiator__group", "department__group", "current_forum").get(pk=pk)


def refresh(case: TransferCase, locked: TransferCase) -> None:
    """Copy what the act changed to the object the caller holds."""
    for column in TransferCase._meta.concrete_fields:
        setattr(case, column.attname, getattr(locked, column.attname))


Moved = Callable[[Step], None]
MOVED: list[Moved] = []


def when_moved(do: Moved) -> Moved:
    """Register what else happens, in the same transaction, when an act has moved a case to another stage."""
    MOVED.append(do)
    return do


def finish(step: Step) -> None:
    """Move the case as the table says, append the history entry and queue the notices."""
    case, stage_from = step.case, step.case.stage
    told = notices.addressees(step.act, case)
    target = step.target or step.act.target
    if target is not None:
        move(step, target)
    if step.act.counts:
        case.version += 1
    case.save()
    step.entry = history.append(
        case=case, kind=step.act.code, actor_id=step.viewer.user.pk, capacity=step.capacity,
        stage_from=stage_from, facts=step.facts, reason=step.reason,
        happened_on=step.happened_on, only_for=step.only_for,
    )  # fmt: skip
    for also in MOVED if step.act.target is not None else ():
        also(step)
    if not step.silent:
        told = [*told, *notices.addressees(step.act, case)] if step.told is None else step.told
        notices.queue(step.act, case, step.entry, told)
    for event in step.events:
        happen(step, event)


def happen(step: Step, event: Event) -> None:
    """Write what an act brought about after the act itself: move the case, append an entry, queue the notices."""
    case, stage_from = step.case, step.case.stage
    if event.target is not None and event.target != stage_from:
        move(step, event.target)
        case.save()
    entry = history.append(
        case=case, kind=event.kind, actor_id=step.viewer.user.pk, capacity=step.capacity, stage_from=stage_from,
        facts=event.facts, happened_on=step.happened_on,
    )  # fmt: skip
    notices.queue(step.act, case, entry, rules.Circle(case).people(event.tells))


def move(step: Step, target: Stage) -> None:
    """Set stage, result and forum of the case as its act says, ending and making placements."""
    case = step.case
    leave_forum(step)
    case.stage, case.result, case.stage_since = target, step.act.result or "", now()
    if target == Stage.DRAFT:  # what is written again is talked over again, and its forum chosen again
        case.dialogue_closed_at = case.returned_by = None
    if target in FORUM_STAGES:
        enter_forum(case, step.forum or the_forum(FORUM_STAGES[target]))


def leave_forum(step: Step) -> None:
    """End the open placement; remember the forum when it returned the case, so that it goes back there."""
    case = step.case
    if case.current_forum_id is None:
        return
    open_ones = Placement.unscoped.filter(case=case, ended_at__isnull=True)
    open_ones.update(ended_at=now(), ended_by_act=step.act.code)
    returned = step.act.target in (Stage.DIALOGUE, Stage.MINI_MTV)
    case.returned_by = case.current_forum if returned else None
    case.current_forum = None


def enter_forum(case: TransferCase, forum: Forum) -> None:
    """Put the case before a forum and let its members see it."""
    case.current_forum, case.returned_by = forum, None
    access.grant_forum(Placement.unscoped.create(case=case, forum=forum))


def the_forum(level: ForumLevel) -> Forum:
    """Return the one forum in force at an upper level. Raises DomainError when there is none."""
    forum = Forum.taking_cases().filter(level=level).order_by("pk").first()
    if forum is None:
        raise DomainError(f"Der er ikke noget forum i kraft på niveauet {level.label}. Sekretariatet kan oprette det.")
    return forum


def do_plain(
    code: str, *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None = None, reason: str = ""
) -> TransferCase:
    """Carry out an act that changes nothing but the case's stage: return, withdraw, reopen, back to dialogue."""
    with perform(code, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        if code == "reopen_dialogue":
            step.case.dialogue_closed_at = None
    return case
