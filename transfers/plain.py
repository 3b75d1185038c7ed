"""Acts that need no page of their own: a confirmation with a reason, and one registered function each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from contacts.viewer import Viewer
from transfers.actions import do_plain
from transfers.models import TransferCase


class Handler(Protocol):
    """What carries a plain act out; raises DomainError as `perform` does."""

    def __call__(
        self, *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
    ) -> TransferCase:
        """Do the act and return the case."""
        ...


HANDLERS: dict[str, Handler] = {}


def handler(code: str) -> Callable[[Handler], Handler]:
    """Register the function behind a plain act of the workflow table."""

    def register(function: Handler) -> Handler:
        HANDLERS[code] = function
        return function

    return register


def carry_out(
    code: str, *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Do a plain act: by its registered function, else by moving the case as the table says."""
    registered = HANDLERS.get(code)
    if registered is not None:
        return registered(case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason)
    return do_plain(code, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason)
