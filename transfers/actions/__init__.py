"""What people do to a case. Every write goes through `perform`."""

from transfers.actions.handing_over import hand_over, hand_over_case
from transfers.actions.screening import (
    change_screening,
    conclude_screening,
    file_screening,
    may_screen,
    note_screening,
    request_reassessment,
    start_case,
)
from transfers.actions.writing import (
    FORUM_STAGES,
    Event,
    Step,
    do_plain,
    locked_case,
    perform,
    the_forum,
    when_moved,
)

__all__ = [
    "FORUM_STAGES",
    "Event",
    "Step",
    "change_screening",
    "conclude_screening",
    "do_plain",
    "file_screening",
    "hand_over",
    "hand_over_case",
    "locked_case",
    "may_screen",
    "note_screening",
    "perform",
    "request_reassessment",
    "start_case",
    "the_forum",
    "when_moved",
]
