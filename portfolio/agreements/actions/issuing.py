"""Sending an agreement out: the text is frozen, and the parties are asked to confirm exactly that (rules 11 and 12)."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from contacts.viewer import Viewer
from core import parameters
from core.errors import DomainError, Stale
from core.freeze import digest
from core.workdays import add_working_days
from portfolio.agreements.content import content_of
from portfolio.agreements.queries import Written, forget, written
from portfolio.models import AgreementParty, AgreementVersion, PartyAnswer, PartyRole
from transfers.actions import Step, perform
from transfers.models import TransferCase


def default_deadlines(start: date | None) -> tuple[date, date]:
    """Return when the parties are to confirm, and when receivers are to have reported ready, by the parameters."""
    set_now = parameters.values(["deadline.confirmation_days", "deadline.readiness_days"])
    confirm_by = add_working_days(localdate(), int(set_now["deadline.confirmation_days"]))
    before_start = add_working_days(start, -int(set_now["deadline.readiness_days"])) if start else confirm_by
    return confirm_by, max(confirm_by, before_start)


def issue_agreement(
    *, case: TransferCase, viewer: Viewer, confirm_by: date | None = None, ready_by: date | None = None,
    seen: int | None = None, revision: int | None = None, capacity_id: int | None = None,
) -> AgreementVersion:  # fmt: skip
    """Freeze what is written as the next version and ask every party to confirm it.

    A version that holds goes on holding for each receiver until the new one is confirmed by those it needs.
    `revision` is what the user read. Raises Incomplete naming each hole, Stale, and DomainError for deadlines that
    are past or in the wrong order; else as `perform`.
    """
    with perform("issue_agreement", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        found = written(step.case)
        if revision is not None and revision != found.agreement.revision:
            raise Stale("Aftalen er ændret, siden du åbnede siden. Læs den igen, før du sender den.")
        proposed = default_deadlines(found.agreement.start_date)
        version = freeze(step, found, confirm_by or proposed[0], ready_by or proposed[1])
        ask_parties(found, version)
        step.facts = {"version": version.number, "parties": [party.organisation_id for party in found.draft.included]}
        forget(step.case)
    forget(case)
    return version


def freeze(step: Step, found: Written, confirm_by: date, ready_by: date) -> AgreementVersion:
    """Keep the text as it stands now under the next number."""
    if confirm_by < localdate() or ready_by < confirm_by:
        raise DomainError("Fristen for bekræftelse skal ligge fremme i tiden, og klarmeldingen tidligst samme dag.")
    agreement = found.agreement
    number = agreement.issued + 1
    content = content_of(found.draft, step.case, number)
    version = AgreementVersion.unscoped.create(
        agreement=agreement, number=number, content=content, sha256=digest(content), confirm_by=confirm_by,
        ready_by=ready_by, issued_by=step.viewer.user,
    )  # fmt: skip
    agreement.issued, agreement.issued_revision = number, agreement.revision
    agreement.save()
    return version


def ask_parties(found: Written, version: AgreementVersion) -> None:
    """Ask all the agreement concerns anew; who has left, or is not included, is not asked."""
    rows = AgreementParty.unscoped.filter(agreement=found.agreement)
    rows.update(answer=PartyAnswer.NOT_ASKED, awaits_until=None)
    rows.exclude(role=PartyRole.NOT_INCLUDED).filter(leaves_on__isnull=True).update(answer=PartyAnswer.ASKED)
