"""Who is looking: an account with the memberships in force today, read once per request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, Subquery
from django.utils.timezone import localdate

from contacts.enums import SECOND_FACTOR_FUNCTIONS, ForumLevel, Function
from contacts.models import Membership
from contacts.naming import Row, names_asked_along
from contacts.periods import in_force
from core.models import User
from core.second_factor import factors

Counted = Callable[[int], Subquery]
BROUGHT = "_memberships_in_force"
_unread: dict[str, Counted] = {}


def unread_from(count: Counted) -> None:
    """Register what counts an account's unread notices; it is asked along with the memberships, in one query."""
    _unread["unread"] = count


@dataclass(frozen=True)
class Viewer:
    """An account and what it may act as today; all access rules take this, never the bare account."""

    user: User
    memberships: tuple[Membership, ...]
    today: date
    unread: int = 0
    has_second_factor: bool = False
    forum_names: Sequence[Row] | None = None

    @cached_property
    def group_ids(self) -> tuple[int, ...]:
        """The groups whose grants count for this viewer."""
        return tuple(sorted({m.group_id for m in self.memberships if m.group_id}))

    @cached_property
    def is_secretariat(self) -> bool:
        """Whether the viewer works in the secretariat."""
        return bool(self.holding([Function.SECRETARIAT]))

    @cached_property
    def needs_second_factor(self) -> bool:
        """Whether what the viewer may do asks for more than a password (design: access)."""
        is_technical = self.user.is_staff or self.user.is_superuser
        return is_technical or bool(self.holding(SECOND_FACTOR_FUNCTIONS))

    @cached_property
    def is_in_upper_forum(self) -> bool:
        """Whether the viewer has a seat in the Porteføljestyregruppe or Den Administrative Styregruppe."""
        return any(m.forum is not None and m.forum.level != ForumLevel.LOCAL for m in self.memberships)

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


def memberships_of(user_id: int, on: date | None = None) -> list[Membership]:
    """Return an account's memberships in force on that day (today), with what every page needs of the account."""
    rows = Membership.objects.filter(in_force(on or localdate()), user=user_id)
    counted = rows.annotate(
        second_factor=Exists(factors(user_id)), forum_names=names_asked_along(),
        **{name: count(user_id) for name, count in _unread.items()},
    )  # fmt: skip
    return list(counted.select_related("organisation__parent", "forum", "user").order_by("pk"))


def bring_memberships(user: User, rows: list[Membership]) -> None:
    """Let an account bring the memberships it was just read with to the viewer made of it first."""
    setattr(user, BROUGHT, rows)


def forget_memberships(user: User) -> None:
    """Let the viewer be read anew, after something that comes with the memberships was changed."""
    setattr(user, BROUGHT, None)


def viewer_for(user: User, on: date | None = None) -> Viewer:
    """Return the viewer for an account with the memberships in force on that day; at most two queries."""
    brought: list[Membership] | None = getattr(user, BROUGHT, None) if on is None else None
    setattr(user, BROUGHT, None)
    rows = memberships_of(user.pk, on) if brought is None else brought
    has_second_factor = rows[0].second_factor if rows else factors(user.pk).exists()  # type: ignore[attr-defined]
    return Viewer(
        user=user, memberships=tuple(rows), today=on or localdate(), unread=unread_in(rows),
        has_second_factor=has_second_factor, forum_names=getattr(rows[0], "forum_names", None) if rows else None,
    )  # fmt: skip


def unread_in(rows: Iterable[Membership]) -> int:
    """Return the count that every row of the memberships carries."""
    return next((getattr(row, "unread", None) or 0 for row in rows), 0)
