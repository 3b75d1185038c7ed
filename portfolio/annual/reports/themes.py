"""The chapters before and after the counted ones: what was done since last year, and the years side by side."""

from __future__ import annotations

from contacts.naming import named
from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, long_date


def since(facts: AnnualFacts) -> Section:
    """What Den Administrative Styregruppe decided last year; the secretariat's text says what was done about it."""
    title = "Beslutningen om sidste års status"
    if not facts.last_year:
        return Section(title, f"Der er ikke registreret en beslutning om status for {facts.year - 1}.")
    last = facts.last_year[0]
    answer = "skal opdateres" if last.update_plan else "ikke skal opdateres"
    lead = named(
        f"Den Administrative Styregruppe besluttede {long_date(last.decided_on)} på grundlag af status for "
        f"{last.year}, at handleplanen {answer}."
    )
    return Section(title, f"{lead} {last.text}")


def trend(facts: AnnualFacts) -> Section:
    """The year beside the years before."""
    lines = facts.trend
    heads = columns(
        ("År", TEXT), ("Vurderinger", NUMBER), ("Sager ind", NUMBER), ("Sager ud", NUMBER), ("Ved slutningen", NUMBER),
        ("Beslutninger", NUMBER), ("Godkendt", NUMBER),
    )  # fmt: skip
    rows = [
        [str(x.year), x.screenings, x.entered, x.left, x.closing, x.decisions, x.approved] for x in lines
    ]  # fmt: skip
    if len(lines) < 2:
        return Section("Sammenligning med tidligere år", "Der er ingen tidligere år at sammenligne med.")
    lead = f"Udviklingen fra {lines[0].year} til {lines[-1].year}, talt efter de samme regler."
    chart = Chart("Sager, der kom ind, per år", "Sager", "År", [(str(x.year), x.entered) for x in lines])
    return Section("Sammenligning med tidligere år", lead, chart, (Table("Udvikling over årene", heads, rows),))


