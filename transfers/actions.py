"""What people do to a case. Every write goes through `perform`: lock, recheck, write, history, notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.enums import ForumLevel, Function
from contacts.models import Forum, Membership, Organisation
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.definitions import current
from core.errors import DomainError, NotAllowed, Stale
from transfers import access, history, notices, rules
from transfers.enums import Stage
from transfers.models import CaseCounter, JournalEntry, Placement, Screening, TransferCase
from transfers.workflow import BY_CODE, Act

FORUM_STAGES = {
    Stage.LOCAL_FORUM: ForumLevel.LOCAL,
    Stage.PORTFOLIO: ForumLevel.PORTFOLIO,
    Stage.ADMINISTRATIVE: ForumLevel.ADMINISTRATIVE,
}


@dataclass
class Step:
    """One act under way: what it changes is set on the locked `case`, what it tells goes into `facts`.

    `only_for` hides the entry from all but one organisation; `forum` names the forum a case is put before.
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
        capacity = rules.require(act, locked, viewer, capacity_id)
        if seen is not None and seen != locked.version:
            raise Stale("Sagen er ændret, siden du åbnede siden. Se, hvad der er sket, og prøv igen.")
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


def finish(step: Step) -> None:
    """Move the case as the table says, append the history entry and queue the notices."""
    case, stage_from = step.case, step.case.stage
    told = notices.addressees(step.act, case)
    if step.act.target is not None:
        move(step, step.act.target)
    if step.act.counts:
        case.version += 1
    case.save()
    step.entry = history.append(
        case=case, kind=step.act.code, actor_id=step.viewer.user.pk, capacity=step.capacity,
        stage_from=stage_from, facts=step.facts, reason=step.reason,
        happened_on=step.happened_on, only_for=step.only_for,
    )  # fmt: skip
    if not step.silent:
        notices.queue(step.act, case, step.entry, [*told, *notices.addressees(step.act, case)])


def move(step: Step, target: Stage) -> None:
    """Set stage, result and forum of the case as its act says, ending and making placements."""
    case = step.case
    leave_forum(step)
    case.stage, case.result, case.stage_since = target, step.act.result or "", now()
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
    forum = Forum.objects.filter(in_force(), level=level).order_by("pk").first()
    if forum is None:
        raise DomainError(f"Der er ikke noget forum i kraft på niveauet {level.label}. Sekretariatet kan oprette det.")
    return forum


def locked_counter() -> CaseCounter:
    """Return this year's number series with its row locked until commit, so filings queue up."""
    year = localdate().year
    CaseCounter.objects.get_or_create(year=year)
    return CaseCounter.objects.select_for_update().get(year=year)


def next_number(counter: CaseCounter) -> str:
    """Return the next case number of the locked series, e.g. OF-2026-0031."""
    counter.last += 1
    counter.save()
    return f"OF-{counter.year}-{counter.last:04d}"


SCREENERS = (Function.LEADER, Function.COLLEAGUE)


def may_screen(viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer may start a screening: leaders and colleagues (S1)."""
    return [m for m in viewer.holding(SCREENERS) if m.organisation is not None]


@transaction.atomic
def file_screening(
    *,
    viewer: Viewer,
    membership: Membership,
    case_data: dict[str, Any],
    answers: dict[str, Any],
    request_key: UUID,
    conclude: bool = False,
) -> TransferCase:
    """Start a case with an indledende vurdering; a repeated post with the same key returns the first one.

    With `conclude` it is concluded in the same breath, or not stored at all. Raises NotAllowed for a membership
    that may not, TextRefused for a CPR number, else as `conclude_screening`.
    """
    if membership not in may_screen(viewer) or membership.organisation is None:
        raise NotAllowed("Kun ledere og medarbejdere kan starte en indledende vurdering.")
    counter = locked_counter()
    earlier = TransferCase.unscoped.filter(request_key=request_key, created_by=viewer.user).first()
    if earlier is not None:
        return earlier
    case = TransferCase.unscoped.create(
        **case_data,
        number=next_number(counter),
        request_key=request_key,
        initiator=membership.organisation.whole,
        department=membership.organisation if membership.organisation.parent_id else None,
        created_by=viewer.user,
    )
    Screening.unscoped.create(case=case, definition=current("screening"), **answers)
    access.grant_initiator(case)
    history.append(
        case=case, kind="screening_filed", actor_id=viewer.user.pk, capacity=membership,
        stage_from="", facts={"change_kind": case.change_kind},
    )  # fmt: skip
    return conclude_screening(case=case, viewer=viewer) if conclude else case


@transaction.atomic
def change_screening(
    *,
    case: TransferCase,
    viewer: Viewer,
    case_data: dict[str, Any],
    answers: dict[str, Any],
    seen: int | None = None,
    conclude: bool = False,
) -> TransferCase:
    """Change a screening that stands open, and conclude it in the same breath when asked to.

    Raises NotAllowed, Stale, TextRefused, else as `conclude_screening`.
    """
    locked = locked_case(case.pk)
    capacity = rules.require(BY_CODE["edit_screening"], locked, viewer)
    if seen is not None and seen != locked.version:
        raise Stale()
    for name, value in case_data.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    screening = Screening.unscoped.get(case=locked)
    for name, value in answers.items():
        setattr(screening, name, value)
    screening.save()
    history.append(
        case=locked, kind="screening_changed", actor_id=viewer.user.pk, capacity=capacity,
        stage_from=locked.stage, facts={},
    )  # fmt: skip
    refresh(case, locked)
    return conclude_screening(case=case, viewer=viewer) if conclude else case


def conclude_screening(*, case: TransferCase, viewer: Viewer, seen: int | None = None) -> TransferCase:
    """Conclude by the answers: to a kladde when a dialoggrundlag is needed, else closed as not needed (rule 1)."""
    screening = Screening.unscoped.get(case=case)
    code = "start_basis" if screening.has_duty and screening.needs_basis else "close_screening"
    with perform(code, case=case, viewer=viewer, seen=seen) as step:
        locked = Screening.unscoped.get(case=case)
        step.facts = {
            "consequences": locked.consequences, "new_competences": locked.new_competences,
            "utensils": locked.utensils, "needs_basis": bool(locked.has_duty and locked.needs_basis),
        }  # fmt: skip
        locked.concluded_at = now()
        locked.save()
    return case


def do_plain(
    code: str, *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None = None, reason: str = ""
) -> TransferCase:
    """Carry out an act that changes nothing but the case's stage: return, withdraw, reopen, back to dialogue."""
    with perform(code, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        if code == "reopen_dialogue":
            step.case.dialogue_closed_at = None
    return case
