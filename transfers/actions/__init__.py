"""What people do to a case. Every write goes through `perform`."""

from transfers.actions.screening import change_screening, conclude_screening, file_screening, may_screen
from transfers.actions.writing import Step, do_plain, locked_case, perform, the_forum

__all__ = [
    "Step",
    "change_screening",
    "conclude_screening",
    "do_plain",
    "file_screening",
    "locked_case",
    "may_screen",
    "perform",
    "the_forum",
]
