"""The list of meetings, one meeting with its agenda, and planning."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from portfolio.meetings import actions, queries, rules
from portfolio.meetings.forms import MeetingForm, initial_of
from portfolio.meetings.reports import Reading, reading_of
from portfolio.meetings.steps import APPROVE, open_steps
from portfolio.meetings.views.shared import ABSENT, PAGE, meeting_or_404, require_planner
from portfolio.models import Meeting, MeetingState
from transfers.looking import shows

PER_PAGE = 25


@require_safe
def meetings(request: Request) -> HttpResponse:
    """List the meetings ahead and those that were held."""
    if not rules.sees_meetings(request.viewer):
        raise Http404(ABSENT)
    page = Paginator(queries.past(request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "upcoming": queries.upcoming(request.viewer), "page": page, "may_plan": bool(rules.plans_for(request.viewer))
    }  # fmt: skip
    return render(request, "portfolio/meetings/list.html", context)


@require_safe
def meeting(request: Request, pk: int) -> HttpResponse:
    """Show a meeting: agenda, participants, minutes, and what the viewer can do."""
    row = meeting_or_404(request, pk)
    viewer = request.viewer
    editable, keeps = rules.may_edit_agenda(row, viewer), rules.may_keep(row.forum_id, viewer)
    reading = reading_of(row, viewer)
    shows(request, reading.case_ids)
    context = {
        "meeting": row,
        "paper": reading,
        "editable": editable,
        "proposals": queries.proposals(row, viewer) if editable else None,
        "keeps": keeps and not row.is_closed and row.state != MeetingState.MINUTES_SENT,
        "notes": keeps and row.has_begun and row.state in (MeetingState.AGENDA_SENT, MeetingState.HELD),
    }
    return render(request, "portfolio/meetings/meeting.html", context | todo_of(request, reading, keeps))


def todo_of(request: Request, reading: Reading, keeps: bool) -> dict[str, Any]:
    """Return the steps open to the viewer, and which thing to do is the likely one."""
    row, approved = reading.meeting, {approval.user_id for approval in reading.approvals}
    steps = open_steps(row, request.viewer)
    steps = [step for step in steps if step.code != APPROVE or request.viewer.user.pk not in approved]
    likely = "attendance" if keeps and row.is_ahead and row.has_begun else ""
    likely = likely or ("minutes" if keeps and row.state == MeetingState.HELD else "")
    first = steps[0].code if steps and not likely and row.state != MeetingState.AGENDA_SENT else ""
    return {"steps": sorted(steps, key=lambda step: step.code != APPROVE), "likely": likely, "first": first}


@require_http_methods(PAGE)
def meeting_add(request: Request) -> HttpResponse:
    """Plan a meeting of one of the forums the viewer plans for."""
    forums = rules.plans_for(request.viewer)
    if not rules.sees_meetings(request.viewer):
        raise Http404(ABSENT)
    if not forums:
        raise PermissionDenied("Kun forummets formand og sekretær samt sekretariatet planlægger møder og dagsordener.")
    form = MeetingForm(request.POST or None, forums=forums)
    if form.is_bound and form.is_valid() and (made := planned(request, form)):
        messages.success(request, "Mødet er planlagt. Sæt punkter på dagsordenen.")
        return redirect(made)
    return render(request, "portfolio/meetings/plan.html", {"form": form})


def planned(request: Request, form: MeetingForm) -> Meeting | None:
    """Plan as the form says; None when it was refused."""
    return attempt(
        form, lambda: actions.plan_meeting(forum=form.chosen_forum, viewer=request.viewer, **form.values)
    )


@require_http_methods(PAGE)
def meeting_edit(request: Request, pk: int) -> HttpResponse:
    """Change time, place and minute taker."""
    row = meeting_or_404(request, pk)
    require_planner(request, row)
    form = change_form(request.POST or None, row)
    if form.is_bound and form.is_valid() and changed(request, row, form):
        messages.success(request, "Mødet er rettet.")
        return redirect(row)
    return render(request, "portfolio/meetings/plan.html", {"form": form, "meeting": row})


def change_form(data: QueryDict | None, row: Meeting) -> MeetingForm:
    """Return the form of a planned meeting."""
    return MeetingForm(
        data, forums=[row.forum], members=list(queries.roster(row)), initial=initial_of(row), revision=row.revision
    )


def changed(request: Request, row: Meeting, form: MeetingForm) -> Meeting | None:
    """Change as the form says; None when it was refused."""

    def act() -> Meeting:
        return actions.change_meeting(meeting=row, viewer=request.viewer, revision=form.seen, **form.values)

    def newest() -> tuple[MeetingForm, Meeting]:
        row.refresh_from_db()
        return change_form(None, row), row

    return attempt(form, act, newest)
