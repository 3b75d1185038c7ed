"""Facts about a case's written procedures: the newest, who must vote, who has voted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from contacts.enums import Function
from contacts.models import Forum, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from portfolio.models import Ballot, BallotChoice, VoteOutcome, Voter, WrittenVote
from transfers.models import TransferCase

MEMO = "_newest_written_vote"
ENTITLED = (Function.CHAIR, Function.MEMBER)


@dataclass(frozen=True)
class Poll:
    """One written procedure with its voters, read when they are asked for."""

    vote: WrittenVote

    @cached_property
    def voters(self) -> list[Voter]:
        """Everyone who must vote, with the ballot where there is one; for actions and rules only."""
        rows = Voter.unscoped.filter(vote=self.vote)
        return list(rows.select_related("membership__user", "membership__organisation", "vote__case", "ballot"))

    @property
    def ballots(self) -> list[Ballot]:
        """The votes that are cast."""
        return [voter.ballot for voter in self.voters if hasattr(voter, "ballot")]

    @property
    def missing(self) -> list[Voter]:
        """Those who have not voted."""
        return [voter for voter in self.voters if not hasattr(voter, "ballot")]

    @property
    def outcome(self) -> VoteOutcome:
        """What the votes come to: an objection before a wish to discuss, and silence is no vote (rule 9)."""
        said = {ballot.choice for ballot in self.ballots}
        if BallotChoice.AGAINST in said:
            return VoteOutcome.OBJECTION
        if BallotChoice.DISCUSS in said:
            return VoteOutcome.DISCUSSION
        return VoteOutcome.SILENCE if self.missing else VoteOutcome.APPROVED

    def voter(self, member: Membership) -> Voter | None:
        """Return the place of a membership among those who must vote."""
        return next((voter for voter in self.voters if voter.membership_id == member.pk), None)


def newest_poll(case: TransferCase) -> Poll | None:
    """Return the case's newest written procedure; one query, remembered on this object until the case changes."""
    known: tuple[int, Poll | None] | None = vars(case).get(MEMO)
    if known is None or known[0] != case.version:
        vote = WrittenVote.unscoped.filter(case=case).select_related("placement", "forum").first()
        known = vars(case)[MEMO] = case.version, Poll(vote) if vote else None
    return known[1]


def whether_voted() -> dict[str, Any]:
    """Return, for a query of cases, whether a case has had a written procedure."""
    return {"has_voted": Exists(WrittenVote.unscoped.filter(case=OuterRef("pk")))}


def remember(case: Any) -> None:
    """Spare a case that was read with `whether_voted`, and had no written procedure, the question."""
    if not case.has_voted:
        vars(case)[MEMO] = case.version, None


def running_poll(case: TransferCase) -> Poll | None:
    """Return the written procedure that is under way in the forum that has the case."""
    poll = newest_poll(case)
    return poll if poll and poll.vote.is_running else None


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write that does not raise the case's version."""
    vars(case).pop(MEMO, None)


def entitled(forum: Forum) -> list[Membership]:
    """Return who must vote: members and chairs in force, once per person; a chair votes as chair."""
    rows = Membership.objects.filter(in_force(), forum=forum, function__in=ENTITLED, user__is_active=True)
    found: dict[int, Membership] = {}
    for member in rows.select_related("user", "organisation").order_by("function", "pk"):
        found.setdefault(member.user_id, member)
    return sorted(found.values(), key=lambda member: member.pk)


@dataclass(frozen=True)
class Line:
    """One voter as the viewer may see it: that they have voted, and what where it may be read."""

    voter: Voter
    has_voted: bool
    ballot: Ballot | None


@dataclass(frozen=True)
class Procedure:
    """One written procedure as a page shows it; without lines for those who do not follow the forum's votes."""

    vote: WrittenVote
    lines: list[Line]

    @property
    def progress(self) -> str:
        """How many have voted, in words."""
        return f"{sum(line.has_voted for line in self.lines)} af {len(self.lines)} har stemt"


def procedures(case: TransferCase, viewer: Viewer) -> list[Procedure]:
    """Return the case's written procedures as far as the viewer may read them, newest first; three queries."""
    votes = list(WrittenVote.visible_within(case, viewer))
    ballots = {ballot.voter_id: ballot for ballot in Ballot.visible_within(case, viewer)}
    cast = Exists(Ballot.unscoped.filter(voter=OuterRef("pk")))
    lines: dict[int, list[Line]] = {}
    for voter in Voter.visible_within(case, viewer).annotate(cast=cast):
        lines.setdefault(voter.vote_id, []).append(Line(voter, voter.cast, ballots.get(voter.pk)))
    return [Procedure(vote, lines.get(vote.pk, [])) for vote in votes]
