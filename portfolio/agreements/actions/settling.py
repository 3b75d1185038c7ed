"""For whom an agreement comes to hold, receiver by receiver, together with the last missing act (rule 12)."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from portfolio.agreements.queries import PartyStanding, Written, forget, written
from portfolio.models import AgreementVersion
from transfers.actions import Event, Step
from transfers.enums import Stage
from transfers.workflow import EVERYONE


def settle(step: Step) -> None:
    """See, after an answer or a report, for which receivers the newest version holds now and who has gone live.

    A version holds for a receiver when who gives the task, who is medically responsible and that receiver have
    confirmed it; it goes live when the receiver has reported ready. One refusal stops nobody else.
    """
    forget(step.case)
    found = written(step.case)
    if found.issued and all(row.has_confirmed for row in found.needed_by_all):
        for row in found.receivers:
            if row.has_confirmed:
                hold(step, row, found.issued.number)
    for row in found.receivers:
        if may_go_live(row):
            go_live(step, found, row)
    forget(step.case)


def hold(step: Step, row: PartyStanding, number: int) -> None:
    """Let a version hold for a receiver; where an older one was live, the history says that it is replaced."""
    party = row.row
    if party.holds_version == number:
        return
    party.holds_version = number
    party.save(update_fields=["holds_version"])
    if party.is_live:
        facts = {"receiver": party.organisation_id, "version": number}
        step.events.append(Event("agreement_version_holds", facts, target=Stage.ACTIVE, tells=EVERYONE))


def may_go_live(row: PartyStanding) -> bool:
    """Tell whether a receiver has all it takes and is not live yet."""
    party = row.row
    waits = party.holds_version is None or party.is_live or party.is_leaving
    return not waits and not row.missing_items


def go_live(step: Step, found: Written, row: PartyStanding) -> None:
    """Let the agreement hold for a receiver from now, or from its start date; the first one moves the case on."""
    party = row.row
    version = AgreementVersion.unscoped.get(agreement=found.agreement, number=party.holds_version or 0)
    party.live_from = max(localdate(), date.fromisoformat(version.content["start_date"]))
    party.save(update_fields=["live_from"])
    facts = {
        "receiver": party.organisation_id, "version": version.number, "from": party.live_from.isoformat(),
        "late": localdate() > version.ready_by,
    }  # fmt: skip
    step.events.append(Event("agreement_live", facts, target=Stage.ACTIVE, tells=EVERYONE))
