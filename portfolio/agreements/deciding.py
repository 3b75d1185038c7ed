"""Which forum approved a transfer, so that the case can go back to it (»back to the forum that decided«)."""

from __future__ import annotations

from contacts.models import Forum
from transfers.enums import Stage
from transfers.models import Placement, TransferCase
from transfers.workflow import ACTS

APPROVING = frozenset(act.code for act in ACTS if act.target == Stage.AGREEMENT)


def deciding_forum(case: TransferCase) -> Forum | None:
    """Return the forum that approved last, or its successor where it has ended; None when neither is in force."""
    placements = Placement.unscoped.filter(case=case, ended_by_act__in=APPROVING).order_by("-ended_at")
    placement = placements.select_related("forum__successor").first()
    heir = placement.forum.heir if placement else None
    return heir if heir and heir.is_in_force() else None
