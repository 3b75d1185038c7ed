"""Who did not use the agreement, who could not be reached, what the parties asked for, and what people say of it."""

from __future__ import annotations

from contacts.naming import named
from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, figure, many
from portfolio.models.survey import FEWEST


def silent(facts: AnnualFacts) -> Section:
    """Organisations that began no screening."""
    lines, title = facts.silent, "Organisationer uden indledende vurdering"
    if not lines:
        return Section(title, "Alle organisationer påbegyndte mindst én indledende vurdering.")
    kinds = {line.kind: sum(other.kind == line.kind for other in lines) for line in lines}
    lead = f"{many(len(lines), 'organisation', 'organisationer')} påbegyndte ingen indledende vurdering i perioden."
    rows = [[line.name, line.kind] for line in lines]
    table = Table(title, columns(("Organisation", TEXT), ("Type", TEXT)), rows)
    return Section(title, lead, Chart(f"{title}, efter type", "Organisationer", "Type", list(kinds.items())), (table,))


def gaps(facts: AnnualFacts) -> Section:
    """Days without a contact person."""
    lines, title = facts.gaps, "Perioder uden kontaktperson"
    if not lines:
        return Section(title, "Alle organisationer havde en kontaktperson i hele perioden.")
    ranked = sorted(lines, key=lambda line: -line.days)
    lead = (
        f"{many(len(lines), 'organisation', 'organisationer')} manglede en kontaktperson i en del af perioden, "
        f"længst {ranked[0].name} med {many(ranked[0].days, 'dag', 'dage')}."
    )
    rows = [[line.name, line.kind, line.days] for line in ranked]
    table = Table("Dage uden kontaktperson", columns(("Organisation", TEXT), ("Type", TEXT), ("Dage", NUMBER)), rows)
    chart = Chart("Dage uden kontaktperson", "Dage", "Organisation", [(line.name, line.days) for line in ranked])
    return Section(title, lead, chart, (table,))


def requests(facts: AnnualFacts) -> Section:
    """Requests for the Porteføljestyregruppe."""
    found, title = facts.requests, named("Parternes ønsker om Porteføljestyregruppen")
    if not found.asked:
        return Section(title, named("Ingen part bad om behandling i Porteføljestyregruppen."))
    lead = named(
        f"Parter bad {many(found.asked, 'gang', 'gange')} om behandling i Porteføljestyregruppen, "
        f"i {many(found.cases, 'sag', 'sager')}."
    )
    rest = max(0, found.cases - found.followed - found.against)
    kinds = (
        (named("Sendt til Porteføljestyregruppen"), found.followed), ("Sendt til et samarbejdsforum", found.against),
        ("Forum var ikke valgt", rest),
    )  # fmt: skip
    caption = "Sager med et ønske, efter valg af forum"
    table = Table(caption, columns(("Valg", TEXT), ("Sager", NUMBER)), [list(kind) for kind in kinds], charted=True)
    return Section(title, lead, Chart(caption, "Sager", "Valg", list(kinds)), (table,))


def survey(facts: AnnualFacts) -> Section:
    """What contact persons and leaders say."""
    title = "Spørgeskema til kontaktpersoner og ledere"
    if not facts.survey:
        return Section(title, "Der var ikke afsluttet et spørgeskema for året på opgørelsesdatoen.")
    found = facts.survey[0]
    lead = f"{figure(found.answered)} af {many(found.invited, 'spurgt', 'spurgte')} svarede."
    if not found.questions:
        return Section(title, f"{lead} Svarene vises kun, når mindst {FEWEST} har svaret.")
    heads = columns(
        ("Udsagn", TEXT), ("1 helt uenig", NUMBER), ("2", NUMBER), ("3", NUMBER), ("4", NUMBER),
        ("5 helt enig", NUMBER), ("Gennemsnit", NUMBER),
    )  # fmt: skip
    rows = [[question.text, *question.counts, question.mean] for question in found.questions]
    chart = Chart(
        "Gennemsnit fra 1 (helt uenig) til 5 (helt enig)", "Gennemsnit", "Udsagn",
        [(question.text, question.mean) for question in found.questions],
    )  # fmt: skip
    return Section(title, lead, chart, (Table("Svar fordelt på tallene 1 til 5", heads, rows),))
