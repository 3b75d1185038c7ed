"""Proposing to merge a case into another, taking the proposal back, and the other initiator's yes or no."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate, now

from contacts.viewer import Viewer
from core.errors import DomainError
from dialogue.merging.queries import candidates, forget, open_proposal, proposals
from dialogue.models import MergeProposal, MergeState
from dialogue.responses.queries import default_deadline
from transfers import access, history, notices
from transfers.actions import Step, locked_case, perform, when_moved
from transfers.enums import Stage
from transfers.models import Party, TransferCase
from transfers.rules import Circle
from transfers.workflow import EVERYONE, MERGEABLE

NO_SUCH_CASE = "Der er ingen sag, du kan se, som denne sag kan lægges sammen med under det nummer. Kontrollér nummeret."


def propose_merge(
    *,
    case: TransferCase,
    viewer: Viewer,
    into: TransferCase,
    reason: str,
    seen: int | None = None,
    capacity_id: int | None = None,
) -> MergeProposal:
    """Propose that the case closes and becomes part of `into`, whose initiator gets to see it and answers.

    Only a case the proposer sees can be chosen. The entry in the history is the initiator's own, so that parties
    do not learn of a case they do not see. Raises DomainError for a case that cannot be chosen; else as `perform`.
    """
    with perform(
        "propose_merge", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        if not candidates(step.case, viewer).filter(pk=into.pk).exists():
            raise DomainError(NO_SUCH_CASE)
        if any(p.case_id == into.pk and p.state == MergeState.OPEN for p in proposals(step.case)):
            raise DomainError("Den anden sag er allerede foreslået lagt ind i denne. Svar på det forslag først.")
        proposal = MergeProposal.unscoped.create(
            case=step.case, into=into, reason=step.reason, on_behalf_of=step.case.initiator, proposed_by=viewer.user
        )
        access.grant_home(step.case, of=into)
        own_entry(step, proposal)
    forget(case)
    return proposal


def own_entry(step: Step, proposal: MergeProposal) -> None:
    """Tell of a proposal in the history for the initiator alone."""
    forget(step.case)
    step.facts, step.only_for = {"proposal": proposal.pk}, step.case.initiator


def settle(proposal: MergeProposal, state: MergeState, viewer: Viewer) -> None:
    """Give a proposal its outcome and take back the sight that only it gave."""
    proposal.state, proposal.settled_at, proposal.settled_by = state, now(), viewer.user
    proposal.save()
    access.revoke_unfounded(proposal.case)


def waiting_proposal(case: TransferCase) -> MergeProposal:
    """Return the proposal that waits for an answer. Raises DomainError when there is none."""
    found = open_proposal(case)
    if found is None:
        raise DomainError("Der er ikke længere noget forslag om sammenlægning.")
    return found


def withdraw_merge(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Take a proposal back; the other initiator no longer sees the case."""
    return refused("withdraw_merge", MergeState.WITHDRAWN, case, viewer, seen, capacity_id, reason)


def decline_merge(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Say no for the other case; both go on by themselves, and sight of the proposed one ends."""
    return refused("decline_merge", MergeState.DECLINED, case, viewer, seen, capacity_id, reason)


def refused(
    code: str, state: MergeState, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None,
    reason: str,
) -> TransferCase:  # fmt: skip
    """End a proposal without merging."""
    with perform(code, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        proposal = waiting_proposal(step.case)
        settle(proposal, state, viewer)
        own_entry(step, proposal)
    forget(case)
    return case


def accept_merge(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Say yes for the other case: this one closes as merged, its parties and initiator join the other one."""
    with perform(
        "accept_merge", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        proposal = waiting_proposal(step.case)
        survivor = locked_case(proposal.into_id)
        joined = carry_over(step, survivor)
        settle(proposal, MergeState.ACCEPTED, viewer)
        access.grant_home(survivor, of=step.case)
        step.facts = {"proposal": proposal.pk, "parties": len(joined)}
        receive(step, survivor)
    forget(case)
    return case


def carry_over(step: Step, survivor: TransferCase) -> list[Party]:
    """Make the case's parties, and its initiator when that is another organisation, parties of the other one."""
    known = set(Party.unscoped.filter(case=survivor).values_list("organisation_id", flat=True))
    known.add(survivor.initiator_id)
    parties = Party.unscoped.filter(case=step.case).select_related("organisation")
    coming = [step.case.initiator, *(party.organisation for party in parties)]
    deadline, joined = deadline_in(survivor), []
    for organisation in (o for o in coming if o.pk not in known):
        party = Party(case=survivor, organisation=organisation, deadline=deadline, added_by=step.viewer.user)
        party.save()
        access.grant_party(party)
        joined.append(party)
    return joined


def deadline_in(survivor: TransferCase) -> date:
    """Return the deadline of a running dialogue, else the default one counted from today."""
    ahead = Party.unscoped.filter(case=survivor, deadline__gte=localdate()).order_by("-deadline").first()
    return ahead.deadline if ahead else default_deadline()


def receive(step: Step, survivor: TransferCase) -> None:
    """Open the other case's dialogue for those who joined, tell its history and its people."""
    if step.facts["parties"] and survivor.stage == Stage.DIALOGUE:
        survivor.dialogue_closed_at = None
    survivor.version += 1
    survivor.save()
    entry = history.append(
        case=survivor, kind="merge_received", actor_id=step.viewer.user.pk, capacity=step.capacity,
        stage_from=survivor.stage, facts=step.facts,
    )  # fmt: skip
    notices.queue(step.act, survivor, entry, Circle(survivor).people(EVERYONE))


@when_moved
def lapse(step: Step) -> None:
    """Let proposals from and to a case lapse when it goes on to where cases are not merged."""
    if step.case.stage in MERGEABLE:
        return
    forget(step.case)
    for proposal in proposals(step.case):
        if proposal.state == MergeState.OPEN:
            settle(proposal, MergeState.LAPSED, step.viewer)
    forget(step.case)
