"""What the secretariat changes about organisations, forums and people; each change is kept in a history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Forum, ForumQuorum, Membership, Organisation
from contacts.viewer import Viewer
from core import second_factor
from core.errors import DomainError, NotAllowed
from core.history import record_change
from core.models import GuardedModel, User


def require_secretariat(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer works in the secretariat (design: access)."""
    if not viewer.is_secretariat:
        raise NotAllowed("Kun sekretariatet kan ændre organisationer, fora, personer og indstillinger.")


@transaction.atomic
def save_row(*, viewer: Viewer, row: GuardedModel, changed: list[str]) -> None:
    """Store a new or changed organisation, forum, quorum or membership and record what changed.

    Raises NotAllowed for others than the secretariat, TextRefused for a CPR number, DomainError with the
    sentence of the constraint that says no.
    """
    require_secretariat(viewer)
    kind = "created" if row.pk is None else "changed"
    check(row)
    row.save()
    facts = {name: plain(getattr(row, name)) for name in changed if hasattr(row, name)}
    record_change(
        subject_type=row._meta.label_lower, subject_id=row.pk, kind=kind, actor=viewer.user, facts=facts
    )


def check(row: GuardedModel) -> None:
    """Raise DomainError with the Danish sentence of a constraint that the row would break."""
    try:
        row.validate_constraints()
    except ValidationError as refusal:
        raise DomainError(" ".join(refusal.messages)) from refusal


def plain(value: Any) -> Any:
    """Return a value as the history keeps it: ids for rows, ISO dates, else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return value.pk
    return value if isinstance(value, str | int | bool | None) else str(value)


@transaction.atomic
def set_catchment(*, viewer: Viewer, hospital: Organisation, municipalities: list[Organisation]) -> None:
    """Replace a hospital's catchment. Raises NotAllowed."""
    require_secretariat(viewer)
    hospital.catchment.set(municipalities)
    record_change(
        subject_type="contacts.organisation", subject_id=hospital.pk, kind="catchment_set", actor=viewer.user,
        facts={"municipalities": sorted(m.pk for m in municipalities)},
    )  # fmt: skip


@transaction.atomic
def set_quorum(*, viewer: Viewer, forum: Forum, minimums: dict[str, int]) -> None:
    """Set how many of each side a forum needs to decide. Raises NotAllowed."""
    require_secretariat(viewer)
    for side, minimum in minimums.items():
        ForumQuorum.objects.update_or_create(forum=forum, side=side, defaults={"minimum": minimum})
    record_change(
        subject_type="contacts.forum", subject_id=forum.pk, kind="quorum_set", actor=viewer.user, facts=minimums
    )


@transaction.atomic
def add_member(*, viewer: Viewer, email: str, name: str, membership: Membership) -> Membership:
    """Give a person a function; an unknown address gets an account that sets its own password by mail.

    Raises NotAllowed, TextRefused, DomainError as `save_row`.
    """
    require_secretariat(viewer)
    user = User.objects.filter(email=email.strip().lower()).first()
    membership.user = user or User.objects.create_user(email, name=name)
    fields = ["user", "organisation", "forum", "function", "side", "valid_from", "valid_to"]
    save_row(viewer=viewer, row=membership, changed=fields)
    return membership


def end_membership(*, viewer: Viewer, membership: Membership, last_day: date) -> None:
    """End a membership after a day; counts from that person's next request. Raises NotAllowed, DomainError."""
    membership.valid_to = last_day
    save_row(viewer=viewer, row=membership, changed=["valid_to"])


def reset_second_factor(*, viewer: Viewer, user: User) -> None:
    """Take away the second factors of somebody who lost theirs. Raises NotAllowed, or DomainError without any."""
    require_secretariat(viewer)
    second_factor.reset_second_factor(user=user, by=viewer.user)


def appoint_acting_contact(
    *, viewer: Viewer, organisation: Organisation, email: str, name: str, last_day: date
) -> Membership:
    """Let somebody act as contact person from today to a last day; the public overview says so (S1).

    Raises NotAllowed, TextRefused, or DomainError when there is a contact person already or the day is gone by.
    """
    membership = Membership(
        organisation=organisation, function=Function.CONTACT, valid_from=localdate(), valid_to=last_day,
        public_name=f"{name} (fungerende)",
    )  # fmt: skip
    return add_member(viewer=viewer, email=email, name=name, membership=membership)
