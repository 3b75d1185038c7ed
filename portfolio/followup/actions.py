"""What people do to a follow-up: write it, state their own figures, record it, and end it (rule 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, now

from contacts.viewer import Viewer
from core import definitions
from core.enums import Document
from core.errors import DomainError, Incomplete, NotAllowed, Stale
from core.freeze import state_of
from portfolio.followup.queries import draft_of, due_on, forget, indicators_of, newest, party_of
from portfolio.followup.rules import NO_FIGURES
from portfolio.models import FollowUp, FollowUpOutcome, Measurement, PartyOutcome
from transfers import rules
from transfers.actions import locked_case, perform
from transfers.models import TransferCase
from transfers.workflow import BY_CODE

CHANGED = "Opfølgningen er ændret af en anden, siden du åbnede siden."
OWN_CHANGED = "Jeres tal er ændret af en anden, siden du åbnede siden."
WRITABLE = frozenset(
    {
        "held_on", "patients_kind", "patients_number", "went_well", "went_badly", "patient_experience", "outcome",
        "outcome_reason", "next_on",
    }
)  # fmt: skip
OWN = frozenset(
    {"economy_known", "one_off_cost", "annual_cost", "annual_saving", "patients_kind", "patients_number", "note"}
)
NEEDED = {
    "held_on": "Skriv, hvilken dag der er fulgt op",
    "outcome": "Vælg udfaldet",
    "outcome_reason": "Begrund udfaldet",
}


@transaction.atomic
def save_follow_up(
    *,
    case: TransferCase,
    viewer: Viewer,
    values: Mapping[str, Any],
    measured: Mapping[int, Decimal | None] | None = None,
    revision: int | None = None,
) -> FollowUp:
    """Keep what is written as the case's one draft; no history entry.

    `values` are fields of the follow-up by name, `measured` values by indicator, `revision` the one the user saw (0
    before the first). Raises NotAllowed, Stale when somebody saved since, DomainError for an unknown indicator,
    TextRefused.
    """
    locked = locked_case(case.pk)
    rules.require(BY_CODE["record_follow_up"], locked, viewer)
    draft = begun(locked)
    if revision is not None and revision != draft.revision:
        raise Stale(CHANGED)
    for name in values.keys() & WRITABLE:
        setattr(draft, name, values[name])
    draft.revision, draft.updated_at = draft.revision + 1, now()
    draft.save()
    measure(draft, locked, measured or {})
    forget(case)
    return draft


def begun(case: TransferCase) -> FollowUp:
    """Return the draft of a locked case; made when there is none."""
    found = draft_of(case)
    if found is None:
        last = FollowUp.unscoped.filter(case=case).aggregate(last=Max("number"))["last"] or 0
        found = FollowUp.unscoped.create(case=case, number=last + 1, definition=definitions.newest(Document.FOLLOW_UP))
    return found


def measure(draft: FollowUp, case: TransferCase, measured: Mapping[int, Decimal | None]) -> None:
    """Store measured values beside what is expected of the indicators now."""
    known = {indicator.pk: indicator for indicator in indicators_of(case)}
    if measured.keys() - known.keys():
        raise DomainError("Aftalen har ikke den indikator.")
    for key, value in measured.items():
        indicator = known[key]
        Measurement.unscoped.update_or_create(
            follow_up=draft, indicator=indicator,
            defaults={
                "measured": value, "expected": indicator.expected, "baseline": indicator.baseline, "aim": indicator.aim
            },
        )  # fmt: skip


def state_own_outcome(
    *,
    case: TransferCase,
    viewer: Viewer,
    seen: int | None = None,
    revision: int | None = None,
    capacity_id: int | None = None,
    **figures: Any,
) -> PartyOutcome:
    """State how economy and patients came out for the party one acts for, in the follow-up under way (S4.6).

    `figures` are fields of PartyOutcome by name, `revision` the `state_of_own` that the page showed. Raises as
    `perform`, Stale when the party has stated something else since, and TextRefused.
    """
    with perform("state_own_outcome", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        party = party_of(step.case, step.capacity.organisation_id)
        if party is None:
            raise NotAllowed(NO_FIGURES)
        draft = begun(step.case)
        before = PartyOutcome.unscoped.filter(follow_up=draft, party=party).first()
        if revision is not None and revision != state_of_own(before):
            raise Stale(OWN_CHANGED)
        given = {name: figures[name] for name in figures.keys() & OWN}
        outcome, _ = PartyOutcome.unscoped.update_or_create(
            follow_up=draft, party=party, defaults=given | {"stated_at": now(), "stated_by": viewer.user}
        )
        step.facts = {"organisation": party.organisation_id, "follow_up": draft.pk}
    forget(case)
    return outcome


def state_of_own(outcome: PartyOutcome | None) -> int:
    """Return a number that changes with what a party has stated; 0 before anything is stated."""
    return state_of([getattr(outcome, name) for name in sorted(OWN)]) if outcome else 0


def record_follow_up(
    *,
    case: TransferCase,
    viewer: Viewer,
    seen: int | None = None,
    revision: int | None = None,
    capacity_id: int | None = None,
) -> FollowUp:
    """Record the draft; from then on it is frozen with all that was measured and stated.

    Raises Incomplete when something is missing, Stale when the draft changed, DomainError for a day to come; else as
    `perform`.
    """
    draft = require_whole(draft_of(case))
    with perform(
        "record_follow_up", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, happened_on=draft.held_on
    ) as step:
        current = require_whole(draft_of(step.case))
        if current.pk != draft.pk or current.revision != (revision or draft.revision):
            raise Stale(CHANGED)
        measure(current, step.case, missing_values(current, step.case))
        step.facts = facts_of(current, due_on(step.case))
        current.recorded_at, current.recorded_by = now(), viewer.user
        current.save()
    forget(case)
    return current


def missing_values(draft: FollowUp, case: TransferCase) -> dict[int, Decimal | None]:
    """Return the indicators nobody has measured, so that the follow-up shows that they were expected."""
    known = set(Measurement.unscoped.filter(follow_up=draft).values_list("indicator_id", flat=True))
    return {indicator.pk: None for indicator in indicators_of(case) if indicator.pk not in known}


def facts_of(follow_up: FollowUp, due: date | None) -> dict[str, Any]:
    """Return what the history keeps: the outcome, how many results came, and when it was due and is next."""
    rows = list(Measurement.unscoped.filter(follow_up=follow_up))
    return {
        "follow_up": follow_up.pk, "outcome": str(follow_up.outcome), "indicators": len(rows),
        "measured": sum(row.measured is not None for row in rows), "met": sum(row.is_met is True for row in rows),
        "due": due.isoformat() if due else None, "next": follow_up.next_on.isoformat() if follow_up.next_on else None,
    }  # fmt: skip


def require_whole(draft: FollowUp | None) -> FollowUp:
    """Return the draft. Raises Incomplete for what a recorded follow-up needs, DomainError for a day to come."""
    if draft is None:
        raise Incomplete("Opfølgningen kan ikke registreres endnu.", list(NEEDED.values()))
    missing = [words for name, words in NEEDED.items() if not str(getattr(draft, name) or "").strip()]
    if not missing and draft.outcome == FollowUpOutcome.ADJUST and draft.next_on is None:
        missing = ["Skriv, hvornår der følges op igen efter justeringen"]
    if missing:
        raise Incomplete("Opfølgningen kan ikke registreres endnu.", missing)
    if draft.held_on and draft.held_on > localdate():
        raise DomainError("Datoen for opfølgningen er ikke kommet endnu.")
    return draft


def finish_follow_up(
    *, case: TransferCase, viewer: Viewer, seen: int | None = None, capacity_id: int | None = None, reason: str = ""
) -> TransferCase:
    """End the follow-up: the agreement goes on holding, and the case is closed. Raises as `perform`."""
    with perform(
        "finish_follow_up", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        last = newest(step.case)
        step.facts = {"follow_up": last.pk if last else None}
    return case
