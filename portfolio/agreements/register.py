"""What the agreement brings to the case page, the history, Mine opgaver, the reminders and the plain acts."""

from __future__ import annotations

from contacts.viewer import Viewer
from portfolio.agreements import actions, requirements  # noqa: F401
from portfolio.agreements.deadlines import agreement_deadlines
from portfolio.agreements.queries import remember, whether_sent
from portfolio.agreements.todos import as_writer, todos_for, unwritten
from portfolio.agreements.waiting import waits_active, waits_for_agreement
from transfers import history, rooms
from transfers.enums import Result, Stage
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.reminders import deadline_provider

ANSWERED: history.Schema = {"version": int, "organisation": int}
history.declare("issue_agreement", "Sendte aftalen til bekræftelse", {"version": int, "parties": list})
history.declare("confirm_agreement", "Bekræftede aftalen", ANSWERED)
history.declare("await_political", "Afventer politisk godkendelse af aftalen", ANSWERED | {"until": str})
history.declare("decline_agreement", "Tiltrådte ikke aftalen", ANSWERED)
history.declare("report_ready", "Meldte klar", {"organisation": int, "items": list})
history.declare(
    "agreement_live", "Aftalen kom til at gælde for en modtager",
    {"receiver": int, "version": int, "from": str, "late": bool},
)  # fmt: skip
history.declare(
    "agreement_version_holds", "En ny version af aftalen gælder for en modtager", {"receiver": int, "version": int}
)
history.declare("return_to_deciding_forum", "Sendte sagen tilbage til det forum, der godkendte", {"forum": int})
history.declare("end_without_agreement", "Afsluttede sagen uden aftale")
history.declare(
    "leave_agreement", "Varslede udtræden af aftalen", {"organisation": int, "effective": str, "others_go_on": bool}
)
history.declare("terminate_agreement", "Bragte aftalen til ophør")

handler("return_to_deciding_forum")(actions.return_to_deciding_forum)

AGREED = (Stage.AGREEMENT, Stage.ACTIVE)
ENDED = (Result.NO_AGREEMENT, Result.FOLLOW_UP_DONE, Result.TERMINATED)


def has_agreement(case: TransferCase, viewer: Viewer) -> bool:
    """Whether the case has come so far that there is an agreement to make or read."""
    return case.stage in AGREED or case.result in ENDED


rooms.add_tab(rooms.Tab("agreement", 60, "portfolio:agreement", lambda case, viewer: "Aftale", has_agreement))
rooms.foreknow(whether_sent, remember)
rooms.waiting_in(Stage.AGREEMENT)(waits_for_agreement)
rooms.waiting_in(Stage.ACTIVE)(waits_active)
rooms.todo_provider(todos_for)
rooms.case_todo(rooms.CaseTodo(unwritten, as_writer, beside=("agreement",)))
deadline_provider(agreement_deadlines)
