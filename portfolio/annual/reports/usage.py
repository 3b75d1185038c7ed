"""The chapter about how the agreement is used: time, returns, choice of forum, the parties' answers."""

from __future__ import annotations

from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, figure, many
from portfolio.annual.reports.people import gaps, requests, silent, survey


def usage(facts: AnnualFacts) -> tuple[Section, ...]:
    """Return the sections of »Brugen af aftalen« (S1: aftalen, og anvendelsen af aftalen, skal evalueres)."""
    parts = (silent, gaps, choices, requests, returns, handling, participation, survey)
    return tuple(part(facts) for part in parts)


def handling(facts: AnnualFacts) -> Section:
    """Handling time per stage."""
    lines, title = facts.handling, "Behandlingstid per stadie"
    if not lines:
        return Section(title, "Ingen sager forlod et stadie i perioden.")
    heads = columns(("Stadie", TEXT), ("Afsluttede ophold", NUMBER), ("Median, dage", NUMBER), ("90 %, dage", NUMBER))
    rows = [[line.label, line.stays, line.median, line.ninety] for line in lines]
    slowest = max(lines, key=lambda line: line.median)
    lead = (
        f"Det typiske ophold var længst i stadiet »{slowest.label}«: halvdelen varede højst "
        f"{many(slowest.median, 'dag', 'dage')}, ni ud af ti højst {figure(slowest.ninety)}."
    )
    chart = Chart("Typisk behandlingstid (median)", "Dage", "Stadie", [(line.label, line.median) for line in lines])
    return Section(title, lead, chart, (Table("Ophold per stadie", heads, rows),))


def participation(facts: AnnualFacts) -> Section:
    """How many of the parties answered."""
    found, title = facts.participation, "Parternes deltagelse"
    if not found.dialogues:
        return Section(title, "Ingen dialog blev lukket i perioden.")
    share = f" ({figure(round(100 * found.answered / found.asked))} %)" if found.asked else ""
    lead = (
        f"I {many(found.dialogues, 'sag', 'sager')} blev dialogen lukket. {figure(found.answered)} af "
        f"{many(found.asked, 'spurgt part', 'spurgte parter')} svarede{share}."
    )
    in_time = found.answered - found.late
    kinds = ("Svarede inden fristen", in_time), ("Svarede efter fristen", found.late), ("Svarede ikke", found.missing)
    rows = [list(kind) for kind in kinds]
    heads, caption = columns(("Parter", TEXT), ("Antal", NUMBER)), "Svar fra berørte parter"
    table = Table(caption, heads, rows, ["I alt spurgt", found.asked], charted=True)
    return Section(title, lead, Chart(caption, "Parter", "Svar", list(kinds)), (table,))


def choices(facts: AnnualFacts) -> Section:
    """Choice of forum against the recommendation."""
    lines, title = facts.choices, "Valg af forum"
    every = sum(line.all for line in lines)
    if not every:
        return Section(title, "Der blev ikke valgt forum for nogen sag i perioden.")
    heads = columns(
        ("Valgt forum", TEXT), ("Fulgte anbefalingen", NUMBER), ("Gik imod den", NUMBER),
        ("Gik imod et ønske", NUMBER), ("I alt", NUMBER),
    )  # fmt: skip
    rows = [[x.label, x.followed, x.against, x.against_request, x.all] for x in lines]
    sums = [sum(x.followed for x in lines), sum(x.against for x in lines), sum(x.against_request for x in lines)]
    lead = (
        f"Kontaktpersonerne fulgte anbefaling og ønsker i {figure(sums[0])} af {many(every, 'valg', 'valg')}. "
        f"{figure(sums[1])} gik imod anbefalingen og {figure(sums[2])} imod en parts ønske."
    )
    bars = list(zip(("Fulgte anbefalingen", "Gik imod anbefalingen", "Gik imod en parts ønske"), sums, strict=True))
    chart = Chart("Valg af forum", "Valg", "Valget", [(label, float(value)) for label, value in bars])
    return Section(title, lead, chart, (Table("Valg efter anbefaling", heads, rows, ["I alt", *sums, every]),))


def returns(facts: AnnualFacts) -> Section:
    """What was sent back or adjourned, by cause."""
    lines, title = facts.returns, "Returneringer og udsættelser"
    if not any(line.value for line in lines):
        return Section(title, "Ingen sag blev sendt tilbage eller udsat i perioden.")
    heads = columns(("Årsag", TEXT), ("Gange", NUMBER), ("Sager", NUMBER))
    rows = [[line.label, line.value, line.cases] for line in lines]
    lead = f"Sager blev sendt tilbage eller udsat {many(sum(x.value for x in lines), 'gang', 'gange')}."
    chart = Chart("Returneringer og udsættelser", "Gange", "Årsag", [(line.label, line.value) for line in lines])
    return Section(title, lead, chart, (Table("Returneringer og udsættelser efter årsag", heads, rows),))
