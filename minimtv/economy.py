"""What the transfer costs: party by year 0 to 4, sums, cost per patient, and net present value; exact to the krone.

The initiator's figures are the mini-MTV's own table; every other party's are what it stated itself (S4.6): its one-off
cost falls in year 0, its running cost and saving in years 1 to 4. A positive figure is an expense. The patients are
counted once, as the initiator counts them, since the parties treat the same ones (fortolkning).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core import parameters
from core.patients import UNKNOWN, PatientCount
from dialogue.models import EconomyKnown
from dialogue.responses.queries import PartyStanding, standing
from minimtv.document import Rows, plain
from minimtv.models.tables import LAST_YEAR
from transfers.models import TransferCase

RATE = "minimtv.discount_rate"
YEARS = range(LAST_YEAR + 1)
AMOUNTS = ("one_off_cost", "annual_cost", "annual_saving")


@dataclass(frozen=True)
class Year:
    """The figures of one party, or of all, in one year."""

    one_off_cost: int = 0
    annual_cost: int = 0
    annual_saving: int = 0
    patients: PatientCount = UNKNOWN

    @property
    def net(self) -> int:
        """Extra expense; below nought when money is saved."""
        return self.one_off_cost + self.annual_cost - self.annual_saving

    @property
    def per_patient(self) -> tuple[int, int] | None:
        """Extra expense per patient, as a low and a high figure; None where the patients are not known or none."""
        if not self.patients.low or not self.patients.high:
            return None
        low, high = sorted(whole(Decimal(self.net) / count) for count in (self.patients.low, self.patients.high))
        return low, high


@dataclass(frozen=True)
class PartyYears:
    """One party's figures year by year, and where they come from; no years when it has stated none."""

    name: str
    source: str
    years: tuple[Year, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the party's figures are known."""
        return bool(self.years)

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version."""
        return {"name": self.name, "source": self.source, "years": [told(year) for year in self.years]}

    @property
    def net(self) -> int:
        """Extra expense over all years."""
        return sum(year.net for year in self.years)


@dataclass(frozen=True)
class Economy:
    """Every party's figures; the initiator first. `rate` is per cent a year."""

    parties: tuple[PartyYears, ...]
    rate: Decimal

    @property
    def stated(self) -> list[PartyYears]:
        """The parties whose figures are known."""
        return [party for party in self.parties if party.is_stated]

    @property
    def lacking(self) -> list[str]:
        """The parties whose figures are not in the sums."""
        return [party.name for party in self.parties if not party.is_stated]

    @property
    def others_stated(self) -> bool:
        """Whether any party but the initiator has stated its figures."""
        return any(party.is_stated for party in self.parties[1:])

    @property
    def total(self) -> tuple[Year, ...]:
        """All parties added up, year by year."""
        return tuple(self.year(number) for number in YEARS)

    def year(self, number: int) -> Year:
        """Return one year of all parties; the patients are the initiator's."""
        own = self.parties[0].years
        amounts = {name: sum(getattr(p.years[number], name) for p in self.stated) for name in AMOUNTS}
        return Year(**amounts, patients=own[number].patients if own else UNKNOWN)

    @property
    def net(self) -> int:
        """Extra expense of all parties over all years."""
        return sum(party.net for party in self.stated)

    @property
    def present_value(self) -> int:
        """What the extra expense of all years is worth in year 0, rounded to whole kroner once, at the end."""
        growth = 1 + self.rate / 100
        return whole(sum((Decimal(year.net) / growth**t for t, year in enumerate(self.total)), Decimal(0)))

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version: what went in, and what came out."""
        return {
            "rate": plain(self.rate), "net": self.net, "present_value": self.present_value,
            "parties": [party.as_content() for party in self.parties],
            "total": [told(year) for year in self.total],
        }  # fmt: skip


def told(year: Year) -> dict[str, Any]:
    """Return one year as plain data."""
    return {name: getattr(year, name) for name in AMOUNTS} | {"patients": str(year.patients), "net": year.net}


def whole(value: Decimal) -> int:
    """Round to whole kroner, half away from nought."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


# --- Where the figures come from --------------------------------------------------------------------


def economy(case: TransferCase, own: Rows) -> Economy:
    """Return the economy of a case: the initiator's rows and what the parties have answered."""
    others = (party_years(row) for row in standing(case).rows)
    return Economy((own_years(case, own), *others), parameters.value(RATE))


def own_years(case: TransferCase, own: Rows) -> PartyYears:
    """Return the initiator's figures; an amount left empty beside others counts as nought."""
    by_year = {row["year"]: row for row in own.rows}
    years = tuple(year_of(by_year.get(number, {})) for number in YEARS) if by_year else ()
    return PartyYears(case.initiator.name, "Mini-MTV" if years else "Ikke opgjort", years)


def year_of(row: dict[str, Any]) -> Year:
    """Return one row of the initiator's table."""
    amounts = {name: row.get(name) or 0 for name in AMOUNTS}
    return Year(**amounts, patients=row.get("patients") or UNKNOWN)


def party_years(party: PartyStanding) -> PartyYears:
    """Return what a party has stated, spread over the years."""
    name, version = str(party.organisation), party.version
    if version is None:
        return PartyYears(name, "Ikke svaret")
    if version.content["economy_known"] == EconomyKnown.NOT_YET:
        return PartyYears(name, "Kan ikke opgøres endnu")
    amounts = {name: version.content[name] for name in AMOUNTS}
    if all(amount is None for amount in amounts.values()):
        return PartyYears(name, "Ikke opgjort")
    return PartyYears(name, f"Svar v{version.number}", spread(amounts))


def spread(amounts: dict[str, int | None]) -> tuple[Year, ...]:
    """Lay a party's answer out by year: one-off in year 0, the rest in the years after."""
    running = Year(0, amounts["annual_cost"] or 0, amounts["annual_saving"] or 0)
    return (Year(amounts["one_off_cost"] or 0), *[running] * LAST_YEAR)
