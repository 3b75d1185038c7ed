"""Who is looking: an account with the memberships in force today, read once per request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Membership
from contacts.periods import in_force
from core.models import User


@dataclass(frozen=True)
class Viewer:
    """An account and what it may act as today; all access rules take this, never the bare account."""

    user: User
    memberships: tuple[Membership, ...]
    today: date

    @cached_property
    def group_ids(self) -> tuple[int, ...]:
        """The groups whose grants count for this viewer."""
        return tuple(sorted({m.group_id for m in self.memberships if m.group_id}))

    @cached_property
    def is_secretariat(self) -> bool:
        """Whether the viewer works in the secretariat."""
        return bool(self.holding([Function.SECRETARIAT]))

    @cached_property
    def organisation_ids(self) -> tuple[int, ...]:
        """The organisations the viewer belongs to, the whole one for a part; forum seats not counted."""
        return tuple(m.organisation.whole.pk for m in self.memberships if m.organisation and not m.forum_id)

    def holding(
        self, functions: Iterable[str], organisation_id: int | None = None, forum_id: int | None = None
    ) -> list[Membership]:
        """Return the memberships with one of the functions, in that organisation or forum when given."""
        wanted = set(functions)
        return [
            m
            for m in self.memberships
            if m.function in wanted
            and (organisation_id is None or (m.organisation_id == organisation_id and m.forum_id is None))
            and (forum_id is None or m.forum_id == forum_id)
        ]


def viewer_for(user: User, on: date | None = None) -> Viewer:
    """Return the viewer for an account with the memberships in force on that day; one query."""
    day = on or localdate()
    rows = (
        Membership.objects.filter(in_force(day), user=user)
        .select_related("organisation__parent", "forum", "user")
        .order_by("pk")
    )
    return Viewer(user=user, memberships=tuple(rows), today=day)
