"""What the dialogue brings to the case page, the history, Mine opgaver and the plain acts."""

from __future__ import annotations

from django.urls import reverse

from contacts.viewer import Viewer
from dialogue.responses import actions, requirements  # noqa: F401
from dialogue.responses.deadlines import contact_deadlines, response_deadlines
from dialogue.responses.queries import standing, with_contact
from dialogue.responses.reports import matrix, position_counts
from dialogue.responses.todos import as_initiator, own_cases, todos_for, whether_awaited
from dialogue.responses.waiting import waits_in_dialogue, waits_submitted
from transfers import history, rooms
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.reminders import deadline_provider

history.declare("open_dialogue", "Modtog dialoggrundlaget og åbnede dialogen", {"parties": int})
history.declare("respond", "Afgav partens svar", {"position": str, "version": int, "party": int})
history.declare(
    "reaffirm_response", "Bekræftede, at partens svar stadig gælder", {"version": int, "party": int}
)
history.declare("comment", "Skrev en kommentar", {"comment": int})
history.declare("add_party", "Tilføjede en berørt part", {"party": int})
history.declare("extend_deadline", "Forlængede svarfristen", {"parties": int})
history.declare("close_dialogue", "Lukkede dialogen", {"answered": int, "missing": int, "late": int})
history.declare("close_without_parties", "Afsluttede sagen, fordi ingen er berørt", {"parties": int})

handler("close_dialogue")(actions.close_dialogue)
handler("close_without_parties")(actions.close_without_parties)
handler("reaffirm_response")(actions.reaffirm_response)

rooms.waiting_in(Stage.SUBMITTED)(waits_submitted)
rooms.waiting_in(Stage.DIALOGUE)(waits_in_dialogue)
rooms.todo_provider(todos_for)
rooms.case_todo(rooms.CaseTodo(own_cases, as_initiator, whether_awaited))
deadline_provider(contact_deadlines)
deadline_provider(response_deadlines)


def tab_label(case: TransferCase, viewer: Viewer) -> str:
    """Return »Parter og svar 9/12«, without figures before there are parties."""
    now = standing(case)
    return f"Parter og svar {now.progress}" if now.rows else "Parter og svar"


rooms.add_tab(
    rooms.Tab("parties", 30, "dialogue:parties", tab_label, shown=lambda case, viewer: case.is_past_draft)
)


@rooms.panel(5)
def lacking_contacts(case: TransferCase, viewer: Viewer) -> rooms.Panel | None:
    """A warning while the initiator or a party has no contact person in force (S1)."""
    if case.stage in (Stage.SCREENING, Stage.CLOSED):
        return None
    organisations = [case.initiator, *(row.organisation for row in standing(case).rows)]
    reachable = with_contact(organisations)
    missing = [organisation for organisation in organisations if organisation.pk not in reachable]
    context = {"missing": missing, "may_appoint": viewer.is_secretariat}
    return rooms.Panel("dialogue/responses/lacking.html", context) if missing else None


@rooms.panel(20)
def positions(case: TransferCase, viewer: Viewer) -> rooms.Panel | None:
    """»Parternes holdning« on the overview, once there are parties."""
    now = standing(case)
    if not now.rows:
        return None
    url = reverse("dialogue:parties", args=[case.number])
    answered = f"{len(now.answered)} af {len(now.rows)} har svaret"
    context = {"answered": answered, "counts": position_counts(now), "rows": matrix(case, now), "url": url}
    return rooms.Panel("dialogue/responses/panel.html", context)
