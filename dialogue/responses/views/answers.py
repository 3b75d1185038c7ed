"""A party's response: written and submitted by its contact person, read by everybody in the case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.definitions import by_key, current
from core.enums import Document
from core.forms import attempt
from dialogue.models import PartyResponse, ResponseState, ResponseVersion
from dialogue.responses import actions
from dialogue.responses.forms import ResponseForm
from dialogue.responses.forms.answers import response_initial
from dialogue.responses.queries import PartyStanding, standing
from dialogue.responses.reports import KINDS, document, guesses
from dialogue.responses.rules import answered_by, contact_capacity
from dialogue.responses.views.parties import PAGE, TAB, whole
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import offers_of

SUBMIT = "indsend"


@require_http_methods(PAGE)
def respond(request: Request, number: str) -> HttpResponse:
    """Write a party's response: keep it as a draft, or submit it as a version."""
    case = case_or_404(request, number)
    offered(request, case, "respond")
    mine = answered_by(standing(case), request.viewer)
    row = chosen(mine, request.GET.get("part"))
    if row is None:
        return render_case(request, case, TAB, "dialogue/responses/choose.html", {"mine": mine})
    draft = own_draft(case, request, row)
    form = response_form(request.POST or None, case, row, draft)
    if request.method == "POST" and ready(request, form) and saved(request, case, row, form):
        return thanks(request, case, row)
    capacity = contact_capacity(row.party, request.viewer)
    page = {"form": form, "row": row, "draft": draft, "mine": mine, "capacity": capacity, "parts": parts_of(form)}
    return render_case(request, case, TAB, "dialogue/responses/respond.html", page)


def chosen(mine: list[PartyStanding], part: str | None) -> PartyStanding | None:
    """Return the party to answer for: the only one, or the one in the address. Http404 for a foreign one."""
    if part is None:
        return mine[0] if len(mine) == 1 else None
    found = next((row for row in mine if row.party.pk == whole(part)), None)
    if found is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return found


def own_draft(case: TransferCase, request: Request, row: PartyStanding) -> PartyResponse | None:
    """Return what the party has written so far, if anything."""
    return PartyResponse.visible_within(case, request.viewer).filter(party=row.party).first()


def response_form(
    data: QueryDict | None, case: TransferCase, row: PartyStanding, draft: PartyResponse | None
) -> ResponseForm:
    """Return the form, filled in with what the party has written so far."""
    kind = Document.PARTY_RESPONSE
    definition = by_key(kind, draft.definition_id) if draft else current(kind)
    return ResponseForm(
        data, definition=definition, case=case, organisation=row.organisation,
        guess=guesses(case).get(row.party.organisation_id, ""), initial=response_initial(draft),
    )  # fmt: skip


def ready(request: Request, form: ResponseForm) -> bool:
    """Whether the form can be kept; when submitting, whether nothing is missing either."""
    return form.is_valid() and (SUBMIT not in request.POST or form.require_complete())


def saved(request: Request, case: TransferCase, row: PartyStanding, form: ResponseForm) -> bool:
    """Whether the form could be kept or submitted; a refusal stands on the form."""
    submitting = SUBMIT in request.POST
    keep = actions.submit_response if submitting else actions.save_draft

    def act() -> bool:
        keep(
            case=case, viewer=request.viewer, party=row.party, columns=form.columns, answers=form.texts,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        return True

    def newest() -> tuple[ResponseForm, bool | None]:
        now = own_draft(case, request, row)
        is_done = now is not None and (now.state == ResponseState.SUBMITTED or not submitting)
        return response_form(None, case, row, now), True if is_done else None

    return bool(attempt(form, act, newest))


def thanks(request: Request, case: TransferCase, row: PartyStanding) -> HttpResponseRedirect:
    """Say what was kept and lead on."""
    if SUBMIT in request.POST:
        messages.success(request, f"Svaret fra {row.organisation} er indsendt. Alle i sagen kan læse det.")
        return redirect("dialogue:response", case.number, row.party.pk)
    messages.success(request, f"Kladden er gemt. Kun {row.organisation} kan se den, indtil den indsendes.")
    return redirect(f"{request.path}?part={row.party.pk}")


def parts_of(form: ResponseForm) -> list[dict[str, Any]]:
    """Return the form's fields under the headings of the definition."""
    return [
        {"title": part.title, "intro": part.intro, "fields": [form[q.key] for q in form.asked if q.part_id == part.pk]}
        for part in form.definition.parts.all()
    ]


@require_safe
def response(request: Request, number: str, party_id: int) -> HttpResponse:
    """Show what a party has answered; ?version=<number> shows an earlier version."""
    case = case_or_404(request, number)
    row = next((row for row in standing(case).rows if row.party.pk == party_id), None)
    if row is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    versions = list(ResponseVersion.visible_within(case, request.viewer).filter(response__party=row.party))
    version = version_asked(versions, request.GET.get("version"))
    page = {"row": row, "versions": versions[::-1], "version": version, "draft": own_draft(case, request, row)}
    if version:
        page["parts"] = document(version, by_key(Document.PARTY_RESPONSE, version.response.definition_id))
        page["kind"] = KINDS.get(version.position, "")
    if contact_capacity(row.party, request.viewer):
        page["offers"] = offers_of(["respond", "reaffirm_response"], case, request.viewer)
    return render_case(request, case, TAB, "dialogue/responses/response.html", page)


def version_asked(versions: list[ResponseVersion], wanted: str | None) -> ResponseVersion | None:
    """Return the version in the address, else the newest. Raises Http404 for one that is not there."""
    if wanted is None:
        return versions[-1] if versions else None
    found = next((version for version in versions if version.number == whole(wanted)), None)
    if found is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return found
