"""Facts about the whole portfolio: every case past draft that is not closed, with its deadline and its age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Expression,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from contacts.enums import OrganisationKind
from contacts.models import ContactPerson, Organisation
from contacts.periods import in_force
from contacts.viewer import Viewer
from portfolio.followup.queries import next_day
from portfolio.models import AgreementParty, AgreementVersion, Decision, DecisionState, PartyAnswer, PartyRole
from transfers.enums import Stage
from transfers.models import Party, TransferCase
from transfers.workflow import FORUMS

UNDER_WAY = tuple(stage for stage in Stage if stage not in (Stage.SCREENING, Stage.DRAFT, Stage.CLOSED))
HOSPITALS = (OrganisationKind.HOSPITAL, OrganisationKind.PSYCHIATRY)
PLACES = (*HOSPITALS, OrganisationKind.MUNICIPALITY)
HORIZON = timedelta(days=30)


Portfolio = QuerySet[Any]  # cases with what `portfolio_of` adds to them


class Age(NamedTuple):
    """A span of days in the stage, as charts and filter tell them apart."""

    code: str
    label: str
    days: int


AGES = (
    Age("30", "0–30 dage", 30),
    Age("90", "31–90 dage", 90),
    Age("180", "91–180 dage", 180),
    Age("over", "Over 180 dage", 100_000),
)


def portfolio_of(viewer: Viewer) -> Portfolio:
    """Return the cases under way that the viewer may see, with `due`, `late`, `since` (a day) and `age`."""
    rows = TransferCase.visible_to(viewer).filter(stage__in=UNDER_WAY)
    rows = rows.annotate(due=due(), since=TruncDate("stage_since"))
    is_late = Coalesce(Q(due__lt=viewer.today), Value(value=False), output_field=BooleanField())
    return rows.annotate(late=is_late, age=age_on(viewer.today))


def due() -> Case:
    """Return the day by which whoever has the case must act; none where no deadline is set."""
    unanswered = Party.unscoped.filter(case=OuterRef("pk"), response__latest__isnull=True).order_by("deadline")
    decided = Decision.unscoped.filter(case=OuterRef("pk"), placement__ended_at__isnull=True)
    newest = decided.filter(state=DecisionState.PUBLISHED).order_by("-published_at")
    bound = AgreementParty.unscoped.filter(agreement__case=OuterRef("pk"), leaves_on__isnull=True)
    asked, awaits = bound.filter(answer=PartyAnswer.ASKED), bound.filter(answer=PartyAnswer.AWAITING_POLITICAL)
    unready = bound.filter(role=PartyRole.RECEIVER, holds_version__isnull=False, live_from__isnull=True)
    sent = AgreementVersion.unscoped.filter(agreement__case=OuterRef("pk")).order_by("-number")
    return Case(
        When(stage=Stage.SUBMITTED, then=F("contact_deadline")),
        When(stage=Stage.DIALOGUE, dialogue_closed_at__isnull=True, then=Subquery(unanswered.values("deadline")[:1])),
        When(stage__in=FORUMS, then=Subquery(newest.values("asked_by_deadline")[:1])),
        When(Exists(asked), stage=Stage.AGREEMENT, then=Subquery(sent.values("confirm_by")[:1])),
        When(
            Exists(awaits), stage=Stage.AGREEMENT,
            then=Subquery(awaits.order_by("awaits_until").values("awaits_until")[:1]),
        ),
        When(Exists(unready), stage=Stage.AGREEMENT, then=Subquery(sent.values("ready_by")[:1])),
        When(stage=Stage.ACTIVE, then=next_day()),
        output_field=DateField(),
    )  # fmt: skip


def age_on(today: date) -> Expression:
    """Return the code of the span of AGES a case's days in its stage fall in."""
    spans = [When(since__gte=today - timedelta(days=age.days), then=Value(age.code)) for age in AGES]
    return Case(*spans, default=Value(AGES[-1].code), output_field=CharField())


@dataclass(frozen=True)
class Heap:
    """Some cases that are alike in stage, initiator, age and lateness: how many, and since when the oldest."""

    stage: str
    kind: str
    initiator: int
    age: str
    late: bool
    count: int
    oldest: date


def heaps(cases: Portfolio) -> list[Heap]:
    """Count the portfolio once, finely enough for every figure of the page; one query."""
    keys = ("stage", "initiator__kind", "initiator_id", "age", "late")
    rows = cases.order_by().values_list(*keys).annotate(Count("pk"), Min("since"))
    return [Heap(*row) for row in rows]


def places(cases: Portfolio) -> QuerySet[Organisation]:
    """Return hospitals and municipalities, each with `asked`: the cases of others it is a party to."""
    others = Q(party_to__case__in=cases.values("pk")) & ~Q(party_to__case__initiator=F("pk"))
    rows = Organisation.objects.filter(kind__in=PLACES)
    return rows.annotate(asked=Count("party_to", filter=others)).order_by("sort_key")


def involving(cases: Portfolio, organisation_id: int) -> Portfolio:
    """Return the cases an organisation has started or is a party to."""
    party = Party.unscoped.filter(case=OuterRef("pk"), organisation=organisation_id)
    return cases.filter(Q(initiator=organisation_id) | Q(Exists(party)))


def lines(cases: Portfolio) -> Portfolio:
    """Return the cases with what a line of the table shows; `attended` when the initiator has a contact in force."""
    people = ContactPerson.objects.filter(in_force(), organisation=OuterRef("initiator"))
    rows: Portfolio = cases.annotate(attended=Exists(people))
    return rows.select_related("initiator", "department", "current_forum")


def soon(cases: Portfolio, today: date) -> Portfolio:
    """Return the cases whose deadline falls within the horizon, the nearest first."""
    near: Portfolio = cases.filter(due__range=(today, today + HORIZON)).order_by("due", "pk")
    return near
