"""The tab »Behandling«, and chair's and secretary's pages: record and publish a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.overtaken import go_on_from
from portfolio.decisions import queries, rules
from portfolio.decisions.actions import publish_decision, save_decision
from portfolio.decisions.forms import DecisionForm, PublishForm, initial_of
from portfolio.meetings.queries import meetings_to_decide_at
from portfolio.models import Decision
from portfolio.routing.rules import ROUTING_STAGES, local_forums
from transfers.models import Opinion, TransferCase
from transfers.pages import case_or_404, render_case, turn_away
from transfers.rules import Offer
from transfers.workflow import ACTS, DECISION

PAGE = ["GET", "HEAD", "POST"]
TAB = "treatment"
DECISIONS = [act.code for act in ACTS if act.page == DECISION]


@require_safe
def treatment(request: Request, number: str) -> HttpResponse:
    """Show the forums that have had the case and what they decided."""
    case = case_or_404(request, number)
    found = queries.treatments(case, request.viewer)
    shown = [decision for treatment in found for decision in treatment.decisions]
    context = {
        "treatments": found,
        "correctable": {d.pk for d in shown if rules.correctors(d, request.viewer)},
        "draft": next((d for d in shown if d.is_draft), None),
        "may_record": bool(rules.capacities(case, request.viewer)),
        "awaits_routing": case.stage in ROUTING_STAGES,
        "opinions": Opinion.visible_within(case, request.viewer),
        "agendas": queries.agendas_with(case, request.viewer),
        "orientations": queries.orientations_about(case, request.viewer),
        "secretariat": request.viewer.is_secretariat,
        "seats": {m.forum_id for m in request.viewer.memberships if m.forum_id},
    }
    return render_case(request, case, TAB, "portfolio/decisions/treatment.html", context)


@require_http_methods(PAGE)
def decide(request: Request, number: str) -> HttpResponse:
    """Show the item and the decisions the forum may take; keep a draft, or go on to publish it."""
    case = case_or_404(request, number)
    offers = recorded_by(request, case)
    draft = queries.draft_of(case)
    form = form_of(request.POST or None, case, offers, draft)
    if request.method == "POST" and form.is_valid():
        done = kept(request, case, form, offers)
        if done is not None:
            return done
    context = {
        "form": form,
        "item": queries.item_of(case, request.viewer),
        "needs_meeting": not form.meetings and case.quorum_is_asked,  # type: ignore[attr-defined]  # foreknown
        "blocked": [offer for offer in offers if not offer.allowed],
        "draft": draft,
    }
    return render_case(request, case, TAB, "portfolio/decisions/decide.html", context)


def recorded_by(request: Request, case: TransferCase) -> list[Offer]:
    """Return the decisions the viewer may record; raises PermissionDenied when there are none."""
    offers = rules.decision_offers(case, request.viewer)
    if not offers:
        text = "Kun formand eller sekretær i det forum, der har sagen, registrerer beslutninger."
        turn_away(request, case, DECISIONS, text)
    return offers


def form_of(
    data: QueryDict | None, case: TransferCase, offers: list[Offer], draft: Decision | None
) -> DecisionForm:
    """Return the form with the decisions that are open, and with the draft where there is one."""
    able = [offer.act for offer in offers if offer.allowed]
    to_local = any(act.code == "send_to_local_forum" for act in able)
    meetings = meetings_to_decide_at(case.current_forum_id or 0, case)
    likely = next((meeting for meeting in meetings if meeting.has_case), None)  # type: ignore[attr-defined]
    return DecisionForm(
        data, initial=initial_of(draft, likely), meetings=meetings,
        forums=local_forums(case) if to_local else [],
        choices=[(act.code, act.label, rules.effect(act, case)) for act in able],
    )  # fmt: skip


def kept(request: Request, case: TransferCase, form: DecisionForm, offers: list[Offer]) -> HttpResponse | None:
    """Save the draft of a valid form; go on to the confirmation when all that publishing needs is there."""

    def newest() -> tuple[DecisionForm, Decision | None]:
        draft = queries.draft_of(case)
        return form_of(None, case, offers, draft), draft

    revision = form.cleaned_data["revision"]
    saved = attempt(
        form, lambda: save_decision(case=case, viewer=request.viewer, revision=revision, **form.values), newest
    )
    if saved is None:
        return None
    if "save" in request.POST:
        messages.success(request, "Kladden er gemt. Kun formand og sekretær kan se den.")
        return redirect("portfolio:treatment", case.number)
    if form.require_whole() and not refused_at_meeting(form, saved):
        return redirect("portfolio:publish", case.number)
    go_on_from(form, {"revision": saved.revision})
    return None


def refused_at_meeting(form: DecisionForm, draft: Decision) -> bool:
    """Mark what the decision lacks as one taken at a meeting (rule 9); tells whether it lacks anything."""
    missing = rules.missing_at_meeting(draft)
    for words in missing:
        form.add_error("meeting" if "meeting" in form.fields else None, f"{words}.")
    return bool(missing)


@require_http_methods(PAGE)
def publish(request: Request, number: str) -> HttpResponse:
    """Ask once, naming what the decision will do; publish it."""
    case = case_or_404(request, number)
    offers = {offer.act.code: offer for offer in recorded_by(request, case)}
    draft = queries.draft_of(case)
    if draft is None or draft.kind not in offers:
        if request.method == "POST":
            messages.warning(request, "Kladden er ændret, siden du åbnede siden. Se den igen, før du offentliggør.")
        return redirect("portfolio:decide", number)
    offer = offers[draft.kind]
    form = PublishForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, initial={"revision": draft.revision}
    )
    if request.method == "POST" and form.is_valid() and published(request, case, form, draft):
        messages.success(request, f"Beslutningen »{offer.act.label}« er offentliggjort.")
        return redirect("portfolio:treatment", number)
    context = {"form": form, "draft": draft, "offer": offer, "consequences": consequences(offer, case)}
    return render_case(request, case, TAB, "portfolio/decisions/publish.html", context)


def consequences(offer: Offer, case: TransferCase) -> list[str]:
    """Return what publishing does, line by line."""
    act = offer.act
    moved = [f"Sagens stadie bliver »{act.target.label}«."] if act.target else []
    return [
        f"{act.label}: {rules.effect(act, case)}",
        *moved,
        "Beslutningen kan læses af alle med adgang til sagen og kan ikke ændres. En rettelse er en ny beslutning.",
    ]


def published(request: Request, case: TransferCase, form: PublishForm, draft: Decision) -> Decision | None:
    """Publish the draft; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: publish_decision(
            case=case, viewer=request.viewer, decision=draft, seen=data["seen"], revision=data["revision"],
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
