"""What the shared goals bring to the history and Mine opgaver."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS
from contacts.viewer import Viewer
from dialogue.goals import requirements  # noqa: F401 – registers the check
from dialogue.models import GoalMark, SharedGoal
from transfers.enums import Stage
from transfers.history import declare
from transfers.models import Party
from transfers.rooms import Todo, todo_provider

declare("edit_goals", "Skrev de fælles mål", {"goals": list})
declare("mark_goal", "Markerede de fælles mål", {"party": int, "agreed": list, "not_agreed": list})


@todo_provider
def goals_to_mark(viewer: Viewer) -> list[Todo]:
    """Parties with goals they have not said anything to, while the dialogue is open; one query."""
    held = {m.organisation_id: str(m) for m in viewer.holding(CONTACT_FUNCTIONS) if m.organisation_id}
    if not held:
        return []
    marks = GoalMark.unscoped.filter(goal=OuterRef("pk"), party=OuterRef(OuterRef("pk")))
    open_goals = SharedGoal.unscoped.filter(~Exists(marks), case=OuterRef("case"), dropped_at__isnull=True)
    rows = Party.unscoped.filter(
        Exists(open_goals), organisation__in=held, case__stage=Stage.DIALOGUE, case__dialogue_closed_at__isnull=True
    )
    return [as_todo(party, held[party.organisation_id], viewer) for party in rows.select_related("case")]


def as_todo(party: Party, as_whom: str, viewer: Viewer) -> Todo:
    """Return one line; due with the party's response, undated when that day is past (a mark is no duty)."""
    url = reverse("dialogue:mark_goals", args=[party.case.number]) + f"?part={party.pk}"
    due = party.deadline if party.deadline >= viewer.today else None
    return Todo(party.case.number, party.case.title, "Markér de fælles mål", url, "Markér", as_whom, due=due)
