"""Facts about the opinions in a case: who can be asked, who was, and whether somebody disagrees."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from contacts.enums import ForumLevel
from contacts.models import Forum
from transfers.models import Opinion, Party, TransferCase


def may_be_asked(case: TransferCase) -> QuerySet[Forum]:
    """Return the samarbejdsfora that can be asked, those of hospitals that are parties first."""
    rows = Forum.taking_cases().filter(level=ForumLevel.LOCAL).exclude(pk=case.current_forum_id or 0)
    asked = Opinion.unscoped.filter(case=case, answer="", forum=OuterRef("pk"))
    takes_part = Exists(Party.unscoped.filter(case=case, organisation=OuterRef("organisation")))
    return rows.exclude(Exists(asked)).order_by(takes_part.desc(), "sort_key")


def newest_opinions(case: TransferCase) -> list[Opinion]:
    """Return each asked forum's newest opinion: one that was asked again may have changed its mind; one query."""
    rows = Opinion.unscoped.filter(case=case).select_related("forum").order_by("asked_at", "pk")
    return list({opinion.forum_id: opinion for opinion in rows}.values())
