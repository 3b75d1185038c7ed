"""A small region for tests: two hospitals' worth of people, three municipalities, PLO and the forums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from contacts.enums import ForumLevel, Function, OrganisationKind, Side
from contacts.models import Forum, Membership, Organisation
from contacts.viewer import Viewer, viewer_for
from core.models import User
from transfers import actions
from transfers.models import TransferCase

START = date(2020, 1, 1)
YES = {"consequences": True, "new_competences": True, "utensils": False, "needs_basis": True}
CASE_DATA = {
    "title": "IV-antibiotika i eget hjem",
    "change_kind": "transfer",
    "what_changes": "Stabile patienter får antibiotika af den kommunale sygepleje.",
}


@dataclass
class World:
    """Rows by key, and viewers by the role they play."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def viewer(self, role: str) -> Viewer:
        """Return the viewer of a role account, with memberships read anew."""
        return viewer_for(self.users[role])

    def organisation(self, key: str, name: str, kind: str, **values: Any) -> Organisation:
        """Add an organisation."""
        self.organisations[key] = Organisation.objects.create(name=name, kind=kind, **values)
        return self.organisations[key]

    def forum(self, key: str, name: str, level: str, organisation: Organisation | None = None) -> Forum:
        """Add a forum."""
        self.forums[key] = Forum.objects.create(
            name=name, short_name=name[:40], level=level, organisation=organisation, valid_from=START
        )
        return self.forums[key]

    def person(self, role: str, function: str, organisation: str = "", forum: str = "", side: str = "") -> User:
        """Add an account with one function, or one more function to an account that exists."""
        user = self.users.get(role) or User.objects.create_user(f"{role}@test.invalid", name=role)
        self.users[role] = user
        Membership.objects.create(
            user=user, function=function, side=side, valid_from=START,
            organisation=self.organisations.get(organisation), forum=self.forums.get(forum),
        )  # fmt: skip
        return user


def make_world() -> World:
    """Build the region."""
    world = World()
    add_organisations(world)
    add_forums(world)
    add_people(world)
    return world


def add_organisations(world: World) -> None:
    """Hospital with two departments, three municipalities, PLO, region."""
    kinds = OrganisationKind
    world.organisation("region", "Region Nordjylland", kinds.REGION)
    hospital = world.organisation("hospital", "Aalborg Universitetshospital", kinds.HOSPITAL)
    world.organisation("other_hospital", "Regionshospital Nordjylland", kinds.HOSPITAL)
    world.organisation("department", "Infektionsmedicin", kinds.DEPARTMENT, parent=hospital)
    world.organisation("other_department", "Kardiologi", kinds.DEPARTMENT, parent=hospital)
    for key, name, code in (
        ("aalborg", "Aalborg Kommune", "0851"),
        ("rebild", "Rebild Kommune", "0840"),
        ("thisted", "Thisted Kommune", "0787"),
    ):
        hospital.catchment.add(world.organisation(key, name, kinds.MUNICIPALITY, municipality_code=code))
    world.organisation("plo", "PLO Nordjylland", kinds.GENERAL_PRACTICE)


def add_forums(world: World) -> None:
    """One local forum, the Porteføljestyregruppe and Den Administrative Styregruppe."""
    world.forum("local", "Samarbejdsforum Aalborg", ForumLevel.LOCAL, world.organisations["hospital"])
    world.forum("psg", "Porteføljestyregruppen", ForumLevel.PORTFOLIO)
    world.forum("das", "Den Administrative Styregruppe", ForumLevel.ADMINISTRATIVE)


def add_people(world: World) -> None:
    """Every role once; `rebild_contact` is a party's contact, `thisted_contact` a stranger's."""
    world.person("leader", Function.LEADER, "department")
    world.person("colleague", Function.COLLEAGUE, "department")
    world.person("other_leader", Function.LEADER, "other_department")
    world.person("contact", Function.CONTACT, "hospital")
    world.person("deputy", Function.DEPUTY, "hospital")
    world.person("aalborg_contact", Function.CONTACT, "aalborg")
    world.person("aalborg_deputy", Function.DEPUTY, "aalborg")
    world.person("aalborg_colleague", Function.COLLEAGUE, "aalborg")
    world.person("aalborg_signatory", Function.SIGNATORY, "aalborg")
    world.person("rebild_contact", Function.CONTACT, "rebild")
    for key in ("hospital", "rebild", "plo"):
        world.person(f"{key}_signatory", Function.SIGNATORY, key)
    world.person("thisted_contact", Function.CONTACT, "thisted")
    world.person("plo_contact", Function.CONTACT, "plo")
    world.person("secretariat", Function.SECRETARIAT, "region")
    world.person("auditor", Function.AUDITOR)
    for forum in ("local", "psg", "das"):
        world.person(f"{forum}_chair", Function.CHAIR, "region", forum, Side.REGION)
        world.person(f"{forum}_secretary", Function.SECRETARY, "region", forum, Side.REGION)
        world.person(f"{forum}_member", Function.MEMBER, "aalborg", forum, Side.MUNICIPALITIES)


def screened_case(world: World, role: str = "leader", **answers: Any) -> TransferCase:
    """File a screening as a role; not concluded."""
    viewer = world.viewer(role)
    return actions.file_screening(
        viewer=viewer, membership=actions.may_screen(viewer)[0], case_data=dict(CASE_DATA),
        answers={**YES, **answers}, request_key=uuid4(),
    )  # fmt: skip


def draft_case(world: World) -> TransferCase:
    """A case whose screening said that a dialoggrundlag is needed."""
    return actions.conclude_screening(case=screened_case(world), viewer=world.viewer("leader"))
