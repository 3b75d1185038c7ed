"""What people do with a meeting; each function owns its transaction."""

from portfolio.meetings.actions.agenda import (
    add_matter,
    carry_over,
    change_item,
    move_item,
    put,
    remove_item,
    send_agenda,
    take_up,
)
from portfolio.meetings.actions.holding import note_orientations, record_attendance, write_minutes
from portfolio.meetings.actions.minutes import approve_minutes, close_minutes, send_minutes, take_back_minutes
from portfolio.meetings.actions.planning import cancel_meeting, change_meeting, plan_meeting

__all__ = [
    "add_matter", "approve_minutes", "cancel_meeting", "carry_over", "change_item", "change_meeting", "close_minutes",
    "move_item", "note_orientations", "plan_meeting", "put", "record_attendance", "remove_item", "send_agenda",
    "send_minutes", "take_back_minutes", "take_up", "write_minutes",
]  # fmt: skip
