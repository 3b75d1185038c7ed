"""A forum decides in writing: chair or secretary opens the vote, members vote, unanimity approves (rule 9)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.decisions.actions import record_decision
from portfolio.models import Ballot, BallotChoice, Procedure, VoteOutcome, Voter, WrittenVote
from portfolio.procedures.queries import Poll, entitled, forget, running_poll
from transfers.actions import Step, perform
from transfers.models import Placement, TransferCase


def open_vote(
    *, case: TransferCase, viewer: Viewer, recommendation: str, deadline: date, seen: int | None = None,
    capacity_id: int | None = None,
) -> WrittenVote:  # fmt: skip
    """Ask the forum that has the case to approve it in writing; who must vote is fixed now.

    Raises DomainError without a recommendation, for a deadline that is not to come, or when nobody can vote;
    TextRefused; else as `perform`.
    """
    with perform("open_vote", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        if not recommendation.strip():
            raise DomainError("Skriv indstillingen.")
        if deadline < localdate():
            raise DomainError("Fristen ligger tilbage i tiden. Vælg i dag eller en senere dag.")
        vote = started(step, recommendation.strip(), deadline)
        step.facts = {"vote": vote.pk, "voters": add_voters(vote)}
    forget(case)
    return vote


def started(step: Step, recommendation: str, deadline: date) -> WrittenVote:
    """Store the vote of the forum that has the case."""
    placement = Placement.unscoped.get(case=step.case, ended_at__isnull=True)
    vote = WrittenVote(
        case=step.case, placement=placement, forum=placement.forum, recommendation=recommendation, deadline=deadline,
        opened_by=step.viewer.user,
    )  # fmt: skip
    vote.save()
    return vote


def add_voters(vote: WrittenVote) -> int:
    """Fix who must vote; returns how many. Raises DomainError when nobody can."""
    members = entitled(vote.forum)
    if not members:
        raise DomainError("Forummet har ingen medlemmer, der kan stemme. Sekretariatet kan tilføje dem.")
    Voter.unscoped.bulk_create(Voter(vote=vote, membership=member) for member in members)
    return len(members)


@transaction.atomic
def cast_vote(
    *, case: TransferCase, viewer: Viewer, choice: str, reason: str = "", seen: int | None = None,
    capacity_id: int | None = None,
) -> Ballot:  # fmt: skip
    """Vote, once; the last vote closes the procedure. The history tells that somebody voted, never what.

    Raises DomainError for no choice, or an objection or wish to discuss without its reason; TextRefused; else
    as `perform`.
    """
    with perform("cast_vote", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        forget(step.case)
        poll = running_poll(step.case)
        voter = poll.voter(step.capacity) if poll else None
        if poll is None or voter is None:
            raise DomainError("Der er ingen skriftlig procedure i gang.")
        ballot = Ballot(voter=voter, choice=checked(choice, reason), reason=reason.strip())
        ballot.save()
        step.facts = {"vote": poll.vote.pk}
    forget(case)
    if not Voter.unscoped.filter(vote=poll.vote, ballot__isnull=True).exists():
        close_vote(case=case, viewer=viewer, seen=None, capacity_id=step.capacity.pk, reason="")
    return ballot


def checked(choice: str, reason: str) -> str:
    """Return the choice. Raises DomainError for none, or one that needs a reason and has none."""
    if choice not in BallotChoice.values:
        raise DomainError("Vælg, hvad du stemmer.")
    if choice != BallotChoice.FOR and not reason.strip():
        raise DomainError("Skriv, hvad indsigelsen eller ønsket om drøftelse handler om.")
    return choice


@transaction.atomic
def close_vote(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Close the vote when all have voted or the deadline is past: unanimity approves, else the case stays.

    Raises as `perform` and `record_decision`.
    """
    with perform("close_vote", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        poll = running_poll(step.case)
        if poll is None:
            raise DomainError("Der er ingen skriftlig procedure i gang.")
        vote = closed(poll, viewer)
        step.facts = {
            "vote": vote.pk, "outcome": str(vote.outcome), "cast": len(poll.ballots), "voters": len(poll.voters),
        }  # fmt: skip
    forget(case)
    if vote.outcome == VoteOutcome.APPROVED:
        decide(poll, case, viewer, step.capacity.pk)
    return case


def closed(poll: Poll, viewer: Viewer) -> WrittenVote:
    """Store what the votes came to."""
    vote = poll.vote
    vote.outcome, vote.closed_at, vote.closed_by = poll.outcome, now(), viewer.user
    vote.save()
    return vote


def decide(poll: Poll, case: TransferCase, viewer: Viewer, capacity_id: int) -> None:
    """Publish the unanimous forum's decision, with the recommendation as its reason."""
    decision = record_decision(
        case=case, viewer=viewer, placement=poll.vote.placement, forum=poll.vote.forum, kind="approve",
        capacity_id=capacity_id, procedure=Procedure.WRITTEN, text=wording(poll), reason=poll.vote.recommendation,
        decided_on=localdate(), conflict_note=initiators(poll),
    )  # fmt: skip
    WrittenVote.unscoped.filter(pk=poll.vote.pk).update(decision=decision)
    forget(case)


def wording(poll: Poll) -> str:
    """Return the decision in words."""
    number = len(poll.voters)
    who = "Den ene, der skulle stemme, stemte" if number == 1 else f"Alle {number}, der skulle stemme, stemte"
    return f"{poll.vote.forum} godkendte opgaveflytningen i skriftlig procedure. {who} for."


def initiators(poll: Poll) -> str:
    """Name those who voted for the organisation that started the case: it shows (rule 9)."""
    names = [str(voter) for voter in poll.voters if voter.is_initiators]
    return f"Stemte for den organisation, der har startet sagen: {'; '.join(names)}." if names else ""
