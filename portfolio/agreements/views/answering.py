"""The parties' pages: answer a version, report ready, leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from contacts.models import Membership
from contacts.naming import named
from core.forms import attempt
from dialogue.basis.findings import changes
from portfolio.agreements import actions, queries
from portfolio.agreements.forms import AnswerForm, LeaveForm, ReadyForm
from portfolio.agreements.notice import earliest_leaving
from portfolio.agreements.queries import Issued, PartyStanding, written
from portfolio.agreements.views.reading import TAB, document
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case, turn_away
from transfers.rules import Offer, offers_of

PAGE = ["GET", "HEAD", "POST"]
ANSWERS = ("confirm_agreement", "await_political", "decline_agreement")
SAID = {
    "confirm_agreement": "I har bekræftet aftalen.",
    "await_political": "De andre parter kan se, hvornår sagen ventes behandlet hos jer.",
    "decline_agreement": "Det er noteret, at I ikke tiltræder. Porteføljestyregruppen får en orientering.",
}


def of_one_party(
    request: Request, case: TransferCase, able: Sequence[Membership]
) -> tuple[PartyStanding, list[Membership]]:
    """Return the party the page is about, and the memberships by which the viewer acts for it.

    Who acts for several organisations names one in the address (»?part=«, the organisation's key).
    """
    wanted = request.GET.get("part", "")
    chosen = next((m.organisation_id for m in able if str(m.organisation_id) == wanted), able[0].organisation_id)
    row = written(case).of(chosen)
    if row is None:
        raise PermissionDenied("Jeres organisation er ikke part i aftalen.")
    return row, [m for m in able if m.organisation_id == chosen]


@require_http_methods(PAGE)
def answer(request: Request, number: str) -> HttpResponse:
    """Show the exact text with its checksum, ask once, and keep the answer."""
    case = case_or_404(request, number)
    offers = offers_of(ANSWERS, case, request.viewer)
    issued = written(case).issued
    if not offers or issued is None:
        text = "Kun organisationens egen aftalebemyndigede svarer på aftalen, når den er sendt ud."
        turn_away(request, case, ANSWERS, text)
    row, able = of_one_party(request, case, next(iter(offers.values())).capacities)
    form = answer_form(request, case, offers, able, issued)
    if request.method == "POST" and form.is_valid() and answered(request, case, form):
        messages.success(request, named(SAID[form.cleaned_data["kind"]]))
        return redirect("portfolio:agreement", number)
    earlier = held_text(case, request, row)
    context = {
        "form": form, "row": row, "issued": issued, "earlier": earlier,
        "parts": document(issued.content, case, request.viewer, is_draft=False),
        "changes": changes(earlier.content, issued.content) if earlier else [],
    }  # fmt: skip
    return render_case(request, case, TAB, "portfolio/agreements/answer.html", context)


def answer_form(
    request: Request, case: TransferCase, offers: dict[str, Offer], able: Sequence[Membership], issued: Issued
) -> AnswerForm:
    """Return the form with the answers that are open to this party."""
    open_ones = [offer.act for offer in offers.values() if set(able) & set(offer.capacities)]
    return AnswerForm(
        request.POST or None, acts=open_ones, capacities=able, seen=case.version, initial={"sha256": issued.sha256}
    )


def held_text(case: TransferCase, request: Request, row: PartyStanding) -> Any:
    """Return the version that holds for the party now, to compare with; None before the first."""
    number = row.row.holds_version
    return queries.version_numbered(case, request.viewer, number) if number else None


def answered(request: Request, case: TransferCase, form: AnswerForm) -> Any:
    """Keep the answer; None when it was refused."""
    data = form.cleaned_data
    common: dict[str, Any] = {
        "case": case, "viewer": request.viewer, "sha256": data["sha256"], "capacity_id": capacity(form)
    }  # fmt: skip
    match data["kind"]:
        case "await_political":
            return attempt(form, lambda: actions.await_political(**common, until=data["until"]))
        case "decline_agreement":
            return attempt(form, lambda: actions.decline_agreement(**common, reason=data["reason"]))
    return attempt(form, lambda: actions.confirm_agreement(**common))


def capacity(form: Any) -> int | None:
    """Return the membership chosen, or the only one of the party the page is about."""
    chosen: int | None = form.capacity_id or form.only_capacity
    return chosen


@require_http_methods(PAGE)
def ready(request: Request, number: str) -> HttpResponse:
    """Ask since when each item is in place; when nothing is missing the agreement goes live for the party."""
    case = case_or_404(request, number)
    offer = offered(request, case, "report_ready")
    row, able = of_one_party(request, case, offer.capacities)
    stored: dict[str, date] = {report["item"]: report["ready_on"] for report in row.ready}
    form = ReadyForm(request.POST or None, items=row.needs, stored=stored, capacities=able, seen=case.version)
    if request.method == "POST" and form.is_valid():
        party = attempt(
            form,
            lambda: actions.report_ready(
                case=case, viewer=request.viewer, items=form.reported, capacity_id=capacity(form)
            ),
        )
        if party is not None:
            since = f" Aftalen gælder for jer fra {party.live_from:%d.%m.%Y}." if party.live_from else ""
            messages.success(request, f"Klarmeldingen er gemt.{since}")
            return redirect("portfolio:agreement", number)
    context = {"form": form, "row": row, "offer": offer, "issued": written(case).issued}
    return render_case(request, case, TAB, "portfolio/agreements/ready.html", context)


@require_http_methods(PAGE)
def leave(request: Request, number: str) -> HttpResponse:
    """Take a party's notice: when it leaves, how the task is taken back, whether the others go on."""
    case = case_or_404(request, number)
    offer = offered(request, case, "leave_agreement")
    row, able = of_one_party(request, case, offer.capacities)
    earliest = earliest_leaving(written(case), row.row)
    form = LeaveForm(
        request.POST or None, capacities=able, seen=case.version, initial={"effective_on": earliest}
    )
    if request.method == "POST" and form.is_valid() and left(request, case, form):
        messages.success(request, named("Udtræden er varslet. Parterne og Porteføljestyregruppen får besked."))
        return redirect("portfolio:agreement", number)
    context = {"form": form, "row": row, "offer": offer, "earliest": earliest}
    return render_case(request, case, TAB, "portfolio/agreements/leave.html", context)


def left(request: Request, case: TransferCase, form: LeaveForm) -> Any:
    """Give notice as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.leave_agreement(
            case=case, viewer=request.viewer, effective_on=data["effective_on"], plan=data["plan"],
            others_go_on=data["others_go_on"], reason=data["reason"], seen=data["seen"], capacity_id=capacity(form),
        ),
    )  # fmt: skip
