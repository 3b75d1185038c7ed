"""Answers to the dialoggrundlag for tests: what is needed to submit, and what a forum needs beyond that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from contacts.viewer import Viewer
from core.definitions import current
from core.enums import RequiredFor
from dialogue.basis.actions import issue_version, save_step, submit_dialogue_basis
from dialogue.basis.content import COUNTS, PARTIES
from dialogue.basis.queries import written
from dialogue.models import BasisVersion
from dialogue.responses.actions import open_dialogue
from tests.world import World
from transfers.models import TransferCase

TYPED: dict[str, Any] = {
    "from_sector": "hospital",
    "to_sectors": ["municipality", "citizen"],
    "change_nature": "between_sectors",
    "patients_total": 420,
    "start_date": date(2030, 3, 1),
    "one_off_cost": 350_000,
    "annual_cost": 0,
    "annual_saving": 5_900_000,
    "medical_responsibility": "hospital",
    "geographic_scope": "region",
    "proposed_forum": "portfolio",
}


def save(case: TransferCase, viewer: Viewer, part: str, seen: int | None = None, **values: Any) -> int:
    """Save answers of one step as the page would; returns the new revision."""
    basis = written(case).basis
    now = basis.revision if basis else 0
    saved = save_step(case=case, viewer=viewer, part=part, values=values, seen=now if seen is None else seen)
    return saved.revision


def fill(world: World, case: TransferCase, role: str = "leader", *levels: str) -> None:
    """Answer every question of these levels (to submit, when none is named)."""
    wanted = levels or (RequiredFor.SUBMIT.value,)
    tables = {
        PARTIES: [world.organisations[key].pk for key in ("aalborg", "rebild", "plo")],
        COUNTS: [{"organisation": world.organisations["aalborg"].pk, "kind": "number", "number": 420}],
    }
    for part in current("dialogue_basis").parts.all():
        questions = [q for q in part.questions.all() if q.required_for in wanted]
        values = {q.key: (TYPED | tables).get(q.key, f"Svar på {q.key}") for q in questions}
        if PARTIES in values:
            values[PARTIES] = sorted(values[PARTIES])
        save(case, world.viewer(role), part.key, **values)


def fill_for_forum(world: World, case: TransferCase) -> None:
    """Answer everything that is not frivilligt."""
    fill(world, case, "leader", RequiredFor.SUBMIT, RequiredFor.FORUM)


def submit(world: World, case: TransferCase) -> BasisVersion:
    """Send the filled dialoggrundlag to the contact person."""
    return submit_dialogue_basis(case=case, viewer=world.viewer("leader"), seen=case.version)


def open_to_parties(world: World, case: TransferCase) -> None:
    """Let the contact person open the dialogue with Aalborg Kommune and PLO."""
    organisations = [world.organisations[key] for key in ("aalborg", "plo")]
    deadline = localdate() + timedelta(days=30)
    open_dialogue(case=case, viewer=world.viewer("contact"), organisations=organisations, deadline=deadline)


def reissue(world: World, case: TransferCase) -> BasisVersion:
    """Send a new version to the parties."""
    return issue_version(case=case, viewer=world.viewer("leader"), seen=case.version)
