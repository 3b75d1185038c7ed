"""The report as chapters: what page, PDF and spreadsheet show, from the frozen figures alone."""

from __future__ import annotations

from typing import Any

from portfolio.annual.reports.activity import activity
from portfolio.annual.reports.agreements import agreements
from portfolio.annual.reports.facts import AnnualFacts, total
from portfolio.annual.reports.frozen import from_json
from portfolio.annual.reports.layout import TEXT, Chapter, Section, Table, columns, figure, long_date, many
from portfolio.annual.reports.rulings import rulings
from portfolio.annual.reports.themes import since, trend
from portfolio.annual.reports.usage import usage
from portfolio.models import AnnualStatus


def report_of(status: AnnualStatus, *, whole: bool = True) -> dict[str, Any]:
    """Return what the templates show of an edition that is counted; `whole` adds the lines about single cases."""
    facts = from_json(status.facts or {})
    return {
        "status": status, "year": str(status.year), "facts": facts, "period": period(facts),
        "key_figures": key_figures(facts), "chapters": chapters(facts, status.words),
        "appendix": appendix(facts) if whole else None,
    }  # fmt: skip


def chapters(facts: AnnualFacts, words: dict[str, str] | None = None) -> list[Chapter]:
    """Return the whole report in order, with the secretariat's comment to each chapter."""
    said = words or {}
    found = (
        ("followed_up", "Siden sidste status", (since(facts),)),
        ("activity", "Aktivitet", activity(facts)),
        ("usage", "Brugen af aftalen", usage(facts)),
        ("decisions", "Beslutninger", rulings(facts)),
        ("agreements", "Aftaler og opfølgning", agreements(facts)),
        ("themes", "Temaer, læring og udvikling", (trend(facts),)),
    )
    return [Chapter(heading, sections, code, said.get(code, "")) for code, heading, sections in found]


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


def appendix(facts: AnnualFacts) -> Section:
    """One line per case, for PSG, DAS and the secretariat only (design: access)."""
    lines, title = facts.cases, "Sagerne enkeltvis"
    if not lines:
        return Section(title, "Ingen indsendt sag var i gang i perioden.")
    heads = columns(("Sag", TEXT), ("Titel", TEXT), ("Initiativtager", TEXT), ("Begyndt", TEXT), ("Stod i", TEXT))
    rows = [[x.number, x.title, x.initiator, x.begun, x.result or x.stage] for x in lines]
    lead = f"{many(len(lines), 'sag', 'sager')} med et indsendt dialoggrundlag var i gang i perioden."
    return Section(title, lead, None, (Table("Sager i perioden", heads, rows),))
