"""The report of a year: `count_year` makes the figures step by step; `chapters` lays them out for page and PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contacts.naming import named
from portfolio.annual.queries import Scope
from portfolio.annual.reports import agreed, conduct, flow, lines, practice, reach, results
from portfolio.annual.reports.definitions import DEFINITIONS, NOT_COUNTED
from portfolio.annual.reports.facts import AnnualFacts, Definition
from portfolio.annual.reports.frozen import to_json

__all__ = ["RENDERING", "STEPS", "TOTAL", "AnnualFacts", "count_year", "to_json"]

Tell = Callable[[int, int, str], None]
STEPS: tuple[tuple[str, str, Callable[[Scope], Any]], ...] = (
    ("screenings", "Indledende vurderinger", flow.screenings),
    ("stock", "Sager ind og ud", flow.stock),
    ("trend", "Sammenligning med tidligere år", flow.trend),
    ("initiators", "Initiativtagere", flow.initiators),
    ("sectors", "Fra sektor til sektor", reach.sectors),
    ("places", "Kommuner og patienter", reach.places),
    ("handling", "Behandlingstid per stadie", conduct.handling),
    ("decisions", "Beslutninger", conduct.decisions),
    ("returns", "Returneringer og udsættelser", conduct.returns),
    ("choices", "Valg af forum", conduct.choices),
    ("requests", "Ønsker om Porteføljestyregruppen", practice.requests),
    ("participation", "Parternes deltagelse", conduct.participation),
    ("silent", "Organisationer uden vurderinger", practice.silent),
    ("gaps", "Perioder uden kontaktperson", practice.gaps),
    ("survey", "Spørgeskemaet", practice.survey),
    ("orientations", "Orienteringer", lines.orientations),
    ("votes", "Skriftlige procedurer", lines.votes),
    ("reported", "Meldinger om opgaveglidning", agreed.reported),
    ("stage_flows", "Sager med aftale", agreed.stage_flows),
    ("deals", "Aftaler i kraft", agreed.deals),
    ("receivers", "Parternes tiltræden", agreed.receivers),
    ("follow_ups", "Opfølgning", results.follow_ups),
    ("economy", "Parternes økonomiske skøn", agreed.economy),
    ("steps", "Alle trin i sagerne", lines.steps),
    ("last_year", "Sidste års beslutning", lines.last_year),
    ("cases", "Sagerne enkeltvis", lines.cases),
)
RENDERING = "Rapporten sættes op"
TOTAL = len(STEPS) + 1


def count_year(scope: Scope, tell: Tell) -> AnnualFacts:
    """Return the year's figures; before each part `tell` hears its number, how many there are, and its name."""
    parts: dict[str, Any] = {}
    for number, (name, label, part) in enumerate(STEPS, start=1):
        tell(number, TOTAL, named(label))
        parts[name] = part(scope)
    return AnnualFacts(
        year=scope.year, first=scope.first, until=scope.until, **parts,
        definitions=tuple(Definition(named(row.term), named(row.text)) for row in DEFINITIONS),
        not_counted=NOT_COUNTED,
    )  # fmt: skip
