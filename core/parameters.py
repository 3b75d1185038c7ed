"""Parametre: the thresholds and deadlines the secretariat sets, each with a default of ours (fortolkning)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import Parameter


@dataclass(frozen=True)
class Declared:
    """A parameter that exists: what it is called, its unit, and what holds where nothing is set."""

    label: str
    unit: str
    default: Decimal


DECLARED: dict[str, Declared] = {
    # Choice of forum (rule 6): a case above one of these counts as broad.
    "routing.municipalities": Declared("Højeste antal kommuner i en lokal sag", "kommuner", Decimal(3)),
    "routing.hospitals": Declared("Højeste antal sygehuse i en lokal sag", "sygehuse", Decimal(1)),
    "routing.patients_per_year": Declared("Højeste antal patienter om året i en lokal sag", "patienter", Decimal(200)),
    "routing.economic_effect": Declared(
        "Højeste økonomiske virkning om året i en lokal sag", "kroner", Decimal(500_000)
    ),
    "routing.all_general_practice": Declared(
        "En sag, der berører al almen praksis, er bred", "1 = ja, 0 = nej", Decimal(1)
    ),
    # Deadlines (rules 2 and 4).
    "deadline.contact_days": Declared("Kontaktpersonens frist", "arbejdsdage", Decimal(10)),
    "deadline.response_days": Declared("Parternes frist for svar", "arbejdsdage", Decimal(15)),
    "deadline.reminder_days": Declared("Påmindelse inden fristen", "arbejdsdage", Decimal(3)),
}


def in_force(key: str, on: date | None = None) -> Parameter | None:
    """Give the row in force on a day (today), or None where the default holds. Raises KeyError for other keys."""
    return rows_in_force([key], on).first()


def rows_in_force(keys: Iterable[str], on: date | None = None) -> QuerySet[Parameter]:
    """Give the rows in force on a day (today); none for keys where the default holds. Raises KeyError."""
    wanted = set(keys)
    if unknown := wanted - DECLARED.keys():
        raise KeyError(*sorted(unknown))
    day = on or timezone.localdate()
    rows = Parameter.objects.filter(key__in=wanted, valid_from__lte=day)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def values(keys: Iterable[str], on: date | None = None) -> dict[str, Decimal]:
    """Give the values in force on a day (today), the defaults where nothing is set; one query. Raises KeyError."""
    wanted = list(keys)
    return {key: DECLARED[key].default for key in wanted} | dict(rows_in_force(wanted, on).values_list("key", "value"))


def value(key: str, on: date | None = None) -> Decimal:
    """Give the value in force on a day (today), else the default. Raises KeyError for an undeclared key."""
    row = in_force(key, on)
    return row.value if row else DECLARED[key].default


def whole(key: str, on: date | None = None) -> int:
    """Give the value as a whole number, for days and counts. Raises KeyError for an undeclared key."""
    return int(value(key, on))
