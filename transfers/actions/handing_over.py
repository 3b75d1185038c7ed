"""A forum ends only when a successor has taken its cases: the secretariat hands them over."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.timezone import now

from contacts.actions import require_secretariat
from contacts.models import Forum
from contacts.viewer import Viewer
from core.errors import DomainError
from core.history import record_change
from transfers import access
from transfers.actions.writing import enter_forum, perform
from transfers.models import Placement, TransferCase

FOLLOWING: list[Callable[[Forum, Forum], None]] = []


def also_hand_over(move: Callable[[Forum, Forum], None]) -> Callable[[Forum, Forum], None]:
    """Register what else of a forum's goes to its successor, for upper apps; called within the transaction."""
    FOLLOWING.append(move)
    return move


def heir_of(forum: Forum) -> Forum | None:
    """Return the forum that takes over a forum's cases: its successor, taking cases at the same level; else None."""
    heir = forum.successor.heir if forum.successor else None
    if heir is None or heir.pk == forum.pk or heir.level != forum.level:
        return None
    return heir if heir.is_in_force() and heir.handed_over_at is None else None


def hand_over_case(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Put one case before the successor of the forum that has it; raises as `perform`."""
    with perform("hand_over", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        old = step.case.current_forum
        new = heir_of(old) if old else None
        if old is None or new is None:
            raise DomainError("Der er ikke et forum i kraft, der afløser.")
        open_ones = Placement.unscoped.filter(case=step.case, ended_at__isnull=True)
        open_ones.update(ended_at=now(), ended_by_act="hand_over")
        enter_forum(step.case, new)
        step.facts = {"from_forum": old.pk, "to_forum": new.pk}
    return case


@transaction.atomic
def hand_over(*, viewer: Viewer, forum: Forum) -> int:
    """Hand all of a forum's open cases to its successor, who sees its earlier ones too; returns how many.

    From then on the forum takes no cases. Raises NotAllowed for others than the secretariat, DomainError when
    no successor in force is named or it was done before; else as `perform`.
    """
    require_secretariat(viewer)
    forum = Forum.objects.select_for_update(of=("self",)).select_related("successor").get(pk=forum.pk)
    heir = heir_of(forum)
    if heir is None:
        raise DomainError("Vælg først et forum på samme niveau, der afløser og er i kraft.")
    if forum.handed_over_at is not None:
        raise DomainError("Forummets sager er allerede overdraget.")
    cases = list(TransferCase.unscoped.filter(current_forum=forum).order_by("number"))
    for case in cases:
        hand_over_case(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")
    for move in FOLLOWING:
        move(forum, heir)
    forum.handed_over_at = now()
    forum.save()
    access.repair()
    facts = {"successor": heir.pk, "cases": len(cases)}
    record_change(
        subject_type="contacts.forum", subject_id=forum.pk, kind="handed_over", actor=viewer.user, facts=facts
    )
    return len(cases)
