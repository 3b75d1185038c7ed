"""Figures about agreements, follow-up and reports of opgaveglidning as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StageFlow:
    """Cases in one stage: at the beginning, into it, out of it, at the end."""

    label: str
    opening: int
    came: int
    went: int
    closing: int

    @property
    def balances(self) -> bool:
        """Whether the equation holds."""
        return self.opening + self.came - self.went == self.closing


@dataclass(frozen=True)
class Receiver:
    """What one organisation did with agreements in the year."""

    name: str
    confirmed: int
    live: int
    late: int
    declined: int
    left: int


@dataclass(frozen=True)
class Deal:
    """An agreement that came to hold for its first receiver in the year."""

    title: str
    initiator: str
    receivers: str
    since: date


@dataclass(frozen=True)
class Economy:
    """The estimates one party stated of its own economy, added up over its cases."""

    name: str
    cases: int
    one_off: int
    annual: int
    saving: int
    unknown: int


@dataclass(frozen=True)
class Reported:
    """Reports of opgaveglidning about one organisation: made in the year, and what was done with reports in it."""

    name: str
    reported: int
    answered: int
    became_case: int
    closed: int


@dataclass(frozen=True)
class FollowedUp:
    """One follow-up of the year: its outcome, and how many of the expected results came."""

    title: str
    held_on: date
    outcome: str
    indicators: int
    measured: int
    met: int
    late: bool


@dataclass(frozen=True)
class FollowUps:
    """The follow-ups of the year, and the agreements whose next one was overdue at its end."""

    held: tuple[FollowedUp, ...] = ()
    overdue: tuple[str, ...] = ()
