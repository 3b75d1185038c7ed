"""A party's aftalebemyndiget answers the newest version: confirms it, waits for a political decision, or declines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from contacts.viewer import Viewer
from core.errors import DomainError, Stale
from portfolio.agreements.actions.settling import settle
from portfolio.agreements.queries import Issued, PartyStanding, forget, written
from portfolio.models import AgreementVersion, Confirmation, ConfirmationKind, OrientationKind, PartyAnswer
from portfolio.orientations.actions import orient
from transfers.actions import Step, perform
from transfers.models import TransferCase


@dataclass(frozen=True)
class Answering:
    """The answer under way: the act, the party that gives it, and the version it is about."""

    step: Step
    row: PartyStanding
    issued: Issued

    def keep(self, kind: ConfirmationKind, until: date | None = None, reason: str = "") -> Confirmation:
        """Write the answer and where the party stands by it."""
        party = self.row.row
        party.answer, party.awaits_until = PartyAnswer(kind), until
        party.save(update_fields=["answer", "awaits_until"])
        version = AgreementVersion.unscoped.get(agreement_id=party.agreement_id, number=self.issued.number)
        return Confirmation.unscoped.create(
            version=version, party=party, kind=kind, awaits_until=until, reason=reason, sha256=version.sha256,
            given_by=self.step.viewer.user, on_behalf_of=party.organisation,
        )  # fmt: skip


@contextmanager
def answering(
    code: str, case: TransferCase, viewer: Viewer, sha256: str | None, capacity_id: int | None, reason: str = ""
) -> Iterator[Answering]:
    """Open an answer to the newest version; `sha256` is the checksum of the text the user read.

    Raises Stale when another version was sent out since; else as `perform`.
    """
    with perform(code, case=case, viewer=viewer, capacity_id=capacity_id, reason=reason) as step:
        found = written(step.case)
        row, issued = found.of(step.capacity.organisation_id), found.issued
        if row is None or issued is None or sha256 not in (None, issued.sha256):
            raise Stale("Der er sendt en ny version af aftalen, siden du åbnede siden. Læs den, før du svarer.")
        step.facts = {"version": issued.number, "organisation": row.row.organisation_id}
        yield Answering(step, row, issued)
        forget(step.case)
    forget(case)


def confirm_agreement(
    *, case: TransferCase, viewer: Viewer, sha256: str | None = None, capacity_id: int | None = None
) -> Confirmation:
    """Bind the organisation to the exact text of the newest version.

    Whoever it was the last one missing for goes live in the same transaction. Raises NotAllowed for anybody but the
    organisation's own aftalebemyndiget, Stale when the text is another by now.
    """
    with answering("confirm_agreement", case, viewer, sha256, capacity_id) as given:
        kept = given.keep(ConfirmationKind.CONFIRMED)
        if not given.row.needs:
            given.row.row.holds_version = given.issued.number
            given.row.row.save(update_fields=["holds_version"])
        settle(given.step)
    return kept


def await_political(
    *, case: TransferCase, viewer: Viewer, until: date, sha256: str | None = None, capacity_id: int | None = None
) -> Confirmation:
    """Say that the organisation must have a political decision first, and by when it is expected.

    Raises DomainError for a day that is past; else as `confirm_agreement`.
    """
    with answering("await_political", case, viewer, sha256, capacity_id) as given:
        if until < localdate():
            raise DomainError("Skriv, hvornår sagen ventes behandlet politisk. Datoen skal ligge fremme i tiden.")
        given.step.facts |= {"until": until.isoformat()}
        return given.keep(ConfirmationKind.AWAITING_POLITICAL, until)


def decline_agreement(
    *, case: TransferCase, viewer: Viewer, reason: str, sha256: str | None = None, capacity_id: int | None = None
) -> Confirmation:
    """Ikke tiltrådt: the organisation keeps today's arrangement, the others go on, and the PSG is told.

    Where an older version holds for it, that goes on holding and nobody is told anew. Raises DomainError without a
    reason; else as `confirm_agreement`.
    """
    with answering("decline_agreement", case, viewer, sha256, capacity_id, reason) as given:
        party = given.row.row
        if party.holds_version is None:
            orient(given.step.case, OrientationKind.NOT_JOINED, about=party.organisation)
        return given.keep(ConfirmationKind.DECLINED, reason=given.step.reason)
