"""Writing an agreement part by part, a party's own part, and sending it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.models import FormPart
from dialogue.basis.actions import ChangedMeanwhile
from portfolio.agreements import actions
from portfolio.agreements.content import OWN
from portfolio.agreements.findings import holes, silent_parties
from portfolio.agreements.forms import IssueForm, OwnForm, PartForm
from portfolio.agreements.proposals import origins, proposed_values
from portfolio.agreements.queries import Written, forget, written
from portfolio.agreements.rules import own_parties, writes_all, writes_own
from portfolio.agreements.views.reading import TAB, part_url
from portfolio.models import Agreement, AgreementParty, AgreementVersion
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case

PAGE = ["GET", "HEAD", "POST"]
LEAVE = "forlad"


@require_safe
def edit(request: Request, number: str) -> HttpResponse:
    """Lead to what the viewer writes: the first part with a hole, or a party's own part."""
    case = case_or_404(request, number)
    offered(request, case, "edit_agreement")
    if not writes_all(case, request.viewer):
        own = own_parties(case, request.viewer)
        return redirect("portfolio:agreement_own", number, own[0].row.organisation_id)
    found = written(case)
    open_parts = [hole.part for hole in holes(found.draft, case) if hole.part != OWN]
    return redirect(part_url(case, open_parts[0] if open_parts else found.draft.parts[0].key))


@require_http_methods(PAGE)
def edit_part(request: Request, number: str, part: str) -> HttpResponse:
    """Show one part and save it by itself; what cannot be saved stays in the fields."""
    case = case_or_404(request, number)
    offered(request, case, "edit_agreement")
    if not writes_all(case, request.viewer):
        raise PermissionDenied("Kun initiativtagers leder og kontaktperson skriver hele aftalen.")
    found = written(case)
    chosen = next((p for p in found.draft.parts if p.key == part), None)
    if chosen is None:
        raise Http404("Den del findes ikke i aftalen.")
    form = part_form(request, case, chosen, found)
    if request.method == "POST" and form.is_valid() and save(request, case, chosen, form):
        return saved(request, case, chosen)
    context = {"form": form, "part": chosen, "steps": steps(case, found, chosen.key)}
    return render_case(request, case, TAB, "portfolio/agreements/part.html", context)


def part_form(request: Request, case: TransferCase, part: FormPart, found: Written) -> PartForm:
    """Return the form of a part; one nobody has saved yet is prefilled from the dialogue."""
    is_new = part.key not in found.agreement.part_revisions
    return PartForm(
        request.POST or None, part=part, draft=found.draft,
        proposed=proposed_values(case, found.draft) if is_new else {},
        sources=origins(case, found.draft) if is_new else {},
    )  # fmt: skip


def save(request: Request, case: TransferCase, part: FormPart, form: PartForm) -> Agreement | None:
    """Store a valid part; what another saved meanwhile is put beside the form's own."""

    def act() -> Agreement:
        seen = form.cleaned_data.get("revision") or 0
        try:
            return actions.save_agreement_part(
                case=case, viewer=request.viewer, part=part.key, values=form.values, seen=seen
            )
        except ChangedMeanwhile as conflict:
            forget(case)
            form.show_theirs(conflict.keys, written(case).draft)
            form.accept(written(case).agreement.revision)
            raise

    return attempt(form, act)


def saved(request: Request, case: TransferCase, part: FormPart) -> HttpResponse:
    """Go on to the next part, or out to the agreement."""
    keys = [known.key for known in written(case).draft.parts]
    following = keys[keys.index(part.key) + 1 :]
    if LEAVE in request.POST or not following:
        messages.success(request, f"»{part.title}« er gemt.")
        return redirect("portfolio:agreement", case.number)
    return redirect(part_url(case, following[0]))


def steps(case: TransferCase, found: Written, current: str) -> list[dict[str, str]]:
    """Return the parts as the trinindikator draws them, with how much each lacks."""
    lacking: dict[str, int] = {}
    for hole in holes(found.draft, case):
        lacking[hole.part] = lacking.get(hole.part, 0) + 1
    return [
        {
            "label": part.title, "url": part_url(case, part.key),
            "note": f"{lacking[part.key]} mangler" if part.key in lacking else "",
            "state": "current" if part.key == current else "todo" if part.key in lacking else "done",
        }
        for part in found.draft.parts
    ]  # fmt: skip


@require_http_methods(PAGE)
def edit_own(request: Request, number: str, organisation: int) -> HttpResponse:
    """Let a party write what it brings and its own economy; nobody else's."""
    case = case_or_404(request, number)
    offered(request, case, "edit_agreement")
    found = written(case)
    row = found.of(organisation)
    if row is None:
        raise Http404("Organisationen er ikke part i sagen.")
    if not writes_own(case, request.viewer, organisation):
        raise PermissionDenied("En part skriver selv sin egen del af aftalen.")
    form = OwnForm(
        request.POST or None, part=found.draft.own_part, party=row.row, revision=found.agreement.revision
    )
    if request.method == "POST" and form.is_valid() and save_own(request, case, form, row.row):
        messages.success(request, "Jeres del af aftalen er gemt.")
        return redirect("portfolio:agreement", number)
    context = {"form": form, "part": found.draft.own_part, "party": row.row, "issued": found.issued}
    return render_case(request, case, TAB, "portfolio/agreements/own.html", context)


def save_own(request: Request, case: TransferCase, form: OwnForm, row: AgreementParty) -> AgreementParty | None:
    """Store a party's own part; None when that was refused."""

    def act() -> AgreementParty:
        return actions.save_own_part(
            case=case, viewer=request.viewer, organisation=row.organisation, values=form.values,
            seen=form.cleaned_data.get("revision"),
        )  # fmt: skip

    def newest() -> tuple[OwnForm, AgreementParty]:
        forget(case)
        found = written(case)
        stands = found.of(row.organisation_id)
        party = stands.row if stands else row
        return OwnForm(None, part=found.draft.own_part, party=party, revision=found.agreement.revision), party

    return attempt(form, act, newest)


@require_http_methods(PAGE)
def issue(request: Request, number: str) -> HttpResponse:
    """Name what is missing, with links; else ask once, and send the agreement out."""
    case = case_or_404(request, number)
    offer, found = offered(request, case, "issue_agreement"), written(case)
    confirm_by, ready_by = actions.default_deadlines(found.agreement.start_date)
    initial = {"confirm_by": confirm_by, "ready_by": ready_by, "revision": found.agreement.revision}
    form = IssueForm(request.POST or None, capacities=offer.capacities, seen=case.version, initial=initial)
    if request.method == "POST" and form.is_valid() and sent(request, case, form):
        messages.success(request, "Aftalen er sendt. Parternes aftalebemyndigede er bedt om at bekræfte den.")
        return redirect("portfolio:agreement", number)
    context: dict[str, Any] = {
        "offer": offer, "form": form, "holes": [link(case, hole.part, hole) for hole in holes(found.draft, case)],
        "silent": silent_parties(found.draft, case), "asked": found.draft.included, "found": found,
        "lacking": [row for row in found.rows if row.lacks_signatory],
    }  # fmt: skip
    return render_case(request, case, TAB, "portfolio/agreements/issue.html", context)


def link(case: TransferCase, part: str, hole: Any) -> dict[str, str]:
    """Return a hole with the way to the question."""
    if part == OWN:
        return {"text": str(hole), "url": reverse("portfolio:agreement_own", args=[case.number, case.initiator_id])}
    return {"text": str(hole), "url": f"{part_url(case, part)}#spm-{hole.key}"}


def sent(request: Request, case: TransferCase, form: IssueForm) -> AgreementVersion | None:
    """Send the agreement out as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.issue_agreement(
            case=case, viewer=request.viewer, confirm_by=data["confirm_by"], ready_by=data["ready_by"],
            seen=data["seen"], revision=data["revision"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
