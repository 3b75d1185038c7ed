"""Who plans, keeps and approves a meeting, and whether it may decide (rule 9; design: access)."""

from __future__ import annotations

from contacts.enums import Function
from contacts.models import Forum, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.errors import NotAllowed
from portfolio.meetings.queries import asked_of, present, quorum
from portfolio.models import Meeting, MeetingState
from portfolio.models.decision import RECORDERS
from portfolio.models.meeting import AHEAD


def sees_meetings(viewer: Viewer) -> bool:
    """Tell whether meetings are for this viewer at all: members of forums and the secretariat."""
    return viewer.is_secretariat or any(m.forum_id for m in viewer.memberships)


def plans_for(viewer: Viewer) -> list[Forum]:
    """Return the forums for which the viewer may plan meetings: own ones, all for the secretariat."""
    if viewer.is_secretariat:
        return list(Forum.objects.filter(in_force()))
    return list({m.forum_id: m.forum for m in viewer.holding(RECORDERS) if m.forum is not None}.values())


def may_plan(forum_id: int, viewer: Viewer) -> bool:
    """Tell whether the viewer plans the forum's meetings and writes their agendas."""
    return viewer.is_secretariat or may_keep(forum_id, viewer)


def may_keep(forum_id: int, viewer: Viewer) -> bool:
    """Tell whether the viewer keeps the forum's minutes: its chair or secretary, never the secretariat."""
    return bool(keepers(forum_id, viewer))


def keepers(forum_id: int, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer keeps the forum's minutes; the secretary's first."""
    held = viewer.holding(RECORDERS, forum_id=forum_id)
    return sorted(held, key=lambda m: m.function != Function.SECRETARY)


def require_planner(forum_id: int, viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer plans the forum's meetings."""
    if not may_plan(forum_id, viewer):
        raise NotAllowed("Kun forummets formand og sekretær samt sekretariatet planlægger møder og dagsordener.")


def require_keeper(forum_id: int, viewer: Viewer) -> Membership:
    """Return the membership the viewer keeps minutes by. Raises NotAllowed for others, the secretariat included."""
    held = keepers(forum_id, viewer)
    if not held:
        raise NotAllowed("Kun forummets formand og sekretær fører deltagere og referat.")
    return held[0]


def may_edit_agenda(meeting: Meeting, viewer: Viewer) -> bool:
    """Tell whether the viewer may change the agenda now."""
    return meeting.state in AHEAD and may_plan(meeting.forum_id, viewer)


def may_approve(meeting: Meeting, viewer: Viewer) -> bool:
    """Tell whether the minutes wait for approval by this viewer's kind: chairs and members who took part."""
    sent = meeting.state == MeetingState.MINUTES_SENT
    return sent and present(meeting).filter(user=viewer.user).exists()


def asks_for_meeting(forum_id: int) -> bool:
    """Tell whether the forum must be quorate to decide, so that a decision must name its meeting."""
    return asked_of(forum_id).exists()


def lacking_quorum(meeting: Meeting) -> list[str]:
    """Return, side by side, who is missing for the meeting to be quorate."""
    return [
        f"{line.side.label}: {line.present} til stede, mindst {line.minimum} skal deltage"
        for line in quorum(meeting)
        if not line.is_met
    ]
