"""A small region in which every hidden thing holds a word of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from core.patients import FEW_PATIENTS
from core.tasks import wake_job
from dialogue.attachments.actions import add_attachment
from dialogue.basis.actions import submit_dialogue_basis
from dialogue.basis.queries import forget
from dialogue.goals.actions import mark_goals, write_goals
from dialogue.goals.queries import goals
from dialogue.merging.actions import propose_merge
from dialogue.models import UnannouncedTransfer
from dialogue.reports.actions import answer_report, report_transfer
from dialogue.responses.actions.answers import save_draft, submit_response
from dialogue.responses.actions.comments import write_comment
from dialogue.responses.actions.parties import open_dialogue
from dialogue.responses.queries import forget as forget_parties
from minimtv.actions import save_answers, sign_off
from minimtv.co_authors.actions import add_co_author
from minimtv.document import Given
from portfolio.agreements.actions import decline_agreement, save_agreement_part
from portfolio.annual.actions import order_annual_status
from portfolio.decisions.actions import save_decision
from portfolio.meetings.actions import add_matter, change_item, take_up, write_minutes
from portfolio.models import AnnualStatus, Meeting
from portfolio.procedures.actions import cast_vote, open_vote
from portfolio.routing.actions import route
from tests import scenario
from tests.leaks.matrix import mark
from tests.pages.region import add_accounts
from tests.portfolio.gatherings import held, planned
from tests.transfers.acts import change_basis
from tests.world import YES, World, make_world, screened_case
from transfers.actions import conclude_screening, do_plain, file_screening, may_screen
from transfers.models import Party, TransferCase


@dataclass(frozen=True)
class Garden:
    """The world and what was planted in it."""

    world: World
    cases: dict[str, TransferCase]
    meetings: dict[str, Meeting]
    report: UnannouncedTransfer
    status: AnnualStatus


def screened(world: World, title: str, change: str, role: str = "leader", **answers: Any) -> TransferCase:
    """A screening that says so."""
    viewer = world.viewer(role)
    data = {"title": f"Sag {mark(title)}", "change_kind": "transfer", "what_changes": f"Vi {mark(change)}."}
    return file_screening(
        viewer=viewer, membership=may_screen(viewer)[0], case_data=data, answers=YES | answers, request_key=uuid4()
    )


def attach(world: World, case: TransferCase, role: str, name: str, content: str, key: str = "") -> None:
    """A text file on the dialoggrundlag, or on a party's response."""
    party = Party.unscoped.get(case=case, organisation=world.organisations[key]) if key else None
    upload = SimpleUploadedFile(f"{mark(name)}.txt", mark(content).encode())
    add_attachment(case=case, viewer=world.viewer(role), party=party, upload=upload)


def in_dialogue(world: World) -> TransferCase:
    """In dialogue, with drafts of everybody's, comments and goals."""
    case = conclude_screening(case=screened(world, "titel", "aendring"), viewer=world.viewer("leader"))
    scenario.fill_basis(world, case)
    change_basis(case, world.viewer("leader"), mark("indsendt"))
    attach(world, case, "leader", "indsendtfil", "indsendtindhold")
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    parties = [world.organisations[key] for key in scenario.PARTIES]
    deadline = localdate() + timedelta(days=21)
    open_dialogue(case=case, viewer=world.viewer("contact"), organisations=parties, deadline=deadline)
    change_basis(case, world.viewer("leader"), mark("grundlagskladde"))
    attach(world, case, "leader", "kladdefil", "kladdeindhold")
    answers(world, case)
    comments(world, case)
    write_goals(case=case, viewer=world.viewer("leader"), texts=[mark("slettetmaal"), "Ingen ventetid"])
    write_goals(case=case, viewer=world.viewer("leader"), texts=[mark("faellesmaal"), "Ingen ventetid"])
    marks = {goal.pk: (False, mark("maalbemaerkning")) for goal in goals(case)}
    mark_goals(case=case, viewer=world.viewer("aalborg_contact"), marks=marks)
    return fresh(case)


def answers(world: World, case: TransferCase) -> None:
    """Aalborg has answered and is changing its answer; Rebild is writing."""
    for write, key, text in (
        (submit_response, "aalborg", "afgivetsvar"),
        (save_draft, "aalborg", "svarrettelse"),
        (save_draft, "rebild", "svarkladde"),
    ):
        party = Party.unscoped.get(case=case, organisation=world.organisations[key])
        write(
            case=case, viewer=world.viewer(f"{key}_contact"), party=party, columns=scenario.COLUMNS,
            answers={"reason": mark(text)}, revision=scenario.revision_of(party),
        )  # fmt: skip
    attach(world, case, "rebild_contact", "svarfil", "svarindhold", "rebild")


def comments(world: World, case: TransferCase) -> None:
    """One for all, and two that are internal."""
    for role, text, audience in (
        ("aalborg_contact", "faelleskommentar", "all"),
        ("aalborg_contact", "interntaalborg", "internal"),
        ("contact", "internthospital", "internal"),
    ):
        write_comment(case=case, viewer=world.viewer(role), text=mark(text), audience=audience)


def being_assessed(world: World) -> TransferCase:
    """Waits for a mini-MTV that is being written, by Aalborg's colleague too."""
    case = scenario.mini_mtv_case(world)
    member = world.users["aalborg_colleague"].memberships.get()
    add_co_author(case=case, viewer=world.viewer("contact"), member=member)
    save_answers(case=case, viewer=world.viewer("leader"), given={"q1": Given(text=mark("minimtvkladde"))})
    return case


def before_portfolio(world: World) -> TransferCase:
    """Before the Porteføljestyregruppe with its mini-MTV, and a draft of the decision."""
    case = scenario.closed_dialogue_case(world)
    scenario.fill_mini_mtv(world, case, sign=False)
    save_answers(case=case, viewer=world.viewer("leader"), given={"q1": Given(text=mark("minimtvversion"))})
    sign_off(case=case, viewer=world.viewer("contact"))
    route(case=case, viewer=world.viewer("contact"), code="route_to_portfolio", forum=None, reason="Bred opgave.")
    save_decision(
        case=case, viewer=world.viewer("psg_chair"), kind="approve", text=mark("beslutningskladde"),
        reason=mark("kladdebegrundelse"), decided_on=localdate(), procedure="meeting",
    )  # fmt: skip
    return case


def being_voted_on(world: World) -> TransferCase:
    """In written procedure; the chair has voted against."""
    case, deadline = scenario.portfolio_case(world), localdate() + timedelta(days=10)
    open_vote(case=case, viewer=world.viewer("psg_secretary"), recommendation="Godkend sagen.", deadline=deadline)
    cast_vote(case=case, viewer=world.viewer("psg_chair"), choice="against", reason=mark("stemmegrund"))
    return case


def being_agreed(world: World) -> TransferCase:
    """The agreement is sent out and declined by one, and its next version is being written."""
    case = scenario.issued_case(world)
    decline_agreement(case=case, viewer=world.viewer("rebild_signatory"), reason=mark("ikketiltraadt"))
    text = {"terms": mark("aftalekladde")}
    save_agreement_part(case=case, viewer=world.viewer("leader"), part="content", values=text)
    return case


def draft(world: World) -> TransferCase:
    """A draft that is proposed to be merged into another of the same department."""
    case = screened(world, "kladdetitel", "kladdeaendring")
    conclude_screening(case=case, viewer=world.viewer("leader"))
    scenario.fill_basis(world, case)
    change_basis(case, world.viewer("leader"), mark("kladdegrundlag"))
    into = scenario.submitted_case(world)
    propose_merge(case=case, viewer=world.viewer("leader"), into=into, reason=mark("sammenlaegning"))
    return fresh(case)


def not_needed(world: World) -> TransferCase:
    """Closed after a yes."""
    viewer = world.viewer("leader")
    case = screened_case(world, needs_basis=False, not_needed_reason=mark("ikkebehov"))
    return conclude_screening(case=case, viewer=viewer)


def withdrawn(world: World) -> TransferCase:
    """Sent and withdrawn."""
    case = scenario.submitted_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason=mark("tilbagetrukket"))
    return case


CASES: dict[str, Callable[[World], TransferCase]] = {
    "dialogue": in_dialogue,
    "mini_mtv": being_assessed,
    "portfolio": before_portfolio,
    "voting": being_voted_on,
    "agreement": being_agreed,
    "draft": draft,
    "screening": lambda world: screened(world, "aabenvurdering", "aabenvurdering"),
    "not_needed": not_needed,
    "withdrawn": withdrawn,
    "foreign": lambda world: screened(world, "fremmedtitel", "fremmedaendring", "other_leader"),
}


def fresh(case: TransferCase) -> TransferCase:
    """The case without what it remembers."""
    forget(case)
    forget_parties(case)
    return case


def plant() -> Garden:
    """Build all of it."""
    world = make_world()
    add_accounts(world)
    cases = {name: build(world) for name, build in CASES.items()}
    return Garden(world, cases, gather(world, cases), reported(world), counted(world))


def counted(world: World) -> AnnualStatus:
    """The annual status with its files, made by its job."""
    status = order_annual_status(
        viewer=world.viewer("secretariat"), year=localdate().year, day=localdate(), request_key=uuid4()
    )
    assert status.job is not None
    wake_job(status.job.pk)
    return status


def gather(world: World, cases: dict[str, TransferCase]) -> dict[str, Meeting]:
    """A meeting ahead with closed items, and one whose minutes are being written."""
    secretary, past = world.viewer("psg_secretary"), held(world, cases["portfolio"])
    item = past.items.get(orientation=None)
    write_minutes(meeting=past, viewer=secretary, texts={item.pk: mark("referatkladde")})
    ahead = planned(world)
    opened = take_up(meeting=ahead, viewer=secretary, case=cases["portfolio"])
    change_item(item=opened, viewer=secretary, presentation=mark("dagsordenspunkt"))
    shut = take_up(meeting=ahead, viewer=secretary, case=cases["voting"])
    change_item(item=shut, viewer=secretary, presentation=mark("lukketsag"), is_closed=True)
    add_matter(
        meeting=ahead, viewer=secretary, title=mark("lukketpunkt"), recommendation=mark("lukketindstilling"),
        is_closed=True,
    )  # fmt: skip
    return {"past": past, "ahead": ahead}


def reported(world: World) -> UnannouncedTransfer:
    """A report of opgaveglidning that is answered."""
    viewer = world.viewer("aalborg_colleague")
    report = report_transfer(
        viewer=viewer, membership=viewer.memberships[0], responsible=world.organisations["hospital"],
        title=mark("glidningstitel"), what_moved=mark("glidning"), consequences=mark("glidningsfoelge"),
        patients=FEW_PATIENTS,
    )  # fmt: skip
    return answer_report(report=report, viewer=world.viewer("contact"), text=mark("glidningssvar"))
