"""Dækning: which organisations have a contact person, for how long, and where there were gaps (S1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.timezone import localdate

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership, Organisation
from contacts.queries import LISTED_KINDS, place_in_overview
from core.parameters import whole

ONE_DAY = timedelta(days=1)
WATCHED = (*CONTACT_FUNCTIONS, Function.SIGNATORY)
Periods = list[tuple[date, date | None]]


@dataclass(frozen=True)
class Gap:
    """Days without a contact person, both counted in; `last` is None while nobody is appointed."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Coverage:
    """One organisation as the secretariat watches it today."""

    organisation: Organisation
    today: date
    people: list[Membership] = field(default_factory=list)
    warning_days: int = 60

    def holding(self, function: str) -> list[Membership]:
        """Return those in force today with a function."""
        return [m for m in self.people if m.function == function and m.is_in_force(self.today)]

    @property
    def contact(self) -> Membership | None:
        """The contact person in force."""
        return next(iter(self.holding(Function.CONTACT)), None)

    @property
    def deputies(self) -> list[Membership]:
        """The deputies in force, who may act at any time."""
        return self.holding(Function.DEPUTY)

    @property
    def signatories(self) -> list[Membership]:
        """Those who may bind the organisation in an agreement."""
        return self.holding(Function.SIGNATORY)

    @property
    def contact_periods(self) -> Periods:
        """From when to when the organisation had or will have a contact person."""
        return [(m.valid_from, m.valid_to) for m in self.people if m.function == Function.CONTACT]

    @property
    def next_gap(self) -> Gap | None:
        """The gap that is now or begins before the warning's horizon; None when there is none."""
        if not self.contact_periods:
            return None
        horizon = self.today + timedelta(days=self.warning_days)
        found = gaps_between(self.contact_periods, self.today, horizon)
        return next((open_ended(gap, horizon) for gap in found), None)

    @property
    def since(self) -> date | None:
        """The first day of the gap that is now; None when somebody is in force or nobody ever was."""
        ended = [last for first, last in self.contact_periods if last and last < self.today]
        return max(ended) + ONE_DAY if ended and self.contact is None else None

    @property
    def state(self) -> str:
        """`missing`, `ends`, `unsigned` (nobody may bind it) or `good`: the worst that is wrong."""
        if self.contact is None:
            return "missing"
        if self.next_gap:
            return "ends"
        return "good" if self.signatories else "unsigned"


def open_ended(gap: Gap, horizon: date) -> Gap:
    """Return a gap that reaches the horizon as one whose end is not known."""
    return Gap(gap.first, None) if gap.last == horizon else gap


def gaps_between(periods: Iterable[tuple[date, date | None]], first: date, last: date) -> list[Gap]:
    """Return the days from `first` to `last` that no period covers; those before the first period do not count."""
    rows = sorted(periods)
    day = max([first, *(start for start, _ in rows[:1])])
    gaps = []
    for start, end in rows:
        if start > day and day <= last:
            gaps.append(Gap(day, min(start - ONE_DAY, last)))
        day = max(day, last + ONE_DAY if end is None else end + ONE_DAY)
    return [*gaps, Gap(day, last)] if rows and day <= last else gaps


def coverage(on: date | None = None) -> list[Coverage]:
    """Return every organisation that must have a contact person, in the overview's order; three queries."""
    day = on or localdate()
    people = watched_people(WATCHED)
    days = whole("contacts.warning_days", day)
    rows = sorted(watched_organisations(), key=place_in_overview)
    return [Coverage(row, day, people.get(row.pk, []), days) for row in rows]


def gaps_in_year(year: int, until: date | None = None) -> dict[Organisation, list[Gap]]:
    """Return each organisation's gaps within a calendar year, up to `until` (today) at the latest; two queries.

    They count from the organisation's first contact person on; organisations without a gap are left out.
    """
    last = min(date(year, 12, 31), until or localdate())
    people = watched_people([Function.CONTACT])
    found = {
        row: gaps_between([(m.valid_from, m.valid_to) for m in people.get(row.pk, [])], date(year, 1, 1), last)
        for row in sorted(watched_organisations(), key=place_in_overview)
    }
    return {row: gaps for row, gaps in found.items() if gaps}


def watched_organisations() -> list[Organisation]:
    """Return the organisations in use that must have a contact person (S1)."""
    return list(Organisation.objects.filter(active=True, kind__in=LISTED_KINDS))


def watched_people(functions: Iterable[str]) -> dict[int, list[Membership]]:
    """Return memberships past, present and to come by organisation, the earliest first."""
    rows = Membership.objects.filter(
        function__in=functions, forum__isnull=True, organisation__kind__in=LISTED_KINDS
    )
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.select_related("user").order_by("valid_from", "pk"):
        found[row.organisation_id or 0].append(row)
    return found
