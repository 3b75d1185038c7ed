"""The initiator's contact person opens the dialogue, asks more parties, extends and closes (rule 4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.timezone import localdate, now

from contacts.models import Organisation
from contacts.viewer import Viewer
from core.errors import DomainError
from dialogue.basis.queries import candidates
from dialogue.goals.actions import freeze_goals
from dialogue.responses.queries import forget, late_answers, standing
from transfers import access
from transfers.actions import Step, perform
from transfers.enums import Stage
from transfers.models import Party, TransferCase


def open_dialogue(
    *,
    case: TransferCase,
    viewer: Viewer,
    organisations: Collection[Organisation],
    deadline: date,
    seen: int | None = None,
    capacity_id: int | None = None,
) -> TransferCase:
    """Receive the dialoggrundlag and ask the confirmed parties for a response before the deadline.

    Parties of an earlier round stay parties and are asked again. Raises DomainError without parties, for one
    that cannot be a party, or for a deadline in the past; else as `perform`.
    """
    with perform("open_dialogue", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        ahead(deadline)
        earlier = Party.unscoped.filter(case=step.case)
        earlier.update(deadline=deadline)
        known = set(earlier.values_list("organisation_id", flat=True))
        for organisation in organisations:
            if organisation.pk not in known:
                join(step, organisation, deadline)
        step.case.dialogue_closed_at = None
        step.facts = {"parties": counted(step.case)}
    forget(case)
    return case


def counted(case: TransferCase) -> int:
    """Return how many are parties. Raises DomainError when nobody is."""
    parties = Party.unscoped.filter(case=case).count()
    if not parties:
        raise DomainError("Vælg mindst én berørt part.")
    return parties


def join(step: Step, organisation: Organisation, deadline: date) -> Party:
    """Make an organisation a party and let it see the case. Raises DomainError for one that cannot be."""
    if not candidates(step.case).filter(pk=organisation.pk).exists():
        raise DomainError(f"{organisation} kan ikke være berørt part i sagen.")
    party = Party(case=step.case, organisation=organisation, deadline=deadline, added_by=step.viewer.user)
    party.save()
    access.grant_party(party)
    return party


def ahead(deadline: date) -> None:
    """Raise DomainError for a deadline in the past."""
    if deadline < localdate():
        raise DomainError("Fristen ligger tilbage i tiden. Vælg i dag eller en senere dag.")


def add_party(
    *,
    case: TransferCase,
    viewer: Viewer,
    organisation: Organisation,
    deadline: date,
    seen: int | None = None,
    capacity_id: int | None = None,
) -> Party:
    """Ask one more party, with its own deadline; a closed dialogue opens again and waits for it (rule 4).

    A case that has gone on stays where it is: the party answers there, and the forum waits.
    Raises DomainError for one that is a party already or cannot be one; else as `perform`.
    """
    with perform("add_party", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        ahead(deadline)
        if Party.unscoped.filter(case=case, organisation=organisation).exists():
            raise DomainError(f"{organisation} er allerede part i sagen.")
        party = join(step, organisation, deadline)
        if step.case.stage == Stage.DIALOGUE:
            step.case.dialogue_closed_at = None
        step.facts = {"party": party.pk}
    forget(case)
    return party


def extend_deadline(
    *,
    case: TransferCase,
    viewer: Viewer,
    party_ids: Collection[int],
    deadline: date,
    reason: str,
    seen: int | None = None,
    capacity_id: int | None = None,
) -> TransferCase:
    """Give some or all parties until a later day; a closed dialogue opens again and waits for them.

    Raises DomainError for a day that is not later than today's deadline of each of them; else as `perform`.
    """
    with perform(
        "extend_deadline", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        ahead(deadline)
        parties = list(Party.unscoped.filter(case=case, pk__in=party_ids).select_related("organisation"))
        later(parties, deadline)
        Party.unscoped.filter(pk__in=[party.pk for party in parties]).update(deadline=deadline)
        step.case.dialogue_closed_at = None
        step.facts = {"parties": len(parties)}
    forget(case)
    return case


def later(parties: list[Party], deadline: date) -> None:
    """Raise DomainError unless there are parties and the day is later than each one's deadline."""
    if not parties:
        raise DomainError("Vælg mindst én part.")
    for party in parties:
        if deadline <= party.deadline:
            day = f"{party.deadline:%d.%m.%Y}"
            raise DomainError(f"{party} har allerede frist den {day}. Vælg en senere dag.")


def close_dialogue(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Close the dialogue when all have answered or every deadline is past, and freeze the shared goals (rule 5)."""
    with perform(
        "close_dialogue", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        now_standing = standing(step.case)
        step.case.dialogue_closed_at = now()
        freeze_goals(step.case)
        step.facts = {
            "answered": len(now_standing.answered), "missing": len(now_standing.missing), "late": late_answers(case),
        }  # fmt: skip
    return case


def close_without_parties(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Close the case when every party has answered that it is not affected (rule 4)."""
    with perform(
        "close_without_parties", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        step.facts = {"parties": len(standing(step.case).rows)}
    return case
