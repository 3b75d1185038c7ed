"""The figures of the annual status as plain values: what is counted, frozen, and read by page and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.annual.reports.deals import Deal, Economy, FollowUps, Receiver, Reported, StageFlow
from portfolio.annual.reports.outcome import (
    CaseLine,
    Gap,
    Named,
    Oriented,
    PlanDecision,
    Requests,
    SurveyFacts,
    Votes,
)

NO_REQUESTS, NO_VOTES, NO_FOLLOW_UPS = Requests(), Votes(), FollowUps()


@dataclass(frozen=True)
class Count:
    """How many of one kind, with the words a reader sees."""

    code: str
    label: str
    value: int


@dataclass(frozen=True)
class Screenings:
    """Indledende vurderinger: begun, concluded by result, and not concluded when the year ended."""

    filed: int
    results: tuple[Count, ...]
    waiting: int

    @property
    def concluded(self) -> int:
        """All results together."""
        return total(self.results)


@dataclass(frozen=True)
class Stock:
    """Sager under behandling: opening + in − out = closing, and where the closing ones stand."""

    opening: int
    entered: tuple[Count, ...]
    left: tuple[Count, ...]
    closing: int
    stages: tuple[Count, ...]
    awaiting_agreement: int

    @property
    def balances(self) -> bool:
        """Whether the equation holds."""
        return self.opening + total(self.entered) - total(self.left) == self.closing


@dataclass(frozen=True)
class YearLine:
    """One year of the comparison."""

    year: int
    screenings: int
    entered: int
    left: int
    closing: int
    approved: int = 0
    decisions: int = 0


@dataclass(frozen=True)
class Initiator:
    """What one organisation took the initiative to."""

    name: str
    kind: str
    screenings: int
    cases: int


@dataclass(frozen=True)
class Flow:
    """Cases that move a task from one sector to another."""

    origin: str
    target: str
    cases: int


@dataclass(frozen=True)
class Sectors:
    """From which sector to which; a case with two receivers stands in two flows."""

    cases: int
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class Municipality:
    """Cases and patients a year in one municipality; 1 to 4 are never told apart, so the sum is an interval."""

    name: str
    cases: int
    low: int | None
    high: int | None
    unknown: int


@dataclass(frozen=True)
class Places:
    """Patients a year in all, and by municipality."""

    cases: int
    low: int | None
    high: int | None
    unknown: int
    municipalities: tuple[Municipality, ...]


@dataclass(frozen=True)
class StageTime:
    """How long stays in one stage took, in days."""

    code: str
    label: str
    stays: int
    median: float
    ninety: int


@dataclass(frozen=True)
class DecisionLine:
    """Decisions of one kind by one forum."""

    forum: str
    code: str
    label: str
    value: int
    written: int


@dataclass(frozen=True)
class Repeat:
    """Returns or adjournments of one kind, and how many cases they happened to."""

    code: str
    label: str
    value: int
    cases: int


@dataclass(frozen=True)
class Choice:
    """Choices of one forum level: as recommended and requested, against the one, or against the other."""

    code: str
    label: str
    followed: int
    against: int
    against_request: int = 0

    @property
    def all(self) -> int:
        """Every choice."""
        return self.followed + self.against + self.against_request


@dataclass(frozen=True)
class Participation:
    """The parties of the dialogues that were closed."""

    dialogues: int
    asked: int
    answered: int
    missing: int
    late: int = 0


@dataclass(frozen=True)
class Definition:
    """What a figure means and how it is counted."""

    term: str
    text: str


@dataclass(frozen=True)
class AnnualFacts:
    """All figures of one edition with their definitions; needs no other row to be read."""

    year: int
    first: date
    until: date
    screenings: Screenings
    stock: Stock
    trend: tuple[YearLine, ...]
    initiators: tuple[Initiator, ...]
    sectors: Sectors
    places: Places
    handling: tuple[StageTime, ...]
    decisions: tuple[DecisionLine, ...]
    returns: tuple[Repeat, ...]
    choices: tuple[Choice, ...]
    participation: Participation
    definitions: tuple[Definition, ...]
    not_counted: tuple[str, ...] = ()
    last_year: tuple[PlanDecision, ...] = ()
    steps: tuple[Count, ...] = ()
    silent: tuple[Named, ...] = ()
    gaps: tuple[Gap, ...] = ()
    requests: Requests = NO_REQUESTS
    survey: tuple[SurveyFacts, ...] = ()
    orientations: tuple[Oriented, ...] = ()
    votes: Votes = NO_VOTES
    cases: tuple[CaseLine, ...] = ()
    stage_flows: tuple[StageFlow, ...] = ()
    deals: tuple[Deal, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    economy: tuple[Economy, ...] = ()
    follow_ups: FollowUps = NO_FOLLOW_UPS
    reported: tuple[Reported, ...] = ()


def total(counts: tuple[Count, ...]) -> int:
    """Add up."""
    return sum(count.value for count in counts)
