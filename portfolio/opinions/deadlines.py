"""By when asked forums are to give their opinion: for Mine opgaver and for reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from contacts.queries import people_in_forums
from contacts.viewer import Viewer
from portfolio.models.decision import RECORDERS
from transfers.models import Opinion
from transfers.reminders import Deadline, people_at_home
from transfers.rooms import Todo
from transfers.workflow import BY_CODE

WHAT = "Afgiv udtalelse"


def open_opinions() -> QuerySet[Opinion]:
    """Return what forums are asked about and have not answered, in cases where they still can."""
    rows = Opinion.unscoped.filter(answer="", case__stage__in=BY_CODE["give_opinion"].sources)
    return rows.select_related("case", "forum")


def place(row: Opinion) -> str:
    """Return where an opinion is given."""
    return reverse("portfolio:give_opinion", args=[row.case.number])


def opinions_to_give(viewer: Viewer) -> list[Todo]:
    """Return what the viewer's forums are asked about, for chair and secretary; one query."""
    held = {m.forum_id: m for m in viewer.holding(RECORDERS)}
    rows = open_opinions().filter(forum__in=held) if held else ()
    return [todo(row, str(held[row.forum_id])) for row in rows]


def todo(row: Opinion, as_whom: str) -> Todo:
    """Return one line that leads to the page of the answer."""
    return Todo(row.case.number, row.case.title, WHAT, place(row), "Udtal jer", as_whom, due=row.deadline)


def opinion_deadlines(until: date) -> Iterator[Deadline]:
    """Give the opinions that are due to chair and secretary; once the day has passed the initiator is told too."""
    rows = list(open_opinions().filter(deadline__lte=until))
    people = people_in_forums(RECORDERS, (row.forum_id for row in rows))
    home = people_at_home([row.case for row in rows])
    for row in rows:
        yield Deadline(
            about=f"{row.case.number}:udtalelse:{row.pk}", subject=str(row.case), due=row.deadline,
            what=f"{WHAT} ({row.forum})", path=place(row), home=row.case.get_absolute_url(),
            people=tuple(people.get(row.forum_id, ())), also=home[row.case_id],
        )  # fmt: skip
