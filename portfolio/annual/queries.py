"""What the history tells of a year: entries by the day they happened, registered before the cut-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate, localtime

from contacts.naming import named
from contacts.periods import in_force
from contacts.viewer import Viewer
from core import parameters
from core.models import User
from dialogue.models import BasisVersion
from portfolio.models import AnnualStatus, AnnualText, Survey
from portfolio.models.annual import RECOMMENDATION
from portfolio.models.survey import ASKED
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

    @property
    def cut_off_day(self) -> date:
        """The day of the cut-off in Danish time."""
        return localtime(self.cut_off).date()

    @property
    def all_entries(self) -> QuerySet[JournalEntry]:
        """The year's entries of every kind."""
        return registered(self.cut_off).filter(happened_on__range=(self.first, self.until))

    def entries(self, kinds: Iterable[str]) -> QuerySet[JournalEntry]:
        """Return the year's entries of these kinds."""
        return self.all_entries.filter(kind__in=list(kinds))

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
    """Return the newest edition of a year without reading its figures, or None."""
    return AnnualStatus.objects.filter(year=year).defer("facts").order_by("-edition").first()


def text_of(year: int) -> AnnualText:
    """Return the open texts of a year; an empty row, not stored, where nothing is written yet."""
    return AnnualText.objects.filter(year=year).first() or AnnualText(
        year=year, recommendation=named(RECOMMENDATION)
    )  # fmt: skip


def due_year() -> int | None:
    """Return last year once its draft is due (parameters), and only when it has history; else None."""
    today = localdate()
    month, day = (parameters.whole(f"annual.draft_{part}") for part in ("month", "day"))
    if (today.month, today.day) < (month, day):
        return None
    return today.year - 1 if today.year - 1 in years_with_history() else None


def asked_people() -> list[User]:
    """Return the contact persons, deputies and leaders of today, whom the survey asks."""
    held = User.objects.filter(in_force(prefix="memberships__"), memberships__function__in=ASKED, is_active=True)
    return list(held.distinct().order_by("pk"))


def has_answered(survey: Survey, viewer: Viewer) -> bool:
    """Tell whether the viewer has answered the survey."""
    return survey.participations.filter(user=viewer.user).exists()


def years_to_ask() -> list[int]:
    """Return the years a survey can be about that have none: last year, this one and the next."""
    this = localdate().year
    taken = set(Survey.objects.values_list("year", flat=True))
    return [year for year in (this, this - 1, this + 1) if year not in taken]


def last_questions() -> list[str]:
    """Return the statements of the newest survey, to begin the next one with."""
    newest = Survey.objects.first()
    return [question.text for question in newest.questions.all()] if newest else []


def open_survey_for(viewer: Viewer) -> Survey | None:
    """Return the survey that awaits the viewer's answer, the one that closes first; None without one; one query."""
    rows = Survey.objects.filter(closed_at__isnull=True, closes_on__gte=viewer.today)
    return rows.exclude(participations__user=viewer.user).order_by("closes_on").first()


def newest_editions() -> list[AnnualStatus]:
    """Return the newest edition of each year, with where it stands; one query."""
    newest = AnnualStatus.objects.filter(year=OuterRef("year")).order_by("-edition").values("pk")[:1]
    rows = AnnualStatus.objects.filter(pk=Subquery(newest)).defer("facts")
    return list(rows.select_related("submission", "adoption", "plan_decision"))
