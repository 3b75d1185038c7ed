"""The contact person's pages: opening the dialogue, adding a party, extending deadlines (rule 4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from contacts.models import Organisation
from core.forms import attempt
from dialogue.basis.queries import candidates, received_as
from dialogue.responses import actions
from dialogue.responses.forms import AddPartyForm, ExtendForm, OpenForm
from dialogue.responses.queries import not_yet_parties, preselected, standing, with_contact
from dialogue.responses.views.parties import PAGE, TAB, whole
from transfers.models import Party, TransferCase
from transfers.pages import case_or_404, offered, render_case


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
    page = {"form": form, "offer": offer, "unreachable": unreachable, "both": received_as(case)}
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
