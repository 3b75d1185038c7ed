"""Reminding people of their deadlines: once before, once after, however often it runs (rules 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.models import User
from core.parameters import whole
from core.workdays import add_working_days, is_working_day
from notifications.actions import known_keys, queue_notice
from transfers.dates import day
from transfers.reminders import Deadline, open_deadlines


@dataclass(frozen=True)
class Reminder:
    """One notice to one person about one deadline."""

    key: str
    user: User
    deadline: Deadline
    event: str


def remind(today: date) -> int:
    """Tell everybody of deadlines that are near or past and of which they have not been told; returns how many.

    Does nothing when offices are closed.
    """
    if not is_working_day(today):
        return 0
    horizon = add_working_days(today, whole("deadline.reminder_days", today))
    wanted = [reminder for deadline in open_deadlines(horizon) for reminder in reminders_of(deadline, today)]
    known = known_keys(reminder.key for reminder in wanted)
    fresh = [reminder for reminder in wanted if reminder.key not in known]
    for reminder in fresh:
        tell(reminder)
    return len(fresh)


def reminders_of(deadline: Deadline, today: date) -> Iterator[Reminder]:
    """Give the notices a deadline is due today: to those who are to act, after it also to those who watch."""
    late = deadline.due < today
    kind, people = ("efter", (*deadline.people, *deadline.also)) if late else ("inden", deadline.people)
    when = f"fristen var {day(deadline.due)}" if late else f"senest {day(deadline.due)}"
    event = f"{'Overskredet' if late else 'Påmindelse'}: {deadline.what} – {when}"
    for user in dict.fromkeys(people):
        yield Reminder(deadline.key(kind, user), user, deadline, event)


def tell(reminder: Reminder) -> None:
    """Queue one notice."""
    deadline = reminder.deadline
    queue_notice(
        user=reminder.user, key=reminder.key, subject=deadline.subject, event=reminder.event,
        path=deadline.path, fallback=deadline.home,
    )  # fmt: skip
