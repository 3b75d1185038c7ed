"""What the history tells of a year: entries by the day they happened, registered before the cut-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, Min, QuerySet
from django.utils.timezone import localdate, localtime

from dialogue.models import BasisVersion
from portfolio.models import AnnualStatus
from transfers.models import JournalEntry


class Move(NamedTuple):
    """A step that took a case from one stage to another, on the day it counts for.

    That is the day it happened, but never before the step it follows: a decision that was dated back cannot
    overtake what it rests on, and so the stages of a case form an unbroken chain through the years.
    """

    entry: int
    case: int
    kind: str
    stage_from: str
    stage_to: str
    day: date


class Submission(NamedTuple):
    """A case whose dialoggrundlag was sent for the first time in the year, with its newest figures."""

    case: int
    facts: dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """A calendar year in Danish time, as it was registered by the cut-off."""

    year: int
    cut_off: datetime

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def until(self) -> date:
        """31 December, or the day of the cut-off while the year still runs."""
        return min(date(self.year, 12, 31), localtime(self.cut_off).date())

    def holds(self, day: date) -> bool:
        """Tell whether a day counts."""
        return self.first <= day <= self.until

    @cached_property
    def moves(self) -> list[Move]:
        """Every move since the first case, up to and with the year; by case, in the order of its history."""
        return [move for move in moved(registered(self.cut_off)) if move.day <= self.until]

    @cached_property
    def in_year(self) -> list[Move]:
        """The moves of the year."""
        return [move for move in self.moves if self.holds(move.day)]

    def entries(self, kinds: Iterable[str]) -> QuerySet[JournalEntry]:
        """Return the year's entries of these kinds."""
        rows = registered(self.cut_off).filter(kind__in=list(kinds))
        return rows.filter(happened_on__range=(self.first, self.until))

    def of_year(self, year: int) -> Scope:
        """Return the same count for an earlier year; it shares the moves that are read already."""
        other = replace(self, year=year)
        vars(other)["moves"] = [move for move in self.moves if move.day <= other.until]
        return other


def registered(cut_off: datetime) -> QuerySet[JournalEntry]:
    """Return the history as it stood at the cut-off."""
    return JournalEntry.unscoped.filter(recorded_at__lte=cut_off)


def moved(entries: QuerySet[JournalEntry]) -> Iterable[Move]:
    """Give the moves of these entries, case by case."""
    rows = entries.exclude(stage_from=F("stage_to")).order_by("case_id", "number")
    case, day = 0, date.min
    for row in rows.values_list("pk", "case_id", "kind", "stage_from", "stage_to", "happened_on").iterator():
        case, day = row[1], max(day, row[5]) if row[1] == case else row[5]
        yield Move(*row[:5], day)


def submissions(scope: Scope) -> list[Submission]:
    """Return the cases first submitted in the year, each with the figures of its newest version by then."""
    rows = registered(scope.cut_off).filter(kind__in=("submit_basis", "issue_version"), happened_on__lte=scope.until)
    first: dict[int, date] = {}
    newest: dict[int, dict[str, Any]] = {}
    for case, day, facts in rows.order_by("case_id", "number").values_list("case_id", "happened_on", "facts"):
        first.setdefault(case, day)
        newest[case] = facts
    return [Submission(case, newest[case]) for case, day in first.items() if scope.holds(day)]


def frozen_contents(found: list[Submission]) -> list[dict[str, Any]]:
    """Return the frozen dialoggrundlag of each submission, in the version its figures name."""
    wanted = {(item.case, item.facts["version"]) for item in found}
    rows = BasisVersion.unscoped.filter(basis__case__in=[item.case for item in found]).order_by("basis__case")
    versions = rows.values_list("basis__case_id", "number", "content").iterator()
    return [content for case, number, content in versions if (case, number) in wanted]


def years_with_history() -> list[int]:
    """Return the years from the first entry in the history to this one, newest first."""
    first: date | None = JournalEntry.unscoped.aggregate(day=Min("happened_on"))["day"]
    return list(range(localdate().year, first.year - 1, -1)) if first else []


def newest_edition(year: int) -> AnnualStatus | None:
    """Return the newest edition of a year, or None."""
    return AnnualStatus.objects.filter(year=year).order_by("-edition").first()
