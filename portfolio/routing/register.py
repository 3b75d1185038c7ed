"""What the choice of forum brings to the history, the plain acts and Mine opgaver."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS
from contacts.models import Membership
from contacts.naming import named
from contacts.viewer import Viewer
from minimtv.queries import facts, standing_of
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
    return f"{member.organisation} har allerede bedt om {named('Porteføljestyregruppen')}." if asked else ""


def forums_to_choose(viewer: Viewer) -> Q | None:
    """Cases that wait for a mini-MTV (the dialogue tells of those just closed)."""
    held = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
    return Q(stage=Stage.MINI_MTV, initiator__in=held) if held else None


def forum_to_choose(case: TransferCase, viewer: Viewer) -> rooms.Todo | None:
    """One of them as a line, once it has its mini-MTV."""
    mini_mtv, url = standing_of(case), reverse("portfolio:routing", args=[case.number])
    if mini_mtv.is_returned or not mini_mtv.is_complete:
        return None
    whom = viewer.holding(CONTACT_FUNCTIONS, organisation_id=case.initiator_id)[-1]
    return rooms.Todo(case.number, case.title, "Vælg forum", url, "Vælg forum", str(whom))


rooms.case_todo(rooms.CaseTodo(forums_to_choose, forum_to_choose, lambda viewer: facts()))
