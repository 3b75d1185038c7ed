"""Ways out of an agreement: back to the forum that decided, and a party that leaves (rule 12)."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from contacts.enums import ForumLevel
from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.agreements.deciding import deciding_forum
from portfolio.agreements.notice import earliest_leaving
from portfolio.agreements.queries import Written, forget, written
from portfolio.models import AgreementParty, Leaving, OrientationKind
from portfolio.orientations.actions import orient
from transfers.actions import FORUM_STAGES, perform
from transfers.models import TransferCase

STAGE_OF_LEVEL = {level: stage for stage, level in FORUM_STAGES.items()}


def return_to_deciding_forum(
    *, case: TransferCase, viewer: Viewer, seen: int | None = None, capacity_id: int | None = None, reason: str = ""
) -> TransferCase:
    """Put the case before the forum that approved it again. Raises Incomplete without such a forum; as `perform`."""
    with perform(
        "return_to_deciding_forum", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        forum = deciding_forum(step.case)
        if forum is None:
            raise DomainError("Det forum, der godkendte opgaveflytningen, findes ikke længere.")
        step.forum, step.target = forum, STAGE_OF_LEVEL[ForumLevel(forum.level)]
        step.facts = {"forum": forum.pk}
    return case


def leave_agreement(
    *, case: TransferCase, viewer: Viewer, effective_on: date, plan: str, others_go_on: bool, reason: str,
    seen: int | None = None, capacity_id: int | None = None,
) -> Leaving:  # fmt: skip
    """Give notice: when the party leaves, how the task is taken back, and whether the others go on; the PSG is told.

    Raises DomainError for a shorter notice than agreed or without a plan; else as `perform`.
    """
    with perform(
        "leave_agreement", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        found = written(step.case)
        row = found.of(step.capacity.organisation_id)
        if row is None or not plan.strip():
            raise DomainError("Skriv, hvordan opgaven tages tilbage.")
        party = row.row
        require_notice(found, party, effective_on)
        left = Leaving.unscoped.create(
            party=party, notice_on=localdate(), effective_on=effective_on, plan=plan.strip(),
            others_go_on=others_go_on, given_by=viewer.user,
        )  # fmt: skip
        party.leaves_on = effective_on
        party.save(update_fields=["leaves_on"])
        orient(step.case, OrientationKind.LEFT, about=party.organisation)
        step.facts = {
            "organisation": party.organisation_id, "effective": effective_on.isoformat(), "others_go_on": others_go_on
        }  # fmt: skip
        forget(step.case)
    forget(case)
    return left


def require_notice(found: Written, party: AgreementParty, effective_on: date) -> None:
    """Raise DomainError for a day before the agreed notice has run out."""
    earliest = earliest_leaving(found, party)
    if effective_on < earliest:
        raise DomainError(f"Med det aftalte varsel kan I tidligst træde ud den {earliest:%d.%m.%Y}.")
