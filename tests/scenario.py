"""Cases carried to every stage by the product's own actions, for the small region of `tests.world`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from contacts.models import Organisation
from core.definitions import current
from core.models import FormQuestion
from dialogue.basis.actions import save_step, submit_dialogue_basis
from dialogue.models import DialogueBasis, PartyResponse
from dialogue.responses.actions.answers import submit_response
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from portfolio.decisions.actions import publish_decision, save_decision
from portfolio.routing.actions import route
from tests.world import World, draft_case
from transfers.actions import do_plain
from transfers.models import Party, TransferCase

PARTIES = ("aalborg", "rebild", "plo")
COLUMNS = {
    "position": "support", "economy_known": "known", "one_off_cost": 50_000, "annual_cost": 120_000,
    "annual_saving": 0,
}  # fmt: skip


def value_for(question: FormQuestion, world: World) -> Any:
    """Return a valid answer to a question of the dialoggrundlag."""
    if question.key == "patients_by_municipality":
        return [
            {"organisation": world.organisations["aalborg"].pk, "kind": "number", "number": 60},
            {"organisation": world.organisations["rebild"].pk, "kind": "few", "number": None},
        ]
    if question.key == "proposed_parties":
        return [world.organisations[key].pk for key in PARTIES]
    first = question.choices[0][0] if question.choices else ""
    simple: dict[str, Any] = {
        "choice": first, "multichoice": [first], "date": localdate() + timedelta(days=120), "kroner": 100_000,
        "integer": 64, "yesno": "yes",
    }  # fmt: skip
    return simple.get(question.kind, f"Svar om {question.key} i et par ord.")


def fill_basis(world: World, case: TransferCase, role: str = "leader") -> None:
    """Answer every question of the dialoggrundlag, step by step."""
    for part in current("dialogue_basis").parts.all():
        values = {question.key: value_for(question, world) for question in part.questions.all()}
        revision = DialogueBasis.unscoped.filter(case=case).values_list("revision", flat=True).first() or 0
        save_step(case=case, viewer=world.viewer(role), part=part.key, values=values, seen=revision)


def submitted_case(world: World) -> TransferCase:
    """Hos kontaktperson."""
    case = draft_case(world)
    fill_basis(world, case)
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    return case


def dialogue_case(world: World, deadline: date | None = None) -> TransferCase:
    """I dialog with Aalborg, Rebild and PLO; nobody has answered."""
    case = submitted_case(world)
    organisations: list[Organisation] = [world.organisations[key] for key in PARTIES]
    open_dialogue(
        case=case, viewer=world.viewer("contact"), organisations=organisations,
        deadline=deadline or localdate() + timedelta(days=21),
    )  # fmt: skip
    return case


def revision_of(party: Party) -> int:
    """Return the revision of a party's response that its contact person has before them."""
    return PartyResponse.unscoped.filter(party=party).values_list("revision", flat=True).first() or 0


def respond(world: World, case: TransferCase, key: str, **columns: Any) -> None:
    """Submit the response of one party."""
    party = Party.unscoped.get(case=case, organisation=world.organisations[key])
    submit_response(
        case=case, viewer=world.viewer(f"{key}_contact"), party=party, columns=COLUMNS | columns,
        answers={"reason": "Vi kan løse opgaven."}, revision=revision_of(party),
    )  # fmt: skip


def answered_case(world: World, **columns: Any) -> TransferCase:
    """I dialog, and all parties have answered."""
    case = dialogue_case(world)
    for key in PARTIES:
        respond(world, case, key, **columns)
    return case


def closed_dialogue_case(world: World) -> TransferCase:
    """The dialogue is closed; the contact person chooses forum."""
    case = answered_case(world)
    close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")
    return case


def fill_mini_mtv(world: World, case: TransferCase, sign: bool = True) -> None:
    """Answer all 26 questions, and sign off."""
    given = {q.key: Given(text=f"Svar på spørgsmål {q.key[1:]}: 12 patienter.") for q in current("mini_mtv").questions}
    save_answers(case=case, viewer=world.viewer("leader"), given=given)
    if sign:
        sign_off(case=case, viewer=world.viewer("contact"))


def mini_mtv_case(world: World) -> TransferCase:
    """Waits for a mini-MTV."""
    case = closed_dialogue_case(world)
    route(case=case, viewer=world.viewer("contact"), code="await_mini_mtv", forum=None, reason="")
    return case


def local_forum_case(world: World) -> TransferCase:
    """I samarbejdsforum, with its mini-MTV done."""
    case = closed_dialogue_case(world)
    fill_mini_mtv(world, case)
    route(
        case=case, viewer=world.viewer("contact"), code="route_to_local_forum", forum=world.forums["local"],
        reason="Lille og lokal.",
    )  # fmt: skip
    return case


def portfolio_case(world: World) -> TransferCase:
    """I Porteføljestyregruppen."""
    case = closed_dialogue_case(world)
    fill_mini_mtv(world, case)
    route(
        case=case, viewer=world.viewer("contact"), code="route_to_portfolio", forum=None, reason="Bred opgave.",
    )  # fmt: skip
    return case


def decide(world: World, case: TransferCase, code: str, forum: str = "psg") -> None:
    """Draft and publish a decision as the forum's chair."""
    chair = world.viewer(f"{forum}_chair")
    decision = save_decision(
        case=case, viewer=chair, kind=code, text="Forummet besluttede.", reason="Fordi det gavner patienterne.",
        decided_on=localdate(), procedure="meeting",
    )  # fmt: skip
    publish_decision(case=case, viewer=chair, decision=decision)


def administrative_case(world: World) -> TransferCase:
    """I Den Administrative Styregruppe."""
    case = portfolio_case(world)
    decide(world, case, "escalate")
    return case


def agreement_case(world: World) -> TransferCase:
    """Approved by the Porteføljestyregruppe."""
    case = portfolio_case(world)
    decide(world, case, "approve")
    return case


def withdrawn_case(world: World) -> TransferCase:
    """Closed by the leader."""
    case = submitted_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    return case
