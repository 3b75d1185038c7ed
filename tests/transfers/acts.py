"""How each act of the table is really done, for the permission tests: (world, case, viewer) → the case after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from contacts.viewer import Viewer
from dialogue.basis.actions import issue_version, save_step, submit_dialogue_basis
from dialogue.models import DialogueBasis
from dialogue.responses.actions.answers import reaffirm_response, submit_response
from dialogue.responses.actions.comments import write_comment
from dialogue.responses.actions.parties import (
    add_party,
    close_dialogue,
    close_without_parties,
    extend_deadline,
    open_dialogue,
)
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from portfolio.decisions.actions import publish_decision, save_decision
from portfolio.routing.actions import route
from tests import scenario
from tests.world import World
from transfers.actions import change_screening, conclude_screening, do_plain
from transfers.models import Party, Screening, TransferCase
from transfers.plain import carry_out

Run = Callable[[World, TransferCase, Viewer], TransferCase]
LATER = timedelta(days=40)


def edit_screening(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return change_screening(case=case, viewer=viewer, case_data={"title": "Nyt navn"}, answers={})


def start_basis(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return conclude_screening(case=case, viewer=viewer)


def close_screening(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    Screening.unscoped.filter(case=case).update(needs_basis=False, not_needed_reason="Drøftet på møde.")
    return conclude_screening(case=case, viewer=viewer)


def change_basis(case: TransferCase, viewer: Viewer, text: str) -> None:
    revision = DialogueBasis.unscoped.filter(case=case).values_list("revision", flat=True).first() or 0
    save_step(case=case, viewer=viewer, part="task", values={"what_happens": text}, seen=revision)


def edit_basis(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    change_basis(case, viewer, "En ny beskrivelse.")
    return case


def submit_basis(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    scenario.fill_basis(world, case)
    submit_dialogue_basis(case=case, viewer=viewer)
    return case


def new_version(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    change_basis(case, world.viewer("leader"), "Et nyt indhold.")
    issue_version(case=case, viewer=viewer)
    return case


def open_it(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    parties = [world.organisations["aalborg"]]
    return open_dialogue(case=case, viewer=viewer, organisations=parties, deadline=localdate() + LATER)


def party_of(case: TransferCase, viewer: Viewer) -> Party:
    return Party.unscoped.get(case=case, organisation=viewer.memberships[0].organisation)


def respond(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    party = party_of(case, viewer)
    submit_response(
        case=case, viewer=viewer, party=party, columns=scenario.COLUMNS,
        answers={"reason": "Ja tak."}, revision=scenario.revision_of(party),
    )  # fmt: skip
    return case


def reaffirm(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    new_version(world, case, world.viewer("leader"))
    return reaffirm_response(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def comment(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    write_comment(case=case, viewer=viewer, text="En bemærkning.", audience="all")
    return case


def add(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    thisted = world.organisations["thisted"]
    add_party(case=case, viewer=viewer, organisation=thisted, deadline=localdate() + LATER)
    return case


def extend(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    parties = list(Party.unscoped.filter(case=case).values_list("pk", flat=True))
    return extend_deadline(
        case=case, viewer=viewer, party_ids=parties, deadline=localdate() + LATER, reason="Ferie"
    )


def close(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return close_dialogue(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def close_unaffected(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    for key in scenario.PARTIES:
        scenario.respond(world, case, key, position="unaffected")
    return close_without_parties(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def edit_mini_mtv(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    save_answers(case=case, viewer=viewer, given={"q1": Given(text="Lungemedicin foreslår det.")})
    return case


def sign(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    scenario.fill_mini_mtv(world, case, sign=False)
    sign_off(case=case, viewer=viewer)
    return case


def request(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return carry_out(
        "request_portfolio", case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="Det er bredt."
    )


def routed(code: str, forum: str = "", complete: bool = True) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        if case.dialogue_closed_at is None:
            close(world, case, world.viewer("contact"))
        if complete:
            scenario.fill_mini_mtv(world, case)
        return route(case=case, viewer=viewer, code=code, forum=world.forums.get(forum), reason="Sådan er det bedst.")

    return run


def plain(code: str) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        return do_plain(code, case=case, viewer=viewer, seen=case.version, reason="En god grund.")

    return run


def decided(code: str) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        values: dict[str, Any] = {"text": "Besluttet.", "reason": "En god grund.", "procedure": "meeting"}
        decision = save_decision(case=case, viewer=viewer, kind=code, decided_on=localdate(), **values)
        publish_decision(case=case, viewer=viewer, decision=decision)
        return case

    return run


DECISIONS = (
    "local_pursue", "local_stop", "approve", "reject", "return_to_dialogue", "return_to_mini_mtv",
    "send_to_local_forum", "escalate", "return_to_portfolio", "adjourn",
)  # fmt: skip
RUN: dict[str, Run] = {
    "edit_screening": edit_screening,
    "start_basis": start_basis,
    "close_screening": close_screening,
    "edit_basis": edit_basis,
    "submit_basis": submit_basis,
    "issue_version": new_version,
    "open_dialogue": open_it,
    "respond": respond,
    "reaffirm_response": reaffirm,
    "comment": comment,
    "request_portfolio": request,
    "add_party": add,
    "extend_deadline": extend,
    "close_dialogue": close,
    "close_without_parties": close_unaffected,
    "edit_mini_mtv": edit_mini_mtv,
    "sign_off_mini_mtv": sign,
    "await_mini_mtv": routed("await_mini_mtv", complete=False),
    "route_to_local_forum": routed("route_to_local_forum", "local"),
    "route_to_portfolio": routed("route_to_portfolio"),
    **{code: plain(code) for code in ("return_to_leader", "reopen_dialogue", "withdraw", "reopen")},
    **{code: decided(code) for code in DECISIONS},
}
