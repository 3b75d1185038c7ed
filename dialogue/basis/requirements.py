"""What must be true of the dialoggrundlag before an act of the workflow table (rule 3)."""

from dialogue.attachments.queries import current_attachments
from dialogue.basis.content import Written, content_of
from dialogue.basis.findings import changes, missing
from dialogue.basis.queries import written
from transfers.models import TransferCase
from transfers.rules import requirement


@requirement("basis_ready_to_submit")
def basis_ready_to_submit(case: TransferCase) -> list[str]:
    """What a first step needs is answered (S2); names each question that is not."""
    return [str(item) for item in missing(content_of(written(case), case), "submit")]


@requirement("basis_ready_for_forum")
def basis_ready_for_forum(case: TransferCase) -> list[str]:
    """The newest submitted version answers all that is not frivilligt: a forum sees versions only."""
    newest = written(case).newest
    if newest is None:
        return ["Dialoggrundlaget er ikke indsendt"]
    return [str(item) for item in missing(newest, "forum")]


def other_attachments(case: TransferCase, found: Written) -> bool:
    """Whether other files hang on what is written than on the newest version."""
    kept = {item["key"] for item in (found.newest or {}).get("attachments", [])}
    return kept != {str(item.file_id) for item in current_attachments(case, None)}


@requirement("basis_changed")
def basis_changed(case: TransferCase) -> list[str]:
    """What is written now says something else than the newest version."""
    found = written(case)
    if found.newest is not None and (changes(found.newest, content_of(found, case)) or other_attachments(case, found)):
        return []
    return [f"Der er ikke ændret noget siden version {found.newest_number}"]
