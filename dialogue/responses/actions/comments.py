"""Writing a comment: for everybody in the case, or for the writer's own organisation."""

from __future__ import annotations

from django.db import transaction

from contacts.models import Membership, Organisation
from contacts.viewer import Viewer
from core.errors import DomainError
from dialogue.models import Audience, Comment
from transfers.actions import locked_case, perform
from transfers.models import TransferCase


def write_comment(
    *,
    case: TransferCase,
    viewer: Viewer,
    text: str,
    audience: str,
    reply_to: int | None = None,
    after: int | None = None,
    capacity_id: int | None = None,
) -> Comment:
    """Add a comment, or an answer in a thread; an answer is read by those who read the thread.

    `after` is the newest comment on the page that was sent: the same words by the same writer after that are the
    second of two clicks, and give the first comment.

    Raises DomainError for an empty text, an unknown thread or a foreign internal one,
    TextRefused for a CPR number; else as `perform`.
    """
    with transaction.atomic():
        written = said_already(locked_case(case.pk), viewer, text, reply_to, after)
        return written or added(case, viewer, text, audience, reply_to, capacity_id)


def said_already(
    case: TransferCase, viewer: Viewer, text: str, reply_to: int | None, after: int | None
) -> Comment | None:
    """Return the writer's own comment with these words from the same page, if it is there."""
    if after is None:
        return None
    rows = Comment.visible_within(case, viewer).filter(author=viewer.user, pk__gt=after, text=text.strip())
    return rows.filter(parent__isnull=reply_to is None).first()


def added(
    case: TransferCase, viewer: Viewer, text: str, audience: str, reply_to: int | None, capacity_id: int | None
) -> Comment:
    """Write the comment; raises as `write_comment`."""
    with perform("comment", case=case, viewer=viewer, capacity_id=capacity_id) as step:
        thread = thread_of(reply_to, case, viewer)
        comment = Comment(
            case=step.case, author=viewer.user, organisation=spoken_for(step.capacity), parent=thread,
            audience=thread.audience if thread else audience, text=text.strip(),
        )  # fmt: skip
        check(comment)
        comment.save()
        step.facts = {"comment": comment.pk}
        step.only_for = comment.organisation if comment.audience == Audience.INTERNAL else None
    return comment


def thread_of(comment_id: int | None, case: TransferCase, viewer: Viewer) -> Comment | None:
    """Return the first comment of a thread the viewer reads. Raises DomainError when there is none."""
    if comment_id is None:
        return None
    found = Comment.visible_within(case, viewer).select_related("parent").filter(pk=comment_id).first()
    if found is None:
        raise DomainError("Kommentaren, du svarer på, findes ikke.")
    return found.parent or found


def spoken_for(capacity: Membership) -> Organisation:
    """Return the organisation a comment is written for: the whole one for a department. Raises DomainError."""
    if capacity.organisation is None:
        raise DomainError("Kommentarer skrives på vegne af en organisation.")
    return capacity.organisation.whole


def check(comment: Comment) -> None:
    """Raise DomainError for a comment that says nothing, or stands in another organisation's internal thread."""
    if not comment.text:
        raise DomainError("Skriv en kommentar.")
    internal_to = comment.parent.organisation if comment.parent else comment.organisation
    if comment.audience == Audience.INTERNAL and internal_to != comment.organisation:
        raise DomainError("Du kan kun svare i en intern tråd på vegne af den organisation, den hører til.")
