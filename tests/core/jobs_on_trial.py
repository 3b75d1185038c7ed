"""Kinds of jobs for the tests."""

import os
import signal

from core.errors import DomainError
from core.jobs import JobRun, register
from core.models import StoredFile

TEXT = "text/plain"


def letter(run: JobRun) -> StoredFile:
    run.progress(1, 2, "Skriver")
    return run.output("Prøve.txt", str(run.arguments["text"]).encode(), TEXT)


write = register("trial.write")(letter)


@register("trial.nothing")
def nothing(run: JobRun) -> None:
    run.progress(1, 1)


@register("trial.break")
def break_down(run: JobRun) -> None:
    raise RuntimeError("out of paper")


@register("trial.refuse")
def refuse(run: JobRun) -> None:
    raise DomainError("Sagen er lukket.")


def note(run: JobRun, stored: StoredFile | None) -> None:
    assert stored is not None
    run.requested_by.name = f"Fik {stored.name}"  # type: ignore[union-attr]
    run.requested_by.save()  # type: ignore[union-attr]
    if run.arguments.get("break"):
        raise RuntimeError("out of ink")


@register("trial.note", on_done=note)
def write_and_note(run: JobRun) -> StoredFile:
    return letter(run)


def stop_if(place: str) -> None:
    """In a process started to be killed here: say so and wait for it."""
    if os.environ.get("STOP_AT") == place:
        print(f"reached {place}", flush=True)  # noqa: T201
        signal.pause()


def stop_in_storing(run: JobRun, stored: StoredFile | None) -> None:
    stop_if("storing")


@register("trial.stop", on_done=stop_in_storing)
def write_with_stops(run: JobRun) -> StoredFile:
    stop_if("working")
    return letter(run)
