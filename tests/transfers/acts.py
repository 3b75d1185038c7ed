"""How each act of the table is really done, for the permission tests: (world, case, viewer) → the case after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from contacts.models import Forum
from contacts.viewer import Viewer
from dialogue.basis.actions import issue_version, save_step, submit_dialogue_basis
from dialogue.goals.actions import mark_goals, write_goals
from dialogue.goals.queries import goals
from dialogue.merging.actions import propose_merge
from dialogue.models import DialogueBasis, MergeProposal
from dialogue.responses.actions.answers import reaffirm_response, submit_response
from dialogue.responses.actions.comments import write_comment
from dialogue.responses.actions.parties import (
    add_party,
    close_dialogue,
    close_without_parties,
    extend_deadline,
    open_dialogue,
)
from dialogue.responses.queries import forget
from minimtv.actions import save_answers, sign_off
from minimtv.co_authors import actions as co_authors
from minimtv.document import Given
from portfolio.agreements import actions as agreements
from portfolio.decisions.actions import publish_decision, save_decision, take_up_again
from portfolio.followup import actions as followup
from portfolio.models import WrittenVote
from portfolio.opinions.actions import ask_opinion, give_opinion
from portfolio.procedures.actions import cast_vote, open_vote
from portfolio.routing.actions import route
from tests import scenario
from tests.world import World, draft_case
from transfers.actions import change_screening, conclude_screening
from transfers.models import Party, Placement, Screening, TransferCase
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


def ask_late(world: World, case: TransferCase) -> None:
    """Let it be as if Aalborg is asked only now, outside the dialogue, and Thisted was asked in its place."""
    asked = Party.unscoped.filter(case=case, organisation=world.organisations["aalborg"])
    asked.update(organisation=world.organisations["thisted"])
    forget(case)
    add_party(
        case=case, viewer=world.viewer("contact"), organisation=world.organisations["aalborg"],
        deadline=localdate() + LATER,
    )  # fmt: skip


def respond(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    if case.stage != "dialogue":
        ask_late(world, case)
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


def edit_goals(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return write_goals(case=case, viewer=viewer, texts=["Ingen ventetid", "Færre genindlæggelser"])


def mark_goal(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    edit_goals(world, case, world.viewer("leader"))
    return mark_goals(case=case, viewer=viewer, marks={goal.pk: (True, "") for goal in goals(case)})


def close(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    return close_dialogue(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def close_unaffected(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    asked = set(Party.unscoped.filter(case=case).values_list("organisation", flat=True))
    for key in scenario.PARTIES:
        if world.organisations[key].pk in asked:
            scenario.respond(world, case, key, position="unaffected")
    return close_without_parties(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def edit_mini_mtv(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    save_answers(case=case, viewer=viewer, given={"q1": Given(text="Lungemedicin foreslår det.")})
    return case


def sign(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    scenario.fill_mini_mtv(world, case, sign=False)
    sign_off(case=case, viewer=viewer)
    return case


def add_co_author(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    co_authors.add_co_author(case=case, viewer=viewer, member=world.users["aalborg_colleague"].memberships.get())
    return case


def remove_co_author(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    row = scenario.co_author(scenario.co_written(world, case, "aalborg_colleague"))
    co_authors.remove_co_author(case=case, viewer=viewer, key=str(row.pk))
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
        return carry_out(code, case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="En god grund.")

    return run


def decided(code: str) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        values: dict[str, Any] = {"text": "Besluttet.", "reason": "En god grund.", "procedure": "meeting"}
        decision = save_decision(case=case, viewer=viewer, kind=code, decided_on=localdate(), **values)
        publish_decision(case=case, viewer=viewer, decision=decision)
        return case

    return run


def screened_out(code: str) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        Screening.unscoped.filter(case=case).update(needs_basis=False, not_needed_reason="Drøftet på møde.")
        TransferCase.unscoped.filter(pk=case.pk).update(result="not_needed")
        return carry_out(code, case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="En god grund.")

    return run


def agreed_locally(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    Forum.objects.filter(cases_now=case).update(may_agree_locally=True)
    return decided("local_agree")(world, case, viewer)


def rejected(world: World, case: TransferCase) -> TransferCase:
    TransferCase.unscoped.filter(pk=case.pk).update(result="rejected")
    Placement.unscoped.create(
        case=case, forum=world.forums["psg"], ended_at=now() - timedelta(1), ended_by_act="reject"
    )
    case.refresh_from_db()
    return case


def taken_up(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    rejected(world, case)
    take_up_again(case=case, viewer=viewer, text="Op igen.", reason="Nye tal.", decided_on=localdate())
    return case


def handed_over(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    old = case.current_forum
    assert old is not None
    old.successor = Forum.objects.create(
        name="Det nye forum", short_name="Nyt", level=old.level, organisation=old.organisation
    )
    old.save()
    return carry_out("hand_over", case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="")


def asked(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    if case.dialogue_closed_at is None:
        close(world, case, world.viewer("contact"))
    third = Forum.objects.create(
        name="Samarbejdsforum Thy", short_name="Thy", level="local", organisation=world.organisations["hospital"]
    )
    ask_opinion(case=case, viewer=viewer, forum=third, question="Er I enige?", deadline=localdate() + LATER)
    return case


def gave(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    give_opinion(case=case, viewer=viewer, answer="agrees", text="Vi er enige.")
    return case


def opened(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    later = localdate() + LATER
    open_vote(case=case, viewer=viewer, recommendation="Sekretariatet indstiller, at sagen godkendes.", deadline=later)
    return case


def voted(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    opened(world, case, scenario.chair_of(world, case))
    cast_vote(case=case, viewer=viewer, choice="for")
    return case


def closed_vote(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    opened(world, case, viewer)
    WrittenVote.unscoped.filter(case=case).update(deadline=localdate() - timedelta(1))
    return carry_out("close_vote", case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="")


def edit_agreement(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    held = viewer.memberships[0]
    if held.organisation == world.organisations["aalborg"]:
        own = {"contribution": "To sygeplejersker."}
        agreements.save_own_part(case=case, viewer=viewer, organisation=held.organisation, values=own)
    else:
        agreements.save_agreement_part(case=case, viewer=viewer, part="content", values={"terms": "Nye vilkår."})
    return case


def issue_agreement(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    scenario.fill_agreement(world, case, terms="Andre vilkår.")
    agreements.issue_agreement(case=case, viewer=viewer)
    return case


def answered(code: str, **given: Any) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        scenario.issue_anew(world, case)
        getattr(agreements, code)(case=case, viewer=viewer, **given)
        return case

    return run


def proposed(world: World, case: TransferCase, viewer: Viewer) -> MergeProposal:
    return propose_merge(case=case, viewer=viewer, into=draft_case(world), reason="Det er den samme opgave.")


def merging(code: str) -> Run:
    def run(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
        proposed(world, case, world.viewer("leader"))
        return carry_out(code, case=case, viewer=viewer, seen=case.version, capacity_id=None, reason="En god grund.")

    return run


def report_ready(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    if case.stage == "agreement":
        scenario.issue_anew(world, case)
    agreements.report_ready(case=case, viewer=viewer, items={"capacity": localdate()})
    return case


def leave_agreement(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    if case.stage == "agreement":
        scenario.issue_anew(world, case)
        agreements.confirm_agreement(case=case, viewer=viewer)
    agreements.leave_agreement(
        case=case, viewer=viewer, effective_on=localdate() + timedelta(days=200), plan="Sygehuset tager over.",
        others_go_on=True, reason="Vi lukker akutteamet.",
    )  # fmt: skip
    return case


def record_follow_up(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    values = {"held_on": localdate(), "outcome": "adjust", "outcome_reason": "Flere patienter.",
              "next_on": localdate() + LATER}  # fmt: skip
    followup.save_follow_up(case=case, viewer=viewer, values=values)
    followup.record_follow_up(case=case, viewer=viewer)
    return case


def state_own_outcome(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    followup.state_own_outcome(case=case, viewer=viewer, economy_known="known", annual_cost=90_000)
    return case


def finish_follow_up(world: World, case: TransferCase, viewer: Viewer) -> TransferCase:
    scenario.follow_up(world, case)
    return followup.finish_follow_up(case=case, viewer=viewer, reason="Opgaven er i drift.")


DECISIONS = (
    "local_pursue", "local_stop", "approve", "reject", "return_to_dialogue", "return_to_mini_mtv",
    "send_to_local_forum", "escalate", "return_to_portfolio", "adjourn",
)  # fmt: skip
PLAIN = (
    "return_to_leader", "reopen_dialogue", "withdraw", "reopen", "return_to_deciding_forum", "end_without_agreement",
    "terminate_agreement",
)  # fmt: skip
RUN: dict[str, Run] = {
    "edit_agreement": edit_agreement,
    "issue_agreement": issue_agreement,
    "confirm_agreement": answered("confirm_agreement"),
    "await_political": answered("await_political", until=localdate() + LATER),
    "decline_agreement": answered("decline_agreement", reason="Vi mangler kapacitet."),
    "report_ready": report_ready,
    "leave_agreement": leave_agreement,
    "record_follow_up": record_follow_up,
    "state_own_outcome": state_own_outcome,
    "finish_follow_up": finish_follow_up,
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
    "edit_goals": edit_goals,
    "mark_goal": mark_goal,
    "close_dialogue": close,
    "propose_merge": lambda world, case, viewer: proposed(world, case, viewer).case,
    **{code: merging(code) for code in ("withdraw_merge", "accept_merge", "decline_merge")},
    "close_without_parties": close_unaffected,
    "edit_mini_mtv": edit_mini_mtv,
    "sign_off_mini_mtv": sign,
    "add_co_author": add_co_author,
    "remove_co_author": remove_co_author,
    "await_mini_mtv": routed("await_mini_mtv", complete=False),
    "route_to_local_forum": routed("route_to_local_forum", "local"),
    "route_to_portfolio": routed("route_to_portfolio"),
    **{code: screened_out(code) for code in ("request_reassessment", "note_screening")},
    "local_agree": agreed_locally,
    "take_up_again": taken_up,
    "hand_over": handed_over,
    "ask_opinion": asked,
    "give_opinion": gave,
    "open_vote": opened,
    "cast_vote": voted,
    "close_vote": closed_vote,
    **{code: plain(code) for code in PLAIN},
    **{code: decided(code) for code in DECISIONS},
}
