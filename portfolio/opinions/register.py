"""What the opinions bring to the history, the case and Mine opgaver."""

from __future__ import annotations

from django.urls import reverse

from contacts.viewer import Viewer
from portfolio.models.decision import RECORDERS
from portfolio.opinions import requirements  # noqa: F401 – registers the check
from transfers import history
from transfers.models import Opinion
from transfers.rooms import Todo, todo_provider
from transfers.workflow import BY_CODE

history.declare("ask_opinion", "Bad et samarbejdsforum om en udtalelse", {"opinion": int, "asked": int})
history.declare("give_opinion", "Afgav en udtalelse", {"opinion": int, "answer": str})


@todo_provider
def opinions_to_give(viewer: Viewer) -> list[Todo]:
    """What the viewer's forums are asked about, for chair and secretary; one query."""
    held = {m.forum_id: m for m in viewer.holding(RECORDERS)}
    if not held:
        return []
    stages = BY_CODE["give_opinion"].sources
    rows = Opinion.unscoped.filter(forum__in=held, answer="", case__stage__in=stages).select_related("case")
    return [todo(row, str(held[row.forum_id])) for row in rows]


def todo(row: Opinion, as_whom: str) -> Todo:
    """Return one line that leads to the page of the answer."""
    url = reverse("portfolio:give_opinion", args=[row.case.number])
    return Todo(row.case.number, row.case.title, "Afgiv udtalelse", url, "Udtal jer", as_whom, due=row.deadline)
