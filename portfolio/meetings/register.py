"""What meetings bring to the menu, the history, the orientations and Mine opgaver."""

from __future__ import annotations

from core import navigation
from portfolio.meetings.actions import carry_over
from portfolio.meetings.queries import whether_quorum_is_asked
from portfolio.meetings.rules import sees_meetings
from portfolio.meetings.todos import meetings_that_wait
from portfolio.models import Orientation
from portfolio.orientations.actions import after_orientation
from transfers import history
from transfers.rooms import foreknow, todo_provider

navigation.add("Møder", "portfolio:meetings", 30, shown=sees_meetings)
history.declare("note_orientation", "Tog orienteringen til efterretning", {"orientation": int, "meeting": int})
todo_provider(meetings_that_wait)
foreknow(whether_quorum_is_asked, lambda case: None)


@after_orientation
def stands_on_the_next_agenda(orientation: Orientation) -> None:
    """A new orientation stands on the next agenda that is not sent (rule 8)."""
    carry_over(orientation.forum)
