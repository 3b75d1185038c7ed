"""Cases on their way to a mini-MTV, and the answers that complete one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from core.definitions import current
from dialogue.basis.actions import save_step, submit_dialogue_basis
from dialogue.responses.actions import open_dialogue, submit_response
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from minimtv.models import MiniMTV, MiniMTVVersion
from tests.world import World, draft_case
from transfers.models import Party, TransferCase

LATEST = 1_000_000
TEXTS = {f"q{number}": f"Svar på spørgsmål {number}." for number in range(1, 27)} | {
    "q6": "Søgt i PubMed og Cochrane Library. Ni af 61 kilder er valgt efter relevans.",
    "q8": "16 færre sengedage pr. patient end ved indlæggelse.",
    "q13": "Borgere, der bor alene eller langt fra en klinik, må ikke stilles ringere end andre borgere i kommunen.",
    "q14": "Otte patienter er interviewet. De sov bedre og bevægede sig mere, men savnede faste tider for besøg.",
    "q25": "Kommunerne har opgjort 4,1 mio. kr. om året.",
    "q26": "Mellem 2,3 og 4,4 mio. kr. Antallet af patienter betyder mest.",
}
ANSWERS = {key: Given(text) for key, text in TEXTS.items()}


def basis_answers(world: World) -> dict[str, Any]:
    """What is not free text in the dialoggrundlag."""
    aalborg = world.organisations["aalborg"].pk
    return {
        "from_sector": "hospital", "to_sectors": ["municipality"], "change_nature": "between_sectors",
        "specialty": "Infektionsmedicin", "start_date": date(2027, 3, 1), "patients_total": 420,
        "one_off_cost": 350_000, "annual_cost": 2_400_000, "annual_saving": 5_900_000,
        "medical_responsibility": "hospital", "proposed_forum": "portfolio", "geographic_scope": "catchment",
        "patients_by_municipality": [{"organisation": aalborg, "kind": "number", "number": 420}],
        "proposed_parties": [aalborg, world.organisations["rebild"].pk],
    }  # fmt: skip


def written_case(world: World) -> TransferCase:
    """A draft with every question of the dialoggrundlag answered."""
    case, known = draft_case(world), basis_answers(world)
    for part in current("dialogue_basis").parts.all():
        values = {q.key: known.get(q.key, f"Tekst om {q.key}.") for q in part.questions.all()}
        save_step(case=case, viewer=world.viewer("leader"), part=part.key, values=values, seen=LATEST)
    return case


def submitted_case(world: World) -> TransferCase:
    """A case whose dialoggrundlag is with the contact person."""
    case = written_case(world)
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    return case


def dialogue_case(world: World, parties: Collection[str] = ("aalborg", "rebild")) -> TransferCase:
    """A case in dialogue with some parties."""
    case = submitted_case(world)
    organisations = [world.organisations[key] for key in parties]
    deadline = localdate() + timedelta(days=30)
    return open_dialogue(case=case, viewer=world.viewer("contact"), organisations=organisations, deadline=deadline)


def respond(world: World, case: TransferCase, key: str, **columns: Any) -> None:
    """Let a party answer with its own economy."""
    stated = {
        "position": "support", "economy_known": "known", "one_off_cost": 120_000, "annual_cost": 1_550_000,
        "annual_saving": 0, "patients_kind": "number", "patients_number": 165,
    } | columns  # fmt: skip
    texts = {"reason": "Vi vil gerne.", "consequences": f"Konsekvenser i {key}.", "capacity": "Der er plads."}
    party = Party.unscoped.get(case=case, organisation=world.organisations[key])
    submit_response(
        case=case, viewer=world.viewer(f"{key}_contact"), party=party, columns=stated, answers=texts, revision=0
    )


def fill_in(world: World, case: TransferCase, role: str = "leader", without: Collection[str] = ()) -> MiniMTV:
    """Answer all questions but some."""
    given = {key: answer for key, answer in ANSWERS.items() if key not in without}
    sheet = save_answers(case=case, viewer=world.viewer(role), given=given)
    assert sheet is not None
    return sheet


def answer(world: World, case: TransferCase, key: str, text: str, role: str = "leader") -> None:
    """Answer one question."""
    save_answers(case=case, viewer=world.viewer(role), given={key: Given(text)})


def signed_case(world: World) -> tuple[TransferCase, MiniMTVVersion]:
    """A case whose mini-MTV is signed off."""
    case = submitted_case(world)
    fill_in(world, case)
    return case, sign_off(case=case, viewer=world.viewer("contact"))
