"""Ordering the annual status, wording it anew, and keeping what the job made. Each owns its transaction."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone, localdate, make_aware, now

from contacts.viewer import Viewer
from core.actions import order_job
from core.errors import DomainError
from core.freeze import digest
from core.models import Job, StoredFile
from portfolio.annual.queries import newest_edition, years_with_history
from portfolio.annual.rules import require_order
from portfolio.models import AnnualStatus
from portfolio.models.annual import EditionState

KIND = "annual_status"
_EDITIONS = 0x5354  # names the lock under which editions of a year are numbered


def cut_off_for(year: int, day: date) -> datetime:
    """Return the moment up to which entries count: the end of that day, now when the day is today.

    Raises DomainError for a year without history, or a day before the year begins or still to come.
    """
    if year not in years_with_history():
        raise DomainError(f"Der er ingen sagshistorik for {year}. Vælg et andet år.")
    if day > localdate():
        raise DomainError("Opgørelsesdatoen ligger ude i fremtiden. Vælg i dag eller en tidligere dag.")
    if day.year < year:
        raise DomainError(f"Opgørelsesdatoen ligger før {year}. Vælg en dag i året eller senere.")
    midnight = make_aware(datetime.combine(day + timedelta(days=1), time.min), get_current_timezone())
    return min(midnight - timedelta(microseconds=1), now())


@transaction.atomic
def order_annual_status(*, viewer: Viewer, year: int, day: date, request_key: UUID) -> AnnualStatus:
    """Order the next edition of a year, counted as registered by the end of that day; a repeated post makes one.

    The words follow from the newest edition of the year. Raises NotAllowed, and DomainError as `cut_off_for`.
    """
    require_order(viewer)
    cut_off = cut_off_for(year, day)
    with_lock(year)
    before = newest_edition(year)
    words = {"recommendation": before.recommendation, "summary": before.summary} if before else {}
    return order(AnnualStatus(year=year, cut_off=cut_off, **words), viewer, request_key)


@transaction.atomic
def reword_annual_status(
    *, viewer: Viewer, status: AnnualStatus, recommendation: str, summary: str, request_key: UUID
) -> AnnualStatus:
    """Order the next edition with the same figures and other words; a repeated post makes one.

    Raises NotAllowed, DomainError for an edition that is not made or not the newest, TextRefused for a CPR number.
    """
    require_order(viewer)
    with_lock(status.year)
    newest = newest_edition(status.year)
    if known := AnnualStatus.objects.filter(request_key=request_key).first():
        return known
    if newest != status or not status.is_made:
        raise DomainError("Teksten kan kun ændres i årets nyeste udgave, når den er færdig.")
    row = AnnualStatus(
        year=status.year, cut_off=status.cut_off, facts=status.facts, facts_sha256=status.facts_sha256,
        recommendation=recommendation, summary=summary,
    )  # fmt: skip
    return order(row, viewer, request_key)


def order(row: AnnualStatus, viewer: Viewer, request_key: UUID) -> AnnualStatus:
    """Store a row as the next edition of its year and order the job; under the lock of the year."""
    if known := AnnualStatus.objects.filter(request_key=request_key).first():
        return known
    before = newest_edition(row.year)
    row.edition = before.edition + 1 if before else 1
    row.request_key, row.ordered_by = request_key, viewer.user
    row.save()
    row.job = order_job_for(row, viewer)
    row.save()
    return row


def order_job_for(row: AnnualStatus, viewer: Viewer) -> Job:
    """Order the job of an edition, or start it over when it failed."""
    return order_job(KIND, f"{KIND}:{row.year}:{row.edition}", {"status": row.pk}, viewer.user)


@transaction.atomic
def order_again(*, viewer: Viewer, status: AnnualStatus) -> AnnualStatus:
    """Start the job of an edition over after it failed; nothing happens otherwise. Raises NotAllowed."""
    require_order(viewer)
    order_job_for(status, viewer)
    return status


def with_lock(year: int) -> None:
    """Let one at a time number the editions of a year, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_EDITIONS, year])


@transaction.atomic
def freeze_figures(status_id: int, figures: dict[str, Any]) -> AnnualStatus:
    """Keep the figures of an edition; those that were kept first stay, so that a second attempt changes nothing."""
    row = AnnualStatus.objects.select_for_update().get(pk=status_id)
    if row.facts is None:
        row.facts, row.facts_sha256 = figures, digest(figures)
        row.save()
    return row


@transaction.atomic
def keep_report(status_id: int, pdf: StoredFile) -> AnnualStatus:
    """Give an edition its PDF, which freezes the row; called in the transaction that sets the job done."""
    row = AnnualStatus.objects.select_for_update().get(pk=status_id)
    row.pdf, row.state = pdf, EditionState.DRAFT
    row.save()
    return row
