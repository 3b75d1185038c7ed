"""Hvem kan se sagen: every person with sight of a case today, and what gives it; for the secretariat."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.enums import ForumLevel, Function
from contacts.models import Forum, Membership
from contacts.periods import in_force
from contacts.sorting import danish_key
from core.models import User
from transfers.access import FOUNDED
from transfers.enums import Stage
from transfers.models import Opinion, Party, Placement, TransferCase, TransferCaseGrant

UNFOUNDED = "adgangen har ingen grund i sagen. Bed driften om at kontrollere adgangen"
EVERY_CASE = "sekretariatet ser alle sager"
ONLY_TITLE = "sekretariatet ser kun nummer og titel på en kladde"


@dataclass
class Seer:
    """One person who can see the case, and in what function and for what reason, each of them."""

    user: User
    reasons: list[str] = field(default_factory=list)


def seers(case: TransferCase) -> list[Seer]:
    """Return everybody who can see the case today, by name; as many queries for one person as for many."""
    granted = set(TransferCaseGrant.objects.filter(content_object=case).values_list("group_id", flat=True))
    further = [(group, because) for pairs, because in FOUNDED for _, group in pairs(case)]
    found: dict[int, Seer] = {}
    for member in memberships_with_sight(case, granted):
        why = list(by_grant(member, case, further)) or [UNFOUNDED] if member.group_id in granted else []
        if member.function == Function.SECRETARIAT:
            why.append(ONLY_TITLE if case.stage == Stage.DRAFT and member.group_id not in granted else EVERY_CASE)
        seer = found.setdefault(member.user_id, Seer(member.user))
        seer.reasons += [f"{member}: {reason}" for reason in why]
    return sorted(found.values(), key=lambda seer: (danish_key(seer.user.name), seer.user.pk))


def memberships_with_sight(case: TransferCase, granted: Collection[int]) -> QuerySet[Membership]:
    """Return the memberships in force that give sight of the case, and what of the case they stand for; one query."""
    held = Q(forum__group__in=granted) | Q(forum__isnull=True, organisation__group__in=granted)
    rows = Membership.objects.filter(in_force(), held | Q(function=Function.SECRETARIAT), user__is_active=True)
    return (
        rows.select_related("user", "organisation", "forum")
        .annotate(
            is_party=Exists(Party.unscoped.filter(case=case, organisation=OuterRef("organisation"))),
            has_had=Exists(Placement.unscoped.filter(case=case, forum=OuterRef("forum"))),
            is_asked=Exists(Opinion.unscoped.filter(case=case, forum=OuterRef("forum"))),
            took_over=Exists(Forum.objects.filter(handed_over_at__isnull=False, successor=OuterRef("forum"))),
        )
        .order_by("function", "pk")
    )


def by_grant(member: Any, case: TransferCase, further: list[tuple[int, str]]) -> Iterator[str]:
    """Give the reasons for which the forum or organisation of a membership sees the case."""
    yield from by_seat(member, case) if member.forum else by_organisation(member, case)
    yield from (because for group, because in further if group == member.group_id)


def by_organisation(member: Any, case: TransferCase) -> Iterator[str]:
    """Give the reasons that lie in having started the case, or being affected by it."""
    if member.organisation_id == case.department_id:
        yield "afdelingen har startet sagen"
    if member.organisation_id == case.initiator_id:
        yield "organisationen har startet sagen"
    if member.is_party:
        yield "organisationen er berørt part"


def by_seat(member: Any, case: TransferCase) -> Iterator[str]:
    """Give the reasons that lie in a forum."""
    sees_all = member.forum.level != ForumLevel.LOCAL and case.is_past_draft
    if member.has_had:
        yield "forummet har eller har haft sagen"
    if member.is_asked:
        yield "forummet er bedt om en udtalelse"
    if sees_all:
        yield "forummet ser alle sager, der er sendt fra afdelingen"
    if member.took_over and not (member.has_had or member.is_asked or sees_all):
        yield "forummet har overtaget sager fra et tidligere forum"
