"""Facts about proposals to merge: those of a case, those that wait for somebody, and the sight they give."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.viewer import Viewer
from dialogue.models import MergeProposal, MergeState
from transfers.models import TransferCase
from transfers.workflow import MERGEABLE

MEMO = "_merge_proposals"
WITH = ("case__initiator", "case__department", "into__initiator", "into__department")


def proposals(case: TransferCase) -> list[MergeProposal]:
    """Return the proposals from and to a case; one query, remembered on this object until the case changes."""
    version, known = vars(case).get(MEMO, (None, None))
    if isinstance(known, list) and version == case.version:
        return known
    rows = MergeProposal.unscoped.filter(Q(case=case) | Q(into=case)).select_related(*WITH)
    vars(case)[MEMO] = (case.version, list(rows))
    return list(rows)


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    vars(case).pop(MEMO, None)


def open_proposal(case: TransferCase) -> MergeProposal | None:
    """Return the proposal to merge this case into another that waits for an answer, or None."""
    return next((p for p in proposals(case) if p.case_id == case.pk and p.state == MergeState.OPEN), None)


def candidates(case: TransferCase, viewer: Viewer) -> QuerySet[TransferCase]:
    """Return the cases this one can be merged into: those the proposer sees that no forum has had a say in."""
    return TransferCase.visible_to(viewer).filter(stage__in=MERGEABLE).exclude(pk=case.pk)


def awaiting(viewer: Viewer) -> QuerySet[MergeProposal]:
    """Return the proposals that wait for the viewer as initiator of the case that lives on; one query."""
    led = [m.organisation_id for m in viewer.holding([Function.LEADER])]
    held = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
    mine = Q(into__department__in=led) | Q(into__initiator__in=[*led, *held])
    return MergeProposal.unscoped.filter(mine, state=MergeState.OPEN).select_related("case", "into")


def sight_given(only: TransferCase | None = None) -> set[tuple[int, int]]:
    """Return the pairs of case and group that may see each other's case because of a proposal.

    While it is open the initiator of the other case sees the one proposed; once merged both initiators see both.
    """
    rows = MergeProposal.unscoped.filter(state__in=[MergeState.OPEN, MergeState.ACCEPTED]).select_related(*WITH)
    found = set()
    for proposal in rows if only is None else rows.filter(Q(case=only) | Q(into=only)):
        found |= {(proposal.case_id, group) for group in home_groups(proposal.into)}
        if proposal.state == MergeState.ACCEPTED:
            found |= {(proposal.into_id, group) for group in home_groups(proposal.case)}
    return {pair for pair in found if only is None or pair[0] == only.pk}


def home_groups(case: TransferCase) -> set[int]:
    """Return the groups of a case's department and initiator."""
    return {case.home.group_id, case.initiator.group_id}
