"""A case in dialogue and what its parties say, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from contacts.models import Membership
from contacts.viewer import Viewer
from dialogue.models import PartyResponse, ResponseVersion
from dialogue.responses import actions
from dialogue.responses.queries import forget
from tests.dialogue.basis_answers import fill, fill_for_forum, reissue, save, submit
from tests.world import World, draft_case
from transfers.models import Party, TransferCase

ECONOMY: dict[str, Any] = {
    "economy_known": "known",
    "one_off_cost": 60_000,
    "annual_cost": 480_000,
    "annual_saving": None,
}
PATIENTS: dict[str, Any] = {"patients_kind": "number", "patients_number": 35}


def soon(days: int = 14) -> date:
    """A day from today."""
    return localdate() + timedelta(days=days)


def submitted_case(world: World, *, whole: bool = False) -> TransferCase:
    """A case that waits for the initiator's contact person."""
    case = draft_case(world)
    (fill_for_forum if whole else fill)(world, case)
    submit(world, case)
    return case


def dialogue_case(world: World, *keys: str, deadline: date | None = None, whole: bool = False) -> TransferCase:
    """A case in dialogue with these parties (Aalborg and Rebild when none is named)."""
    case = submitted_case(world, whole=whole)
    asked = [world.organisations[key] for key in keys or ("aalborg", "rebild")]
    contact = world.viewer("contact")
    actions.open_dialogue(case=case, viewer=contact, organisations=asked, deadline=deadline or soon())
    return case


def party(case: TransferCase, world: World, key: str) -> Party:
    """The party that an organisation is in the case."""
    return Party.unscoped.get(case=case, organisation=world.organisations[key])


def revision(case: TransferCase, world: World, key: str) -> int:
    """The revision a page would show now."""
    found = PartyResponse.unscoped.filter(party=party(case, world, key)).first()
    return found.revision if found else 0


def draft(case: TransferCase, world: World, key: str, role: str = "", **said: Any) -> PartyResponse:
    """Keep a draft for a party."""
    columns, answers = divided(said)
    return actions.save_draft(
        case=case, viewer=speaker(world, key, role), party=party(case, world, key), columns=columns,
        answers=answers, revision=revision(case, world, key),
    )  # fmt: skip


def answer(case: TransferCase, world: World, key: str, role: str = "", **said: Any) -> ResponseVersion:
    """Submit a response for a party: tilslutning with a reason, where nothing else is said."""
    columns, answers = divided({"position": "support", "reason": "Vi er klar.", **said})
    return actions.submit_response(
        case=case, viewer=speaker(world, key, role), party=party(case, world, key), columns=columns,
        answers=answers, revision=revision(case, world, key),
    )  # fmt: skip


def speaker(world: World, key: str, role: str = "") -> Viewer:
    """The contact person of an organisation, or the role named."""
    return world.viewer(role or f"{key}_contact")


def divided(said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Typed values and free texts."""
    typed = {"position", "economy_known", "one_off_cost", "annual_cost", "annual_saving"}
    typed |= {"patients_kind", "patients_number"}
    return {k: v for k, v in said.items() if k in typed}, {k: v for k, v in said.items() if k not in typed}


def new_version(case: TransferCase, world: World) -> None:
    """Send the parties a second version of the dialoggrundlag."""
    save(case, world.viewer("leader"), "timeline", phasing="Tre kommuner begynder.")
    reissue(world, case)
    forget(case)


def overdue(case: TransferCase) -> None:
    """Let every deadline of the case lie yesterday."""
    Party.unscoped.filter(case=case).update(deadline=soon(-1))
    forget(case)


def without_contact(world: World, key: str) -> None:
    """End the functions of an organisation's contact persons."""
    Membership.objects.filter(organisation=world.organisations[key]).update(valid_to=soon(-1))


def again(case: TransferCase) -> TransferCase:
    """The case as a new request finds it."""
    return TransferCase.unscoped.select_related("initiator", "department").get(pk=case.pk)
