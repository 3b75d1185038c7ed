"""What forums of the demonstration do besides meeting: opinions, votes in writing."""

from __future__ import annotations

from contacts.enums import Function
from portfolio.demo.story import Row, Story
from portfolio.opinions.actions import ask_opinion, give_opinion
from portfolio.procedures.actions import cast_vote, open_vote


def ask(story: Story, row: Row) -> None:
    """The forum's secretary, or the contact person before there is a forum, asks another forum."""
    case = story.case
    asker = story.holder(Function.SECRETARY, forum=case.current_forum) if case.current_forum else story.contact
    deadline = story.calendar.day(row["deadline"])
    ask_opinion(
        case=case, viewer=asker, forum=story.region.forums[row["forum"]], question=row["question"], deadline=deadline
    )


def give(story: Story, row: Row) -> None:
    """The forum that was asked says what it thinks."""
    viewer = story.holder(Function.CHAIR, forum=story.region.forums[row["forum"]])
    give_opinion(case=story.case, viewer=viewer, answer=row["answer"], text=row["text"])


def vote(story: Story, row: Row) -> None:
    """The forum's secretary lets the members vote in writing."""
    case = story.case
    secretary = story.holder(Function.SECRETARY, forum=case.current_forum)
    deadline = story.calendar.day(row["deadline"])
    open_vote(case=case, viewer=secretary, recommendation=row["recommendation"], deadline=deadline)


def cast(story: Story, row: Row) -> None:
    """A member votes."""
    cast_vote(case=story.case, viewer=story.account(row["by"]), choice=row["choice"], reason=row.get("reason", ""))
