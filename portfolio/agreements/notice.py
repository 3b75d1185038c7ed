"""How long a party is bound after it has given notice."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.timezone import localdate

from portfolio.agreements.queries import Written
from portfolio.models import AgreementParty


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earliest_leaving(found: Written, party: AgreementParty) -> date:
    """Return the first day a party may leave when it gives notice today, by the version that holds for it.

    A party for which none holds yet is bound by the newest one.
    """
    bound = found.version(party.holds_version or found.agreement.issued)
    return months_after(localdate(), (bound.notice_months or 0) if bound else 0)
