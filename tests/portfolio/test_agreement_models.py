"""What the database keeps of agreements by itself: where responsibility may lie, and what is never changed."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from core.definitions import current
from core.freeze import digest
from portfolio.models import Agreement, AgreementParty, AgreementVersion, Confirmation, Leaving, Readiness
from tests.scenario import agreement_case
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = localdate


def agreement(world: World) -> Agreement:
    case = agreement_case(world)
    return Agreement.unscoped.create(case=case, definition=current("agreement"), updated_by=world.users["leader"])


def party(found: Agreement, world: World, key: str) -> AgreementParty:
    return AgreementParty.unscoped.create(agreement=found, organisation=world.organisations[key], role="receiver")


def refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_rule_11_no_municipality_can_be_stored_as_medically_responsible(world: World) -> None:
    found = agreement(world)
    for kind in ("hospital", "municipality", "none"):
        found.responsibility, found.responsible = kind, world.organisations["aalborg"]
        refused(found.save)
    found.responsibility, found.responsible = "general_practice", world.organisations["hospital"]
    refused(found.save)
    found.responsibility = "hospital"
    found.save()


def test_what_was_sent_out_confirmed_or_given_notice_of_is_kept_as_it_was(world: World) -> None:
    found = agreement(world)
    by, aalborg = world.users["leader"], party(found, world, "aalborg")
    version = AgreementVersion.unscoped.create(
        agreement=found, number=1, content={}, sha256=digest({}), confirm_by=TODAY(), ready_by=TODAY(), issued_by=by,
    )  # fmt: skip
    answer = Confirmation.unscoped.create(
        version=version, party=aalborg, kind="confirmed", sha256=version.sha256, given_by=by,
        on_behalf_of=aalborg.organisation,
    )  # fmt: skip
    leaving = Leaving.unscoped.create(
        party=aalborg, notice_on=TODAY(), effective_on=TODAY(), plan="Tages tilbage.", others_go_on=True, given_by=by
    )
    for row, values in ((version, {"content": {"a": 1}}), (answer, {"kind": "declined"}), (leaving, {"plan": "Nej."})):
        rows = type(row).unscoped.filter(pk=row.pk)
        refused(lambda rows=rows, values=values: rows.update(**values))
        refused(rows.delete)


def test_when_an_agreement_came_to_hold_for_a_party_never_changes(world: World) -> None:
    found = agreement(world)
    row = party(found, world, "aalborg")
    ready = Readiness.unscoped.create(party=row, item="capacity", ready_on=TODAY(), reported_by=world.users["leader"])
    rows = AgreementParty.unscoped.filter(pk=row.pk)
    rows.update(live_from=TODAY(), holds_version=1)
    rows.update(holds_version=2, answer="confirmed")
    refused(lambda: rows.update(live_from=None))
    refused(rows.delete)
    refused(Readiness.unscoped.filter(pk=ready.pk).delete)
