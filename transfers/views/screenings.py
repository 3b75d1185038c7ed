"""Indledende vurdering: the three questions on one page (S1)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.enums import Function
from contacts.http import Request
from core.definitions import current
from core.forms import attempt
from transfers.actions import change_screening, file_screening, may_screen
from transfers.forms import QUESTIONS, ScreeningForm, screening_initial
from transfers.models import Screening, TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import offers_of

CONCLUDE = "afslut"
AFTER_NOT_NEEDED = ("request_reassessment", "note_screening")


@require_http_methods(["GET", "HEAD", "POST"])
def new_screening(request: Request) -> HttpResponse:
    """Start a case with an indledende vurdering; leaders may conclude it at once."""
    memberships = may_screen(request.viewer)
    if not memberships:
        raise PermissionDenied("Kun ledere og medarbejdere kan starte en indledende vurdering.")
    form = ScreeningForm(request.POST or None, definition=current("screening"), memberships=memberships)
    if request.method == "POST" and ready(request, form):
        case = attempt(form, lambda: filed(request, form))
        if case is not None:
            return concluded(request, case)
    return render(request, "transfers/screening.html", page(request, form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_screening(request: Request, number: str) -> HttpResponse:
    """Change or conclude a screening that stands open."""
    case = case_or_404(request, number)
    offered(request, case, "edit_screening")
    form = change_form(request, case, request.POST or None)
    if request.method == "POST" and ready(request, form):
        done = changed(request, case, form)
        if done is not None:
            return concluded(request, done)
    return render(request, "transfers/screening.html", page(request, form) | {"case": case})


@require_safe
def screening(request: Request, number: str) -> HttpResponse:
    """Show what the screening said."""
    case = case_or_404(request, number)
    found = Screening.visible_within(case, request.viewer).first()
    offers = offers_of(AFTER_NOT_NEEDED, case, request.viewer).values()
    context = {"screening": found, "offers": [offer for offer in offers if offer.allowed]}
    return render_case(request, case, "screening", "transfers/screening_tab.html", context)


@require_POST
def meaning(request: Request) -> HttpResponse:
    """Tell at once what the answers mean: a fragment for the page, nothing is stored."""
    answers = [request.POST.get(name) for name in QUESTIONS]
    context = {"duty": "yes" in answers, "all_no": answers == ["no"] * len(QUESTIONS)}
    return render(request, "transfers/screening_meaning.html", context)


def ready(request: Request, form: ScreeningForm) -> bool:
    """Whether the form can be stored; when concluding, whether everything is answered too."""
    return form.is_valid() and (CONCLUDE not in request.POST or form.require_conclusion())


def filed(request: Request, form: ScreeningForm) -> TransferCase:
    """Store a new screening, and conclude it when asked to."""
    member = next(m for m in may_screen(request.viewer) if m.pk == form.cleaned_data["membership"])
    return file_screening(
        viewer=request.viewer, membership=member, case_data=form.case_data, answers=form.answers,
        request_key=form.cleaned_data["request_key"], conclude=CONCLUDE in request.POST,
    )  # fmt: skip


def change_form(request: Request, case: TransferCase, data: QueryDict | None) -> ScreeningForm:
    """Return the form with what is stored."""
    stored = Screening.visible_within(case, request.viewer).get()
    return ScreeningForm(
        data, definition=current("screening", stored.definition_id), memberships=may_screen(request.viewer),
        initial=screening_initial(case, stored),
    )  # fmt: skip


def changed(request: Request, case: TransferCase, form: ScreeningForm) -> TransferCase | None:
    """Store a changed screening, and conclude it when asked to; None when it was refused."""
    concluding = CONCLUDE in request.POST

    def act() -> TransferCase:
        return change_screening(
            case=case, viewer=request.viewer, case_data=form.case_data, answers=form.answers,
            seen=form.cleaned_data["seen"], conclude=concluding,
        )  # fmt: skip

    def newest() -> tuple[ScreeningForm, TransferCase | None]:
        case.refresh_from_db()
        return change_form(request, case, None), None if concluding else case

    return attempt(form, act, newest)


def concluded(request: Request, case: TransferCase) -> HttpResponse:
    """Say what was stored and lead on."""
    messages.success(request, f"Vurderingen er gemt som {case.number}: {case.get_stage_display()}.")
    return redirect(case)


def page(request: Request, form: ScreeningForm) -> dict[str, object]:
    """Return what the screening page shows; only a leader is offered to conclude (S1: nærmeste leder)."""
    return {"form": form, "may_conclude": bool(request.viewer.holding([Function.LEADER]))}
