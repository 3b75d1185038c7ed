"""The chapter »Beslutninger«: what the forums decided, and what the Porteføljestyregruppe was told."""

from __future__ import annotations

from contacts.naming import named
from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, figure, many


def rulings(facts: AnnualFacts) -> tuple[Section, ...]:
    """Return the sections of the chapter."""
    return decisions(facts), votes(facts), orientations(facts)


def decisions(facts: AnnualFacts) -> Section:
    """Decisions by forum and kind."""
    lines, title = facts.decisions, "Beslutninger efter forum"
    if not lines:
        return Section(title, "Intet forum traf en beslutning i perioden.")
    heads = columns(("Forum", TEXT), ("Beslutning", TEXT), ("Antal", NUMBER), ("Heraf skriftligt", NUMBER))
    rows = [[x.forum, x.label, x.value, x.written] for x in lines]
    all_of_them, forums = sum(x.value for x in lines), len({x.forum for x in lines})
    foot = ["I alt", "", all_of_them, sum(x.written for x in lines)]
    lead = (
        f"{many(forums, 'forum', 'fora')} traf {many(all_of_them, 'beslutning', 'beslutninger')}. "
        "»Heraf skriftligt« er beslutninger i skriftlig procedure."
    )
    by_forum = {x.forum: 0 for x in lines}
    for line in lines:
        by_forum[line.forum] += line.value
    chart = Chart("Beslutninger per forum", "Beslutninger", "Forum", list(by_forum.items()))
    return Section(title, lead, chart, (Table("Beslutninger efter forum og art", heads, rows, foot),))


def orientations(facts: AnnualFacts) -> Section:
    """What the Porteføljestyregruppe was told without having to decide it."""
    lines, title = facts.orientations, named("Orienteringer til Porteføljestyregruppen")
    given = sum(line.given for line in lines)
    if not given:
        return Section(title, named("Porteføljestyregruppen fik ingen orienteringer i perioden."))
    noted = sum(line.noted for line in lines)
    lead = named(
        f"Porteføljestyregruppen fik {many(given, 'orientering', 'orienteringer')} og har taget {figure(noted)} "
        "til efterretning."
    )
    heads = columns(("Orientering", TEXT), ("Givet", NUMBER), ("Taget til efterretning", NUMBER))
    rows = [[line.label, line.given, line.noted] for line in lines]
    chart = Chart("Orienteringer efter art", "Orienteringer", "Art", [(line.label, line.given) for line in lines])
    table = Table("Orienteringer efter art og behandling", heads, rows, ["I alt", given, noted])
    return Section(title, lead, chart, (table,))


def votes(facts: AnnualFacts) -> Section:
    """Written procedures by how they ended."""
    found, title = facts.votes, "Skriftlige procedurer"
    if not found.begun + found.ended:
        return Section(title, "Ingen sag var i skriftlig procedure i perioden.")
    lead = (
        f"Der begyndte {many(found.begun, 'skriftlig procedure', 'skriftlige procedurer')}, og {figure(found.ended)} "
        f"sluttede. {figure(found.cast)} af {many(found.asked, 'spurgt', 'spurgte')} stemte i dem, der sluttede."
    )
    kinds = (
        ("Godkendt enstemmigt", found.approved), ("Uden beslutning: indsigelse", found.objection),
        ("Uden beslutning: ønske om drøftelse", found.discussion), ("Uden beslutning: ikke alle stemte", found.silence),
    )  # fmt: skip
    caption, heads = "Afsluttede skriftlige procedurer efter udfald", columns(("Udfald", TEXT), ("Antal", NUMBER))
    table = Table(caption, heads, [list(kind) for kind in kinds], ["I alt", found.ended], charted=True)
    return Section(title, lead, Chart(caption, "Antal", "Udfald", list(kinds)), (table,))
