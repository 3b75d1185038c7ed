"""Facts about a case's treatment in forums: placements, decisions, drafts, and the item a forum looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from contacts.viewer import Viewer
from dialogue.goals.queries import GoalRow, joint_goals
from dialogue.responses.queries import Standing, standing
from portfolio.meetings.papers import resume_of, versions_of
from portfolio.meetings.queries import item_for
from portfolio.models import AgendaItem, Decision, DecisionState, Orientation
from transfers.models import JournalEntry, Placement, TransferCase
from transfers.queries import history_of

ASKED = "request_portfolio"
ROUTED = ("route_to_local_forum", "route_to_portfolio")


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
    return rows.select_related("case__initiator", "forum", "target_forum", "drafted_by", "meeting__forum").first()


def rejected_in(case: TransferCase) -> Placement | None:
    """Return the newest treatment that ended with a rejection, if any."""
    rows = Placement.unscoped.filter(case=case, ended_by_act="reject").select_related("forum")
    return rows.order_by("-ended_at").first()


def decision_numbered(case: TransferCase, viewer: Viewer, pk: int) -> Decision | None:
    """Return one decision of the case that the viewer may read, or None."""
    return Decision.visible_within(case, viewer).select_related("correction").filter(pk=pk).first()


@dataclass(frozen=True)
class Item:
    """What a forum has before it: its agenda's item, resumé, frozen versions, positions, goals and wishes (rule 6)."""

    agenda: AgendaItem | None
    resume: list[tuple[str, str]]
    basis_versions: list[int]
    mini_mtv_versions: list[int]
    parties: Standing
    goals: list[GoalRow]
    requests: list[JournalEntry]
    routed: JournalEntry | None


def item_of(case: TransferCase, viewer: Viewer) -> Item:
    """Return the item, from what was submitted and signed off; what tabs have read already is not read again."""
    basis, mini_mtv = versions_of(case)
    chosen = list(history_of(case, viewer).filter(kind__in=(*ROUTED, ASKED)).order_by("-number"))
    return Item(
        item_for(case, viewer), resume_of(case), list(range(basis, 0, -1)), list(range(mini_mtv, 0, -1)),
        standing(case), joint_goals(case), [entry for entry in chosen if entry.kind == ASKED],
        next((entry for entry in chosen if entry.kind != ASKED), None),
    )  # fmt: skip


def agendas_with(case: TransferCase, viewer: Viewer) -> list[AgendaItem]:
    """Return the case's items on agendas, newest meeting first, as far as the viewer may read them."""
    rows = AgendaItem.visible_within(case, viewer).filter(orientation__isnull=True)
    return list(rows.order_by("-meeting__starts_at"))


def orientations_about(case: TransferCase, viewer: Viewer) -> list[Orientation]:
    """Return what a forum was told about the case, and whether it has taken note of it."""
    return list(Orientation.visible_within(case, viewer))
