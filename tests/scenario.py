"""Cases carried to every stage by the product's own actions, for the small region of `tests.world`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from contacts.models import Organisation
from contacts.viewer import Viewer
from core.definitions import current
from core.models import FormPart, FormQuestion
from dialogue.basis.actions import save_step, submit_dialogue_basis
from dialogue.models import DialogueBasis, PartyResponse
from dialogue.responses.actions.answers import submit_response
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from minimtv.models import CoAuthor, MiniMTVVersion
from minimtv.queries import forget as forget_mini_mtv
from portfolio.agreements.actions import confirm_agreement, issue_agreement, report_ready, save_agreement_part
from portfolio.decisions.actions import publish_decision, save_decision
from portfolio.followup.actions import record_follow_up, save_follow_up
from portfolio.models import FOR_RECEIVERS, Agreement, AgreementVersion, FollowUp, Indicator
from portfolio.routing.actions import route
from tests.world import World, draft_case
from transfers import access
from transfers.actions import do_plain
from transfers.models import Opinion, Party, TransferCase

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
    """Answer all 26 questions, in other words than the last time, and sign off."""
    nth = MiniMTVVersion.unscoped.filter(case=case).count() + 1
    questions = current("mini_mtv").questions
    given = {q.key: Given(text=f"Svar {nth} på spørgsmål {q.key[1:]}: 12 patienter.") for q in questions}
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


def consulted(world: World, case: TransferCase) -> TransferCase:
    """Another hospital's samarbejdsforum was asked for its opinion, and its deadline is past."""
    if "other" not in world.forums:
        world.forum("other", "Samarbejdsforum Vendsyssel", "local", world.organisations["other_hospital"])
        world.person("other_chair", "chair", "region", "other", "region")
    opinion = Opinion(
        case=case, forum=world.forums["other"], question="Kan I følge med?", asked_by=world.users["contact"],
        deadline=localdate() - timedelta(days=1),
    )  # fmt: skip
    opinion.save()
    access.grant_asked(opinion)
    return case


def co_written(world: World, case: TransferCase, role: str) -> TransferCase:
    """A person at Aalborg Kommune, which is a party, is a co-author of the mini-MTV."""
    CoAuthor.unscoped.create(
        case=case, user=world.users[role], organisation=world.organisations["aalborg"], named_by=world.users["leader"]
    )
    forget_mini_mtv(case)
    return case


def co_author(case: TransferCase) -> CoAuthor:
    """The one who came last to write the mini-MTV along."""
    return CoAuthor.unscoped.filter(case=case, ended_at__isnull=True).latest("pk")


def chair_of(world: World, case: TransferCase) -> Viewer:
    """The chair of the forum that has the case."""
    key = next(key for key, forum in world.forums.items() if forum.pk == case.current_forum_id)
    return world.viewer(f"{key}_chair")


def decide(world: World, case: TransferCase, code: str, forum: str = "psg", **values: Any) -> None:
    """Draft and publish a decision as the forum's chair; `values` are more of its fields."""
    chair = world.viewer(f"{forum}_chair")
    decision = save_decision(
        case=case, viewer=chair, kind=code, text="Forummet besluttede.", reason="Fordi det gavner patienterne.",
        decided_on=localdate(), procedure="meeting", **values,
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


AGREEMENT_ROLES = {"hospital": "giver", "aalborg": "receiver", "rebild": "receiver", "plo": "other"}


def agreement_values(world: World, part: FormPart, roles: dict[str, str]) -> dict[str, Any]:
    """Return valid answers to the questions of one part of the agreement."""
    typed: dict[str, Any] = {
        "roles": {world.organisations[key].pk: role for key, role in roles.items()},
        "responsibility": "hospital", "responsible": world.organisations["hospital"].pk, "start_date": localdate(),
        "review_dates": [localdate() + timedelta(days=180)], "notice_months": 3, "none_responsible_why": "",
        "plo_agreement": "", "plo_agreed_on": None,
        "indicators": [
            {"name": "Genindlæggelser", "unit": "pct.", "baseline": Decimal(12), "aim": "at_most",
             "expected": Decimal(10), "measured_when": "efter 6 måneder", "source": "Landspatientregisteret"}
        ],
    }  # fmt: skip
    return {q.key: typed.get(q.key, f"Aftalt om {q.key}.") for q in part.questions.all()}


def fill_agreement(world: World, case: TransferCase, roles: dict[str, str] | None = None, **values: Any) -> None:
    """Answer every question of the agreement; the hospital gives, Aalborg and Rebild receive."""
    for part in current("agreement").parts.all():
        if part.key != "own":
            given = agreement_values(world, part, roles or AGREEMENT_ROLES)
            given |= {key: value for key, value in values.items() if key in given}
            save_agreement_part(case=case, viewer=world.viewer("leader"), part=part.key, values=given)


def issued_case(world: World, **values: Any) -> TransferCase:
    """Aftale indgås: version 1 is sent out, and nobody has answered."""
    case = agreement_case(world)
    fill_agreement(world, case, **values)
    issue_agreement(case=case, viewer=world.viewer("leader"))
    return case


def issue_anew(world: World, case: TransferCase) -> None:
    """Send out the first version, or one with other terms."""
    if not Agreement.unscoped.filter(case=case, issued__gt=0).exists():
        fill_agreement(world, case)
    leader, versions = world.viewer("leader"), AgreementVersion.unscoped.filter(agreement__case=case).count()
    terms = {"terms": f"Vilkår {versions + 1}."}
    save_agreement_part(case=case, viewer=leader, part="content", values=terms)
    issue_agreement(case=case, viewer=leader)


def confirm(world: World, case: TransferCase, *keys: str) -> None:
    """Confirm the newest version for some organisations, by their aftalebemyndigede."""
    for key in keys:
        confirm_agreement(case=case, viewer=world.viewer(f"{key}_signatory"))


def make_ready(world: World, case: TransferCase, key: str, *items: str) -> None:
    """Report a receiver ready: all five items, or some."""
    chosen = items or [str(item) for item in FOR_RECEIVERS]
    report_ready(case=case, viewer=world.viewer(f"{key}_contact"), items=dict.fromkeys(chosen, localdate()))


def active_case(world: World, live: Sequence[str] = ("aalborg", "rebild")) -> TransferCase:
    """Aftalen gælder: hospital, Aalborg and Rebild have confirmed, and those named have reported ready."""
    case = issued_case(world)
    confirm(world, case, "hospital", "aalborg", "rebild")
    for key in live:
        make_ready(world, case, key)
    return case


def follow_up(world: World, case: TransferCase, outcome: str = "continue", measured: Decimal = Decimal(9)) -> FollowUp:
    """Record a follow-up in which every indicator was measured, as the leader."""
    leader = world.viewer("leader")
    rows = Indicator.unscoped.filter(agreement__case=case, is_dropped=False)
    save_follow_up(
        case=case, viewer=leader, measured=dict.fromkeys(rows.values_list("pk", flat=True), measured),
        values={
            "held_on": localdate(), "outcome": outcome, "outcome_reason": "Tallene følger aftalen.",
            "went_well": "Patienterne er trygge.", "patients_kind": "number", "patients_number": 60,
            "next_on": localdate() + timedelta(days=180),
        },
    )  # fmt: skip
    return record_follow_up(case=case, viewer=leader)


def withdrawn_case(world: World) -> TransferCase:
    """Closed by the leader."""
    case = submitted_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    return case
