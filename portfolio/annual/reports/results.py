"""Whether the expected results came: follow-ups held and overdue, expected against measured (rule 13; S5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from portfolio.annual.queries import Scope, registered
from portfolio.annual.reports.deals import FollowedUp, FollowUps
from portfolio.annual.reports.flow import standing
from portfolio.models import AgreementVersion
from transfers.enums import Stage
from transfers.models import JournalEntry, TransferCase

RECORDED = "record_follow_up"
OUTCOMES = {"continue": "Fortsæt", "adjust": "Justér", "end": "Ophør"}
REVIEWS = "review_dates"


def follow_ups(scope: Scope) -> FollowUps:
    """Return the follow-ups held in the year, and the agreements that should have had one before its end."""
    entries = list(scope.entries([RECORDED]).order_by("happened_on", "pk"))
    late = overdue(scope)
    titles = dict(TransferCase.unscoped.filter(pk__in={e.case_id for e in entries} | late).values_list("pk", "title"))
    done = tuple(held(entry, titles[entry.case_id]) for entry in entries)
    return FollowUps(done, tuple(titles[pk] for pk in sorted(late)))


def held(entry: JournalEntry, title: str) -> FollowedUp:
    """Return one follow-up as the history tells it."""
    facts = entry.facts
    due = date.fromisoformat(facts["due"]) if facts.get("due") else entry.happened_on
    return FollowedUp(
        title, entry.happened_on, OUTCOMES.get(facts["outcome"], facts["outcome"]), facts["indicators"],
        facts["measured"], facts["met"], late=entry.happened_on > due,
    )  # fmt: skip


def overdue(scope: Scope) -> set[int]:
    """Return the cases whose agreement held at the end, and whose next follow-up should have been held by then."""
    active = {case for case, stage in standing(scope.moves).items() if stage == Stage.ACTIVE}
    due = agreed_days(scope, active)
    rows = registered(scope.cut_off).filter(kind=RECORDED, case__in=active, happened_on__lte=scope.until)
    for case, facts in rows.order_by("case_id", "number").values_list("case_id", "facts"):
        due[case] = date.fromisoformat(facts["next"]) if facts.get("next") else None
    return {case for case, day in due.items() if day is not None and day < scope.until}


def agreed_days(scope: Scope, cases: Iterable[int]) -> dict[int, date | None]:
    """Return the first day of follow-up that the newest version of each agreement names."""
    rows = AgreementVersion.unscoped.filter(agreement__case__in=list(cases), issued_at__lte=scope.cut_off)
    versions = rows.order_by("number").values_list("agreement__case_id", "content")
    return {case: first_review(content) for case, content in versions}


def first_review(content: dict[str, Any]) -> date | None:
    """Return the first day of follow-up in a frozen agreement, or None."""
    answers = (answer for part in content.get("parts", []) for answer in part.get("answers", []))
    days = next((answer.get("value") for answer in answers if answer.get("key") == REVIEWS), None)
    return min((date.fromisoformat(day) for day in days), default=None) if days else None
