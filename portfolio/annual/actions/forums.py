"""The way of an edition through the forums: sent to the PSG, adopted there, decided on in DAS (S1; rule 14)."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from contacts.naming import named
from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.annual import notices
from portfolio.annual.actions.editions import copy_of, order, with_lock
from portfolio.annual.queries import newest_edition
from portfolio.annual.rules import require_order, require_recorder
from portfolio.models import ActionPlanDecision, AnnualAdoption, AnnualStatus, AnnualSubmission
from portfolio.models.annual import PUBLISHED, EditionState

OVERTAKEN = "Der er en nyere udgave for året. Åbn den, og prøv igen."


@transaction.atomic
def send_to_portfolio(*, viewer: Viewer, status: AnnualStatus) -> AnnualSubmission:
    """Send the newest draft to the Porteføljestyregruppe; sending it twice changes nothing.

    Raises NotAllowed for others than the secretariat, DomainError for an edition that is no finished draft.
    """
    require_order(viewer)
    stand(status)
    if status.state != EditionState.DRAFT:
        raise DomainError(named("Kun et færdigt udkast kan sendes til Porteføljestyregruppen."))
    row, is_new = AnnualSubmission.objects.get_or_create(status=status, defaults={"sent_by": viewer.user})
    if is_new:
        notices.sent(status, viewer.user)
    return row


@transaction.atomic
def adopt_annual_status(
    *, viewer: Viewer, status: AnnualStatus, adopted_on: date, text: str, capacity_id: int | None = None
) -> AnnualStatus:
    """Register that the Porteføljestyregruppe adopted a draft; returns the adopted edition, ordered.

    Raises NotAllowed for others than its chair and secretary, DomainError for an edition that was not sent or is
    adopted already, or a day to come, TextRefused.
    """
    member = require_recorder(EditionState.DRAFT, viewer, capacity_id)
    past(adopted_on)
    stand(status)
    if status.state != EditionState.DRAFT or not AnnualSubmission.objects.filter(status=status).exists():
        raise DomainError(named("Sekretariatet har ikke sendt denne udgave til Porteføljestyregruppen."))
    row = AnnualAdoption(
        status=status, forum_id=member.forum_id or 0, adopted_on=adopted_on, text=text, registered_by=viewer.user
    )
    row.save()
    return issued(status, viewer, adoption=row)


@transaction.atomic
def decide_action_plan(
    *,
    viewer: Viewer,
    status: AnnualStatus,
    update_plan: bool,
    decided_on: date,
    text: str,
    capacity_id: int | None = None,
) -> AnnualStatus:
    """Register whether DAS lets the action plan be updated; returns the final edition, ordered.

    On an edition that has the decision already it is a correction that refers to the old one (rule 10). Raises
    NotAllowed for others than chair and secretary of DAS, DomainError for an edition that is not adopted, not the
    newest, or a day to come, TextRefused.
    """
    member = require_recorder(EditionState.ADOPTED, viewer, capacity_id)
    past(decided_on)
    stand(status)
    if status.state not in PUBLISHED or status.adoption is None:
        raise DomainError(named("Porteføljestyregruppen har ikke vedtaget denne udgave endnu."))
    before = status.plan_decision
    row = ActionPlanDecision(
        status=before.status if before else status, forum_id=member.forum_id or 0, update_plan=update_plan,
        text=text, decided_on=decided_on, corrects=before, registered_by=viewer.user,
    )  # fmt: skip
    row.save()
    return issued(status, viewer, adoption=status.adoption, plan_decision=row)


def past(day: date) -> None:
    """Raise DomainError for a day to come."""
    if day > localdate():
        raise DomainError("Datoen er ikke kommet endnu. Skriv den dag, det blev besluttet.")


def stand(status: AnnualStatus) -> None:
    """Hold the year's editions still and read this one anew. Raises DomainError when there is a newer one."""
    with_lock(status.year)
    status.refresh_from_db()
    if newest_edition(status.year) != status:
        raise DomainError(OVERTAKEN)


def issued(
    status: AnnualStatus, viewer: Viewer, *, adoption: AnnualAdoption, plan_decision: ActionPlanDecision | None = None
) -> AnnualStatus:
    """Order the edition that says what was adopted or decided, with the same figures and words, and tell of it."""
    row = copy_of(status)
    row.adoption, row.plan_decision = adoption, plan_decision
    cause = f"decision:{plan_decision.pk}" if plan_decision else f"adoption:{adoption.pk}"
    edition = order(row, viewer.user, uuid5(NAMESPACE_URL, f"annual:{cause}"))
    (notices.decided if plan_decision else notices.adopted)(edition, viewer.user)
    return edition
