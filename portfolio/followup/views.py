"""The tab »Opfølgning«: what came of the agreement, the form of a follow-up, and a party's own figures."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.overtaken import go_on_from
from portfolio.followup import actions, queries, reports
from portfolio.followup.forms import FollowUpForm, OwnForm, initial_of, own_initial
from portfolio.followup.rules import NO_FIGURES
from portfolio.models import AgreementParty, FollowUp, PartyOutcome
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import Offer, offers_of

PAGE = ["GET", "HEAD", "POST"]
TAB = "follow_up"
ACTS = ("record_follow_up", "state_own_outcome", "finish_follow_up", "terminate_agreement", "edit_agreement")


@require_safe
def follow_up(request: Request, number: str) -> HttpResponse:
    """Show what was measured each time, what is under way, and when the next follow-up is."""
    case = case_or_404(request, number)
    found = [reports.shown(told) for told in queries.told(case) if told.row.is_recorded]
    draft = queries.draft_told(case)
    context = {
        "found": found,
        "draft": draft.row if draft else None,
        "stated": queries.stated_in(case, draft) if draft else [],
        "due": queries.due_on(case),
        "indicators": queries.indicators_of(case),
        "offers": offers_of(ACTS, case, request.viewer),
        "party_columns": reports.PARTY_COLUMNS,
    }
    return render_case(request, case, TAB, "portfolio/followup/follow_up.html", context)


@require_http_methods(PAGE)
def edit(request: Request, number: str) -> HttpResponse:
    """Write the follow-up; keep a draft, or record it."""
    case = case_or_404(request, number)
    offer = offered(request, case, "record_follow_up")
    draft = queries.draft_told(case)
    form = form_of(request.POST or None, case, offer, draft)
    if request.method == "POST" and form.is_valid():
        done = kept(request, case, form, offer)
        if done is not None:
            return done
    stated = reports.party_rows(draft.outcomes) if draft else []
    context = {"form": form, "stated": stated, "party_columns": reports.PARTY_COLUMNS}
    return render_case(request, case, TAB, "portfolio/followup/edit.html", context)


def form_of(data: QueryDict | None, case: TransferCase, offer: Offer, draft: queries.Told | None) -> FollowUpForm:
    """Return the form, with the draft where there is one."""
    initial = initial_of(draft.row, draft.measured) if draft else initial_of(None, {})
    return FollowUpForm(
        data, initial=initial, seen=case.version, indicators=queries.indicators_of(case), capacities=offer.capacities,
        definition=queries.wording_of(draft.row if draft else None),
    )  # fmt: skip


def kept(request: Request, case: TransferCase, form: FollowUpForm, offer: Offer) -> HttpResponse | None:
    """Save the draft of a valid form, and record it when that was asked for and nothing is missing."""
    saved = save(request, case, form, offer)
    if saved is None:
        return None
    if "save" in request.POST:
        messages.success(request, "Kladden er gemt. Den er ikke registreret endnu.")
        return redirect("portfolio:follow_up", case.number)
    go_on_from(form, {"revision": saved.revision})
    if form.require_whole() and recorded(request, case, form, saved):
        messages.success(request, "Opfølgningen er registreret.")
        return redirect("portfolio:follow_up", case.number)
    return None


def save(request: Request, case: TransferCase, form: FollowUpForm, offer: Offer) -> FollowUp | None:
    """Save the draft; None when it was refused, with what another saved meanwhile beside the form's own."""

    def act() -> FollowUp:
        return actions.save_follow_up(
            case=case, viewer=request.viewer, values=form.values, measured=form.measured,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip

    def newest() -> tuple[FollowUpForm, FollowUp | None]:
        queries.forget(case)
        draft = queries.draft_told(case)
        return form_of(None, case, offer, draft), draft.row if draft else None

    return attempt(form, act, newest)


def recorded(request: Request, case: TransferCase, form: FollowUpForm, draft: FollowUp) -> FollowUp | None:
    """Record the draft that was just saved; None when it was refused."""
    return attempt(
        form,
        lambda: actions.record_follow_up(
            case=case, viewer=request.viewer, seen=form.cleaned_data["seen"], revision=draft.revision,
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def own(request: Request, number: str) -> HttpResponse:
    """State one's own figures for the follow-up under way."""
    case = case_or_404(request, number)
    offer = offered(request, case, "state_own_outcome")
    draft = queries.draft_told(case)
    party = queries.party_of(case, offer.capacities[0].organisation_id)
    if party is None:
        raise PermissionDenied(NO_FIGURES)
    form = own_form(request.POST or None, case, offer, party, draft)
    if request.method == "POST" and form.is_valid() and stated_own(request, case, form, offer, party):
        messages.success(request, "Jeres tal er gemt. De indgår, når opfølgningen bliver registreret.")
        return redirect("portfolio:follow_up", number)
    return render_case(request, case, TAB, "portfolio/followup/own.html", {"form": form, "party": party})


def own_form(
    data: QueryDict | None, case: TransferCase, offer: Offer, party: AgreementParty, draft: queries.Told | None
) -> OwnForm:
    """Return the form, with what the party has stated so far."""
    stated = draft.outcome_of(party.pk) if draft else None
    definition = queries.wording_of(draft.row if draft else None)
    return OwnForm(
        data, initial=own_initial(stated), capacities=offer.capacities, seen=case.version, definition=definition
    )


def stated_own(
    request: Request, case: TransferCase, form: OwnForm, offer: Offer, party: AgreementParty
) -> PartyOutcome | None:
    """Store the figures as the form says; None when they were refused."""

    def act() -> PartyOutcome:
        return actions.state_own_outcome(
            case=case, viewer=request.viewer, seen=form.cleaned_data["seen"], capacity_id=form.capacity_id,
            revision=form.cleaned_data["revision"], **form.figures,
        )  # fmt: skip

    def newest() -> tuple[OwnForm, PartyOutcome | None]:
        queries.forget(case)
        draft = queries.draft_told(case)
        return own_form(None, case, offer, party, draft), draft.outcome_of(party.pk) if draft else None

    return attempt(form, act, newest)
