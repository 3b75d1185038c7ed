"""What the choice of forum brings to the history, the plain acts and Mine opgaver."""

from __future__ import annotations

from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS
from contacts.models import Membership
from contacts.viewer import Viewer
from minimtv.queries import standing_of, with_standing
from portfolio.models import ForumRequest
from portfolio.routing.actions import request_portfolio
from transfers import history, rooms
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.rules import fits_for

ROUTED = {"forum": int, "recommended": str, "followed": bool}
history.declare("route_to_local_forum", "Sendte sagen til samarbejdsforum", ROUTED)
history.declare("route_to_portfolio", "Sendte sagen til Porteføljestyregruppen", ROUTED)
history.declare("await_mini_mtv", "Lod sagen vente på mini-MTV", {"recommended": str})
history.declare("request_portfolio", "Bad om behandling i Porteføljestyregruppen", {"organisation": int})

handler("request_portfolio")(request_portfolio)


@fits_for("request_portfolio")
def has_asked(case: TransferCase, member: Membership) -> str:
    """A party asks once."""
    asked = ForumRequest.unscoped.filter(case=case, organisation=member.organisation_id).exists()
    return f"{member.organisation} har allerede bedt om Porteføljestyregruppen." if asked else ""


@rooms.todo_provider
def forums_to_choose(viewer: Viewer) -> list[rooms.Todo]:
    """Cases that waited for a mini-MTV and have it now; one query (the dialogue tells of those just closed)."""
    held = {m.organisation_id: m for m in viewer.holding(CONTACT_FUNCTIONS)}
    if not held:
        return []
    rows = TransferCase.visible_to(viewer).filter(stage=Stage.MINI_MTV, initiator__in=held)
    ready = [(case, standing_of(case)) for case in with_standing(rows)]
    return [
        rooms.Todo(
            case.number, case.title, "Vælg forum", reverse("portfolio:routing", args=[case.number]), "Vælg forum",
            str(held[case.initiator_id]),
        )
        for case, mini_mtv in ready
        if mini_mtv.is_complete and not mini_mtv.is_returned
    ]  # fmt: skip
