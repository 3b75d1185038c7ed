"""Keeps the programs of bin/run alive and takes all of them down again."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

MOST_DEATHS = 5
WITHIN_SECONDS = 60.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class Stopped(BaseException):
    """The user or the system asked bin/run to stop."""


class GaveUp(Exception):
    """A program dies again and again; the message says which and where its log is."""


def say(text: str) -> None:
    """One line to the person who ran bin/run."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop_on_signals() -> None:
    """Turn TERM, INT and HUP into Stopped."""

    def stop(number: int, frame: object) -> NoReturn:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


def follow_parent(number: signal.Signals) -> Callable[[], None]:
    """For a child about to start: the kernel sends it `number` should this process be killed outright."""
    parent = os.getpid()

    def prepare() -> None:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


@dataclass
class Program:
    """A command to keep running, in a session of its own: a signal to our group reaches it through us."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str | None = None
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 8.0
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """Start the command; its output goes to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=os.environ | self.environment,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=follow_parent(self.stop_signal),
            )

    def revive(self) -> None:
        """Start the command again if it has died; GaveUp when that happens too often."""
        if self.process is None or self.process.poll() is None:
            return
        self._signal(signal.SIGKILL)
        now = time.monotonic()
        self.deaths.append(now)
        while now - self.deaths[0] > WITHIN_SECONDS:
            self.deaths.popleft()
        end = f"{self.name} stoppede (kode {self.process.returncode})"
        if len(self.deaths) >= MOST_DEATHS:
            raise GaveUp(f"{end} igen og igen. Se {self.log}:\n{self.tail()}")
        say(f"{end} og startes igen.")
        self.start()

    def stop(self) -> None:
        """Ask the command to end, wait for it, and end what is left of its session."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                say(f"{self.name} svarede ikke og afsluttes.")
        self._signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def tail(self) -> str:
        """The last lines of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def watch(programs: list[Program]) -> NoReturn:
    """Revive whatever dies until Stopped or GaveUp is raised."""
    while True:
        for program in programs:
            program.revive()
        time.sleep(0.5)
