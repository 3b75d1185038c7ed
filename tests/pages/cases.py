"""Cases in every state a page asks about, and editions of the annual status."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.utils.timezone import localdate, now

from core.enums import JobState
from core.files import store
from core.models import Job
from dialogue.basis.queries import forget
from dialogue.responses.queries import forget as forget_parties
from portfolio.annual.actions import freeze_figures, keep_report, order_annual_status
from portfolio.annual.queries import Scope
from portfolio.annual.reports import count_year, to_json
from portfolio.decisions.actions import save_decision
from portfolio.models import AnnualStatus
from tests import scenario
from tests.transfers.acts import new_version
from tests.world import World, draft_case, screened_case
from transfers.models import TransferCase


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
    save_decision(
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


def make_editions(world: World) -> dict[str, AnnualStatus]:
    """One edition that is being made, one whose job failed, and, the newest, one with its report."""
    editions = {name: ordered(world) for name in ("waiting", "failed", "made")}
    finish_edition(editions["made"])
    job = editions["failed"].job
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Der opstod en fejl.")
    return editions


def ordered(world: World) -> AnnualStatus:
    """Order the next edition of this year."""
    secretariat, today = world.viewer("secretariat"), localdate()
    return order_annual_status(viewer=secretariat, year=today.year, day=today, request_key=uuid4())


def finish_edition(status: AnnualStatus) -> None:
    """Do what its job does, but for the drawing of the PDF."""
    facts = count_year(Scope(status.year, now()), lambda done, total, label: None)
    freeze_figures(status.pk, to_json(facts))
    keep_report(status.pk, store(status.file_name, b"%PDF-1.7", "application/pdf", status.ordered_by))
