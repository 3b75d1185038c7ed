"""One case of the demonstration while it is played through: what its file tells, and who acts in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contacts.enums import Function
from contacts.models import Membership, Organisation
from contacts.periods import in_force
from contacts.viewer import Viewer, viewer_for
from portfolio.demo.content import Calendar
from portfolio.demo.region import Region
from transfers.models import TransferCase

Row = dict[str, Any]


class WrongEnd(Exception):
    """A case did not end up where its file says."""


@dataclass
class Story:
    """A case's file, the region it plays in, and the case itself once it is filed."""

    request_key: UUID
    told: dict[str, Any]
    region: Region
    calendar: Calendar
    filed: TransferCase | None = None
    threads: list[int] = field(default_factory=list)

    @property
    def case(self) -> TransferCase:
        """The case as it stands now, read anew as a page would."""
        if self.filed is None:
            raise WrongEnd(f"{self.told['title']}: sagen er ikke oprettet endnu.")
        return TransferCase.unscoped.select_related("initiator", "department").get(pk=self.filed.pk)

    @property
    def days(self) -> dict[str, int]:
        """How many days ago each step of the case was."""
        days: dict[str, int] = self.told["days_ago"]
        return days

    @property
    def leader(self) -> Viewer:
        """The nearest leader."""
        return self.account(self.told["leader"])

    @property
    def contact(self) -> Viewer:
        """The contact person of the organisation that started the case."""
        return self.contact_of(self.told["initiator"])

    def organisation(self, key: str) -> Organisation:
        """The organisation with a key of region.toml."""
        return self.region.organisations[key]

    def account(self, key: str) -> Viewer:
        """The account with a key of region.toml, as it may act on the day the clock shows."""
        return viewer_for(self.region.accounts[key])

    def contact_of(self, key: str) -> Viewer:
        """The contact person of an organisation on the day the clock shows."""
        return self.holder(Function.CONTACT, organisation=self.organisation(key))

    def holder(self, function: str, **place: Any) -> Viewer:
        """The first who holds a function in an organisation or forum on the day the clock shows."""
        rows = Membership.objects.filter(in_force(), function=function, **place)
        return viewer_for(rows.select_related("user").order_by("pk")[:1].get().user)

    def check_end(self) -> None:
        """Raise WrongEnd unless the case stands where its file says it ends up."""
        case, wanted = self.case, (self.told["stage"], self.told["result"])
        if (case.stage, case.result) != wanted:
            raise WrongEnd(f"{case}: {case.stage} {case.result} i stedet for {' '.join(wanted)}")
