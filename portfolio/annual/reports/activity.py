"""The chapter »Aktivitet«: screenings, cases in and out, who starts, where tasks move, and every step taken."""

from __future__ import annotations

from core.patients import PatientCount
from portfolio.annual.reports.agreements import reported
from portfolio.annual.reports.facts import AnnualFacts, Count, total
from portfolio.annual.reports.layout import (
    NUMBER,
    TEXT,
    Chart,
    Section,
    Table,
    columns,
    figure,
    interval,
    long_date,
    many,
)


def activity(facts: AnnualFacts) -> tuple[Section, ...]:
    """Return the sections of the chapter."""
    parts = (screenings, stock, stages, initiators, sectors, places, reported, steps)
    return tuple(part(facts) for part in parts)


def screenings(facts: AnnualFacts) -> Section:
    """Indledende vurderinger efter resultat."""
    found = facts.screenings
    begun = "indledende vurdering", "indledende vurderinger"
    lead = (
        f"Der blev påbegyndt {many(found.filed, *begun)} og afsluttet {figure(found.concluded)}. "
        f"{many(found.waiting, 'vurdering stod åben', 'vurderinger stod åbne')} ved opgørelsens slutning."
    )
    return bars("Indledende vurderinger", lead, "Afsluttede vurderinger efter resultat", "Resultat", found.results)


def bars(heading: str, lead: str, title: str, head: str, counts: tuple[Count, ...], unit: str = "Antal") -> Section:
    """Return a section with one figure a line, as bars and as a table with its sum."""
    rows = [[count.label, count.value] for count in counts]
    table = Table(title, columns((head, TEXT), (unit, NUMBER)), rows, ["I alt", total(counts)], charted=True)
    chart = Chart(title, unit, head, [(count.label, count.value) for count in counts])
    return Section(heading, lead, chart if total(counts) else None, (table,) if total(counts) else ())


def stock(facts: AnnualFacts) -> Section:
    """The stock equation."""
    now = facts.stock
    rows = [
        [f"Under behandling {long_date(facts.first)}", now.opening],
        *[[f"+ {count.label}", count.value] for count in now.entered],
        *[[f"− {count.label}", count.value] for count in now.left],
    ]
    foot = [f"Under behandling {long_date(facts.until)}", now.closing]
    lead = (
        f"{figure(now.opening)} + {figure(total(now.entered))} ind − {figure(total(now.left))} ud "
        f"= {many(now.closing, 'sag', 'sager')} under behandling."
    )
    table = Table("Sager ind og ud", columns(("Bevægelse", TEXT), ("Sager", NUMBER)), rows, foot)
    steps = ("Ved begyndelsen", now.opening), ("Ind", total(now.entered)), ("Ud", total(now.left))
    chart = Chart("Sager under behandling", "Sager", "Bevægelse", [*steps, ("Ved slutningen", now.closing)])
    return Section("Sager under behandling", lead, chart, (table,))


def stages(facts: AnnualFacts) -> Section:
    """Where the cases under way stand at the end."""
    now, day = facts.stock, long_date(facts.until)
    lead = f"Sådan fordelte {many(now.closing, 'sag', 'sager')} sig {day}."
    if now.awaiting_agreement:
        lead += f" Desuden ventede {many(now.awaiting_agreement, 'godkendt sag', 'godkendte sager')} på aftalen."
    return bars("Sager per stadie", lead, f"Sager per stadie {day}", "Stadie", now.stages, "Sager")


def initiators(facts: AnnualFacts) -> Section:
    """Who took the initiative."""
    lines = facts.initiators
    if not lines:
        return Section("Hvem tager initiativ?", "Ingen organisation påbegyndte en vurdering i perioden.")
    heads = columns(("Organisation", TEXT), ("Type", TEXT), ("Vurderinger", NUMBER), ("Nye sager", NUMBER))
    rows = [[line.name, line.kind, line.screenings, line.cases] for line in lines]
    foot = ["I alt", "", sum(x.screenings for x in lines), sum(x.cases for x in lines)]
    chart = Chart(
        "Påbegyndte vurderinger per organisation", "Vurderinger", "Organisation",
        [(line.name, line.screenings) for line in lines],
    )  # fmt: skip
    lead = f"{many(len(lines), 'organisation', 'organisationer')} tog initiativ til en vurdering eller en sag."
    return Section("Hvem tager initiativ?", lead, chart, (Table("Initiativ per organisation", heads, rows, foot),))


def sectors(facts: AnnualFacts) -> Section:
    """From sector to sector."""
    found = facts.sectors
    sent = many(found.cases, "sag", "sager")
    if not found.flows:
        return Section("Fra sektor til sektor", "Intet dialoggrundlag blev indsendt første gang i perioden.")
    counts = tuple(Count("", f"{flow.origin} → {flow.target}", flow.cases) for flow in found.flows)
    title = "Sager efter sektor, opgaven flytter fra og til"
    rows = [[flow.origin, flow.target, flow.cases] for flow in found.flows]
    table = Table(title, columns(("Fra", TEXT), ("Til", TEXT), ("Sager", NUMBER)), rows, charted=True)
    chart = Chart(title, "Sager", "Fra → til", [(count.label, count.value) for count in counts])
    return Section("Fra sektor til sektor", f"Gælder {sent} med et indsendt dialoggrundlag.", chart, (table,))


def places(facts: AnnualFacts) -> Section:
    """Municipalities and patients."""
    found = facts.places
    if not found.cases:
        return Section("Kommuner og patienter", "Intet dialoggrundlag blev indsendt første gang i perioden.")
    lead = f"Sagerne gælder tilsammen {interval(found.low, found.high)} patienter om året."
    if found.unknown:
        lead += f" I {many(found.unknown, 'sag', 'sager')} er det samlede antal ikke oplyst."
    heads = columns(("Kommune", TEXT), ("Sager", NUMBER), ("Patienter om året", NUMBER), ("Sager uden tal", NUMBER))
    lines = found.municipalities
    rows = [[x.name, x.cases, PatientCount(x.low, x.high), x.unknown] for x in lines]
    chart = Chart("Sager per berørt kommune", "Sager", "Kommune", [(x.name, x.cases) for x in lines])
    tables = (Table("Sager og patienter per berørt kommune", heads, rows),)
    return Section("Kommuner og patienter", lead, chart if lines else None, tables if lines else ())


def steps(facts: AnnualFacts) -> Section:
    """Every kind of step in the history, so that nothing of the year is left out."""
    lead = f"Sagernes historik fik {many(total(facts.steps), 'trin', 'trin')} i perioden."
    ranked = tuple(sorted(facts.steps, key=lambda count: -count.value))
    return bars("Alle trin i sagerne", lead, "Trin i sagernes historik efter art", "Trin", ranked, "Gange")
