"""Log lines that identify without telling: what a person typed never reaches a log."""

import logging
import traceback
from collections.abc import Mapping
from copy import copy
from types import TracebackType
from typing import TypeAlias

ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Prints where an exception came from and its class, not its message: a database error quotes rows."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line; where Celery puts what an error says into its own sentence, the error's class stands instead."""
        record = copy(record)
        record.exc_text = None  # which another formatter may have left, with the error's message
        if isinstance(record.args, Mapping) and "exc" in record.args:
            error = record.exc_info[0] if record.exc_info else None
            record.args = {**record.args, "exc": error.__name__ if error else "error"}
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        """The frames and the class of the exception in `ei` and of those it grew out of."""
        chain, error = [], ei[1]
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            chain.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhile handling\n".join(chain)
