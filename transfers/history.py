"""Appending to the case's history: one typed schema per kind, one number and one hash per entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate, now

from contacts.models import Membership, Organisation
from core.errors import DomainError
from core.freeze import digest
from transfers.models import JournalEntry, JournalNote, TransferCase
from transfers.workflow import BY_CODE

Schema = dict[str, type]
SCHEMAS: dict[str, Schema] = {}
TOLD: dict[str, str] = {}


def declare(kind: str, told: str, schema: Schema | None = None) -> None:
    """State how an entry of this kind reads in Danish (past tense) and which facts it carries.

    A fact is a name → int, str (a stored value, never free text), bool or list (of those).
    """
    SCHEMAS[kind], TOLD[kind] = schema or {}, told


def check_facts(kind: str, facts: dict[str, Any]) -> None:
    """Raise DomainError unless the facts are exactly those declared for the kind."""
    schema = SCHEMAS.get(kind)
    if schema is None:
        raise DomainError(f"Historikken kender ikke hændelsen {kind}.")
    wrong = set(facts) ^ set(schema) | {n for n, v in facts.items() if n in schema and not fits(v, schema[n])}
    if wrong:
        raise DomainError(f"Historikken mangler eller misforstår: {', '.join(sorted(wrong))}.")


def fits(value: object, wanted: type) -> bool:
    """Tell whether a fact has its declared type; None stands for »not known«."""
    return value is None or (isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool)))


def hashed_part(entry: JournalEntry) -> dict[str, Any]:
    """Return what the hash of an entry covers: everything in it but the hash itself."""
    return {
        "case": entry.case_id, "number": entry.number, "kind": entry.kind,
        "from": entry.stage_from, "to": entry.stage_to, "actor": entry.actor_id,
        "on_behalf_of": entry.on_behalf_of_id, "capacity": entry.capacity, "forum": entry.forum_id,
        "recorded_at": entry.recorded_at, "happened_on": entry.happened_on, "facts": entry.facts,
        "only_for": entry.only_for_id, "previous": entry.previous_hash,
    }  # fmt: skip


def append(
    *,
    case: TransferCase,
    kind: str,
    actor_id: int,
    capacity: Membership,
    stage_from: str,
    facts: dict[str, Any],
    reason: str = "",
    happened_on: date | None = None,
    only_for: Organisation | None = None,
) -> JournalEntry:
    """Add the next entry to a case whose row the caller has locked; returns it. Raises DomainError on bad facts."""
    check_facts(kind, facts)
    last = JournalEntry.unscoped.filter(case=case).order_by("-number").first()
    entry = JournalEntry(
        case=case, number=last.number + 1 if last else 1, kind=kind,
        stage_from=stage_from, stage_to=case.stage, actor_id=actor_id,
        on_behalf_of_id=capacity.organisation_id, capacity=capacity.function,
        forum_id=capacity.forum_id or case.current_forum_id,
        recorded_at=now(), happened_on=happened_on or localdate(), facts=facts,
        only_for=only_for, previous_hash=last.entry_hash if last else "",
    )  # fmt: skip
    entry.entry_hash = digest(hashed_part(entry))
    entry.save()
    if reason:
        JournalNote(entry=entry, text=reason).save()
    return entry


def broken_links(case: TransferCase) -> list[int]:
    """Return the numbers of a case's entries whose hash or place in the chain does not hold."""
    return broken(JournalEntry.unscoped.filter(case=case).order_by("number"))


def broken(entries: Iterable[JournalEntry]) -> list[int]:
    """Return the same of one case's entries, given in their order."""
    previous, wrong = "", []
    for position, entry in enumerate(entries, start=1):
        whole = entry.number == position and entry.previous_hash == previous
        if not whole or entry.entry_hash != digest(hashed_part(entry)):
            wrong.append(entry.number)
        previous = entry.entry_hash
    return wrong


ANSWERS: Schema = {"consequences": bool, "new_competences": bool, "utensils": bool, "needs_basis": bool}
declare("screening_filed", "Startede en indledende vurdering", {"change_kind": str})
declare("screening_changed", "Rettede den indledende vurdering")
declare("start_basis", "Afsluttede vurderingen: der skrives et dialoggrundlag", ANSWERS)
declare("close_screening", "Afsluttede vurderingen: dialoggrundlag ikke nødvendigt", ANSWERS | {"also_as": str})
declare("request_reassessment", "Bad om en ny vurdering")
declare("note_screening", "Markerede vurderingen som set")
declare("return_to_leader", "Sendte dialoggrundlaget tilbage til lederen")
declare("reopen_dialogue", "Åbnede dialogen igen")
declare("hand_over", "Overdrog sagen til det forum, der afløser", {"from_forum": int, "to_forum": int})
declare("withdraw", "Trak sagen tilbage")
declare("reopen", "Genåbnede sagen")


def undeclared_kinds() -> list[str]:
    """Return acts without a schema of facts; the system check fails on them at start."""
    unwritten = {"edit_screening", "edit_basis", "edit_mini_mtv", "edit_agreement"}
    return sorted(BY_CODE.keys() - SCHEMAS.keys() - unwritten)

