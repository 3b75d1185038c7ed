"""The tab «Parter og svar» with the comments, and the contact person's pages: open, add a party, extend."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from contacts.models import Organisation
from dialogue.basis.queries import candidates
from dialogue.models import Comment
from dialogue.responses import actions
from dialogue.responses.forms import AddPartyForm, CommentForm, ExtendForm, OpenForm
from dialogue.responses.queries import Thread, not_yet_parties, preselected, standing, threads, with_contact
from dialogue.responses.reports import matrix, position_counts, proposed_goals
from dialogue.responses.rules import answered_by, offers_of
from transfers.models import Party, TransferCase
from transfers.pages import attempt, case_or_404, offered, render_case

HERE = ("respond", "reaffirm_response", "comment", "add_party", "extend_deadline", "close_dialogue")
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
        "proposed_goals": proposed_goals(case),
        "mine": {row.party.pk for row in mine},
        "unanswered": [row for row in mine if row.version is None],
        "older": [row for row in mine if row.is_older],
    }


def comment_form(
    request: Request, case: TransferCase, offers: dict[str, Any], found: list[Thread]
) -> CommentForm:
    """Return the form for a comment; with ?svar=<id> of a thread the viewer reads, for an answer in it."""
    asked = whole(request.POST.get("reply_to") or request.GET.get("svar"))
    thread = next((t.first for t in found if t.first.pk == asked), None)
    return CommentForm(
        request.POST or None, capacities=offers["comment"].capacities, seen=case.version, thread=thread
    )


def commented(request: Request, case: TransferCase, form: CommentForm) -> Comment | None:
    """Write the comment of the form; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.write_comment(
            case=case, viewer=request.viewer, text=data["text"], audience=form.readers,
            reply_to=data["reply_to"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def open_dialogue(request: Request, number: str) -> HttpResponse:
    """Confirm the affected parties, set the deadline and open the dialogue (rule 4)."""
    case = case_or_404(request, number)
    offer = offered(request, case, "open_dialogue")
    organisations = list(candidates(case))
    reachable = with_contact(organisations)
    form = OpenForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, organisations=organisations,
        chosen=preselected(case), reachable=reachable,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and opened(request, case, form, organisations):
        messages.success(request, f"Dialogen er åbnet. {len(standing(case).rows)} parter har fået besked.")
        return redirect("dialogue:parties", number)
    unreachable = ", ".join(o.name for o in organisations if o.pk not in reachable)
    page = {"form": form, "offer": offer, "unreachable": unreachable}
    return render_case(request, case, "", "dialogue/responses/open.html", page)


def opened(
    request: Request, case: TransferCase, form: OpenForm, organisations: list[Organisation]
) -> TransferCase | None:
    """Open the dialogue as the form says; None when that was refused."""
    data = form.cleaned_data
    asked = [organisation for organisation in organisations if organisation.pk in data["parties"]]
    return attempt(
        form,
        lambda: actions.open_dialogue(
            case=case, viewer=request.viewer, organisations=asked, deadline=data["deadline"],
            seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def add_party(request: Request, number: str) -> HttpResponse:
    """Ask one more organisation, with a deadline of its own."""
    case = case_or_404(request, number)
    offer = offered(request, case, "add_party")
    organisations = list(not_yet_parties(case))
    form = AddPartyForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, organisations=organisations,
        reachable=with_contact(organisations),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and (party := added(request, case, form, organisations)):
        messages.success(request, f"{party} er nu part i sagen og har fået besked.")
        return redirect("dialogue:parties", number)
    page = {"form": form, "offer": offer}
    return render_case(request, case, TAB, "dialogue/responses/add_party.html", page)


def added(
    request: Request, case: TransferCase, form: AddPartyForm, organisations: list[Organisation]
) -> Party | None:
    """Add the party of the form; None when that was refused."""
    data = form.cleaned_data
    chosen = next(o for o in organisations if o.pk == data["organisation"])
    return attempt(
        form,
        lambda: actions.add_party(
            case=case, viewer=request.viewer, organisation=chosen, deadline=data["deadline"],
            seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def extend(request: Request, number: str) -> HttpResponse:
    """Give one, some or all parties a later deadline, with a reason; ?part=<id> chooses one."""
    case = case_or_404(request, number)
    offer = offered(request, case, "extend_deadline")
    now = standing(case)
    asked = whole(request.GET.get("part"))
    chosen = {asked} if asked else {row.party.pk for row in now.missing}
    form = ExtendForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, rows=now.rows, chosen=chosen
    )
    if request.method == "POST" and form.is_valid() and extended(request, case, form):
        messages.success(request, "Fristen er forlænget, og parterne har fået besked.")
        return redirect("dialogue:parties", number)
    return render_case(request, case, TAB, "dialogue/responses/extend.html", {"form": form, "offer": offer})


def extended(request: Request, case: TransferCase, form: ExtendForm) -> TransferCase | None:
    """Extend as the form says; None when that was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.extend_deadline(
            case=case, viewer=request.viewer, party_ids=data["parties"], deadline=data["deadline"],
            reason=data["reason"], seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
