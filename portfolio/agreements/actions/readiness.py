"""Klarmelding: a receiver's contact person reports what is in place, in step with the task moving (rule 12; S5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.timezone import localdate

from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.agreements.actions.settling import settle
from portfolio.agreements.queries import PartyStanding, forget, written
from portfolio.models import AgreementParty, Readiness, ReadinessItem
from transfers.actions import Step, perform
from transfers.models import TransferCase


def report_ready(
    *, case: TransferCase, viewer: Viewer, items: Mapping[str, date | None], capacity_id: int | None = None
) -> AgreementParty:
    """Report since when each item is in place; None takes a report back, items left out stay as they are.

    When all is reported and confirmed, the agreement goes live for the party in the same transaction. Raises
    DomainError for a day to come or an item that is not asked of the party; else as `perform`.
    """
    with perform("report_ready", case=case, viewer=viewer, capacity_id=capacity_id) as step:
        row = written(step.case).of(step.capacity.organisation_id)
        if row is None or set(items) - set(row.needs):
            raise DomainError("Det er ikke noget, jeres organisation skal melde klar.")
        keep(step, row, items)
        settle(step)
    forget(case)
    return AgreementParty.unscoped.get(pk=row.row.pk)


def keep(step: Step, row: PartyStanding, items: Mapping[str, date | None]) -> None:
    """Write what is in place now; what was reported already keeps its date and name."""
    if any(day and day > localdate() for day in items.values()):
        raise DomainError("Meld først klar, når det er på plads. Datoen kan ikke ligge fremme i tiden.")
    stored = {ready["item"]: ready["ready_on"] for ready in row.ready}
    changed = {item: day for item, day in items.items() if stored.get(item) != day}
    reports = Readiness.unscoped.filter(party=row.row)
    reports.filter(item__in=changed).delete()
    for item, day in changed.items():
        if day is not None:
            Readiness.unscoped.create(party=row.row, item=item, ready_on=day, reported_by=step.viewer.user)
    done = [str(item) for item in ReadinessItem if reports.filter(item=item).exists()]
    step.facts = {"organisation": row.row.organisation_id, "items": done}
