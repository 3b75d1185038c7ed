"""Every draft two people may write at the same time: where it is, who they are, and a text in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from core.definitions import current
from dialogue.goals.queries import goals
from portfolio.agreements.content import OWN_FIELDS
from portfolio.meetings.actions import add_matter
from tests import scenario
from tests.portfolio.gatherings import held, planned
from tests.transfers.acts import mark_goal
from tests.world import World, draft_case, screened_case


@dataclass(frozen=True)
class Draft:
    """One page: its address, the two who write, the button that saves, and the field their texts differ in."""

    url: str
    people: tuple[str, str]
    button: str
    field: str
    beside: tuple[tuple[str, str], ...] = ()  # what both answer besides


BOTH_AT_HOME, BOTH_CONTACTS = ("leader", "contact"), ("aalborg_contact", "aalborg_deputy")
CHAIR_AND_SECRETARY = ("psg_chair", "psg_secretary")


def basis(world: World) -> Draft:
    """A step of the dialoggrundlag."""
    step = next(p.key for p in current("dialogue_basis").parts.all() if any(q.key == "why" for q in p.questions.all()))
    url = reverse("dialogue:basis_step", args=[draft_case(world).number, step])
    return Draft(url, ("leader", "colleague"), "Gem og gå ud", "why")


def response(world: World) -> Draft:
    """A party's response."""
    url = reverse("dialogue:respond", args=[scenario.dialogue_case(world).number])
    return Draft(url, BOTH_CONTACTS, "Gem kladde", "reason")


def mini_mtv(world: World) -> Draft:
    """A part of the mini-MTV."""
    url = reverse("minimtv:edit_part", args=[scenario.mini_mtv_case(world).number, 1])
    return Draft(url, BOTH_AT_HOME, "Gem og gå ud", "q1")


def agreement(world: World) -> Draft:
    """A part of the agreement."""
    url = reverse("portfolio:agreement_part", args=[scenario.agreement_case(world).number, "content"])
    return Draft(url, BOTH_AT_HOME, "Gem og gå ud", "terms")


def decision(world: World) -> Draft:
    """A forum's decision."""
    url = reverse("portfolio:decide", args=[scenario.portfolio_case(world).number])
    return Draft(url, CHAIR_AND_SECRETARY, "Gem kladde", "text")


def minutes(world: World) -> Draft:
    """The minutes of a meeting."""
    url = reverse("portfolio:minutes", args=[held(world).pk])
    return Draft(url, CHAIR_AND_SECRETARY, "Gem referat", "other_business")


def follow_up(world: World) -> Draft:
    """A follow-up."""
    url = reverse("portfolio:follow_up_edit", args=[scenario.active_case(world).number])
    return Draft(url, BOTH_AT_HOME, "Gem kladde", "went_well")


def shared_goals(world: World) -> Draft:
    """The list of shared goals."""
    url = reverse("dialogue:edit_goals", args=[scenario.dialogue_case(world).number])
    return Draft(url, ("contact", "deputy"), "Gem målene", "goals")


def marks(world: World) -> Draft:
    """What a party says to the shared goals."""
    case = scenario.dialogue_case(world)
    mark_goal(world, case, world.viewer("rebild_contact"))
    url = reverse("dialogue:mark_goals", args=[case.number])
    first = goals(case)[0].pk
    agreed = ((f"goal_{first}", "agreed"),)
    return Draft(url, BOTH_CONTACTS, "Gem markeringerne", f"remark_{first}", agreed)


def own_part(world: World) -> Draft:
    """What a party says of itself in the agreement."""
    case = scenario.agreement_case(world)
    scenario.fill_agreement(world, case)
    url = reverse("portfolio:agreement_own", args=[case.number, world.organisations["aalborg"].pk])
    return Draft(url, BOTH_CONTACTS, "Gem", OWN_FIELDS[0])


def own_figures(world: World) -> Draft:
    """A party's own figures in a follow-up."""
    url = reverse("portfolio:follow_up_own", args=[scenario.active_case(world).number])
    return Draft(url, BOTH_CONTACTS, "Gem egne tal", "note", (("economy_known", "not_yet"),))


def screening(world: World) -> Draft:
    """An indledende vurdering that stands open."""
    world.person("second_leader", "leader", "department")
    url = reverse("transfers:screening_edit", args=[screened_case(world).number])
    return Draft(url, ("leader", "second_leader"), "Gem uden at afslutte", "what_changes")


def agenda_item(world: World) -> Draft:
    """An item of an agenda."""
    meeting = planned(world)
    item = add_matter(meeting=meeting, viewer=world.viewer("psg_secretary"), title="Mødeplan")
    url = reverse("portfolio:item_edit", args=[meeting.pk, item.pk])
    return Draft(url, CHAIR_AND_SECRETARY, "Gem punktet", "presentation")


NAMED = (basis, response, mini_mtv, agreement, decision, minutes, follow_up, shared_goals)
FURTHER = (marks, own_part, own_figures, screening, agenda_item)
Make = Callable[[World], Draft]
