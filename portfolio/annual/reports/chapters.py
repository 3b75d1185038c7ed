"""The report as chapters: what page and PDF show, from the frozen figures alone."""

from __future__ import annotations

from typing import Any

from portfolio.annual.reports.facts import AnnualFacts, Count, total
from portfolio.annual.reports.frozen import from_json
from portfolio.annual.reports.layout import (
    NUMBER,
    TEXT,
    Chapter,
    Chart,
    Section,
    Table,
    columns,
    figure,
    interval,
    long_date,
    many,
)
from portfolio.annual.reports.usage import decisions, usage
from portfolio.models import AnnualStatus


def report_of(status: AnnualStatus) -> dict[str, Any]:
    """Return what the templates of page and PDF show of an edition that is counted."""
    facts = from_json(status.facts or {})
    return {
        "status": status, "year": str(status.year), "facts": facts, "period": period(facts),
        "key_figures": key_figures(facts), "chapters": chapters(facts),
    }  # fmt: skip


def chapters(facts: AnnualFacts) -> list[Chapter]:
    """Return the whole report in order."""
    return [
        Chapter("Aktivitet", (screenings(facts), stock(facts), stages(facts), trend(facts), initiators(facts))),
        Chapter("Sektorer, kommuner og patienter", (sectors(facts), places(facts))),
        Chapter("Brugen af aftalen", usage(facts)),
        Chapter("Beslutninger", (decisions(facts),)),
    ]


def key_figures(facts: AnnualFacts) -> list[dict[str, str]]:
    """Return the five figures of the front page, each with what it counts."""
    now, parties = facts.stock, facts.participation
    return [
        {"value": figure(facts.screenings.filed), "label": "indledende vurderinger påbegyndt"},
        {"value": figure(total(now.entered)), "label": "sager kom ind"},
        {"value": figure(total(now.left)), "label": "sager blev afgjort eller afsluttet"},
        {"value": figure(now.closing), "label": f"sager under behandling {long_date(facts.until)}"},
        {
            "value": f"{figure(parties.answered)} af {figure(parties.asked)}" if parties.asked else "–",
            "label": "berørte parter svarede, før dialogen blev lukket",
        },
    ]


def period(facts: AnnualFacts) -> str:
    """Return the days the figures cover."""
    return f"{long_date(facts.first)} til {long_date(facts.until)}"


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
    rows = [[count.label, figure(count.value)] for count in counts]
    table = Table(title, columns((head, TEXT), (unit, NUMBER)), rows, ["I alt", figure(total(counts))], charted=True)
    chart = Chart(title, unit, head, [(count.label, count.value) for count in counts])
    return Section(heading, lead, chart if total(counts) else None, (table,) if total(counts) else ())


def stock(facts: AnnualFacts) -> Section:
    """The stock equation."""
    now = facts.stock
    rows = [
        [f"Under behandling {long_date(facts.first)}", figure(now.opening)],
        *[[f"+ {count.label}", figure(count.value)] for count in now.entered],
        *[[f"− {count.label}", figure(count.value)] for count in now.left],
    ]
    foot = [f"Under behandling {long_date(facts.until)}", figure(now.closing)]
    lead = (
        f"{figure(now.opening)} + {figure(total(now.entered))} ind − {figure(total(now.left))} ud "
        f"= {many(now.closing, 'sag', 'sager')} under behandling."
    )
    table = Table("Sager ind og ud", columns(("Bevægelse", TEXT), ("Sager", NUMBER)), rows, foot)
    return Section("Sager under behandling", lead, None, (table,))


def stages(facts: AnnualFacts) -> Section:
    """Where the cases under way stand at the end."""
    now, day = facts.stock, long_date(facts.until)
    lead = f"Sådan fordelte {many(now.closing, 'sag', 'sager')} sig {day}."
    if now.awaiting_agreement:
        lead += f" Desuden ventede {many(now.awaiting_agreement, 'godkendt sag', 'godkendte sager')} på aftalen."
    return bars("Sager per stadie", lead, f"Sager per stadie {day}", "Stadie", now.stages, "Sager")


def trend(facts: AnnualFacts) -> Section:
    """The year beside the years before."""
    lines = facts.trend
    heads = columns(
        ("År", TEXT), ("Vurderinger påbegyndt", NUMBER), ("Sager ind", NUMBER), ("Sager ud", NUMBER),
        ("Sager ved slutningen", NUMBER),
    )  # fmt: skip
    rows = [[str(x.year), figure(x.screenings), figure(x.entered), figure(x.left), figure(x.closing)] for x in lines]
    if len(lines) < 2:
        return Section("Sammenligning med tidligere år", "Der er ingen tidligere år at sammenligne med.")
    lead = f"Udviklingen fra {lines[0].year} til {lines[-1].year}, talt efter de samme regler."
    chart = Chart("Sager, der kom ind, per år", "Sager", "År", [(str(x.year), x.entered) for x in lines])
    return Section("Sammenligning med tidligere år", lead, chart, (Table("Udvikling over årene", heads, rows),))


def initiators(facts: AnnualFacts) -> Section:
    """Who took the initiative."""
    lines = facts.initiators
    if not lines:
        return Section("Hvem tager initiativ?", "Ingen organisation påbegyndte en vurdering i perioden.")
    heads = columns(("Organisation", TEXT), ("Type", TEXT), ("Vurderinger", NUMBER), ("Nye sager", NUMBER))
    rows = [[line.name, line.kind, figure(line.screenings), figure(line.cases)] for line in lines]
    foot = ["I alt", "", figure(sum(x.screenings for x in lines)), figure(sum(x.cases for x in lines))]
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
    rows = [[flow.origin, flow.target, figure(flow.cases)] for flow in found.flows]
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
    rows = [[x.name, figure(x.cases), interval(x.low, x.high), figure(x.unknown)] for x in lines]
    chart = Chart("Sager per berørt kommune", "Sager", "Kommune", [(x.name, x.cases) for x in lines])
    tables = (Table("Sager og patienter per berørt kommune", heads, rows),)
    return Section("Kommuner og patienter", lead, chart if lines else None, tables if lines else ())
