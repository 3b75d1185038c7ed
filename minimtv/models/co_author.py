"""Who writes on a mini-MTV with the initiator, and who therefore reads what is not signed off (design: access)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Organisation
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer

MEMO = "_co_authors_of_mini_mtv"
Pair = tuple[int, int]


class CoAuthor(CaseBound):
    """Medforfatter: a named person at an affected party who writes on the mini-MTV, until it is taken back.

    It counts only while the person has a function in that organisation.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="co_authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField("tilføjet", default=now)
    ended_at = models.DateTimeField("fjernet", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "medforfatter"
        verbose_name_plural = "medforfattere"
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="co_author_once",
                violation_error_message="Personen skriver allerede med på mini-MTV'en.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[CoAuthor]:
        """Those who write now, for everybody who reads what they write."""
        rows = cls.unscoped.filter(case=case, ended_at__isnull=True).select_related("user", "organisation")
        return rows if may_read_draft(case, viewer) else rows.none()


def co_authors_of(case: TransferCase) -> frozenset[Pair]:
    """Return person and organisation of those who write with the initiator; remembered on this object."""
    known: frozenset[Pair] | None = vars(case).get(MEMO)
    if known is None:
        rows = CoAuthor.unscoped.filter(case=case, ended_at__isnull=True)
        known = vars(case)[MEMO] = frozenset(rows.values_list("user_id", "organisation_id"))
    return known


def may_read_draft(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the viewer reads what is not signed off: the initiator, the co-authors and the secretariat."""
    home = {case.initiator_id, case.department_id} - {None}
    places = {m.organisation_id for m in viewer.memberships if m.forum_id is None}
    if places & home or viewer.is_secretariat:
        return True
    return any((viewer.user.pk, place) in co_authors_of(case) for place in places)
