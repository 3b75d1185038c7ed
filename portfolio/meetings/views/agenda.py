"""The agenda: items added, written, moved, taken off; what waits is taken up with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.http import Request
from core.forms import attempt
from portfolio.meetings import actions, queries
from portfolio.meetings.forms import ItemForm, initial_of_item
from portfolio.meetings.views.shared import ABSENT, PAGE, meeting_or_404, require_planner, told
from portfolio.models import AgendaItem, Meeting
from transfers.looking import shows


def item_or_404(request: Request, meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item of the meeting; another's and a missing one raise the same Http404."""
    found = queries.item_at(meeting, request.viewer, pk)
    if found is None:
        raise Http404(ABSENT)
    return found


@require_http_methods(PAGE)
def item_add(request: Request, pk: int) -> HttpResponse:
    """Add an item that is not about a case."""
    meeting = meeting_or_404(request, pk)
    require_planner(request, meeting)
    form = ItemForm(request.POST or None)
    if form.is_bound and form.is_valid() and added(request, meeting, form):
        messages.success(request, "Punktet står på dagsordenen.")
        return redirect(meeting)
    return render(request, "portfolio/meetings/item_edit.html", {"form": form, "meeting": meeting})


def added(request: Request, meeting: Meeting, form: ItemForm) -> AgendaItem | None:
    """Add as the form says; None when it was refused."""
    return attempt(form, lambda: actions.add_matter(meeting=meeting, viewer=request.viewer, **form.values))


@require_http_methods(PAGE)
def item_edit(request: Request, pk: int, item: int) -> HttpResponse:
    """Write an item: resumé, sagsfremstilling, indstilling, whether it is closed."""
    meeting = meeting_or_404(request, pk)
    row = item_or_404(request, meeting, item)
    require_planner(request, meeting)
    shows(request, [row.case_id])
    form = ItemForm(request.POST or None, item=row, initial=initial_of_item(row), revision=row.revision)
    if form.is_bound and form.is_valid() and written(request, row, form):
        messages.success(request, "Punktet er gemt.")
        return redirect(meeting)
    return render(request, "portfolio/meetings/item_edit.html", {"form": form, "meeting": meeting, "item": row})


def written(request: Request, row: AgendaItem, form: ItemForm) -> AgendaItem | None:
    """Write as the form says; None when it was refused."""

    def act() -> AgendaItem:
        return actions.change_item(item=row, viewer=request.viewer, revision=form.seen, **form.values)

    def newest() -> tuple[ItemForm, AgendaItem]:
        row.refresh_from_db()
        return ItemForm(None, item=row, initial=initial_of_item(row), revision=row.revision), row

    return attempt(form, act, newest)


@require_POST
def item_move(request: Request, pk: int, item: int) -> HttpResponse:
    """Move an item up or down, or take it off the agenda."""
    meeting = meeting_or_404(request, pk)
    row = item_or_404(request, meeting, item)
    if "remove" in request.POST:
        told(request, lambda: actions.remove_item(item=row, viewer=request.viewer), "Punktet er taget af dagsordenen.")
    else:
        up = "up" in request.POST
        told(request, lambda: actions.move_item(item=row, viewer=request.viewer, up=up), "Punktet er flyttet.")
    return redirect(meeting)


@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    """Put a case or an orientation that waits for the forum on the agenda."""
    meeting = meeting_or_404(request, pk)
    waits = queries.proposals(meeting, request.viewer)
    case = next((c for c in waits.cases if c.number == request.POST.get("case")), None)
    orientation = next((o for o in waits.orientations if str(o.pk) == request.POST.get("orientation")), None)
    if case is None and orientation is None:
        messages.info(request, "Det står allerede på en dagsorden eller venter ikke længere på forummet.")
        return redirect(meeting)
    told(
        request,
        lambda: actions.take_up(meeting=meeting, viewer=request.viewer, case=case, orientation=orientation),
        "Punktet står på dagsordenen.",
    )
    return redirect(meeting)
