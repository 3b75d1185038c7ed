"""Starting, changing and concluding an indledende vurdering (S1; rule 1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.enums import Function
from contacts.models import Membership, Organisation
from contacts.viewer import Viewer
from core.definitions import current
from core.errors import NotAllowed, Stale
from transfers import access, history, rules
from transfers.actions.writing import locked_case, perform, refresh
from transfers.models import CaseCounter, Screening, TransferCase
from transfers.queries import also_contact
from transfers.workflow import BY_CODE


def locked_counter() -> CaseCounter:
    """Return this year's number series with its row locked until commit, so filings queue up."""
    year = localdate().year
    CaseCounter.objects.get_or_create(year=year)
    return CaseCounter.objects.select_for_update().get(year=year)


def next_number(counter: CaseCounter) -> str:
    """Return the next case number of the locked series, e.g. OF-2026-0031."""
    counter.last += 1
    counter.save()
    return f"OF-{counter.year}-{counter.last:04d}"


SCREENERS = (Function.LEADER, Function.COLLEAGUE)


def may_screen(viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer may start a screening: leaders and colleagues (S1)."""
    return [m for m in viewer.holding(SCREENERS) if m.organisation is not None]


@transaction.atomic
def file_screening(
    *,
    viewer: Viewer,
    membership: Membership,
    case_data: dict[str, Any],
    answers: dict[str, Any],
    request_key: UUID,
    conclude: bool = False,
) -> TransferCase:
    """Start a case with an indledende vurdering; a repeated post with the same key returns the first one.

    With `conclude` it is concluded in the same breath, or not stored at all. Raises NotAllowed for a membership
    that may not, TextRefused for a CPR number, else as `conclude_screening`.
    """
    if membership not in may_screen(viewer) or membership.organisation is None:
        raise NotAllowed("Kun ledere og medarbejdere kan starte en indledende vurdering.")
    locked_counter()  # two posts of one form queue up here
    earlier = TransferCase.unscoped.filter(request_key=request_key, created_by=viewer.user).first()
    if earlier is not None:
        return earlier
    case = start_case(
        viewer=viewer, membership=membership, initiator=membership.organisation.whole,
        department=membership.organisation if membership.organisation.parent_id else None,
        case_data=case_data, answers=answers, request_key=request_key,
    )  # fmt: skip
    return conclude_screening(case=case, viewer=viewer) if conclude else case


def start_case(
    *,
    viewer: Viewer,
    membership: Membership,
    initiator: Organisation,
    department: Organisation | None,
    case_data: dict[str, Any],
    answers: dict[str, Any],
    request_key: UUID | None = None,
) -> TransferCase:
    """Store a new case with its screening, for callers that have checked who may; inside their transaction.

    `membership` is the one acted by, e.g. the contact person's whose report becomes a case (rule 15).
    Raises TextRefused for a CPR number.
    """
    case = TransferCase.unscoped.create(
        **case_data, number=next_number(locked_counter()), request_key=request_key, initiator=initiator,
        department=department, created_by=viewer.user,
    )  # fmt: skip
    Screening.unscoped.create(case=case, definition=current("screening"), **answers)
    access.grant_initiator(case)
    history.append(
        case=case, kind="screening_filed", actor_id=viewer.user.pk, capacity=membership,
        stage_from="", facts={"change_kind": case.change_kind},
    )  # fmt: skip
    return case


@transaction.atomic
def change_screening(
    *,
    case: TransferCase,
    viewer: Viewer,
    case_data: dict[str, Any],
    answers: dict[str, Any],
    seen: int | None = None,
    conclude: bool = False,
) -> TransferCase:
    """Change a screening that stands open, and conclude it in the same breath when asked to.

    Raises NotAllowed, Stale, TextRefused, else as `conclude_screening`.
    """
    locked = locked_case(case.pk)
    capacity = rules.require(BY_CODE["edit_screening"], locked, viewer)
    if seen is not None and seen != locked.version:
        raise Stale()
    for name, value in case_data.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    screening = Screening.unscoped.get(case=locked)
    for name, value in answers.items():
        setattr(screening, name, value)
    screening.save()
    history.append(
        case=locked, kind="screening_changed", actor_id=viewer.user.pk, capacity=capacity,
        stage_from=locked.stage, facts={},
    )  # fmt: skip
    refresh(case, locked)
    return conclude_screening(case=case, viewer=viewer) if conclude else case


def conclude_screening(*, case: TransferCase, viewer: Viewer, seen: int | None = None) -> TransferCase:
    """Conclude by the answers: to a kladde when a dialoggrundlag is needed, else closed as not needed (rule 1).

    Where the leader is the contact person too, the contact person has seen it.
    """
    screening = Screening.unscoped.get(case=case)
    code = "start_basis" if screening.has_duty and screening.needs_basis else "close_screening"
    with perform(code, case=case, viewer=viewer, seen=seen) as step:
        locked = Screening.unscoped.get(case=case)
        step.facts = {
            "consequences": locked.consequences, "new_competences": locked.new_competences,
            "utensils": locked.utensils, "needs_basis": bool(locked.has_duty and locked.needs_basis),
        }  # fmt: skip
        if code == "close_screening":
            step.facts["also_as"] = also_contact(step.case, viewer)
        locked.concluded_at = now()
        locked.noted_at = now() if step.facts.get("also_as") == Function.CONTACT else None
        locked.save()
    return case


def request_reassessment(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Ask the leader, as contact person, to conclude anew after »ikke nødvendigt« (rule 1); raises as `perform`."""
    with perform(
        "request_reassessment", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        Screening.unscoped.filter(case=step.case).update(concluded_at=None, noted_at=None)
    return case


def note_screening(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Mark, as contact person, a »not needed« after a yes as seen (rule 1); raises as `perform`."""
    with perform(
        "note_screening", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        Screening.unscoped.filter(case=step.case).update(noted_at=now())
    return case
