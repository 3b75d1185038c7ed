"""What the pages of a meeting share: finding it, and doing something that answers with a line on the next page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404

from contacts.http import Request
from core.errors import DomainError, NotAllowed
from portfolio.meetings.rules import may_edit_agenda, may_plan
from portfolio.models import Meeting

PAGE = ["GET", "HEAD", "POST"]
ABSENT = "Siden findes ikke, eller du har ikke adgang til den."


def meeting_or_404(request: Request, pk: int) -> Meeting:
    """Return a meeting; a foreign and a missing one raise the same Http404."""
    found = Meeting.visible_to(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404(ABSENT)
    return found


def require_planner(request: Request, meeting: Meeting) -> None:
    """Raise PermissionDenied for members who do not plan, and once the meeting is held."""
    if not may_plan(meeting.forum_id, request.viewer):
        raise PermissionDenied("Kun forummets formand og sekretær samt sekretariatet planlægger møder og dagsordener.")
    if not may_edit_agenda(meeting, request.viewer):
        raise PermissionDenied("Mødet er holdt eller aflyst. Dagsordenen kan ikke ændres længere.")


def told(request: Request, action: Callable[[], object], done: str) -> bool:
    """Do something that has no form to show a refusal on; the next page says what came of it."""
    try:
        action()
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, done)
    return True
