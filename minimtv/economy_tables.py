"""The economy laid out to be read: by party, and by year with cost per patient and net present value."""

from __future__ import annotations

from collections.abc import Iterable

from minimtv.document import ShownTable
from minimtv.economy import YEARS, Economy, PartyYears, Year
from minimtv.tables import DASH, figure

BESIDE = "q25"


def economy_tables(economy: Economy) -> list[ShownTable]:
    """Return the tables, none while no party has stated anything."""
    return [by_party(economy), by_year(economy)] if economy.stated else []


def by_party(economy: Economy) -> ShownTable:
    """Return the extra expense of every party, year by year, with sums and where the figures come from."""
    heads = heading("Part", [*(f"År {number}" for number in YEARS), "I alt"])
    rows = [party_row(party) for party in economy.parties]
    foot = ["I alt", *(figure(year.net) for year in economy.total), figure(economy.net), ""]
    caption = "Mer- eller mindreudgift (−) pr. part og år (kr.)"
    return ShownTable(BESIDE, caption, [*heads, {"label": "Kilde", "number": False}], rows, foot, coverage(economy))


def party_row(party: PartyYears) -> list[str]:
    """Return the line of one party."""
    if not party.is_stated:
        return [party.name, *[DASH] * (len(YEARS) + 1), party.source]
    return [party.name, *(figure(year.net) for year in party.years), figure(party.net), party.source]


def coverage(economy: Economy) -> str:
    """Say whose figures are missing from the sums."""
    lacking = economy.lacking
    return f"Ikke med i summerne: {', '.join(lacking)}." if lacking else "Alle parters tal er med."


def by_year(economy: Economy) -> ShownTable:
    """Return what all parties together spend and save in each year, per patient too."""
    heads = heading("År", ["Engangsudgift", "Drift", "Besparelse", "Netto", "Patienter", "Netto pr. patient"])
    total = economy.total
    rows = [year_row(number, year) for number, year in enumerate(total)]
    sums = (sum(getattr(y, name) for y in total) for name in ("one_off_cost", "annual_cost", "annual_saving", "net"))
    foot = ["I alt", *(figure(amount) for amount in sums), "", ""]
    return ShownTable(BESIDE, "Alle parter samlet, år for år (kr.)", heads, rows, foot, value(economy))


def year_row(number: int, year: Year) -> list[str]:
    """Return the line of one year."""
    amounts = (year.one_off_cost, year.annual_cost, year.annual_saving, year.net)
    return [f"År {number}", *(figure(amount) for amount in amounts), str(year.patients), per_patient(year)]


def per_patient(year: Year) -> str:
    """Return the extra expense per patient: a figure, two when the patients are »1–4«, or a dash."""
    if year.per_patient is None:
        return DASH
    low, high = year.per_patient
    return figure(low) if low == high else f"{figure(low)} til {figure(high)}"


def value(economy: Economy) -> str:
    """Say the net present value and at which rate."""
    rate = figure(format(economy.rate.normalize(), "f"))
    return (
        f"Nutidsværdi i år 0: {figure(economy.present_value)} kr. ved en kalkulationsrente på {rate} % om året. "
        "Patienterne tælles én gang, som initiativtageren har opgjort dem."
    )


def heading(first: str, others: Iterable[str]) -> list[dict[str, object]]:
    """Return column heads: a text, then figures."""
    return [{"label": first, "number": False}, *({"label": label, "number": True} for label in others)]

