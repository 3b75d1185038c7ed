"""What people do to a dialoggrundlag: save a step, submit it, send a new version to the parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.viewer import Viewer
from core import parameters
from core.definitions import current
from core.enums import Document
from core.errors import Stale
from core.freeze import digest
from core.models import User, refuse_texts
from core.workdays import add_working_days
from dialogue.attachments.actions import attachments_kept
from dialogue.basis.content import COLUMNS, COUNTS, PARTIES, Content, Written, answers, content_of, search_text
from dialogue.basis.findings import same
from dialogue.basis.queries import forget, proposal, written
from dialogue.enums import CountKind
from dialogue.models import BasisAnswer, BasisVersion, DialogueBasis, PatientCount, ProposedParty
from transfers.access import grant_overview
from transfers.actions import Step, locked_case, perform
from transfers.models import TransferCase
from transfers.queries import also_contact
from transfers.rules import require
from transfers.workflow import BY_CODE


class ChangedMeanwhile(Stale):
    """Somebody else saved the same step; `keys` names the questions where the two say different things."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__(
            "En anden har gemt trinnet, mens du skrev. Din tekst står i felterne, den anden udgave ved siden af. "
            "Saml de to, og gem igen."
        )
        self.keys = list(keys)


def basis_for(case: TransferCase, by: User) -> DialogueBasis:
    """Return the case's dialoggrundlag; the first time it is made, with the parties the screening points to.

    The case's row must be locked by the caller. The form definition in force then is kept ever after.
    """
    found = DialogueBasis.unscoped.filter(case=case).first()
    if found is not None:
        return found
    made = DialogueBasis.unscoped.create(case=case, definition=current(Document.DIALOGUE_BASIS), updated_by=by)
    propose(made, [organisation.pk for organisation in proposal(case)])
    forget(case)
    return made


@transaction.atomic
def save_step(*, case: TransferCase, viewer: Viewer, part: str, values: Mapping[str, Any], seen: int) -> DialogueBasis:
    """Store the answers of one step; nothing is demanded, and what is not among `values` is left alone.

    `seen` is the revision the page showed. Raises NotAllowed, TextRefused (naming questions), ChangedMeanwhile.
    """
    locked = locked_case(case.pk)
    require(BY_CODE["edit_basis"], locked, viewer)
    refuse_texts(values)
    basis = basis_for(locked, viewer.user)
    before = written(locked)
    changed = {key: value for key, value in values.items() if not same(before.value(key), value)}
    if changed and seen < basis.step_revisions.get(part, 0):
        raise ChangedMeanwhile(changed)
    if changed:
        store(basis, before, changed)
        stamp(basis, part, viewer.user)
    forget(case)
    return basis


def store(basis: DialogueBasis, before: Written, changed: Mapping[str, Any]) -> None:
    """Write changed answers where they belong: a column, rows of a table, or a text."""
    texts: list[BasisAnswer] = []
    for key, value in changed.items():
        if key == COUNTS:
            store_counts(basis, before, value)
        elif key == PARTIES:
            basis.proposed_parties.exclude(organisation__in=value).delete()
            propose(basis, value)
        elif key in COLUMNS:
            setattr(basis, key, value)
        else:
            texts.append(BasisAnswer(document=basis, question_key=key, text=value))
    BasisAnswer.keep(texts)


def store_counts(basis: DialogueBasis, before: Written, counts: list[dict[str, Any]]) -> None:
    """Replace the patient table; a municipality that gets its first patients is proposed as a party."""
    basis.patient_counts.all().delete()
    PatientCount.unscoped.bulk_create(
        PatientCount(basis=basis, municipality_id=c["organisation"], kind=c["kind"], number=c["number"]) for c in counts
    )
    had = {c.organisation_id for c in before.counts if has_patients(c.stored)}
    fresh = {c["organisation"] for c in counts if has_patients(c)} - had - {basis.case.initiator_id}
    propose(basis, sorted(fresh))


def has_patients(count: dict[str, Any]) -> bool:
    """Tell whether patients are known to live in a municipality."""
    return count["kind"] == CountKind.FEW or bool(count["number"])


def propose(basis: DialogueBasis, organisation_ids: list[int]) -> None:
    """Add organisations to the proposed parties; those already there stay."""
    ProposedParty.unscoped.bulk_create(
        [ProposedParty(basis=basis, organisation_id=pk) for pk in organisation_ids], ignore_conflicts=True
    )


def stamp(basis: DialogueBasis, part: str, user: User) -> None:
    """Raise the revision and note which step was changed, when and by whom."""
    basis.revision += 1
    basis.step_revisions = basis.step_revisions | {part: basis.revision}
    basis.updated_at, basis.updated_by = now(), user
    basis.save()


def submit_dialogue_basis(
    *, case: TransferCase, viewer: Viewer, seen: int | None = None, revision: int | None = None,
    capacity_id: int | None = None,
) -> BasisVersion:  # fmt: skip
    """Send the dialoggrundlag to the contact person, with a deadline; freezes a version (rules 2 and 3).

    Where the leader is the contact person too, it is received by the same act, and the history says so.

    `seen` and `revision` are the case's version and the dialoggrundlag's revision the user looked at.
    Raises NotAllowed, Incomplete (naming the questions) or Stale.
    """
    with perform("submit_basis", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        version = freeze(step, revision)
        days = int(parameters.value("deadline.contact_days"))
        step.facts |= {"also_as": also_contact(step.case, viewer)}
        step.case.contact_deadline = add_working_days(localdate(), days)
        grant_overview(step.case)
    forget(case)
    return version


def issue_version(
    *, case: TransferCase, viewer: Viewer, seen: int | None = None, revision: int | None = None,
    capacity_id: int | None = None,
) -> BasisVersion:  # fmt: skip
    """Send a new version to the parties during the dialogue; they confirm or answer again (rule 3).

    Raises as `submit_dialogue_basis`.
    """
    with perform("issue_version", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        version = freeze(step, revision)
    forget(case)
    return version


def freeze(step: Step, revision: int | None) -> BasisVersion:
    """Freeze what is written as the next version, make it searchable and tell the history its figures."""
    found = written(step.case)
    basis = found.basis or basis_for(step.case, step.viewer.user)
    if revision is not None and revision != basis.revision:
        raise Stale("Dialoggrundlaget er ændret, siden du åbnede siden. Læs det igen, før du sender det.")
    content = content_of(found, step.case)
    if kept := attachments_kept(step.case, None, found.newest_number + 1):
        content["attachments"] = kept
    version = BasisVersion.unscoped.create(
        basis=basis, number=found.newest_number + 1, content=content, sha256=digest(content),
        submitted_by=step.viewer.user,
    )  # fmt: skip
    step.case.search_text = search_text(content)
    step.facts = facts(version.number, content)
    forget(step.case)
    return version


def facts(number: int, content: Content) -> dict[str, Any]:
    """Return what the history keeps of a version: figures and stored values the annual status counts (S1)."""
    said = answers(content)
    return {
        "version": number,
        "from_sector": said["from_sector"]["value"],
        "to_sectors": said["to_sectors"]["value"],
        "patients": said["patients_total"]["value"],
        "municipalities": [c["organisation"] for c in said[COUNTS]["value"] if has_patients(c)],
    }
