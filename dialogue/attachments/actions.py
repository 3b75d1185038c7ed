"""Adding and removing attachments, and keeping them with a frozen version."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from contacts.viewer import Viewer
from core import parameters
from core.errors import DomainError, NotAllowed
from core.files import keep
from core.uploads import taken_in
from dialogue.attachments.queries import current_attachments
from dialogue.models import Attachment, DialogueBasis, PartyResponse, ResponseState
from transfers import rules
from transfers.actions import locked_case
from transfers.models import Party, TransferCase
from transfers.workflow import BY_CODE

MOST = "upload.attachments"


def require_writer(case: TransferCase, viewer: Viewer, party: Party | None) -> None:
    """Raise NotAllowed unless the viewer may write what the attachments hang on now."""
    if party is None:
        rules.require(BY_CODE["edit_basis"], case, viewer)
        return
    able = rules.offer(BY_CODE["respond"], case, viewer).capacities
    if party.case_id != case.pk or party.organisation_id not in {m.organisation_id for m in able}:
        raise NotAllowed()


@transaction.atomic
def add_attachment(*, case: TransferCase, viewer: Viewer, party: Party | None, upload: File[bytes]) -> Attachment:
    """Take a file in and hang it on the dialoggrundlag, or on a party's response; the same file hangs there once.

    Raises NotAllowed, UploadRefused for a file that is not taken in, DomainError when there are too many.
    """
    locked = locked_case(case.pk)
    require_writer(locked, viewer, party)
    there, taken = list(current_attachments(locked, party)), taken_in(upload, viewer.user)
    if again := next((a for a in there if (a.file.name, a.file.sha256) == (taken.name, taken.sha256)), None):
        return again
    if len(there) >= (most := parameters.whole(MOST)):
        raise DomainError(f"Der kan højst være {most} bilag. Fjern et, før du tilføjer et nyt.")
    stored = keep(taken)
    touch(locked, viewer, party)
    return Attachment.unscoped.create(case=locked, party=party, file=stored, added_by=viewer.user)


@transaction.atomic
def remove_attachment(*, case: TransferCase, viewer: Viewer, party: Party | None, key: str) -> None:
    """Take an attachment away from what is written; versions that have it keep it. Raises NotAllowed, DomainError."""
    locked = locked_case(case.pk)
    require_writer(locked, viewer, party)
    found = next((a for a in current_attachments(locked, party) if str(a.file_id) == key), None)
    if found is None:
        raise DomainError("Bilaget er allerede fjernet.")
    touch(locked, viewer, party)
    if found.version is None:
        forget_file(found)
    else:
        found.removed_at = now()
        found.save(update_fields=["removed_at"])


def forget_file(attachment: Attachment) -> None:
    """Delete what no version has: the row now, the content when that is certain."""
    stored = attachment.file
    attachment.delete()
    stored.delete()
    transaction.on_commit(lambda: stored.content.storage.delete(str(stored.content)))


def touch(case: TransferCase, viewer: Viewer, party: Party | None) -> None:
    """Let what the attachments hang on be a changed draft, so that nobody sends what they have not seen."""
    if party is None:
        changed = {"revision": F("revision") + 1, "updated_by": viewer.user, "updated_at": now()}
        DialogueBasis.unscoped.filter(case=case).update(**changed)
    else:
        PartyResponse.unscoped.filter(party=party).update(state=ResponseState.DRAFT)


def attachments_kept(case: TransferCase, party: Party | None, version: int) -> list[dict[str, Any]]:
    """Return the attachments of a version that is being frozen, with their checksums; from now on they stay."""
    found = list(current_attachments(case, party))
    Attachment.unscoped.filter(pk__in=[a.pk for a in found], version__isnull=True).update(version=version)
    return [attachment.as_content() for attachment in found]
