"""When everything in a demonstration case happens: from the days of its file to moments in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils.timezone import get_current_timezone

from core.workdays import add_working_days
from portfolio.demo import acts, agreement, followup, forums, office
from portfolio.demo.content import Calendar
from portfolio.demo.story import Story

Act = Callable[[Story], None]
MORNING, AFTERNOON, PAUSE = time(8, 10), time(15, 30), timedelta(minutes=23)
BEFORE_DIALOGUE: dict[str, Act] = {"submitted": acts.submit, "opened": acts.open_dialogue}
AFTER_DIALOGUE: dict[str, Act] = {
    "dialogue_closed": acts.close_dialogue,
    "awaiting_mini_mtv": acts.wait_for_mini_mtv,
}
TABLES: dict[str, Callable[..., None]] = {
    "comment": acts.comment, "response": acts.respond, "forum_request": acts.request_forum,
    "goals": acts.set_goals, "goal_marks": acts.mark_goals, "step": acts.step, "merge": acts.merge,
    "co_author": acts.name_co_author, "opinion": forums.ask, "opinion_given": forums.give, "vote": forums.vote,
    "ballot": forums.cast,
}  # fmt: skip

AGREEMENT_TABLES: dict[str, Callable[..., None]] = {
    "confirmation": agreement.answer, "ready": agreement.report, "leaving": agreement.leave,
    "follow_up": followup.record,
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """Something somebody does, so many days before the loading, and never before a certain day."""

    days_ago: int
    act: Act
    earliest: date = date.min


@dataclass(frozen=True)
class Dated:
    """Something somebody does, at its moment."""

    moment: datetime
    act: Act
    story: Story


def timeline(stories: list[Story]) -> list[Dated]:
    """Return all that happens in all cases, the earliest first."""
    found = [dated for place, story in enumerate(stories) for dated in moments(story, place)]
    return sorted(found, key=lambda dated: dated.moment)


def moments(story: Story, place: int) -> Iterator[Dated]:
    """Give what happens in a case with its moments; several acts of one day follow one another.

    `place` sets the cases some time apart, so that no two acts fall together.
    """
    day, nth = date.min, 0
    for planned in sorted(plan(story.told, story.calendar), key=lambda planned: -planned.days_ago):
        next_day = max(story.calendar.day(planned.days_ago), planned.earliest, day)
        day, nth = next_day, nth + 1 if next_day == day else 0
        apart = timedelta(minutes=(place * 41 + day.toordinal() * 67) % 200, seconds=place) + nth * PAUSE
        moment = datetime.combine(day, MORNING, get_current_timezone()) + apart
        yield Dated(moment.astimezone(UTC), planned.act, story)


def plan(told: dict[str, Any], calendar: Calendar) -> Iterator[Planned]:
    """Give what happens in a case; acts with the same number of days keep the order they are given in."""
    days = told["days_ago"]
    yield Planned(days["created"], acts.file)
    if "concluded" in days:
        yield Planned(days["concluded"], acts.conclude)
    if "basis" in told:
        yield Planned((days["concluded"] + days.get("submitted", 0)) // 2, acts.write_basis)
    yield from named(BEFORE_DIALOGUE, days)
    yield from dialogue(told)
    yield from named(AFTER_DIALOGUE, days, earliest=past_deadline(days, calendar))
    yield from forum(told)
    yield from agreeing(told)


def named(steps: dict[str, Act], days: dict[str, int], earliest: date = date.min) -> Iterator[Planned]:
    """Give the steps whose day the file names."""
    yield from (Planned(days[name], act, earliest) for name, act in steps.items() if name in days)


def past_deadline(days: dict[str, int], calendar: Calendar) -> date:
    """Return the first working day after the parties' deadline, when the dialogue may close without them."""
    return add_working_days(calendar.day(days["deadline"]), 1) if "deadline" in days else date.min


def dialogue(told: dict[str, Any]) -> Iterator[Planned]:
    """Give what the parties say, and the second version with their confirmations on the days after it."""
    for table, act in TABLES.items():
        yield from (Planned(row["days_ago"], partial(act, row=row)) for row in told.get(table, []))
    if second := told.get("second_version"):
        yield Planned(second["days_ago"], acts.send_second_version)
        for later, party in enumerate(second["reaffirmed"], start=1):
            yield Planned(second["days_ago"] - later, partial(acts.reaffirm, party=party))


def forum(told: dict[str, Any]) -> Iterator[Planned]:
    """Give the mini-MTV, the choice of forum, the decisions and the end."""
    days = told["days_ago"]
    if "mini_mtv" in told:
        begun = days.get("awaiting_mini_mtv", days["submitted"])
        yield Planned((begun + days.get("mini_mtv_signed", 0)) // 2, acts.write_mini_mtv)
    yield from named({"mini_mtv_signed": acts.sign_off, "routed": acts.route}, days)
    yield from (Planned(row["days_ago"], partial(acts.decide, row=row)) for row in told.get("decision", []))
    yield from named({"closed": acts.close}, days)


def agreeing(told: dict[str, Any]) -> Iterator[Planned]:
    """Give how the agreement is written, answered, reported ready and left."""
    yield from named({"agreement_written": agreement.write, "agreement_issued": agreement.issue}, told["days_ago"])
    for table, act in AGREEMENT_TABLES.items():
        yield from (Planned(row["days_ago"], partial(act, row=row)) for row in told.get(table, []))


# --- Outside the cases ------------------------------------------------------------------------------------

YEARLY: tuple[tuple[tuple[int, int], Callable[..., None]], ...] = (
    ((1, 8), office.ask), ((1, 20), office.reply), ((2, 3), office.draft), ((3, 12), office.adopt),
    ((4, 15), office.decide),
)  # fmt: skip
REPORTED: tuple[tuple[str, Callable[..., None]], ...] = (("answered", office.answer), ("closed", office.close))


def outside(story: Story) -> list[Dated]:
    """Give what happens outside the cases, with its moments; `story` tells it all and has no case."""
    found = [at(story.calendar.day(row["days_ago"]), office.report, story, row) for row in story.told["report"]]
    for row in story.told["report"]:
        answered = [(row[name], act) for name, act in REPORTED if name in row]
        found += [at(story.calendar.day(told["days_ago"]), act, story, row) for told, act in answered]
    found += [at(story.calendar.day(row["days_ago"]), office.plan, story, row) for row in story.told["meeting"]]
    return found + list(yearly(story))


def yearly(story: Story) -> Iterator[Dated]:
    """Give the steps of the annual status that lie behind the day of loading."""
    for row in story.told["status"]:
        year = story.calendar.today.year - row["years_ago"]
        for (month, of_month), act in YEARLY:
            day = add_working_days(date(year + 1, month, of_month), 0)
            if day < story.calendar.today:
                yield at(day, act, story, row | {"year": year})


def at(day: date, act: Callable[..., None], story: Story, row: dict[str, Any]) -> Dated:
    """Let something happen late on a day, after what the cases bring."""
    moment = datetime.combine(day, AFTERNOON, get_current_timezone())
    return Dated(moment.astimezone(UTC), partial(act, row=row), story)
