"""The tab »Parter og svar«: the consequence matrix, the proposed goals and the comments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.forms import attempt
from dialogue.goals.queries import goal_rows, newest_version, proposed_in_basis
from dialogue.models import Comment
from dialogue.responses import actions
from dialogue.responses.forms import CommentForm
from dialogue.responses.queries import PartyStanding, Thread, standing, threads
from dialogue.responses.reports import matrix, position_counts
from dialogue.responses.rules import answered_by
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case
from transfers.rules import Offer, offers_of

HERE = (
    "respond", "reaffirm_response", "comment", "add_party", "extend_deadline", "close_dialogue", "edit_goals",
    "mark_goal",
)  # fmt: skip
CONTACTS = ("close_dialogue", "add_party", "extend_deadline")
PAGE = ["GET", "HEAD", "POST"]
TAB = "parties"


def whole(text: str | None) -> int | None:
    """Return a number from the address, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


@require_http_methods(PAGE)
def parties(request: Request, number: str) -> HttpResponse:
    """Show who has answered what, and the comments; take a new comment."""
    case = case_or_404(request, number)
    offers = offers_of(HERE, case, request.viewer)
    found = threads(case, request.viewer)
    form = comment_form(request, case, offers, found) if "comment" in offers else None
    if form and request.method == "POST" and form.is_valid() and commented(request, case, form):
        messages.success(request, "Kommentaren er gemt.")
        return redirect("dialogue:parties", number)
    page = {"form": form, "threads": found, "offers": offers} | shown(request, case)
    page["buttons"] = buttons(offers, page["unanswered"])
    return render_case(request, case, TAB, "dialogue/responses/parties.html", page)


def shown(request: Request, case: TransferCase) -> dict[str, Any]:
    """Return what the page tells of the parties."""
    now = standing(case)
    rows = matrix(case, now)
    mine = answered_by(now, request.viewer)
    return {
        "rows": rows,
        "standing": now,
        "counts": position_counts(now),
        "goals": [(row.standing.organisation, row.goals) for row in rows if row.goals],
        "proposed_goals": proposed_in_basis(case),
        "goal_rows": goal_rows(case, [row.party for row in now.rows]),
        "goals_version": newest_version(case) if case.dialogue_closed_at else None,
        "unanswered": [row for row in mine if row.version is None],
        "older": [row for row in mine if row.is_older],
    }


def buttons(offers: dict[str, Offer], unanswered: list[PartyStanding]) -> list[dict[str, Any]]:
    """Return what the viewer can do about the parties: answer first, then close, add and extend."""
    found: list[dict[str, Any]] = []
    if "respond" in offers:
        url = offers["respond"].url
        found += [
            {"label": f"Svar for {row.organisation}", "url": f"{url}?part={row.party.pk}", "primary": True}
            for row in unanswered
        ]
    allowed = [offers[code] for code in CONTACTS if code in offers and offers[code].allowed]
    return found + [{"label": o.act.label, "url": o.url, "primary": o.act.primary} for o in allowed]


def comment_form(
    request: Request, case: TransferCase, offers: dict[str, Offer], found: list[Thread]
) -> CommentForm:
    """Return the form for a comment; with ?svar=<id> of a thread the viewer reads, for an answer in it."""
    asked = whole(request.POST.get("reply_to") or request.GET.get("svar"))
    thread = next((t.first for t in found if t.first.pk == asked), None)
    newest = max((comment.pk for t in found for comment in (t.first, *t.replies)), default=0)
    return CommentForm(
        request.POST or None, capacities=offers["comment"].capacities, seen=case.version, thread=thread, newest=newest
    )


def commented(request: Request, case: TransferCase, form: CommentForm) -> Comment | None:
    """Write the comment of the form; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.write_comment(
            case=case, viewer=request.viewer, text=data["text"], audience=form.readers,
            reply_to=data["reply_to"], after=data["after"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
