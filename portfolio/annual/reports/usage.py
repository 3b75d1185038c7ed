"""The chapters about how the agreement is used: time, returns, choice of forum, answers, decisions."""

from __future__ import annotations

from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, figure, many


def usage(facts: AnnualFacts) -> tuple[Section, ...]:
    """Return the sections of »Brugen af aftalen« (S1: aftalen, og anvendelsen af aftalen, skal evalueres)."""
    return handling(facts), participation(facts), choices(facts), returns(facts)


def handling(facts: AnnualFacts) -> Section:
    """Handling time per stage."""
    lines, title = facts.handling, "Behandlingstid per stadie"
    if not lines:
        return Section(title, "Ingen sager forlod et stadie i perioden.")
    heads = columns(("Stadie", TEXT), ("Afsluttede ophold", NUMBER), ("Median, dage", NUMBER), ("90 %, dage", NUMBER))
    rows = [[line.label, figure(line.stays), figure(line.median), figure(line.ninety)] for line in lines]
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
    rows = [
        ["Sager, hvor dialogen blev lukket", figure(found.dialogues)],
        ["Parter, der blev spurgt", figure(found.asked)],
        ["Parter, der svarede", figure(found.answered)],
        ["Parter, der ikke svarede inden fristen", figure(found.missing)],
    ]
    heads = columns(("Parter og svar", TEXT), ("Antal", NUMBER))
    return Section(title, lead, None, (Table("Svar fra berørte parter", heads, rows),))


def choices(facts: AnnualFacts) -> Section:
    """Choice of forum against the recommendation."""
    lines, title = facts.choices, "Valg af forum"
    followed, against = sum(x.followed for x in lines), sum(x.against for x in lines)
    if not followed + against:
        return Section(title, "Der blev ikke valgt forum for nogen sag i perioden.")
    heads = columns(("Valgt forum", TEXT), ("Fulgte anbefalingen", NUMBER), ("Gik imod", NUMBER), ("I alt", NUMBER))
    rows = [[x.label, figure(x.followed), figure(x.against), figure(x.followed + x.against)] for x in lines]
    foot = ["I alt", figure(followed), figure(against), figure(followed + against)]
    lead = (
        f"Kontaktpersonerne fulgte anbefalingen i {figure(followed)} af "
        f"{many(followed + against, 'valg', 'valg')} og gik imod den i {figure(against)}."
    )
    return Section(title, lead, None, (Table("Valg efter anbefaling", heads, rows, foot),))


def returns(facts: AnnualFacts) -> Section:
    """What was sent back or adjourned, by cause."""
    lines, title = facts.returns, "Returneringer og udsættelser"
    if not any(line.value for line in lines):
        return Section(title, "Ingen sag blev sendt tilbage eller udsat i perioden.")
    heads = columns(("Årsag", TEXT), ("Gange", NUMBER), ("Sager", NUMBER))
    rows = [[line.label, figure(line.value), figure(line.cases)] for line in lines]
    lead = f"Sager blev sendt tilbage eller udsat {many(sum(x.value for x in lines), 'gang', 'gange')}."
    chart = Chart("Returneringer og udsættelser", "Gange", "Årsag", [(line.label, line.value) for line in lines])
    return Section(title, lead, chart, (Table("Returneringer og udsættelser efter årsag", heads, rows),))


def decisions(facts: AnnualFacts) -> Section:
    """Decisions by forum and kind."""
    lines, title = facts.decisions, "Beslutninger efter forum"
    if not lines:
        return Section(title, "Intet forum traf en beslutning i perioden.")
    heads = columns(("Forum", TEXT), ("Beslutning", TEXT), ("Antal", NUMBER), ("Heraf skriftligt", NUMBER))
    rows = [[x.forum, x.label, figure(x.value), figure(x.written)] for x in lines]
    all_of_them, forums = sum(x.value for x in lines), len({x.forum for x in lines})
    foot = ["I alt", "", figure(all_of_them), figure(sum(x.written for x in lines))]
    lead = (
        f"{many(forums, 'forum', 'fora')} traf {many(all_of_them, 'beslutning', 'beslutninger')}. "
        "»Heraf skriftligt« er beslutninger i skriftlig procedure."
    )
    by_forum = {x.forum: 0 for x in lines}
    for line in lines:
        by_forum[line.forum] += line.value
    chart = Chart("Beslutninger per forum", "Beslutninger", "Forum", list(by_forum.items()))
    shown = chart if forums > 1 else None
    return Section(title, lead, shown, (Table("Beslutninger efter forum og art", heads, rows, foot),))
