"""Ordering editions of the annual status, and keeping what the job made. Each owns its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone, localdate, make_aware, now

from contacts.viewer import Viewer
from core.actions import order_job
from core.errors import DomainError
from core.freeze import digest
from core.models import Job, StoredFile, User
from portfolio.annual.queries import due_year, newest_edition, text_of, years_with_history
from portfolio.annual.rules import require_order
from portfolio.models import AnnualStatus

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
    """Order the next draft of a year, counted as registered by the end of that day; a repeated post makes one.

    The words are those of the year as they stand. Raises NotAllowed, and DomainError as `cut_off_for`.
    """
    require_order(viewer)
    row = AnnualStatus(year=year, cut_off=cut_off_for(year, day), **text_of(year).words)
    return order(row, viewer.user, request_key)


@transaction.atomic
def order_due_status() -> AnnualStatus | None:
    """Order the draft about last year once its day has come, unless the year has an edition; for the calendar.

    The day is data (`annual.draft_month`, `annual.draft_day`). A second call changes nothing.
    """
    year = due_year()
    if year is None or newest_edition(year) is not None:
        return None
    row = AnnualStatus(year=year, cut_off=cut_off_for(year, localdate()), **text_of(year).words)
    return order(row, None, uuid5(NAMESPACE_URL, f"{KIND}:{year}"))


def order(row: AnnualStatus, user: User | None, request_key: UUID) -> AnnualStatus:
    """Store a row as the next edition of its year and order the job; within a transaction."""
    with_lock(row.year)
    if known := AnnualStatus.objects.filter(request_key=request_key).first():
        return known
    before = newest_edition(row.year)
    row.edition = before.edition + 1 if before else 1
    row.request_key, row.ordered_by = request_key, user
    row.save()
    row.job = order_job_for(row, user)
    row.save()
    return row


def copy_of(status: AnnualStatus) -> AnnualStatus:
    """Return a new edition, not stored, with the figures and words of another."""
    return AnnualStatus(
        year=status.year, cut_off=status.cut_off, facts=status.facts, facts_sha256=status.facts_sha256,
        **status.words,
    )  # fmt: skip


def order_job_for(row: AnnualStatus, user: User | None) -> Job:
    """Order the job of an edition, or start it over when it failed."""
    return order_job(KIND, f"{KIND}:{row.year}:{row.edition}", {"status": row.pk}, user)


@transaction.atomic
def order_again(*, viewer: Viewer, status: AnnualStatus) -> AnnualStatus:
    """Start the job of an edition over after it failed; nothing happens otherwise. Raises NotAllowed."""
    require_order(viewer)
    order_job_for(status, viewer.user)
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
def keep_report(status_id: int, files: Mapping[str, StoredFile]) -> AnnualStatus:
    """Give an edition its files by name, which freezes the row; in the transaction that sets the job done."""
    row = AnnualStatus.objects.select_for_update().get(pk=status_id)
    row.pdf, row.excel = files[row.file_name("pdf")], files.get(row.file_name("xlsx"))
    row.public_pdf = files.get(row.file_name("pdf", public=True))
    row.public_excel = files.get(row.file_name("xlsx", public=True))
    row.state = row.kind
    row.save()
    return row
