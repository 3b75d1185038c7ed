"""The tab »Aftale«, and the versions that were sent out, on screen and on paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts.http import Request
from contacts.viewer import Viewer
from core.papers import paper_response
from portfolio.agreements import queries
from portfolio.agreements.content import Content, content_of
from portfolio.agreements.papers import paper_context, paper_of
from portfolio.agreements.queries import Written, written
from portfolio.agreements.rules import own_parties, writes_all
from portfolio.models import AgreementVersion
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case
from transfers.rules import Offer, offers_of

TAB = "agreement"
DRAFT = "kladde"
ACTS = (
    "edit_agreement", "issue_agreement", "confirm_agreement", "await_political", "decline_agreement", "report_ready",
    "leave_agreement", "return_to_deciding_forum", "end_without_agreement", "terminate_agreement",
)  # fmt: skip


@require_safe
def agreement(request: Request, number: str) -> HttpResponse:
    """Show what is agreed on, where each party stands, what was sent out and who has answered what."""
    case = case_or_404(request, number)
    found = written(case)
    content, is_draft = shown_text(case, found, request.GET.get("udgave", ""))
    context = {
        "found": found, "agreement": found.agreement, "rows": [row for row in found.rows if row.is_included],
        "parts": document(content, case, request.viewer, is_draft=is_draft) if found.draft.is_begun else [],
        "is_draft": is_draft, "has_draft": found.agreement.is_changed and not is_draft, "draft_name": DRAFT,
        "versions": found.versions, "writer": writes_all(case, request.viewer),
        "lacking": [row for row in found.rows if row.lacks_signatory and found.draft.is_begun],
        "leaving": [row.row for row in found.rows if row.row.is_leaving], **acts_of(case, request.viewer),
    }  # fmt: skip
    return render_case(request, case, TAB, "portfolio/agreements/agreement.html", context)


def shown_text(case: TransferCase, found: Written, wanted: str) -> tuple[Content, bool]:
    """Return the text to show and whether it is the draft: what was sent out, unless the draft is asked for."""
    if found.issued is not None and wanted != DRAFT:
        return found.issued.content, False
    return content_of(found.draft, case), True


def document(content: Content, case: TransferCase, viewer: Viewer, *, is_draft: bool) -> list[dict[str, Any]]:
    """Return the parts with numbers and, for those who write, the way to each part of the draft."""
    editable = is_draft and bool(offers_of(["edit_agreement"], case, viewer)) and writes_all(case, viewer)
    return [
        part | {"number": number, "url": part_url(case, part["key"]) if editable and part["key"] != "own" else ""}
        for number, part in enumerate(content["parts"], start=1)
    ]


def part_url(case: TransferCase, key: str) -> str:
    """Return where a part is written."""
    return reverse("portfolio:agreement_part", args=[case.number, key])


def acts_of(case: TransferCase, viewer: Viewer) -> dict[str, Any]:
    """Return what the viewer can do about the agreement now: the likely one first, each page once."""
    offers = offers_of(ACTS, case, viewer)
    able: dict[str, Offer] = {}
    for offer in offers.values():
        if offer.allowed:
            able.setdefault(offer.url, offer)
    likely = sorted(able.values(), key=lambda offer: not offer.act.primary)
    own = own_parties(case, viewer) if "edit_agreement" in offers else []
    return {
        "offers": [offer for offer in likely if offer.act.code != "edit_agreement"], "own": own,
        "blocked": [o for o in offers.values() if not o.allowed and o.act.code == "issue_agreement"],
        "may_edit": "edit_agreement" in offers,
    }  # fmt: skip


def version_or_404(request: Request, number: str, version: int) -> tuple[TransferCase, AgreementVersion]:
    """Return a case and one of its versions that was sent out; raises Http404 for a foreign or a missing one."""
    case = case_or_404(request, number)
    found = queries.version_numbered(case, request.viewer, version)
    if found is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return case, found


@require_safe
def version(request: Request, number: str, version: int) -> HttpResponse:
    """Show a version as it was sent out, with the answers to it."""
    case, found = version_or_404(request, number, version)
    context = {
        "version": found, "line": written(case).version(found.number),
        "parts": document(found.content, case, request.viewer, is_draft=False),
    }  # fmt: skip
    return render_case(request, case, TAB, "portfolio/agreements/version.html", context)


@require_safe
def version_pdf(request: Request, number: str, version: int) -> HttpResponse:
    """Hand out a version as PDF, with the answers given to it so far."""
    case, found = version_or_404(request, number, version)
    answers = queries.answers_to(found, request.viewer, case)
    return paper_response("portfolio/agreements/pdf.html", paper_of(found, answers), paper_context(found, answers))
