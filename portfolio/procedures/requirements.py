"""What must be true before acts of a written procedure, and whom they are for (rule 9)."""

from __future__ import annotations

from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Membership
from portfolio.models import VoteOutcome
from portfolio.procedures.queries import newest_poll, running_poll
from transfers.models import TransferCase
from transfers.rules import fits_for, requirement

NONE_RUNNING = "Der er ingen skriftlig procedure i gang"


@requirement("no_vote_running")
def no_vote_running(case: TransferCase) -> list[str]:
    """One written procedure at a time."""
    return ["Der er allerede en skriftlig procedure i gang"] if running_poll(case) else []


@requirement("vote_open")
def vote_open(case: TransferCase) -> list[str]:
    """There is a vote, and its deadline is not past."""
    poll = running_poll(case)
    if poll is None:
        return [NONE_RUNNING]
    over = poll.vote.deadline < localdate()
    return [f"Fristen for at stemme var den {poll.vote.deadline:%d.%m.%Y}"] if over else []


@requirement("vote_may_close")
def vote_may_close(case: TransferCase) -> list[str]:
    """All have voted, or the deadline is past: before that nobody learns what others voted."""
    poll = running_poll(case)
    if poll is None:
        return [NONE_RUNNING]
    if not poll.missing or poll.vote.deadline < localdate():
        return []
    return [f"Alle skal have stemt, eller fristen den {poll.vote.deadline:%d.%m.%Y} skal være overskredet"]


@fits_for("cast_vote")
def must_vote(case: TransferCase, member: Membership) -> str:
    """Those who must vote, once each."""
    poll = running_poll(case)
    if poll is None:
        return f"{NONE_RUNNING}."
    voter = poll.voter(member)
    if voter is None:
        return "Kun de medlemmer, der var med, da den skriftlige procedure startede, stemmer."
    return "Du har stemt. En stemme kan ikke ændres." if hasattr(voter, "ballot") else ""


@fits_for("close_vote")
def closes_vote(case: TransferCase, member: Membership) -> str:
    """Chair and secretary; or the member who cast the last vote."""
    poll = running_poll(case)
    if member.function != Function.MEMBER or (poll and not poll.missing):
        return ""
    return "Kun formand eller sekretær i det forum, der har sagen, afslutter den skriftlige procedure."


@fits_for("approve")
def approves(case: TransferCase, member: Membership) -> str:
    """Chair and secretary; or the member whose vote made the forum unanimous."""
    if member.function != Function.MEMBER:
        return ""
    poll = newest_poll(case)
    unanimous = poll and poll.vote.outcome == VoteOutcome.APPROVED and not poll.vote.decision_id
    return "" if unanimous else "Kun formand eller sekretær i det forum, der har sagen, registrerer beslutninger."
