"""Cases in every state a page asks about, meetings, and editions of the annual status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from core.enums import JobState
from core.files import store
from core.models import Job
from core.patients import FEW_PATIENTS
from dialogue.attachments.actions import add_attachment
from dialogue.basis.queries import forget
from dialogue.models import UnannouncedTransfer
from dialogue.reports.actions import answer_report, report_transfer
from dialogue.responses.queries import forget as forget_parties
from portfolio.annual.actions import freeze_figures, keep_report, open_survey, order_annual_status
from portfolio.annual.queries import Scope
from portfolio.annual.reports import count_year, to_json
from portfolio.decisions.actions import save_decision
from portfolio.followup.actions import state_own_outcome
from portfolio.meetings.actions import add_matter, approve_minutes, send_minutes, take_up
from portfolio.models import (
    ActionPlanDecision,
    AnnualAdoption,
    AnnualStatus,
    AnnualSubmission,
    Meeting,
    Orientation,
)
from portfolio.procedures.actions import cast_vote, open_vote
from tests import scenario
from tests.portfolio.gatherings import held, planned
from tests.transfers.acts import close, mark_goal, new_version, proposed
from tests.world import World, draft_case, screened_case
from transfers.actions import conclude_screening
from transfers.models import Party, TransferCase


def closing_case(world: World) -> TransferCase:
    """The dialogue is closed with shared goals and the mini-MTV done: every forum can be chosen."""
    case = scenario.answered_case(world)
    mark_goal(world, case, world.viewer("aalborg_contact"))
    close(world, case, world.viewer("contact"))
    scenario.fill_mini_mtv(world, case)
    return case


def revised_case(world: World) -> TransferCase:
    """In dialogue; all have answered, a new version of the dialoggrundlag was sent since, and there are goals."""
    case = scenario.answered_case(world)
    new_version(world, case, world.viewer("leader"))
    mark_goal(world, case, world.viewer("aalborg_contact"))
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
    """Waits for the contact person to sign off a mini-MTV that is filled in; Aalborg's colleague has written along."""
    case = scenario.co_written(world, scenario.mini_mtv_case(world), "aalborg_colleague")
    scenario.fill_mini_mtv(world, case, sign=False)
    return case


def merging_case(world: World) -> TransferCase:
    """A draft that is proposed to be merged into another case of the same department."""
    case = draft_case(world)
    proposed(world, case, world.viewer("leader"))
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


def consulted_case(world: World) -> TransferCase:
    """In samarbejdsforum; another hospital's forum is asked for its opinion."""
    return scenario.consulted(world, scenario.local_forum_case(world))


def voting_case(world: World) -> TransferCase:
    """In Porteføljestyregruppen, in written procedure; the chair has voted."""
    case = scenario.portfolio_case(world)
    deadline = localdate() + timedelta(days=10)
    open_vote(case=case, viewer=world.viewer("psg_secretary"), recommendation="Godkend sagen.", deadline=deadline)
    cast_vote(case=case, viewer=world.viewer("psg_chair"), choice="for")
    return case


def rejected_case(world: World) -> TransferCase:
    """Closed, because Porteføljestyregruppen did not approve it."""
    case = scenario.portfolio_case(world)
    scenario.decide(world, case, "reject")
    return case


def not_needed_case(world: World) -> TransferCase:
    """Closed after a yes, because the leader saw no need of a dialoggrundlag."""
    case = screened_case(world, needs_basis=False, not_needed_reason="Drøftet på et møde.")
    return conclude_screening(case=case, viewer=world.viewer("leader"))


def written_agreement(world: World) -> TransferCase:
    """Approved; the agreement is written and not sent out."""
    case = scenario.agreement_case(world)
    scenario.fill_agreement(world, case)
    return case


def part_live(world: World) -> TransferCase:
    """The agreement holds for Rebild; Aalborg has confirmed and is not ready; a new version is written."""
    case = scenario.active_case(world, live=["rebild"])
    scenario.fill_agreement(world, case, terms="Andre vilkår.")
    return case


def stopped_case(world: World) -> TransferCase:
    """Stopped in the samarbejdsforum; the Porteføljestyregruppe is to be told."""
    case = scenario.local_forum_case(world)
    scenario.decide(world, case, "local_stop", "local")
    return case


def attached_case(world: World) -> TransferCase:
    """In dialogue; a file hangs on the changed dialoggrundlag, and one on a party's response."""
    case = scenario.dialogue_case(world)
    for role, key in (("leader", ""), ("aalborg_contact", "aalborg")):
        party = Party.unscoped.filter(case=case, organisation=world.organisations.get(key)).first()
        upload = SimpleUploadedFile("Vejledning.txt", b"Se trin 2.")
        add_attachment(case=case, viewer=world.viewer(role), party=party, upload=upload)
    fresh(case)
    return case


def fresh(case: TransferCase) -> None:
    """Drop what the case remembers."""
    forget(case)
    forget_parties(case)


def followed_case(world: World) -> TransferCase:
    """Followed up once; the next follow-up is under way."""
    case = scenario.active_case(world)
    scenario.follow_up(world, case)
    state_own_outcome(case=case, viewer=world.viewer("aalborg_contact"), economy_known="not_yet", note="Afventer.")
    return case


CASES: dict[str, Callable[[World], TransferCase]] = {
    "attached": attached_case,
    "screening": screened_case,
    "draft": draft_case,
    "complete": complete_draft,
    "merging": merging_case,
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
    "written": written_agreement,
    "issued": scenario.issued_case,
    "active": part_live,
    "followed": followed_case,
    "closed": scenario.withdrawn_case,
    "consulted": consulted_case,
    "voting": voting_case,
    "rejected": rejected_case,
    "not_needed": not_needed_case,
    "stopped": stopped_case,
}


# --- Opgaveglidning -------------------------------------------------------------------------------------


def make_reports(world: World) -> dict[str, UnannouncedTransfer]:
    """A new report about the hospital, and one that is answered."""
    reports = {name: make_report(world) for name in ("new", "answered")}
    answer_report(report=reports["answered"], viewer=world.viewer("contact"), text="Vi taler med afdelingen.")
    return reports


def make_report(world: World) -> UnannouncedTransfer:
    """A report of Aalborg Kommune about the hospital."""
    viewer = world.viewer("aalborg_colleague")
    return report_transfer(
        viewer=viewer, membership=viewer.memberships[0], responsible=world.organisations["hospital"],
        title="Sårskift", what_moved="Sårskift er flyttet.", consequences="Flere besøg.", patients=FEW_PATIENTS,
    )  # fmt: skip


# --- Meetings -------------------------------------------------------------------------------------------


def make_meetings(world: World, cases: dict[str, TransferCase]) -> dict[str, Meeting]:
    """One meeting of the Porteføljestyregruppe in each state; the one ahead has everything on its agenda."""
    found = {name: held(world, cases["portfolio"], earlier=hours) for hours, name in enumerate(("minutes", "approved"))}
    for name, meeting in found.items():
        send_minutes(meeting=meeting, viewer=world.viewer("psg_secretary"))
        for role in ("psg_chair", "psg_member") if name == "approved" else ():
            approve_minutes(meeting=meeting, viewer=world.viewer(role))
    orientation = Orientation.unscoped.get(case=cases["stopped"])
    found["held"] = held(world, cases["portfolio"], orientation=orientation, earlier=2)
    found["planned"] = planned(world)
    take_up(meeting=found["planned"], viewer=world.viewer("psg_secretary"), case=cases["portfolio"])
    add_matter(meeting=found["planned"], viewer=world.viewer("psg_secretary"), title="Mødeplan for næste år")
    return found


# --- Annual status --------------------------------------------------------------------------------------


def make_editions(world: World) -> dict[str, AnnualStatus]:
    """One edition that is being made, one whose job failed, and, the newest, one with its report."""
    editions = {name: ordered(world) for name in ("waiting", "failed", "made")}
    finish_edition(editions["made"])
    job = editions["failed"].job
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Der opstod en fejl.")
    open_survey(
        viewer=world.viewer("secretariat"), year=localdate().year, closes_on=localdate(), questions=["Det er let."]
    )
    return editions | earlier_editions(world, editions["made"])


def earlier_editions(world: World, made: AnnualStatus) -> dict[str, AnnualStatus]:
    """An edition in each of the years before: one that is sent, one that is adopted, one that DAS has decided on."""
    sent, drafts = issued(made, 1), [issued(made, 2), issued(made, 3)]
    for draft in (sent, *drafts):
        AnnualSubmission.objects.create(status=draft, sent_by=world.users["secretariat"])
    adopted, first = (issued(made, back, adoption=adoption_of(world, draft)) for back, draft in enumerate(drafts, 2))
    decision = ActionPlanDecision.objects.create(
        status=first, forum=world.forums["das"], update_plan=True, text="Den opdateres.", decided_on=localdate(),
        registered_by=world.users["das_chair"],
    )  # fmt: skip
    decided = issued(made, 3, adoption=first.adoption, plan_decision=decision)
    return {"sent": sent, "adopted": adopted, "decided": decided}


def issued(made: AnnualStatus, back: int, **how: Any) -> AnnualStatus:
    """A copy of a finished edition as the next one of an earlier year."""
    row = AnnualStatus.objects.get(pk=made.pk)
    row.year = row.year - back
    row.pk, row.request_key, row.job = None, uuid4(), None
    row.edition = AnnualStatus.objects.filter(year=row.year).count() + 1
    for name, value in how.items():
        setattr(row, name, value)
    row.state = row.kind
    row._state.adding = True
    row.save()
    return row


def adoption_of(world: World, draft: AnnualStatus) -> AnnualAdoption:
    """The adoption of a draft."""
    return AnnualAdoption.objects.create(
        status=draft, forum=world.forums["psg"], adopted_on=localdate(), text="Vedtaget.",
        registered_by=world.users["psg_chair"],
    )  # fmt: skip


def ordered(world: World) -> AnnualStatus:
    """Order the next edition of this year."""
    secretariat, today = world.viewer("secretariat"), localdate()
    return order_annual_status(viewer=secretariat, year=today.year, day=today, request_key=uuid4())


def finish_edition(status: AnnualStatus) -> None:
    """Do what its job does, but for the drawing of the files."""
    facts = count_year(Scope(status.year, now()), lambda done, total, label: None)
    freeze_figures(status.pk, to_json(facts))
    names = [status.file_name(ending, public=public) for ending in ("pdf", "xlsx") for public in (False, True)]
    keep_report(status.pk, {name: store(name, b"%PDF-1.7", "application/pdf", status.ordered_by) for name in names})
