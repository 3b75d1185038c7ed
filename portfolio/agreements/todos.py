"""What awaits a viewer in agreements: write, answer, report ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership
from contacts.viewer import Viewer
from portfolio.models import AgreementParty, AgreementVersion, PartyAnswer
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.queries import awaits_leader
from transfers.rooms import Todo

AGREED = (Stage.AGREEMENT, Stage.ACTIVE)


def todos_for(viewer: Viewer) -> list[Todo]:
    """Return what the viewer is asked for as signatory and contact of a party."""
    signs = {m.organisation_id: m for m in viewer.holding([Function.SIGNATORY]) if m.forum_id is None}
    meets = {m.organisation_id: m for m in viewer.holding(CONTACT_FUNCTIONS) if m.forum_id is None}
    parties = [as_party(row, signs, meets) for row in asked(signs, meets)] if signs or meets else []
    return [*filter(None, parties)]


OWES_ANSWER = Q(answer__in=[PartyAnswer.ASKED, PartyAnswer.AWAITING_POLITICAL])
MAY_OWE_READINESS = Q(live_from__isnull=True, holds_version__isnull=False)


@dataclass(frozen=True)
class Duty:
    """What a party is asked for, on which page, and by when."""

    what: str
    route: str
    due: date


def asked(signs: dict[Any, Membership], meets: dict[Any, Membership]) -> QuerySet[AgreementParty]:
    """Return the parties that owe an answer to the viewer as signatory, or may owe readiness to the contact."""
    owed = OWES_ANSWER & Q(organisation__in=signs) | MAY_OWE_READINESS & Q(organisation__in=meets)
    return with_days(AgreementParty.unscoped.filter(owed))


def with_days(parties: QuerySet[AgreementParty]) -> QuerySet[AgreementParty]:
    """Return the parties that stay, of agreements under way, with the days and parties of the newest version."""
    newest = AgreementVersion.unscoped.filter(agreement=OuterRef("agreement"), number=OuterRef("agreement__issued"))
    rows = parties.filter(agreement__case__stage__in=AGREED, leaves_on__isnull=True)
    return (
        rows.select_related("agreement__case", "organisation")
        .annotate(
            confirm_by=Subquery(newest.values("confirm_by")[:1]), ready_by=Subquery(newest.values("ready_by")[:1]),
            bound=Subquery(newest.values("content__parties")[:1]),
        )
        .order_by("agreement__case__number")
    )  # fmt: skip


def answer_owed(row: Any) -> Duty | None:
    """Return what a party's aftalebemyndiget is asked for: an answer, or the one after a political decision."""
    if row.answer == PartyAnswer.AWAITING_POLITICAL:
        return Duty("Svar efter den politiske behandling", "agreement_answer", row.awaits_until)
    if row.answer == PartyAnswer.ASKED:
        return Duty(f"Bekræft aftalen, version {row.agreement.issued}", "agreement_answer", row.confirm_by)
    return None


def readiness_owed(row: Any) -> Duty | None:
    """Return what a party's contact person is asked for, where a version holds for it: to report ready."""
    return Duty("Meld klar", "agreement_ready", row.ready_by) if takes_task(row) else None


def as_party(row: Any, signs: dict[Any, Membership], meets: dict[Any, Membership]) -> Todo | None:
    """Return one line for a party: answer the agreement, or report ready; None when nothing is asked of it."""
    organisation = row.organisation_id
    if organisation in signs and (duty := answer_owed(row)):
        return line(row.agreement.case, duty.what, duty.route, "Svar", signs[organisation], duty.due)
    if organisation in meets and (duty := readiness_owed(row)):
        return line(row.agreement.case, duty.what, duty.route, "Klarmeld", meets[organisation], duty.due)
    return None


def takes_task(row: Any) -> bool:
    """Tell whether the newest version asks the party to report ready, and it has not gone live."""
    needs = {party["organisation"]: party["needs"] for party in row.bound or []}
    return row.live_from is None and row.holds_version is not None and bool(needs.get(row.organisation_id))


def line(case: TransferCase, what: str, route: str, button: str, member: Membership, due: Any) -> Todo:
    """Return a line that leads straight to the page of the act."""
    url = reverse(f"portfolio:{route}", args=[case.number])
    return Todo(case.number, case.title, what, url, button, str(member), due=due)


def unwritten(viewer: Viewer) -> Q | None:
    """Return the cases whose agreement the viewer is to write, or to send out again as it was changed."""
    led = awaits_leader(viewer, Stage.AGREEMENT)
    open_ones = Q(agreement__isnull=True) | ~Q(agreement__revision=F("agreement__issued_revision"))
    return None if led is None else led & open_ones


def as_writer(case: TransferCase, viewer: Viewer) -> Todo:
    """Return one line for the leader."""
    begun = hasattr(case, "agreement")
    what = "Færdiggør aftalen, og send den til bekræftelse" if begun else "Skriv aftalen"
    member = viewer.holding([Function.LEADER], organisation_id=case.home.pk)[-1]
    return line(case, what, "agreement", "Skriv", member, None)
