"""More figures of the annual status as plain values: use of the agreement, survey, orientations, single cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlanDecision:
    """What Den Administrative Styregruppe decided on the action plan a year ago."""

    year: int
    update_plan: bool
    text: str
    decided_on: date


@dataclass(frozen=True)
class Named:
    """An organisation by name and type."""

    name: str
    kind: str


@dataclass(frozen=True)
class Gap:
    """Days of the year in which an organisation had no contact person in force."""

    name: str
    kind: str
    days: int


@dataclass(frozen=True)
class Requests:
    """The parties' requests for the Porteføljestyregruppe, and how their cases were sent on."""

    asked: int = 0
    cases: int = 0
    followed: int = 0
    against: int = 0


@dataclass(frozen=True)
class Oriented:
    """Orientations of one kind: given in the year, and taken note of by its end."""

    code: str
    label: str
    given: int
    noted: int


@dataclass(frozen=True)
class Question:
    """How many gave each number from 1 to 5 to a question of the survey."""

    text: str
    counts: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The average, to one decimal."""
        answers = sum(self.counts)
        return round(sum(n * value for value, n in enumerate(self.counts, 1)) / answers, 1) if answers else 0.0


@dataclass(frozen=True)
class SurveyFacts:
    """The survey of the year; no question is told below the fewest answers that keep people unknown."""

    invited: int
    answered: int
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class CaseLine:
    """One case of the year in the appendix."""

    number: str
    title: str
    initiator: str
    stage: str
    result: str
    begun: date


@dataclass(frozen=True)
class Votes:
    """Written procedures: begun and ended in the year, how they ended, and how many of those asked voted."""

    begun: int = 0
    approved: int = 0
    objection: int = 0
    discussion: int = 0
    silence: int = 0
    asked: int = 0
    cast: int = 0

    @property
    def ended(self) -> int:
        """All that came to an end."""
        return self.approved + self.objection + self.discussion + self.silence
