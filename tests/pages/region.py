"""A region with a case at every stage and in every state a page asks about, and a browser for every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from contacts.enums import ForumLevel, Function
from contacts.models import Membership
from core.enums import JobState
from core.files import store
from core.models import Job, User
from dialogue.basis.queries import forget
from dialogue.responses.queries import forget as forget_parties
from portfolio.annual.actions import freeze_figures, keep_report, order_annual_status
from portfolio.annual.queries import Scope
from portfolio.annual.reports import count_year, to_json
from portfolio.models import AnnualStatus, Decision
from tests import scenario
from tests.transfers.acts import new_version
from tests.world import World, draft_case, make_world, screened_case
from transfers.models import Party, TransferCase

PASSWORD = "Regnvejr-over-Limfjorden"
MISSING = "OF-1999-9999"


@dataclass
class Region:
    """The world, its cases by name, its editions of the annual status, and one browser per role."""

    world: World
    cases: dict[str, TransferCase] = field(default_factory=dict)
    editions: dict[str, AnnualStatus] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """A browser signed in as a role that takes care of forged posts; without a role, signed out."""
        if role not in self.browsers:
            self.browsers[role] = client = Client(enforce_csrf_checks=True)
            if role:
                client.force_login(self.world.users[role], "django.contrib.auth.backends.ModelBackend")
        return self.browsers[role]

    def number(self, name: str) -> str:
        """The number of a case."""
        return self.cases[name].number

    def party(self, name: str, key: str) -> int:
        """The party that an organisation is in a case."""
        return Party.unscoped.get(case=self.cases[name], organisation=self.world.organisations[key]).pk

    def decision(self, name: str) -> int:
        """The decision published in a case."""
        return Decision.unscoped.filter(case=self.cases[name]).latest("pk").pk

    def membership(self, role: str) -> int:
        """The membership of a role."""
        return Membership.objects.filter(user=self.world.users[role]).latest("pk").pk


def make_region() -> Region:
    """Build all of it."""
    region = Region(make_world())
    add_accounts(region.world)
    add_second_forum(region.world)
    region.cases = {name: build(region.world) for name, build in CASES.items()}
    add_editions(region)
    return region


def add_accounts(world: World) -> None:
    """Accounts outside the world's roles: a newcomer, the technical administrator, and one with two functions."""
    world.users["newcomer"] = User.objects.create_user("newcomer@test.invalid", PASSWORD, name="Ny kollega")
    world.users["administrator"] = User.objects.create_superuser("admin@test.invalid", PASSWORD, name="Teknik")
    world.users["keyless"] = User.objects.create_user("keyless@test.invalid", name="Uden adgangskode")
    world.person("keyless", Function.MEMBER, "aalborg", "local", "municipalities")
    world.person("double", Function.LEADER, "department")
    world.person("double", Function.DEPUTY, "hospital")
    world.person("psg_chair", Function.SECRETARY, "region", "psg", "region")
    leader = world.users["leader"]
    leader.set_password(PASSWORD)
    leader.save()


def add_second_forum(world: World) -> None:
    """A second samarbejdsforum, so that there is one to choose."""
    world.forum("second", "Samarbejdsforum Thy-Mors", ForumLevel.LOCAL, world.organisations["other_hospital"])


# --- Cases ----------------------------------------------------------------------------------------------


def closing_case(world: World) -> TransferCase:
    """The dialogue is closed and the mini-MTV done: every forum can be chosen."""
    case = scenario.closed_dialogue_case(world)
    scenario.fill_mini_mtv(world, case)
    return case


def revised_case(world: World) -> TransferCase:
    """In dialogue; all have answered, and a new version of the dialoggrundlag was sent since."""
    case = scenario.answered_case(world)
    new_version(world, case, world.viewer("leader"))
    fresh(case)
    return case


def changed_case(world: World) -> TransferCase:
    """In dialogue; the dialoggrundlag is changed but not sent."""
    case = scenario.dialogue_case(world)
    scenario.fill_basis(world, case)
    return case


def unaffected_case(world: World) -> TransferCase:
    """In dialogue; every party says that it is not affected."""
    return scenario.answered_case(world, position="unaffected")


def signing_case(world: World) -> TransferCase:
    """Waits for the contact person to sign off a mini-MTV that is filled in."""
    case = scenario.mini_mtv_case(world)
    scenario.fill_mini_mtv(world, case, sign=False)
    return case


def complete_draft(world: World) -> TransferCase:
    """A draft that can be sent."""
    case = draft_case(world)
    scenario.fill_basis(world, case)
    return case


def drafted_decision(world: World) -> TransferCase:
    """In Porteføljestyregruppen, with a draft of the decision."""
    case = scenario.portfolio_case(world)
    scenario.save_decision(
        case=case, viewer=world.viewer("psg_chair"), kind="approve", text="Godkendt.", reason="Gavner patienterne.",
        decided_on=localdate(), procedure="meeting",
    )  # fmt: skip
    return case


def fresh(case: TransferCase) -> None:
    """Drop what the case remembers."""
    forget(case)
    forget_parties(case)


CASES: dict[str, Callable[[World], TransferCase]] = {
    "screening": screened_case,
    "draft": draft_case,
    "complete": complete_draft,
    "submitted": scenario.submitted_case,
    "dialogue": scenario.dialogue_case,
    "answered": scenario.answered_case,
    "changed": changed_case,
    "revised": revised_case,
    "unaffected": unaffected_case,
    "closing": closing_case,
    "signing": signing_case,
    "mini_mtv": scenario.mini_mtv_case,
    "local_forum": scenario.local_forum_case,
    "portfolio": scenario.portfolio_case,
    "drafted": drafted_decision,
    "administrative": scenario.administrative_case,
    "agreement": scenario.agreement_case,
    "closed": scenario.withdrawn_case,
}


# --- Annual status --------------------------------------------------------------------------------------


def add_editions(region: Region) -> None:
    """One edition with its report, one that is being made, one whose job failed."""
    region.editions = {name: ordered(region.world) for name in ("made", "waiting", "failed")}
    finish_edition(region.editions["made"])
    job = region.editions["failed"].job
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Der opstod en fejl.")


def ordered(world: World, day: date | None = None) -> AnnualStatus:
    """Order the next edition of this year."""
    secretariat, day = world.viewer("secretariat"), day or localdate()
    return order_annual_status(viewer=secretariat, year=day.year, day=day, request_key=uuid4())


def finish_edition(status: AnnualStatus) -> None:
    """Do what its job does, but for the drawing of the PDF."""
    facts = count_year(Scope(status.year, now()), lambda done, total, label: None)
    freeze_figures(status.pk, to_json(facts))
    keep_report(status.pk, store(status.file_name, b"%PDF-1.7", "application/pdf", status.ordered_by))


# --- Taking back ----------------------------------------------------------------------------------------


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is stored meanwhile, after asking the database whether it would have let it stand."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)
