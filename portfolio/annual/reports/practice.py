"""How the agreement was used: who did not use it, who could not be reached, what was asked for, what people say."""

from __future__ import annotations

from collections import Counter
from datetime import date

from contacts import coverage
from contacts.enums import Function
from contacts.models import Membership, Organisation
from contacts.queries import LISTED_KINDS
from portfolio.annual.queries import Scope
from portfolio.annual.reports.conduct import chosen
from portfolio.annual.reports.flow import FILED
from portfolio.annual.reports.outcome import Gap, Named, Question, Requests, SurveyFacts
from portfolio.models import Survey, SurveyScore
from portfolio.models.survey import FEWEST, HIGHEST, LOWEST

REQUESTED = "request_portfolio"


def listed() -> list[Organisation]:
    """Return the organisations in use that must have a contact person (S1), in Danish order by type."""
    rows = Organisation.objects.filter(active=True, kind__in=LISTED_KINDS).order_by("sort_key")
    return sorted(rows, key=lambda row: [kind.value for kind in LISTED_KINDS].index(row.kind))


def silent(scope: Scope) -> tuple[Named, ...]:
    """Return the organisations that began no screening in the year."""
    used = set(scope.entries([FILED]).values_list("case__initiator_id", flat=True))
    return tuple(Named(row.name, row.get_kind_display()) for row in listed() if row.pk not in used)


def gaps(scope: Scope) -> tuple[Gap, ...]:
    """Count, per organisation, the days of the year without a contact person; those without a gap are left out.

    An organisation that never had one lacks it all the time.
    """
    known = coverage.gaps_in_year(scope.year, scope.until)
    days = {row.pk: sum(length(gap.first, gap.last) for gap in found) for row, found in known.items()}
    had = set(Membership.objects.filter(function=Function.CONTACT).values_list("organisation_id", flat=True))
    never = {row.pk: length(scope.first, scope.until) for row in listed() if row.pk not in had}
    lacking = days | never
    return tuple(Gap(row.name, row.get_kind_display(), lacking[row.pk]) for row in listed() if row.pk in lacking)


def length(first: date, last: date | None) -> int:
    """Return the number of days from one to the other, both counted in."""
    return ((last or first) - first).days + 1


def requests(scope: Scope) -> Requests:
    """Count the requests of the year, and how the cases with a request so far were sent on (rule 6)."""
    cases = list(scope.entries([REQUESTED]).values_list("case_id", flat=True))
    sent = Counter(kind for case, kind, _ in chosen(scope) if case in set(cases))
    return Requests(len(cases), len(set(cases)), sent["route_to_portfolio"], sent["route_to_local_forum"])


def survey(scope: Scope) -> tuple[SurveyFacts, ...]:
    """Return what the survey of the year says, once it was closed by the cut-off; only with answers enough."""
    found = Survey.objects.filter(year=scope.year).first()
    if found is None or not was_closed(found, scope):
        return ()
    answered = found.answers.count()
    return (SurveyFacts(found.invited, answered, questions(found) if answered >= FEWEST else ()),)


def was_closed(found: Survey, scope: Scope) -> bool:
    """Tell whether the survey took no more answers at the cut-off."""
    closed = found.closed_at is not None and found.closed_at <= scope.cut_off
    return closed or found.closes_on < scope.cut_off_day


def questions(found: Survey) -> tuple[Question, ...]:
    """Count the numbers given to each question."""
    rows = SurveyScore.objects.filter(question__survey=found).values_list("question_id", "value")
    given = Counter(rows)
    scale = range(LOWEST, HIGHEST + 1)
    return tuple(Question(row.text, tuple(given[row.pk, n] for n in scale)) for row in found.questions.all())
