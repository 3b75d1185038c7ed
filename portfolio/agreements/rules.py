"""Whose the acts of an agreement are: only the organisation's own aftalebemyndiget binds it (rule 12)."""

from __future__ import annotations

from contacts.enums import CONTACT_FUNCTIONS
from contacts.models import Membership
from contacts.viewer import Viewer
from portfolio.agreements.queries import PartyStanding, written
from portfolio.models import PartyAnswer
from transfers.enums import Who
from transfers.models import TransferCase
from transfers.rules import Circle, fits_for
from transfers.workflow import HOME

NO_PARTY = "Jeres organisation er ikke part i aftalen."
NOT_SENT = "Aftalen er ikke sendt til bekræftelse endnu."
LEAVING = "I har varslet, at I træder ud af aftalen."


def writes_all(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the viewer writes the whole agreement: the leader and the initiator's contact person."""
    circle = Circle(case)
    return any(circle.holds(who, member) for who in HOME for member in viewer.memberships)


def writes_own(case: TransferCase, viewer: Viewer, organisation_id: int) -> bool:
    """Tell whether the viewer writes an organisation's own part: its contact; at the initiator the leader too."""
    contact = bool(viewer.holding(CONTACT_FUNCTIONS, organisation_id=organisation_id))
    return contact or (organisation_id == case.initiator_id and writes_all(case, viewer))


def own_parties(case: TransferCase, viewer: Viewer) -> list[PartyStanding]:
    """Return the parties whose own part the viewer writes."""
    return [row for row in written(case).rows if writes_own(case, viewer, row.row.organisation_id)]


def standing_of(case: TransferCase, member: Membership) -> PartyStanding | None:
    """Return the party a membership acts for."""
    return written(case).of(member.organisation_id)


def open_to(case: TransferCase, member: Membership) -> str:
    """Return why a party cannot answer the newest version at all; empty when it can."""
    row = standing_of(case, member)
    if row is None or (written(case).issued and not row.is_included):
        return NO_PARTY
    if written(case).issued is None:
        return NOT_SENT
    return LEAVING if row.row.is_leaving else ""


@fits_for("edit_agreement")
def may_write(case: TransferCase, member: Membership) -> str:
    """Contact persons of parties write their own part, the initiator's people the whole."""
    at_home = any(Circle(case).holds(who, member) for who in HOME)
    return "" if at_home or standing_of(case, member) else NO_PARTY


@fits_for("confirm_agreement")
def may_confirm(case: TransferCase, member: Membership) -> str:
    """A party confirms a version once; it may also join after having refused."""
    row = standing_of(case, member)
    if row is not None and row.has_confirmed:
        return "I har allerede bekræftet den nyeste version."
    return open_to(case, member)


@fits_for("await_political")
def may_await(case: TransferCase, member: Membership) -> str:
    """As confirming: the date may be changed while one waits."""
    return may_confirm(case, member)


@fits_for("decline_agreement")
def may_decline(case: TransferCase, member: Membership) -> str:
    """Who has confirmed leaves instead; who has declined need not say it again."""
    row = standing_of(case, member)
    if row is not None and row.row.answer == PartyAnswer.DECLINED:
        return "I har allerede svaret, at I ikke tiltræder den nyeste version."
    return may_confirm(case, member)


@fits_for("report_ready")
def may_report(case: TransferCase, member: Membership) -> str:
    """Who takes the task reports ready, until the agreement holds for it."""
    row = standing_of(case, member)
    refusal = open_to(case, member)
    if refusal or row is None:
        return refusal or NO_PARTY
    if not row.needs:
        return "Kun den, der modtager opgaven, melder sig klar."
    return "Aftalen gælder allerede for jer." if row.row.is_live else ""


@fits_for("leave_agreement")
def may_leave(case: TransferCase, member: Membership) -> str:
    """Who has bound itself may leave, once."""
    row = standing_of(case, member)
    if row is None:
        return NO_PARTY
    if row.row.is_leaving:
        return LEAVING
    return "" if row.row.holds_version or row.has_confirmed else "I har ikke bekræftet aftalen."


def stands_by(case: TransferCase, viewer: Viewer) -> set[int]:
    """Return the organisations the viewer may bind in this case."""
    circle = Circle(case)
    held = (m for m in viewer.memberships if circle.holds(Who.SIGNATORY, m))
    return {m.organisation_id for m in held if m.organisation_id}
