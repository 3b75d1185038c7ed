"""The tab »Behandling«, and chair's and secretary's pages: record, publish and correct a decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.errors import Stale
from core.forms import attempt
from portfolio.decisions import queries, rules
from portfolio.decisions.actions import correct_decision, publish_decision, save_decision
from portfolio.decisions.forms import CorrectionForm, DecisionForm, PublishForm, initial_of
from portfolio.models import Decision
from portfolio.routing.rules import ROUTING_STAGES, local_forums
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case
from transfers.rules import Offer

PAGE = ["GET", "HEAD", "POST"]
TAB = "treatment"


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
    }
    return render_case(request, case, TAB, "portfolio/decisions/treatment.html", context)


@require_http_methods(PAGE)
def decide(request: Request, number: str) -> HttpResponse:
    """Show the item and the decisions the forum may take; keep a draft, or go on to publish it."""
    case = case_or_404(request, number)
    offers = recorded_by(request, case)
    draft = queries.draft_of(case)
    form = form_of(request, case, offers, draft)
    if request.method == "POST" and form.is_valid():
        done = kept(request, case, form)
        if done is not None:
            return done
    context = {
        "form": form,
        "item": queries.item_of(case),
        "blocked": [offer for offer in offers if not offer.allowed],
        "theirs": draft if draft and overtaken(form, draft) else None,
        "draft": draft,
    }
    return render_case(request, case, TAB, "portfolio/decisions/decide.html", context)


def recorded_by(request: Request, case: TransferCase) -> list[Offer]:
    """Return the decisions the viewer may record; raises PermissionDenied when there are none."""
    offers = rules.decision_offers(case, request.viewer)
    if not offers:
        raise PermissionDenied("Kun formand eller sekretær i det forum, der har sagen, registrerer beslutninger.")
    return offers


def form_of(request: Request, case: TransferCase, offers: list[Offer], draft: Decision | None) -> DecisionForm:
    """Return the form with the decisions that are open, and with the draft where there is one."""
    able = [offer.act for offer in offers if offer.allowed]
    to_local = any(act.code == "send_to_local_forum" for act in able)
    return DecisionForm(
        request.POST or None, initial=initial_of(draft), forums=local_forums(case) if to_local else [],
        choices=[(act.code, act.label, rules.effect(act, case)) for act in able],
    )  # fmt: skip


def kept(request: Request, case: TransferCase, form: DecisionForm) -> HttpResponse | None:
    """Save the draft of a valid form; go on to the confirmation when all that publishing needs is there."""
    saved = attempt(form, lambda: save(request, case, form))
    if saved is None:
        return None
    if "save" in request.POST:
        messages.success(request, "Kladden er gemt. Kun formand og sekretær kan se den.")
        return redirect("portfolio:treatment", case.number)
    if form.require_whole():
        return redirect("portfolio:publish", case.number)
    refer_to(form, saved)
    return None


def save(request: Request, case: TransferCase, form: DecisionForm) -> Decision:
    """Save the draft. When somebody else saved it meanwhile, the next save of this page is a choice made knowingly."""
    try:
        return save_decision(case=case, viewer=request.viewer, revision=form.cleaned_data["revision"], **form.values)
    except Stale:
        newest = queries.draft_of(case)
        if newest is not None:
            refer_to(form, newest)
        raise


def refer_to(form: DecisionForm, draft: Decision) -> None:
    """Let the form shown again belong to this state of the draft, all that was typed kept."""
    typed = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    typed["revision"] = str(draft.revision)
    form.data = typed


def overtaken(form: DecisionForm, draft: Decision) -> bool:
    """Tell whether somebody else saved the draft since the page was opened."""
    return form.is_bound and form.cleaned_data.get("revision") != draft.revision


@require_http_methods(PAGE)
def publish(request: Request, number: str) -> HttpResponse:
    """Ask once, naming what the decision will do; publish it."""
    case = case_or_404(request, number)
    offers = {offer.act.code: offer for offer in recorded_by(request, case)}
    draft = queries.draft_of(case)
    if draft is None or draft.kind not in offers:
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


@require_http_methods(PAGE)
def correct(request: Request, number: str, pk: int) -> HttpResponse:
    """Ask for the new wording of a published decision and publish it as a correction."""
    case = case_or_404(request, number)
    decision = queries.decision_numbered(case, request.viewer, pk)
    if decision is None or decision.is_draft:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    able = rules.correctors(decision, request.viewer)
    if not able:
        raise PermissionDenied("Kun formand eller sekretær i det forum, der besluttede, kan rette beslutningen.")
    initial = {"text": decision.text, "reason": decision.reason, "decided_on": localdate()}
    form = CorrectionForm(request.POST or None, capacities=able, seen=case.version, initial=initial)
    if request.method == "POST" and form.is_valid() and corrected(request, form, decision):
        messages.success(request, "Rettelsen er offentliggjort. Den oprindelige beslutning står stadig i sagen.")
        return redirect("portfolio:treatment", number)
    context = {"form": form, "decision": decision}
    return render_case(request, case, TAB, "portfolio/decisions/correct.html", context)


def corrected(request: Request, form: CorrectionForm, decision: Decision) -> Decision | None:
    """Publish the correction; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: correct_decision(
            decision=decision, viewer=request.viewer, text=data["text"], reason=data["reason"],
            decided_on=data["decided_on"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
