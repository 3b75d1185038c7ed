"""Periods of validity: a first day and, once known, a last day, both counted in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate


def in_force(on: date | None = None, prefix: str = "") -> Q:
    """Return the condition »valid on that day« (today when not given) for rows with a period."""
    day = on or localdate()
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


class Period(models.Model):
    """A row that holds from one date to another."""

    valid_from = models.DateField("gælder fra", default=localdate)
    valid_to = models.DateField("gælder til og med", null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, on: date | None = None) -> bool:
        """Tell whether the row holds on that day (today when not given)."""
        day = on or localdate()
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


def ordered_period(name: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="Slutdatoen ligger før startdatoen.",
    )
