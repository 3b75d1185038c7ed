"""Writing an agreement: the initiator's people its parts, each party's contact person its own (rule 11; S4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.models import Organisation
from contacts.viewer import Viewer
from core.errors import DomainError, NotAllowed
from core.models import User, refuse_texts
from dialogue.basis.actions import ChangedMeanwhile
from dialogue.basis.findings import same
from portfolio.agreements.content import COLUMNS, INDICATORS, OWN, OWN_FIELDS, RESPONSIBLE, REVIEWS, ROLES
from portfolio.agreements.findings import KINDS_OF
from portfolio.agreements.proposals import proposed_parties
from portfolio.agreements.queries import Written, forget, written
from portfolio.agreements.rules import writes_all, writes_own
from portfolio.models import Agreement, AgreementAnswer, AgreementParty, Indicator, ResponsibilityHolder
from transfers.actions import locked_case
from transfers.models import Party, TransferCase
from transfers.rules import require
from transfers.workflow import BY_CODE

NOT_WHOLE = "Kun initiativtagers leder og kontaktperson skriver hele aftalen. I kan skrive jeres egen del."
NOT_OWN = "En part skriver selv sin egen del af aftalen."
NO_MUNICIPALITY = "Det lægelige behandlingsansvar kan ikke ligge hos en kommune. Vælg en anden organisation."
MEASURED = frozenset({"name", "unit", "baseline", "aim", "expected", "measured_when", "source"})


@transaction.atomic
def save_agreement_part(
    *, case: TransferCase, viewer: Viewer, part: str, values: Mapping[str, Any], seen: int | None = None
) -> Agreement:
    """Store answers of one part by question key; nothing is demanded, and questions not among them are left alone.

    The first save makes the agreement, with parties and roles as proposed by the dialogue. `seen` is the revision
    the page showed. Raises NotAllowed, TextRefused (naming questions), ChangedMeanwhile, and DomainError for a
    responsibility placed where it cannot lie.
    """
    locked = locked_case(case.pk)
    require(BY_CODE["edit_agreement"], locked, viewer)
    if not writes_all(locked, viewer):
        raise NotAllowed(NOT_WHOLE)
    refuse_texts(values)
    found = begun(locked, viewer.user)
    require_known(found, part, values)
    changed = {key: value for key, value in values.items() if not same(found.draft.value(key), value)}
    refuse_overtaken(found.agreement, part, changed, seen)
    if changed or part not in found.agreement.part_revisions:
        store(found, changed)
        stamp(found.agreement, part, viewer.user)
    forget(case)
    return found.agreement


def require_known(found: Written, part: str, keys: Iterable[str]) -> None:
    """Raise DomainError for questions that are not asked in that part."""
    asked = {question.key for known in found.draft.parts if known.key == part for question in known.questions.all()}
    if unknown := set(keys) - asked:
        raise DomainError(f"Aftalen har ikke spørgsmålet {', '.join(sorted(unknown))} i den del.")


def begun(case: TransferCase, by: User) -> Written:
    """Return the agreement of a case whose row the caller has locked, made now if nothing was saved yet.

    Parties that have joined the case since get their rows.
    """
    found = written(case)
    if not found.draft.is_begun:
        agreement = found.agreement
        agreement.definition, agreement.updated_by = found.draft.definition, by
        agreement.save()
    known = {party.organisation_id for party in found.draft.parties if party.pk}
    wanted = {case.initiator_id, *Party.unscoped.filter(case=case).values_list("organisation_id", flat=True)}
    if wanted <= known:
        return found
    for row in proposed_parties(case):
        if row.organisation_id not in known:
            row.agreement = found.agreement
            row.save()
    forget(case)
    return written(case)


def refuse_overtaken(agreement: Agreement, part: str, changed: Mapping[str, Any], seen: int | None) -> None:
    """Raise ChangedMeanwhile when somebody saved the same part since the page was opened."""
    if changed and seen is not None and seen < agreement.part_revisions.get(part, 0):
        raise ChangedMeanwhile(changed)


def store(found: Written, changed: Mapping[str, Any]) -> None:
    """Write changed answers where they belong: a column, rows of a table, or a text."""
    agreement = found.agreement
    texts: list[AgreementAnswer] = []
    for key, value in changed.items():
        if key == ROLES:
            store_roles(found, value)
        elif key == INDICATORS:
            store_indicators(agreement, value)
        elif key == RESPONSIBLE:
            agreement.responsible = Organisation.objects.filter(pk=value).first() if value else None
        elif key in (*COLUMNS, REVIEWS):
            setattr(agreement, key, value)
        else:
            texts.append(AgreementAnswer(document=agreement, question_key=key, text=value))
    AgreementAnswer.keep(texts)
    place_responsibility(agreement)


def place_responsibility(agreement: Agreement) -> None:
    """Let the responsibility lie in one place: raises DomainError for an organisation of another kind (S4.10)."""
    holder = agreement.responsibility
    if not holder or holder == ResponsibilityHolder.NONE:
        agreement.responsible = None
    elif agreement.responsible and agreement.responsible.kind not in KINDS_OF[ResponsibilityHolder(holder)]:
        if agreement.responsible.kind == "municipality":
            raise DomainError(NO_MUNICIPALITY)
        label = ResponsibilityHolder(holder).label.lower()
        raise DomainError(f"{agreement.responsible} er ikke {label}. Vælg en organisation, der passer til ansvaret.")


def store_roles(found: Written, roles: Mapping[int, str]) -> None:
    """Give the parties their roles."""
    for party in found.draft.parties:
        if party.organisation_id in roles:
            AgreementParty.unscoped.filter(pk=party.pk).update(role=roles[party.organisation_id])


def store_indicators(agreement: Agreement, rows: list[dict[str, Any]]) -> None:
    """Keep the indicators of the page in its order; those taken away are marked as dropped, for what was measured."""
    known = {row.pk: row for row in Indicator.unscoped.filter(agreement=agreement)}
    kept = {row["indicator"] for row in rows if row.get("indicator")}
    Indicator.unscoped.filter(agreement=agreement, pk__in=known.keys() - kept).update(is_dropped=True)
    for order, row in enumerate(rows):
        indicator = known.get(row.get("indicator") or 0) or Indicator(agreement=agreement)
        for name in MEASURED & row.keys():
            setattr(indicator, name, row[name])
        indicator.order, indicator.is_dropped = order, False
        indicator.save()


def stamp(agreement: Agreement, part: str, user: User) -> None:
    """Raise the revision and note which part was saved, when and by whom."""
    agreement.revision += 1
    agreement.part_revisions = agreement.part_revisions | {part: agreement.revision}
    agreement.updated_at, agreement.updated_by = now(), user
    agreement.save()


@transaction.atomic
def save_own_part(
    *, case: TransferCase, viewer: Viewer, organisation: Organisation, values: Mapping[str, Any],
    seen: int | None = None,
) -> AgreementParty:  # fmt: skip
    """Store what a party says of itself: what it brings, and its own economy (S4.6).

    Raises NotAllowed, TextRefused (naming fields), ChangedMeanwhile, and DomainError for what is no party.
    """
    locked = locked_case(case.pk)
    require(BY_CODE["edit_agreement"], locked, viewer)
    if not writes_own(locked, viewer, organisation.pk):
        raise NotAllowed(NOT_OWN)
    refuse_texts(values)
    found = begun(locked, viewer.user)
    row, part = found.of(organisation.pk), f"{OWN}-{organisation.pk}"
    if row is None:
        raise DomainError("Organisationen er ikke part i sagen.")
    changed = {name: values[name] for name in OWN_FIELDS if name in values and getattr(row.row, name) != values[name]}
    refuse_overtaken(found.agreement, part, changed, seen)
    if changed:
        for name, value in changed.items():
            setattr(row.row, name, value)
        row.row.save()
        stamp(found.agreement, part, viewer.user)
    forget(case)
    return row.row
