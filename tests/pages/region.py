"""A region with a case at every stage and in every state a page asks about, and a browser for every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.test import Client

from contacts.enums import ForumLevel, Function
from contacts.models import Membership
from core.actions import set_parameter
from core.models import User
from core.second_factor import factors
from core.wording import Wording, reword
from dialogue.models import UnannouncedTransfer
from portfolio.models import AgendaItem, Agreement, AnnualStatus, Decision, Meeting
from tests.accounts.factors import give_app, give_codes, give_passkey, show_factor
from tests.pages.cases import CASES, make_editions, make_meetings, make_reports
from tests.world import World, make_world
from transfers.heads import keep_heads
from transfers.models import Party, TransferCase

PASSWORD = "Regnvejr-over-Limfjorden"
MISSING = "OF-1999-9999"
PLANNED = "2099-01-01"  # from this day a parameter has another value


@dataclass
class Region:
    """The world, its cases, meetings, editions of the annual status and reports, and one browser per role."""

    world: World
    cases: dict[str, TransferCase] = field(default_factory=dict)
    editions: dict[str, AnnualStatus] = field(default_factory=dict)
    reports: dict[str, UnannouncedTransfer] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """The browser of a role, which shows where its posts come from; "" is a visitor's."""
        return self.browsers[role]

    def careless(self, role: str) -> Client:
        """A browser with the same session that does not ask where a post comes from."""
        client = Client()
        client.cookies = copy(self.browser(role).cookies)
        return client

    def number(self, name: str) -> str:
        """The number of a case."""
        return self.cases[name].number

    def party(self, name: str, key: str) -> int:
        """The party that an organisation is in a case."""
        return Party.unscoped.get(case=self.cases[name], organisation=self.world.organisations[key]).pk

    def decision(self, name: str) -> int:
        """The decision published in a case."""
        return Decision.unscoped.filter(case=self.cases[name]).latest("pk").pk

    def item(self, name: str, about: str) -> int:
        """The item of a meeting about a case, an orientation, or a matter of its own."""
        rows = AgendaItem.unscoped.filter(meeting=self.meetings[name], orientation__isnull=about != "orientation")
        return rows.filter(case__isnull=about == "matter").earliest("pk").pk

    def agreement(self, name: str) -> int:
        """The agreement of a case."""
        return Agreement.unscoped.get(case=self.cases[name]).pk

    def membership(self, role: str) -> int:
        """The membership of a role."""
        return Membership.objects.filter(user=self.world.users[role]).latest("pk").pk


def make_region() -> Region:
    """Build all of it."""
    region = Region(make_world())
    add_accounts(region.world)
    add_second_forum(region.world)
    add_settings(region.world)
    region.cases = {name: build(region.world) for name, build in CASES.items()}
    region.meetings = make_meetings(region.world, region.cases)
    region.editions = make_editions(region.world)
    region.reports = make_reports(region.world)
    keep_heads()
    region.browsers = {"": signed_in(None)} | {role: signed_in(user) for role, user in region.world.users.items()}
    return region


def signed_in(user: User | None) -> Client:
    """A browser that is signed in as somebody, and whose posts are checked for where they come from."""
    client = Client(enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user)
        if factors(user).exists():
            show_factor(client, user)
    return client


def add_accounts(world: World) -> None:
    """Accounts outside the world's roles: new, technical, with second factors, and one with two functions."""
    world.users["newcomer"] = User.objects.create_user("newcomer@test.invalid", PASSWORD, name="Ny kollega")
    world.users["administrator"] = User.objects.create_superuser("admin@test.invalid", PASSWORD, name="Teknik")
    world.users["keyless"] = User.objects.create_user("keyless@test.invalid", name="Uden adgangskode")
    world.person("keyless", Function.MEMBER, "aalborg", "local", "municipalities")
    for careful in ("careful", "keyed"):
        world.person(careful, Function.COLLEAGUE, "department").set_password(PASSWORD)
        world.users[careful].save()
        give_passkey(world.users[careful])
    give_app(world.users["careful"])
    give_codes(world.users["careful"])
    world.person("double", Function.LEADER, "department")
    world.person("double", Function.COLLEAGUE, "other_department")
    world.person("psg_chair", Function.SECRETARY, "region", "psg", "region")
    leader = world.users["leader"]
    leader.set_password(PASSWORD)
    leader.save()


def add_second_forum(world: World) -> None:
    """A second samarbejdsforum, so that there is one to choose."""
    world.forum("second", "Samarbejdsforum Himmerland", ForumLevel.LOCAL, world.organisations["hospital"])


def add_settings(world: World) -> None:
    """A parameter with a value that is planned, and a form whose next wording is a draft."""
    secretariat = world.users["secretariat"]
    first = date.fromisoformat(PLANNED)
    set_parameter(key="deadline.contact_days", value=Decimal(12), valid_from=first, by=secretariat)
    reword(document="party_response", key="reason", wording=Wording("Hvorfor mener I det?"), by=secretariat)


# --- Taking back ----------------------------------------------------------------------------------------


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is stored meanwhile, after asking the database whether it would have let it stand."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)
