"""What the system recommends, which forums can be chosen, and what stands in the way (rules 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from contacts.enums import ForumLevel
from contacts.models import Forum, Organisation
from contacts.naming import named
from core import parameters
from dialogue.basis.content import answers
from dialogue.basis.queries import written
from dialogue.responses.queries import standing
from portfolio.models import ForumRequest
from portfolio.routing.criteria import CRITERIA, HOSPITALS, CaseFigures, Criterion, judge
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rules import REQUIREMENTS, Offer

ROUTING_STAGES = (Stage.DIALOGUE, Stage.MINI_MTV)
LEVEL_OF = {"route_to_local_forum": ForumLevel.LOCAL, "route_to_portfolio": ForumLevel.PORTFOLIO}
CODE_OF = {level: code for code, level in LEVEL_OF.items()}


@dataclass(frozen=True)
class Recommendation:
    """Anbefaling: the level most criteria point to, each criterion, and the organisations that ask for the PSG."""

    level: ForumLevel
    criteria: tuple[Criterion, ...]
    requests: tuple[str, ...] = ()

    @property
    def pointing(self) -> int:
        """How many criteria point to the Porteføljestyregruppe."""
        return sum(criterion.points_to_portfolio for criterion in self.criteria)

    @property
    def why(self) -> str:
        """Why it is recommended, in one sentence."""
        return named(f"{self.pointing} af {len(self.criteria)} kriterier peger på Porteføljestyregruppen.")

    def is_followed_by(self, level: str) -> bool:
        """Tell whether a choice goes neither against the recommendation nor against a party's request."""
        return level == self.level and not (self.requests and level == ForumLevel.LOCAL)


def figures(case: TransferCase) -> CaseFigures:
    """Return what the criteria look at; the submitted texts only, never a draft."""
    newest = written(case).newest
    said = answers(newest) if newest else {}
    return CaseFigures(case.initiator_id, case.initiator.kind, said, standing(case).rows)


def thresholds() -> dict[str, Decimal]:
    """Return the thresholds in force today, the defaults where nothing is set; one query."""
    return parameters.values(CRITERIA)


def recommendation(case: TransferCase) -> Recommendation:
    """Recommend the level that more than half of the criteria point to: large and broad, or small and local (S1)."""
    criteria = judge(figures(case), thresholds())
    broad = 2 * sum(criterion.points_to_portfolio for criterion in criteria) > len(criteria)
    asked = ForumRequest.unscoped.filter(case=case).select_related("organisation")
    return Recommendation(
        ForumLevel.PORTFOLIO if broad else ForumLevel.LOCAL, criteria, tuple(str(r.organisation) for r in asked)
    )


def local_forums(case: TransferCase) -> list[Forum]:
    """Return the samarbejdsfora that can be chosen, the one to preselect first.

    A hospital's own; for others the forum of the hospital that gives or receives the task, else of the one
    with most of the patients (who is who). Of two alike the smaller catchment is nearer.
    """
    served = Organisation.catchment.through.objects.filter(from_organisation=OuterRef("organisation"))
    rows = Forum.taking_cases().filter(level=ForumLevel.LOCAL).select_related("organisation")
    if case.initiator.kind in HOSPITALS:
        rows = rows.filter(organisation=case.initiator_id)
    found = rows.annotate(served=ArraySubquery(served.values("to_organisation"))).order_by("sort_key")
    case_figures = figures(case)
    return sorted(found, key=lambda forum: nearness(forum, case_figures))


def nearness(forum: Any, case: CaseFigures) -> tuple[bool, int, int]:
    """Return a sort key: hospitals that take part first, then most patients, then the smaller catchment."""
    takes_part = forum.organisation_id in {row.party.organisation_id for row in case.affected}
    area = set(forum.served)
    known = {pk: number or 1 for pk, number in case.patients_by_municipality.items()}
    if not known:
        known = {case.initiator_id: 1}
    return not takes_part, -sum(number for pk, number in known.items() if pk in area), len(area)


def forum_to_return_to(case: TransferCase) -> Forum | None:
    """Return the forum that returned the case, or the one that has taken over from it; None when none did."""
    return case.returned_by.heir if case.returned_by else None


@dataclass(frozen=True)
class GateItem:
    """One thing a forum needs: there or not, what is missing item by item, and where to mend it."""

    label: str
    missing: list[str]
    url: str
    link_text: str


GATE_ITEMS = (
    ("dialogue_closed", "Dialogen er lukket", "dialogue:parties", "Se parter og svar"),
    ("basis_ready_for_forum", "Dialoggrundlaget er klar til et forum", "dialogue:basis", "Se dialoggrundlaget"),
    ("mini_mtv_complete", "Mini-MTV er udfyldt og godkendt", "minimtv:overview", "Se mini-MTV"),
)  # fmt: skip


def gate(case: TransferCase) -> list[GateItem]:
    """Return what the Porteføljestyregruppe needs before it can take the case, item by item (rule 7)."""
    return [
        GateItem(label, REQUIREMENTS[name](case), reverse(route, args=[case.number]), link_text)
        for name, label, route, link_text in GATE_ITEMS
    ]


@dataclass(frozen=True)
class Choice:
    """One way the case can go, with a line that says what it means."""

    code: str
    label: str
    hint: str


def choices(case: TransferCase, offers: Iterable[Offer], forums: Sequence[Forum]) -> list[Choice]:
    """Return the ways that are open now; a returned case goes back to the forum that returned it, or waits."""
    back = forum_to_return_to(case)
    able = [offer for offer in offers if offer.allowed]
    if back is not None:
        kept = (CODE_OF[ForumLevel(back.level)], "await_mini_mtv")
        return [choice(offer, back) for offer in able if offer.act.code in kept]
    nearest = forums[0] if forums else None
    return [choice(offer, nearest) for offer in able if nearest or offer.act.code != "route_to_local_forum"]


def choice(offer: Offer, forum: Forum | None) -> Choice:
    """Return one way in words, naming the samarbejdsforum where it is known."""
    act = offer.act
    if act.code == "route_to_local_forum" and forum is not None:
        return Choice(act.code, act.label, f"{forum.name} behandler sagen.")
    return Choice(act.code, act.label, act.effect)
