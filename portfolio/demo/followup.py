"""How a demonstration case's agreement is followed up: what was measured, and what it led to."""

from __future__ import annotations

from decimal import Decimal

from core.patients import PatientCount
from dialogue.responses.forms.answers import stored_count
from portfolio.demo.story import Row, Story
from portfolio.followup import actions
from portfolio.models import Indicator

TEXTS = ("went_well", "went_badly", "patient_experience", "outcome", "outcome_reason")


def record(story: Story, row: Row) -> None:
    """The leader writes what came of the agreement, one measured value per indicator, and records it."""
    case, day = story.case, story.calendar.day(row["days_ago"])
    kind, number = stored_count(PatientCount.parse(str(row["patients"])))
    values = {name: row[name] for name in TEXTS if name in row} | {
        "held_on": day, "patients_kind": kind, "patients_number": number,
        "next_on": story.calendar.day(row["next"]) if "next" in row else None,
    }  # fmt: skip
    indicators = Indicator.unscoped.filter(agreement__case=case, is_dropped=False).order_by("order")
    measured = dict(zip(indicators.values_list("pk", flat=True), map(decimal, row["measured"]), strict=True))
    actions.save_follow_up(case=case, viewer=story.leader, values=values, measured=measured, revision=None)
    actions.record_follow_up(case=case, viewer=story.leader)


def decimal(value: float) -> Decimal:
    """Return a figure of the file exactly as it is written."""
    return Decimal(str(value))
