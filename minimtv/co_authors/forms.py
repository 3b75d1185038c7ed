"""Who is to write with the initiator."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from contacts.models import Membership
from transfers.forms import CapacityForm

Group = tuple[str, list[tuple[int, str]]]


class CoAuthorForm(CapacityForm):
    """One person among those at the parties, by the organisation they belong to."""

    member = forms.TypedChoiceField(
        label="Hvem skal skrive med?", coerce=int,
        help_text="Du kan vælge blandt personer hos de berørte parter. De kan allerede se sagen.",
        error_messages={
            "required": "Vælg en person.",
            "invalid_choice": "Personen kan ikke vælges. Se, om personen allerede skriver med.",
        },
    )  # fmt: skip
    field_order = ("seen", "member", "capacity")

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        once = {(m.organisation_id, m.user_id): m for m in members}
        self.members = {member.pk: member for member in once.values()}
        self.fields["member"].choices = [("", "Vælg en person"), *by_place(once.values())]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Membership:
        """The person of a valid form."""
        return self.members[self.cleaned_data["member"]]


def by_place(members: Iterable[Membership]) -> list[Group]:
    """Return the choices under one heading per organisation; the members come in that order."""
    return [
        (place, [(m.pk, f"{m.user.name} ({m.get_function_display().lower()})") for m in found])
        for place, found in groupby(members, key=lambda member: str(member.organisation))
    ]
