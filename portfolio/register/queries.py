"""Made agreements as the register shows them: what moved, between whom, since when, and what came of it.

A row of the register is all that leaves this module: nothing else of a case is for everybody (design: access).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from contacts.viewer import Viewer
from portfolio.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Confirmation,
    ConfirmationKind,
    FollowUp,
    FollowUpOutcome,
    PartyRole,
)
from transfers.enums import Result
from transfers.models import TransferCase

TAKES = Q(role=PartyRole.RECEIVER) | Q(agreement__is_self_care=True, organisation=F("agreement__case__initiator"))
Made = QuerySet[Any]  # agreements with what `made_agreements` adds to them


@dataclass(frozen=True)
class PartyLine:
    """A party to a made agreement: its role, from when the agreement holds for it, and when it leaves."""

    name: str
    role: str
    receives: bool
    live_from: date | None
    leaves_on: date | None


@dataclass(frozen=True)
class Line:
    """One made agreement, and its case's address for those who may see the case."""

    key: int
    title: str
    what_moves: str
    made_on: date | None
    is_terminated: bool
    outcome: str
    followed_up_on: date | None
    parties: tuple[PartyLine, ...]
    case_url: str = ""
    is_self_care: bool = False

    @property
    def givers(self) -> str:
        """Who gave the task, in words."""
        return ", ".join(party.name for party in self.parties if party.role == PartyRole.GIVER.label)

    @property
    def receivers(self) -> str:
        """Who took it, in words; in egenbehandling the patients themselves."""
        names = [party.name for party in self.parties if party.receives]
        return ", ".join(["Borgeren selv", *names] if self.is_self_care else names)

    @property
    def state(self) -> str:
        """Whether it is in force, in words."""
        return "Ophørt" if self.is_terminated else "Gælder"

    @property
    def follow_up(self) -> str:
        """The outcome of the newest follow-up, in words."""
        if not self.outcome:
            return "Ikke fulgt op endnu"
        return f"{self.outcome} ({self.followed_up_on:%d.%m.%Y})" if self.followed_up_on else self.outcome


def made_agreements() -> Made:
    """Return the agreements that have come to hold for a receiver, with `made_on`, `text`, `outcome` and its day.

    An agreement is made on the day it first goes live; until then on the day of its newest confirmation.
    """
    holding = AgreementParty.unscoped.filter(TAKES, agreement=OuterRef("pk"), holds_version__isnull=False)
    versions = AgreementVersion.unscoped.filter(agreement=OuterRef("pk"), number=OuterRef("held"))
    confirmed = Confirmation.unscoped.filter(party__agreement=OuterRef("pk"), kind=ConfirmationKind.CONFIRMED)
    followed = FollowUp.unscoped.filter(case=OuterRef("case"), recorded_at__isnull=False).order_by("-number")
    day = Subquery(confirmed.order_by("-given_at").values(day=TruncDate("given_at"))[:1], output_field=DateField())
    live = AgreementParty.unscoped.filter(agreement=OuterRef("pk"), live_from__isnull=False).order_by("live_from")
    rows = Agreement.unscoped.annotate(
        held=Subquery(holding.order_by("-holds_version").values("holds_version")[:1]),
        made_on=Coalesce(Subquery(live.values("live_from")[:1]), day),
        outcome=Subquery(followed.values("outcome")[:1], output_field=CharField()),
        followed_up_on=Subquery(followed.values("held_on")[:1], output_field=DateField()),
    )
    text = Subquery(versions.values("content")[:1], output_field=JSONField())
    made: Made = rows.filter(held__isnull=False).annotate(text=text, result=F("case__result"))
    return made


def is_terminated() -> Q:
    """Return the condition that an agreement was ended."""
    return Q(case__result=Result.TERMINATED)


def involving(rows: Made, **which: Any) -> Made:
    """Return the agreements with such a party that is bound by it."""
    parties = AgreementParty.unscoped.filter(holds_version__isnull=False, **which)
    return rows.filter(pk__in=parties.values("agreement"))


def lines(rows: Iterable[Any], viewer: Viewer) -> list[Line]:
    """Return rows of the register; three queries for however many."""
    made = list(rows)
    parties = AgreementParty.unscoped.filter(agreement__in=[row.pk for row in made]).select_related("organisation")
    by_agreement: dict[int, list[AgreementParty]] = {row.pk: [] for row in made}
    for party in parties:
        by_agreement[party.agreement_id].append(party)
    seen = TransferCase.visible_to(viewer).filter(pk__in=[row.case_id for row in made])
    urls = {case.pk: case.get_absolute_url() for case in seen}
    return [line(row, by_agreement[row.pk], urls.get(row.case_id, "")) for row in made]


def line(row: Any, parties: Sequence[AgreementParty], case_url: str) -> Line:
    """Return one row of the register."""
    return Line(
        key=row.pk, title=row.text["title"], what_moves=said(row.text, "what_moves"), made_on=row.made_on,
        is_terminated=row.result == Result.TERMINATED, followed_up_on=row.followed_up_on, case_url=case_url,
        outcome=FollowUpOutcome(row.outcome).label if row.outcome else "",
        parties=tuple(party_line(party, row.text) for party in parties if party.holds_version is not None),
        is_self_care=row.text["is_self_care"],
    )  # fmt: skip


def party_line(party: AgreementParty, content: dict[str, Any]) -> PartyLine:
    """Return one party of a row, in the role the frozen text gives it."""
    roles = {bound["organisation"]: bound["role"] for bound in content["parties"]}
    role = PartyRole(roles.get(party.organisation_id, party.role))
    return PartyLine(
        name=party.organisation.name, role=role.label, receives=role == PartyRole.RECEIVER,
        live_from=party.live_from, leaves_on=party.leaves_on,
    )  # fmt: skip


def said(content: dict[str, Any], key: str) -> str:
    """Return the answer to one question of a frozen version, in words."""
    answers = (answer for part in content["parts"] for answer in part["answers"])
    return next((str(answer["shown"]) for answer in answers if answer["key"] == key), "")
