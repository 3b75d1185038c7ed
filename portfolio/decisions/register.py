"""What the decisions bring to the case page, the history and Mine opgaver."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from contacts.viewer import Viewer
from dialogue.responses.queries import standing
from dialogue.responses.waiting import named
from portfolio.decisions import requirements  # noqa: F401 – registers the checks
from portfolio.models import Decision, DecisionState
from portfolio.models.decision import RECORDERS
from transfers import history
from transfers.enums import Result, Stage
from transfers.models import TransferCase
from transfers.rooms import CaseTodo, Tab, Todo, Waiting, add_tab, case_todo, waiting_in

DECIDED = {"decision": int, "procedure": str, "forum": int}
history.declare("local_pursue", "Besluttede at gå videre til Porteføljestyregruppen", DECIDED)
history.declare("local_stop", "Besluttede, at der ikke er grundlag for at arbejde videre", DECIDED)
history.declare("local_agree", "Besluttede, at der kan indgås aftale i samarbejdsforummet", DECIDED)
history.declare("approve", "Godkendte opgaveflytningen", DECIDED)
history.declare("reject", "Godkendte ikke opgaveflytningen", DECIDED)
history.declare("return_to_dialogue", "Sendte sagen tilbage til dialog", DECIDED)
history.declare("return_to_mini_mtv", "Sendte sagen tilbage til mini-MTV", DECIDED)
history.declare("send_to_local_forum", "Sendte sagen til samarbejdsforum", DECIDED)
history.declare("escalate", "Forelagde sagen for Den Administrative Styregruppe", DECIDED)
history.declare("return_to_portfolio", "Sendte sagen tilbage til Porteføljestyregruppen", DECIDED)
history.declare("adjourn", "Udsatte sagen", DECIDED)
history.declare("take_up_again", "Besluttede at tage sagen op igen", DECIDED)
history.declare("decision_corrected", "Rettede en beslutning med en ny", {"decision": int, "corrects": int})

AFTERWARDS: dict[str, str] = {
    Stage.LOCAL_FORUM: "Forummet afklarer, om der er grundlag for at gå videre til Porteføljestyregruppen.",
    Stage.PORTFOLIO: "Bliver opgaveflytningen godkendt, indgår parterne en aftale.",
    Stage.ADMINISTRATIVE: "Bliver opgaveflytningen godkendt, indgår parterne en aftale.",
}


def may_be_treated(case: TransferCase, viewer: Viewer) -> bool:
    """Whether the case has come so far that a forum may have it."""
    return case.is_past_draft


add_tab(Tab("treatment", 50, "portfolio:treatment", lambda case, viewer: "Behandling", may_be_treated))


def decisions_to_record(viewer: Viewer) -> Q | None:
    """Cases before a forum whose chair or secretary the viewer is."""
    held = [m.forum_id for m in viewer.holding(RECORDERS)]
    return Q(current_forum__in=held) if held else None


def decided_so_far(viewer: Viewer) -> dict[str, Any]:
    """Whether the forum has a draft, and by when it has asked for something more."""
    within = Decision.unscoped.filter(case=OuterRef("pk"), placement__ended_at__isnull=True)
    newest = within.filter(state=DecisionState.PUBLISHED).order_by("-published_at")
    return {
        "has_draft": Exists(within.filter(state=DecisionState.DRAFT)),
        "asked_by": Subquery(newest.values("asked_by_deadline")[:1], output_field=DateField()),
    }


def todo(case: Any, viewer: Viewer) -> Todo:
    """Return one line; an adjourned case is due when what the forum asked for is."""
    member = viewer.holding(RECORDERS, forum_id=case.current_forum_id)[-1]
    what = "Offentliggør beslutningen – der er en kladde" if case.has_draft else "Registrér beslutning"
    url = reverse("portfolio:decide", args=[case.number])
    return Todo(case.number, case.title, what, url, "Registrér", str(member), due=case.asked_by)


case_todo(CaseTodo(decisions_to_record, todo, decided_so_far))


@waiting_in(*AFTERWARDS)
def forum_waits(case: TransferCase) -> Waiting:
    """The forum that has the case decides, once parties that were added late have answered (rule 4)."""
    text, late = f"{case.current_forum} behandler sagen.", [r for r in standing(case).rows if r.is_awaited_late()]
    if not late:
        return Waiting(text, afterwards=AFTERWARDS[case.stage])
    due = max(row.party.deadline for row in late)
    return Waiting(f"{text} Forummet venter på svar fra {named(late)}.", due=due, afterwards=AFTERWARDS[case.stage])


@waiting_in(Stage.CLOSED)
def closed_waits(case: TransferCase) -> Waiting:
    """Nothing more happens; who may take the case up again depends on how it ended."""
    again = "Sekretariatet kan genåbne en sag med en begrundelse."
    if case.result == Result.REJECTED:
        again = "Kun en ny beslutning i forummet kan genåbne en sag, der ikke er godkendt."
    return Waiting(f"Sagen er afsluttet: {case.get_result_display()}.", afterwards=again)
