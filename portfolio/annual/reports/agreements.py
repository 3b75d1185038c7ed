"""The chapter »Aftaler og opfølgning«, and the section about opgaveglidning."""

from __future__ import annotations

from portfolio.annual.reports.facts import AnnualFacts
from portfolio.annual.reports.layout import NUMBER, TEXT, Chart, Section, Table, columns, figure, many

CROWNS = "kr."


def agreements(facts: AnnualFacts) -> tuple[Section, ...]:
    """Return the sections of the chapter."""
    parts = (stage_flows, deals, receivers, follow_ups, measured, economy)
    return tuple(part(facts) for part in parts)


def stage_flows(facts: AnnualFacts) -> Section:
    """Cases whose agreement is being made, and whose agreement holds."""
    lines, title = facts.stage_flows, "Sager med aftale"
    heads = columns(
        ("Stadie", TEXT), ("Ved begyndelsen", NUMBER), ("Ind", NUMBER), ("Ud", NUMBER), ("Ved slutningen", NUMBER)
    )
    if not any(line.opening or line.came for line in lines):
        return Section(title, "Ingen sag var nået til en aftale i perioden.")
    rows = [[x.label, x.opening, x.came, x.went, x.closing] for x in lines]
    lead = "; ".join(f"{many(x.closing, 'sag', 'sager')} stod i »{x.label}«" for x in lines) + " ved slutningen."
    chart = Chart("Sager med aftale ved slutningen", "Sager", "Stadie", [(x.label, x.closing) for x in lines])
    return Section(title, lead, chart, (Table("Sager i aftalens stadier", heads, rows),))


def deals(facts: AnnualFacts) -> Section:
    """The agreements made; everybody who is signed in may know of them (S3 rec. 20, S4.12)."""
    lines, title = facts.deals, "Aftaler, der trådte i kraft"
    if not lines:
        return Section(title, "Ingen aftale trådte i kraft for en modtager i perioden.")
    lead = f"{many(len(lines), 'aftale', 'aftaler')} trådte i kraft for mindst én modtager."
    heads = columns(("Aftale", TEXT), ("Initiativtager", TEXT), ("Gælder for", TEXT), ("Fra", TEXT))
    rows = [[x.title, x.initiator, x.receivers, x.since] for x in lines]
    by_initiator = {x.initiator: sum(other.initiator == x.initiator for other in lines) for x in lines}
    chart = Chart("Aftaler i kraft efter initiativtager", "Aftaler", "Initiativtager", list(by_initiator.items()))
    return Section(title, lead, chart, (Table("Aftaler, der trådte i kraft i perioden", heads, rows),))


def receivers(facts: AnnualFacts) -> Section:
    """Live, late, not joined and left, per organisation."""
    lines, title = facts.receivers, "Parternes tiltræden"
    if not lines:
        return Section(title, "Ingen part bekræftede eller afviste en aftale i perioden.")
    sums = [sum(getattr(x, name) for x in lines) for name in ("confirmed", "live", "late", "declined", "left")]
    lead = (
        f"Aftaler kom til at gælde {many(sums[1], 'gang', 'gange')}, heraf {figure(sums[2])} forsinket. "
        f"{many(sums[3], 'part', 'parter')} tiltrådte ikke, og {figure(sums[4])} varslede udtræden."
    )
    heads = columns(
        ("Part", TEXT), ("Bekræftet", NUMBER), ("Gælder", NUMBER), ("Forsinket", NUMBER), ("Ikke tiltrådt", NUMBER),
        ("Udtræder", NUMBER),
    )  # fmt: skip
    rows = [[x.name, x.confirmed, x.live, x.late, x.declined, x.left] for x in lines]
    kinds = ("Bekræftet", "Kom til at gælde", "Heraf forsinket", "Ikke tiltrådt", "Varslet udtræden")
    chart = Chart("Parternes tiltræden", "Antal", "Hvad", [(k, float(n)) for k, n in zip(kinds, sums, strict=True)])
    return Section(title, lead, chart, (Table("Tiltræden per part", heads, rows, ["I alt", *sums]),))


def follow_ups(facts: AnnualFacts) -> Section:
    """Follow-ups held, by outcome, and those that should have been."""
    found, title = facts.follow_ups, "Opfølgning på aftaler"
    if not found.held and not found.overdue:
        return Section(title, "Ingen aftale blev fulgt op i perioden, og ingen opfølgning var overskredet.")
    late = sum(x.late for x in found.held)
    lead = (
        f"Der blev holdt {many(len(found.held), 'opfølgning', 'opfølgninger')}, heraf {figure(late)} efter den aftalte "
        f"dag. Ved slutningen var {many(len(found.overdue), 'opfølgning', 'opfølgninger')} overskredet."
    )
    outcomes = dict.fromkeys(("Fortsæt", "Justér", "Ophør"), 0)
    for line in found.held:
        outcomes[line.outcome] = outcomes.get(line.outcome, 0) + 1
    bars = [*((label, float(n)) for label, n in outcomes.items()), ("Overskredet", float(len(found.overdue)))]
    heads = columns(("Aftale", TEXT), ("Dato", TEXT), ("Udfald", TEXT))
    rows: list[list[object]] = [[x.title, x.held_on, x.outcome] for x in found.held]
    rows += [[title_of_case, None, "Overskredet"] for title_of_case in found.overdue]
    return Section(title, lead, Chart(title, "Antal", "Udfald", bars), (Table("Opfølgninger", heads, rows),))


def measured(facts: AnnualFacts) -> Section:
    """Expected against measured (S5.3)."""
    lines, title = [x for x in facts.follow_ups.held if x.indicators], "Forventede og målte resultater"
    if not lines:
        return Section(title, "Ingen opfølgning i perioden målte på en indikator.")
    met, known, every = (sum(getattr(x, name) for x in lines) for name in ("met", "measured", "indicators"))
    lead = f"{figure(met)} af {many(every, 'indikator', 'indikatorer')} nåede det forventede; {figure(known)} er målt."
    kinds = ("Nåede det forventede", met), ("Nåede det ikke", known - met), ("Blev ikke målt", every - known)
    heads = columns(("Aftale", TEXT), ("Indikatorer", NUMBER), ("Målt", NUMBER), ("Nåede det forventede", NUMBER))
    rows = [[x.title, x.indicators, x.measured, x.met] for x in lines]
    table = Table("Indikatorer per opfølgning", heads, rows, ["I alt", every, known, met])
    return Section(title, lead, Chart(title, "Indikatorer", "Resultat", list(kinds)), (table,))


def economy(facts: AnnualFacts) -> Section:
    """Each party's own estimates added up; nobody states another's (S4.6)."""
    lines, title = facts.economy, "Parternes egne økonomiske skøn"
    if not lines:
        return Section(title, "Ingen part oplyste et skøn i en dialog, der blev lukket i perioden.")
    unknown = sum(x.unknown for x in lines)
    lead = (
        f"{many(len(lines), 'part', 'parter')} svarede i dialoger, der blev lukket i perioden. I {figure(unknown)} "
        "svar kunne økonomien ikke opgøres endnu. Beløb er i kroner og er partens egne."
    )
    heads = columns(
        ("Part", TEXT), ("Svar", NUMBER), ("Engangsudgift", NUMBER), ("Årlig drift", NUMBER),
        ("Årlig besparelse", NUMBER), ("Uden tal", NUMBER),
    )  # fmt: skip
    rows = [[x.name, x.cases, x.one_off, x.annual, x.saving, x.unknown] for x in lines]
    sums = [sum(getattr(x, name) for x in lines) for name in ("cases", "one_off", "annual", "saving")]
    chart = Chart("Skønnet årlig drift per part", CROWNS, "Part", [(x.name, x.annual) for x in lines])
    return Section(title, lead, chart, (Table("Skøn lagt sammen per part", heads, rows, ["I alt", *sums, unknown]),))


def reported(facts: AnnualFacts) -> Section:
    """Reports of opgaveglidning."""
    lines, title = facts.reported, "Meldinger om opgaveglidning"
    if not lines:
        return Section(title, "Ingen meldte opgaveglidning i perioden.")
    sums = [sum(getattr(x, name) for x in lines) for name in ("reported", "answered", "became_case", "closed")]
    lead = (
        f"Der kom {many(sums[0], 'melding', 'meldinger')}. {figure(sums[1])} blev besvaret, {figure(sums[2])} blev til "
        f"en sag, og {figure(sums[3])} blev afsluttet."
    )
    heads = columns(
        ("Opgaven kom fra", TEXT), ("Meldt", NUMBER), ("Besvaret", NUMBER), ("Blev til en sag", NUMBER),
        ("Afsluttet", NUMBER),
    )  # fmt: skip
    rows = [[x.name, x.reported, x.answered, x.became_case, x.closed] for x in lines]
    bars = [(x.name, float(x.reported)) for x in lines]
    chart = Chart("Meldinger efter, hvor opgaven kom fra", "Meldinger", "Organisation", bars)
    return Section(title, lead, chart, (Table("Meldinger om opgaveglidning", heads, rows, ["I alt", *sums]),))
