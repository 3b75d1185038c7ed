"""Written procedure: members vote before a deadline; who must vote and what they voted never changes (rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Forum, Membership
from portfolio.models.decision import Decision
from transfers.models import Placement, TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class BallotChoice(models.TextChoices):
    """Stemme: only a vote for approves; anything else puts the case on the next agenda."""

    FOR = "for", "For"
    AGAINST = "against", "Indsigelse"
    DISCUSS = "discuss", "Ønsker drøftelse på et møde"


class VoteOutcome(models.TextChoices):
    """Hvordan den skriftlige procedure endte."""

    APPROVED = "approved", "Godkendt enstemmigt"
    OBJECTION = "objection", "Uden beslutning: indsigelse"
    DISCUSSION = "discussion", "Uden beslutning: ønske om drøftelse"
    SILENCE = "silence", "Uden beslutning: ikke alle stemte"


class WrittenVote(CaseBound):
    """Skriftlig procedure: the forum that has the case is asked to approve it. Frozen by trigger once it is closed."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="written_votes")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="written_votes")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="written_votes")
    recommendation = models.TextField("indstilling", max_length=8000)
    deadline = models.DateField("frist for at stemme")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("startet", default=now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("afsluttet", null=True, blank=True)
    outcome = models.CharField("udfald", max_length=12, choices=VoteOutcome, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="written_vote")

    class Meta(CaseBound.Meta):
        verbose_name = "skriftlig procedure"
        verbose_name_plural = "skriftlige procedurer"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(closed_at__isnull=True), name="written_vote_one_open",
                violation_error_message="Der er allerede en skriftlig procedure i gang.",
            ),
            models.CheckConstraint(
                name="written_vote_closed_is_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="", decision__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Skriftlig procedure i {self.forum}, {self.case.number}"

    @property
    def is_lapsed(self) -> bool:
        """Whether the case left the forum before the vote was closed, so that it came to nothing."""
        return self.closed_at is None and self.placement.ended_at is not None

    @property
    def is_running(self) -> bool:
        """Whether the forum still votes."""
        return self.closed_at is None and self.placement.ended_at is None

    @property
    def ended_without_decision(self) -> bool:
        """Whether the case waits for the forum's next meeting."""
        return self.closed_at is not None and self.outcome != VoteOutcome.APPROVED

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[WrittenVote]:
        """Everyone who sees the case sees that there is a written procedure; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("placement", "forum", "opened_by", "decision")


class Voter(CaseBound):
    """Stemmeberettiget: who must vote – members and chairs in force when the vote was opened; insert-only."""

    vote = models.ForeignKey(WrittenVote, models.PROTECT, related_name="voters")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "stemmeberettiget"
        verbose_name_plural = "stemmeberettigede"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "membership"], name="voter_once")]

    def __str__(self) -> str:
        return f"{self.membership.user.name}, {self.membership.organisation}"

    @property
    def is_initiators(self) -> bool:
        """Whether the voter represents the organisation that started the case: allowed, but it shows (rule 9)."""
        return self.membership.organisation_id == self.vote.case.initiator_id

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Voter]:
        """Who must vote, for those who follow the forum's votes; others see only that there is a vote."""
        rows = cls.unscoped.filter(vote__case=case)
        rows = rows.select_related("vote__case", "membership__user", "membership__organisation")
        return rows if follows_votes(viewer) else rows.none()


class Ballot(CaseBound):
    """Stemme: one per voter, never changed or removed; what it says is secret until the vote is closed."""

    voter = models.OneToOneField(Voter, models.PROTECT, related_name="ballot")
    choice = models.CharField("stemme", max_length=8, choices=BallotChoice)
    reason = models.TextField("begrundelse", max_length=4000, blank=True)
    cast_at = models.DateTimeField("afgivet", default=now)

    class Meta(CaseBound.Meta):
        verbose_name = "stemme"
        verbose_name_plural = "stemmer"
        ordering = ["cast_at", "pk"]

    def __str__(self) -> str:
        return self.get_choice_display()

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Ballot]:
        """One's own; everybody's once the vote is closed, for those who follow the forum's votes (design: access)."""
        seen = Q(voter__membership__user=viewer.user)
        if follows_votes(viewer):
            seen |= Q(voter__vote__closed_at__isnull=False)
        return cls.unscoped.filter(seen, voter__vote__case=case)


def follows_votes(viewer: Viewer) -> bool:
    """Tell whether the viewer sees who has voted: the upper forums, which vote, and the secretariat."""
    return viewer.is_secretariat or viewer.is_in_upper_forum
