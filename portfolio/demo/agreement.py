"""How a demonstration case's agreement is made, confirmed, reported ready and left; one function per kind of step."""

from __future__ import annotations

from typing import Any

from contacts.enums import Function
from contacts.viewer import Viewer
from core.definitions import current
from core.enums import Document
from portfolio.agreements import actions
from portfolio.agreements.queries import written
from portfolio.demo.story import Row, Story

ORGANISATIONS = ("responsible",)
MONTHS = ("start_date", "plo_agreed_on")


def write(story: Story) -> None:
    """The leader writes the agreement, part by part as on its pages; what is not told stays as proposed."""
    told = {key: stored(story, key, value) for key, value in story.told["agreement"].items()}
    for part in current(Document.AGREEMENT).parts.all():
        if values := {q.key: told[q.key] for q in part.questions.all() if q.key in told}:
            actions.save_agreement_part(case=story.case, viewer=story.leader, part=part.key, values=values)


def stored(story: Story, key: str, value: Any) -> Any:
    """Return an answer of the file as it is stored."""
    if key in ORGANISATIONS:
        return story.organisation(value).pk
    if key == "roles":
        return {story.organisation(name).pk: role for name, role in value.items()}
    if key == "review_dates":
        return [story.calendar.month(month) for month in value]
    return story.calendar.month(value) if key in MONTHS else value


def issue(story: Story) -> None:
    """The leader sends the agreement to the parties."""
    actions.issue_agreement(case=story.case, viewer=story.leader)


def signatory(story: Story, party: str) -> Viewer:
    """Return who may bind a party on the day the clock shows."""
    return story.holder(Function.SIGNATORY, organisation=story.organisation(party))


def answer(story: Story, row: Row) -> None:
    """A party's aftalebemyndiget confirms, waits for a political decision, or declines."""
    case, viewer = story.case, signatory(story, row["party"])
    if row["kind"] == "declined":
        actions.decline_agreement(case=case, viewer=viewer, reason=row["reason"])
    elif row["kind"] == "awaiting":
        actions.await_political(case=case, viewer=viewer, until=story.calendar.day(row["until"]))
    else:
        actions.confirm_agreement(case=case, viewer=viewer)


def report(story: Story, row: Row) -> None:
    """A receiver's contact person reports what is in place; all that is asked when the row names nothing."""
    case = story.case
    asked = written(case).of(story.organisation(row["party"]).pk)
    today = story.calendar.day(row["days_ago"])
    items = dict.fromkeys(row.get("items") or (asked.needs if asked else ()), today)
    actions.report_ready(case=case, viewer=story.contact_of(row["party"]), items=items)


def leave(story: Story, row: Row) -> None:
    """A party gives notice that it leaves."""
    actions.leave_agreement(
        case=story.case, viewer=signatory(story, row["party"]), effective_on=story.calendar.day(row["effective"]),
        plan=row["plan"], others_go_on=row["others_go_on"], reason=row["reason"],
    )  # fmt: skip
