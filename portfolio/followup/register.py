"""What the follow-up brings to the case page, the history, Mine opgaver, the reminders and the plain acts."""

from __future__ import annotations

from contacts.viewer import Viewer
from portfolio.followup import rules  # noqa: F401 – declares what must be true
from portfolio.followup.actions import finish_follow_up
from portfolio.followup.deadlines import follow_up_deadlines, follow_up_to_hold, follow_ups_to_hold
from portfolio.followup.queries import next_day
from transfers import history, rooms
from transfers.enums import Result, Stage
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.reminders import deadline_provider

history.declare(
    "record_follow_up", "Registrerede en opfølgning",
    {"follow_up": int, "outcome": str, "indicators": int, "measured": int, "met": int, "due": str, "next": str},
)  # fmt: skip
history.declare("state_own_outcome", "Oplyste egne tal til opfølgningen", {"organisation": int, "follow_up": int})
history.declare("finish_follow_up", "Afsluttede opfølgningen: aftalen gælder fortsat", {"follow_up": int})

handler("finish_follow_up")(finish_follow_up)


def has_come_to_hold(case: TransferCase, viewer: Viewer) -> bool:
    """Whether the agreement holds or has held, so that there is something to follow up."""
    return case.stage == Stage.ACTIVE or case.result in (Result.FOLLOW_UP_DONE, Result.TERMINATED)


rooms.add_tab(rooms.Tab("follow_up", 65, "portfolio:follow_up", lambda case, viewer: "Opfølgning", has_come_to_hold))
rooms.case_todo(
    rooms.CaseTodo(follow_ups_to_hold, follow_up_to_hold, lambda viewer: {"follow_up_on": next_day()}, ("agreement",))
)
deadline_provider(follow_up_deadlines)
