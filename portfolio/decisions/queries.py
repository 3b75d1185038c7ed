"""Facts about a case's treatment in forums: placements, decisions, drafts, and the item a forum looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from contacts.viewer import Viewer
from dialogue.basis.content import answers
from dialogue.basis.queries import written
from dialogue.responses.queries import Standing, standing
from minimtv.queries import standing as mini_mtv_standing
from portfolio.models import Decision, DecisionState
from transfers.models import JournalEntry, Placement, TransferCase
from transfers.queries import history_of

ROUTED = ("route_to_local_forum", "route_to_portfolio")
RESUME = ("what_happens", "why", "target_group", "patients_total", "consequences_summary", "start_date")


@dataclass(frozen=True)
class Treatment:
    """Behandling i et forum: from when to when, how the case came there, and what was decided."""

    placement: Placement
    routed: JournalEntry | None = None
    decisions: list[Decision] = field(default_factory=list)


def treatments(case: TransferCase, viewer: Viewer) -> list[Treatment]:
    """Return the case's time in forums, newest first, with the decisions this viewer may read; three queries."""
    placements = list(Placement.visible_within(case, viewer))
    decisions = list(Decision.visible_within(case, viewer).select_related("correction"))
    entries = list(history_of(case, viewer).filter(kind__in=ROUTED)) if placements else []
    return [
        Treatment(placement, came_by(placement, later, entries), shown(placement, decisions))
        for placement, later in pairwise([*placements, None])
        if placement is not None
    ][::-1]


def came_by(placement: Placement, later: Placement | None, entries: list[JournalEntry]) -> JournalEntry | None:
    """Return the choice of forum that made a placement: recorded after it began and before the next one did."""
    after = (e for e in entries if e.recorded_at >= placement.placed_at)
    return next((e for e in after if later is None or e.recorded_at < later.placed_at), None)


def shown(placement: Placement, decisions: list[Decision]) -> list[Decision]:
    """Return what was decided in a placement, newest first; a draft that came to nothing is left out."""
    own = (d for d in decisions if d.placement_id == placement.pk)
    return [d for d in own if not d.is_draft or placement.ended_at is None][::-1]


def draft_of(case: TransferCase) -> Decision | None:
    """Return the draft of the forum that has the case now, if it has begun one."""
    rows = Decision.unscoped.filter(case=case, placement__ended_at__isnull=True, state=DecisionState.DRAFT)
    return rows.select_related("case", "forum", "target_forum", "drafted_by").first()


def decision_numbered(case: TransferCase, viewer: Viewer, pk: int) -> Decision | None:
    """Return one decision of the case that the viewer may read, or None."""
    return Decision.visible_within(case, viewer).select_related("correction").filter(pk=pk).first()


@dataclass(frozen=True)
class Item:
    """What a forum has before it: resumé, numbers of the frozen versions, and the parties' positions."""

    resume: list[tuple[str, str]]
    basis_versions: list[int]
    mini_mtv_versions: list[int]
    parties: Standing


def item_of(case: TransferCase) -> Item:
    """Return the item, from what was submitted and signed off; what tabs have read already is not read again."""
    basis = written(case)
    said = answers(basis.newest) if basis.newest else {}
    resume = [(said[key]["label"], said[key]["shown"]) for key in RESUME if key in said and said[key]["shown"]]
    mini_mtv = mini_mtv_standing(case).version or 0
    return Item(resume, list(range(basis.newest_number, 0, -1)), list(range(mini_mtv, 0, -1)), standing(case))
