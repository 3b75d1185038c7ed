"""Where tasks move, and whom it concerns: sectors, municipalities and patients, from what was submitted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from contacts.models import Organisation
from core.patients import PatientCount
from core.patients import total as added
from dialogue.basis.content import COUNTS, answers, patients
from dialogue.enums import BasisSector
from portfolio.annual.queries import Scope, frozen_contents, submissions
from portfolio.annual.reports.facts import Flow, Municipality, Places, Sectors

ORDER = {sector.value: place for place, sector in enumerate(BasisSector)}


def sectors(scope: Scope) -> Sectors:
    """Count the submitted cases by the sector the task leaves and those that receive it."""
    found = submissions(scope)
    flows = Counter((item.facts["from_sector"], target) for item in found for target in item.facts["to_sectors"] or [])
    ordered = sorted(flows, key=lambda pair: (-flows[pair], ORDER.get(pair[0], 0), ORDER.get(pair[1], 0)))
    return Sectors(len(found), tuple(Flow(named(a), named(b), flows[a, b]) for a, b in ordered))


def named(sector: str | None) -> str:
    """Return a sector in Danish."""
    return str(BasisSector(sector).label) if sector else "Ikke oplyst"


def places(scope: Scope) -> Places:
    """Add up patients a year: in all as stated for the case, and by municipality from the frozen tables."""
    found = submissions(scope)
    stated = [PatientCount.of(item.facts["patients"]) for item in found]
    sum_of_all = added(stated)
    return Places(
        cases=len(found), low=sum_of_all.low, high=sum_of_all.high,
        unknown=sum(not count.is_known for count in stated),
        municipalities=municipalities([table_of(content) for content in frozen_contents(found)]),
    )  # fmt: skip


def table_of(content: dict[str, Any]) -> dict[int, PatientCount]:
    """Return the patients by municipality of one frozen dialoggrundlag, without those that have none."""
    rows = answers(content)[COUNTS]["value"] or []
    return {row["organisation"]: patients(row) for row in rows if row["number"] != 0}


def municipalities(tables: list[dict[int, PatientCount]]) -> tuple[Municipality, ...]:
    """Add up the tables by municipality, in Danish order."""
    counts: dict[int, list[PatientCount]] = defaultdict(list)
    for table in tables:
        for organisation, count in table.items():
            counts[organisation].append(count)
    rows = Organisation.objects.filter(pk__in=counts).order_by("sort_key")
    return tuple(municipality(row.name, counts[row.pk]) for row in rows)


def municipality(name: str, counts: list[PatientCount]) -> Municipality:
    """Add up one municipality; what is unknown is counted beside the sum, never guessed."""
    known = added(counts)
    return Municipality(name, len(counts), known.low, known.high, sum(not count.is_known for count in counts))
