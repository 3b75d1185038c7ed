"""Facts about a dialoggrundlag: what is written, what was submitted, and whom it may concern."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from contacts.enums import Function, OrganisationKind
from contacts.models import Organisation
from contacts.viewer import Viewer
from core.definitions import by_key, current
from core.enums import Document
from dialogue.basis.content import Content, Count, Written, content_of
from dialogue.models import (
    BasisAnswer,
    BasisVersion,
    DialogueBasis,
    PatientCount,
    ProposedParty,
    may_read_draft,
)
from transfers.enums import PARTY_KINDS, Sector
from transfers.models import JournalEntry, Screening, TransferCase

MEMO = "_written_dialogue_basis"
RECEIVED = "_dialogue_basis_received_as"
RECEIVERS = {Function.CONTACT: "kontaktperson", Function.DEPUTY: "kontaktpersonens stedfortræder"}
KIND_OF_SECTOR = {
    Sector.GENERAL_PRACTICE: OrganisationKind.GENERAL_PRACTICE,
    Sector.SPECIALIST_PRACTICE: OrganisationKind.SPECIALIST_PRACTICE,
}


def with_everything() -> QuerySet[DialogueBasis]:
    """Return bases with answers, counts, proposals and newest version: one query, however much is answered."""
    within = {"basis": OuterRef("pk")}
    texts = BasisAnswer.unscoped.filter(document=OuterRef("pk"))
    counts = PatientCount.unscoped.filter(**within).order_by("municipality__sort_key")
    parties = ProposedParty.unscoped.filter(**within).order_by("organisation__kind", "organisation__sort_key")
    versions = BasisVersion.unscoped.filter(**within).order_by("-number")
    return DialogueBasis.unscoped.select_related("updated_by").annotate(
        all_texts=ArraySubquery(texts.values(row=JSONObject(key="question_key", text="text"))),
        all_counts=ArraySubquery(
            counts.values(
                row=JSONObject(
                    organisation_id="municipality_id", name="municipality__name", kind="kind", number="number"
                )
            )
        ),
        all_parties=ArraySubquery(parties.values(row=JSONObject(pk="organisation_id", name="organisation__name"))),
        newest=Subquery(
            versions.values(row=JSONObject(number="number", content="content"))[:1], output_field=JSONField()
        ),
    )


def as_written(found: Any) -> Written:
    """Return one row of `with_everything` as the rest of the room reads it."""
    newest = found.newest or {"number": 0, "content": None}
    return Written(
        definition=by_key(Document.DIALOGUE_BASIS, found.definition_id),
        basis=found,
        texts={row["key"]: row["text"] for row in found.all_texts},
        counts=tuple(Count(**row) for row in found.all_counts),
        parties=tuple((row["pk"], row["name"]) for row in found.all_parties),
        newest=newest["content"],
        newest_number=newest["number"],
    )


def written(case: TransferCase) -> Written:
    """Return what is written; remembered on this object until the case changes or `forget` is called.

    Without a dialoggrundlag it is an empty one on the definition in force.
    """
    version, known = vars(case).get(MEMO, (None, None))
    if isinstance(known, Written) and version == case.version:
        return known
    found = with_everything().filter(case=case).first()
    fresh = as_written(found) if found else Written(current(Document.DIALOGUE_BASIS))
    vars(case)[MEMO] = (case.version, fresh)
    return fresh


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    vars(case).pop(MEMO, None)


def live_content(case: TransferCase) -> Content:
    """Return what is written now as a content; for the department and its contact person only."""
    return content_of(written(case), case)


def visible_content(case: TransferCase, viewer: Viewer) -> Content | None:
    """Return what everyone may read: the newest version; before the first, the draft for those who write it."""
    found = written(case)
    if found.newest is not None or found.basis is None:
        return found.newest
    return live_content(case) if may_read_draft(case, viewer) else None


def version_numbered(case: TransferCase, viewer: Viewer, number: int) -> BasisVersion | None:
    """Return one submitted version, or None."""
    return BasisVersion.visible_within(case, viewer).filter(number=number).first()


def versions(case: TransferCase, viewer: Viewer) -> list[BasisVersion]:
    """Return the submitted versions, newest first, without their content."""
    return list(BasisVersion.visible_within(case, viewer).defer("content").order_by("-number"))


def municipalities(case: TransferCase) -> list[tuple[int, str]]:
    """Return the rows of the patient table: the hospital's catchment, else every municipality, and any counted."""
    every = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, active=True)
    served = list(every.filter(served_by=case.initiator_id).values_list("pk", "name"))
    rows = served or list(every.values_list("pk", "name"))
    known = {pk for pk, _ in rows}
    return rows + [(c.organisation_id, c.name) for c in written(case).counts if c.organisation_id not in known]


def candidates(case: TransferCase) -> QuerySet[Organisation]:
    """Return the organisations that may be proposed as parties: those that have contact persons, not the initiator."""
    rows = Organisation.objects.filter(kind__in=PARTY_KINDS, active=True).exclude(pk=case.initiator_id)
    return rows.order_by("kind", "sort_key")


def proposal(case: TransferCase) -> list[Organisation]:
    """Return the parties to propose from the screening's sectors and the catchment (rule 4)."""
    screening = Screening.unscoped.filter(case=case).first()
    affected = set(screening.affected) if screening else set()
    wanted = Q(kind__in=[kind for sector, kind in KIND_OF_SECTOR.items() if sector in affected])
    if Sector.MUNICIPALITIES in affected:
        wanted |= Q(kind=OrganisationKind.MUNICIPALITY, served_by=case.initiator_id)
    if Sector.REGION in affected:
        wanted |= Q(kind=OrganisationKind.HOSPITAL, catchment=case.initiator_id)
    return list(candidates(case).filter(wanted).distinct())


def whether_received() -> dict[str, Any]:
    """Return, for a query of cases, as what else the leader who sent the dialoggrundlag last has received it."""
    sent = JournalEntry.unscoped.filter(case=OuterRef("pk"), kind="submit_basis").order_by("-number")
    return {"received_as": Subquery(sent.annotate(said=KT("facts__also_as")).values("said")[:1])}


def remember_received(case: Any) -> None:
    """Keep it for a case that was read with `whether_received`, until the case changes."""
    vars(case)[RECEIVED] = (case.version, case.received_as)


def received_as(case: TransferCase) -> str:
    """Return it in words, »kontaktperson«; empty when somebody else is to receive what was sent."""
    version, found = vars(case).get(RECEIVED, (None, None))
    if version != case.version:
        asked: Any = TransferCase.unscoped.annotate(**whether_received()).get(pk=case.pk)
        vars(case)[RECEIVED] = (case.version, found := asked.received_as)
    return RECEIVERS.get(found, "")
