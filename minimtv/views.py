"""The mini-MTV's pages: reading it, filling in a part, signing it off, and an earlier version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.papers import paper_response
from minimtv import reading
from minimtv.actions import ChangedMeanwhile, save_answers, sign_off
from minimtv.forms import PartForm, SignOffForm
from minimtv.models import CoAuthor, MiniMTV, MiniMTVVersion, may_read_draft
from minimtv.papers import paper_of
from minimtv.queries import answers_in, rows_in, standing, versions_of
from minimtv.reading import Reading
from minimtv.tables import BY_KEY
from minimtv.writing import Draft, draft_of, saved_text
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import Circle, offer
from transfers.workflow import BY_CODE

ADD_ROW, MORE_ROWS = "add_row", "flere"
GONE = "Siden findes ikke, eller du har ikke adgang til den."


@require_safe
def overview(request: Request, number: str) -> HttpResponse:
    """Show the mini-MTV as a document, with its holes, advice and versions."""
    case = case_or_404(request, number)
    edit = offer(BY_CODE["edit_mini_mtv"], case, request.viewer)
    sheet = MiniMTV.visible_within(case, request.viewer).first()
    versions = versions_of(case, request.viewer)
    context = {
        "reading": read(case, sheet, versions, case.number if edit.allowed else ""),
        "sheet": sheet,
        "versions": versions,
        "standing": standing(case),
        "reads_draft": may_read_draft(case, request.viewer),
        "edit": edit,
        "sign": offer(BY_CODE["sign_off_mini_mtv"], case, request.viewer),
        "writers": list(CoAuthor.visible_within(case, request.viewer)),
        "choose": offer(BY_CODE["add_co_author"], case, request.viewer),
    }
    return render_case(request, case, "minimtv", "minimtv/overview.html", context)


def read(case: TransferCase, sheet: MiniMTV | None, versions: list[MiniMTVVersion], editable: str) -> Reading | None:
    """Return what this viewer reads: the text as it is now, else the newest version, else nothing."""
    if sheet is not None:
        draft = draft_of(case, sheet)
        return reading.live(draft, editable)
    return reading.frozen(versions[0]) if versions else None


@require_safe
def edit(request: Request, number: str) -> HttpResponse:
    """Go to the first part that lacks an answer."""
    case = case_or_404(request, number)
    offered(request, case, "edit_mini_mtv")
    return redirect("minimtv:edit_part", case.number, draft_of(case).first_open)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: Request, number: str, part: int) -> HttpResponse:
    """Show the questions of a part and save them; nothing is demanded, and nothing typed is lost."""
    case = case_or_404(request, number)
    may_write(request, case)
    draft = draft_of(case)
    section = draft.document.section(part)
    if section is None:
        raise Http404(GONE)
    more = request.GET.get(MORE_ROWS, "")
    form = PartForm(request.POST or None, section=section, more=more, **draft.surroundings(section))
    saved = request.method == "POST" and form.is_valid() and attempt(form, lambda: save(request, case, form))
    if request.htmx and request.method == "POST":
        return noted(request, case, form, saved=bool(saved))
    if saved:
        return redirect(onward(request, case, draft, part))
    return render(request, "minimtv/edit.html", {"case": case, "form": form} | around(case, draft, part))


def may_write(request: Request, case: TransferCase) -> None:
    """Raise PermissionDenied for who does not write here; a text sent after the case moved on is kept and refused."""
    if request.method != "POST":
        offered(request, case, "edit_mini_mtv")
    elif not Circle(case).capacities(BY_CODE["edit_mini_mtv"], request.viewer):
        raise PermissionDenied("Kun lederen, kontaktpersonen og medforfattere kan skrive i mini-MTV'en.")


def around(case: TransferCase, draft: Draft, part: int) -> dict[str, Any]:
    """Return what stands around the questions of a part."""
    is_last = draft.document.section(part + 1) is None
    return {
        "draft": draft,
        "steps": draft.steps(case.number, part),
        "part": part,
        "saved": saved_text(draft.sheet),
        "overview_url": reverse("minimtv:overview", args=[case.number]),
        "submit": "Gem og se det hele" if is_last else "Gem og fortsæt",
    }


def save(request: Request, case: TransferCase, form: PartForm) -> bool:
    """Store a part; when others changed the same answers, the form shows both texts. Raises as the action."""
    try:
        save_answers(
            case=case,
            viewer=request.viewer,
            given=form.given,
            shown=form.marks,
            with_proposals=not request.htmx and ADD_ROW not in request.POST,
        )
    except ChangedMeanwhile as clash:
        form.show_both(clash.theirs)
        raise
    return True


def noted(request: Request, case: TransferCase, form: PartForm, *, saved: bool) -> HttpResponse:
    """Answer a save that happened by itself: the time, fresh marks and advice, or that it was not saved."""
    sheet = MiniMTV.visible_within(case, request.viewer).first()
    if saved:
        form.saved({**answers_in(sheet), **rows_in(sheet)})
    context = {"form": form, "saved": saved_text(sheet) if saved else ""}
    return render(request, "minimtv/noted.html", context)


def onward(request: Request, case: TransferCase, draft: Draft, part: int) -> str:
    """Return where a save leads: the same part with more rows, the next one, or the document for who wants out."""
    if (key := request.POST.get(ADD_ROW)) in BY_KEY:
        return f"{reverse('minimtv:edit_part', args=[case.number, part])}?{MORE_ROWS}={key}#tabel-{key}"
    if "leave" in request.POST or draft.document.section(part + 1) is None:
        messages.success(request, "Mini-MTV er gemt.")
        return reverse("minimtv:overview", args=[case.number])
    return reverse("minimtv:edit_part", args=[case.number, part + 1])


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, number: str) -> HttpResponse:
    """Ask the contact person once, and freeze the version."""
    case = case_or_404(request, number)
    offer = offered(request, case, "sign_off_mini_mtv")
    draft = draft_of(case)
    form = SignOffForm(
        request.POST or None,
        capacities=offer.capacities,
        seen=case.version,
        initial={"revision": draft.revision},
    )
    if request.method == "POST" and form.is_valid() and signed(request, case, form):
        messages.success(request, "Mini-MTV er godkendt. Den kan nu lægges til grund for en beslutning.")
        return redirect("minimtv:overview", case.number)
    context = {"offer": offer, "form": form, "reading": reading.live(draft, case.number)}
    return render_case(request, case, "minimtv", "minimtv/sign_off.html", context)


def signed(request: Request, case: TransferCase, form: SignOffForm) -> MiniMTVVersion | None:
    """Sign off as the form says; a refusal is put on the form."""
    data = form.cleaned_data
    chosen = {"seen": data["seen"], "revision": data["revision"], "capacity_id": form.capacity_id}
    return attempt(form, lambda: sign_off(case=case, viewer=request.viewer, **chosen))


@require_safe
def version(request: Request, number: str, version: int) -> HttpResponse:
    """Show a signed-off version exactly as it was frozen."""
    case = case_or_404(request, number)
    found = version_or_404(request, case, version)
    context = {"version": found, "reading": reading.frozen(found), "standing": standing(case)}
    return render_case(request, case, "minimtv", "minimtv/version.html", context)


@require_safe
def version_pdf(request: Request, number: str, version: int) -> HttpResponse:
    """Give a signed-off version as PDF, its quality check too; the same version gives the same bytes."""
    case = case_or_404(request, number)
    found = version_or_404(request, case, version)
    return paper_response("minimtv/pdf.html", paper_of(found), {"reading": reading.frozen(found)})


def version_or_404(request: Request, case: TransferCase, number: int) -> MiniMTVVersion:
    """Return a signed-off version of the case; Http404 when there is none."""
    found = MiniMTVVersion.visible_within(case, request.viewer).filter(number=number).first()
    if found is None:
        raise Http404(GONE)
    return found
