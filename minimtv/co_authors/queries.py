"""Facts about co-authors: who can be named, who writes now, and in which cases somebody does."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from minimtv.models import CoAuthor
from transfers.models import Party, TransferCase
from transfers.workflow import WRITING_MTV

ABLE = (*CONTACT_FUNCTIONS, Function.LEADER, Function.COLLEAGUE, Function.SIGNATORY)


def candidates(case: TransferCase) -> QuerySet[Membership]:
    """Return the functions of those who can be named: people at affected parties, who see the case already."""
    rows = Membership.objects.filter(in_force(), function__in=ABLE, forum__isnull=True, user__is_active=True)
    asked = Party.unscoped.filter(case=case).values("organisation")
    named = CoAuthor.unscoped.filter(case=case, ended_at__isnull=True).values("user")
    rows = rows.filter(organisation__in=asked).exclude(user__in=named)
    return rows.select_related("user", "organisation").order_by("organisation__sort_key", "user__name", "pk")


def held_by(row: CoAuthor) -> list[Membership]:
    """Return what a co-author is in the organisation now, for a message."""
    rows = Membership.objects.filter(in_force(), user=row.user_id, organisation=row.organisation_id, forum__isnull=True)
    return list(rows.select_related("user"))


def writing_now(case: TransferCase, key: str) -> CoAuthor | None:
    """Return a co-author of the case by key, or None when there is none such."""
    rows = CoAuthor.unscoped.filter(case=case, ended_at__isnull=True).select_related("user", "organisation")
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


def writes_in(viewer: Viewer) -> Q | None:
    """Return the cases in which the viewer is named and may write now; None for who can be named nowhere."""
    places = [m.organisation_id for m in viewer.holding(ABLE) if m.forum_id is None]
    if not places:
        return None
    rows = CoAuthor.unscoped.filter(case=OuterRef("pk"), user=viewer.user, ended_at__isnull=True)
    return Q(Exists(rows.filter(organisation__in=places))) & Q(stage__in=WRITING_MTV)
