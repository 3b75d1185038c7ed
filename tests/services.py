"""Real servers for tests: a Celery worker, a mail server, free ports."""

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from config.settings.test import TEST_ROOT

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url(name: str) -> str:
    """The address of the database `name` on the server the tests run on, for another process."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Program:
    """A process in a session of its own whose output can be followed line by line."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        self._fresh: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @staticmethod
    def environment(changes: dict[str, str]) -> dict[str, str]:
        """This process's environment with `changes`, without what only the test process needs."""
        ours = ("PYTEST", "DJANGO_ALLOW_ASYNC_UNSAFE")
        return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | changes

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            self._fresh.put(line)
        self._fresh.put(None)

    @property
    def output(self) -> str:
        """Everything the process has written so far."""
        return "".join(self.lines)

    def until(self, reached: Callable[[], bool], seconds: float = 30) -> None:
        """Ask again at every line the process writes; AssertionError with them when it ends or is late."""
        limit = time.monotonic() + seconds
        while not reached():
            try:
                line = self._fresh.get(timeout=max(0.0, limit - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not reached in {seconds} s:\n{self.output}") from None
            if line is None:
                assert reached(), f"the process ended first:\n{self.output}"
                return

    def writes(self, text: str, seconds: float = 30) -> None:
        """Wait until the process has written `text`."""
        self.until(lambda: text in self.output, seconds)

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and its children; nothing when they are gone."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def kill(self) -> None:
        """End the process and its children at once, as a power cut would."""
        self.signal_group(signal.SIGKILL)
        self._finish(10)

    def stop(self, seconds: float = 15) -> int:
        """Ask the process to end; AssertionError when it does not. Its exit code."""
        self.process.terminate()
        try:
            return self._finish(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not stop in {seconds} s:\n{self.output}") from None

    def _finish(self, seconds: float) -> int:
        code = self.process.wait(seconds)
        self.signal_group(signal.SIGKILL)
        self._reader.join(5)
        assert self.process.stdout
        self.process.stdout.close()
        return code


class Worker(Program):
    """A Celery worker on the test database, fed by the queue of this test process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "prefork"]
        command += ["--concurrency", "1", "--loglevel", "INFO"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
            "TEST_ROOT": str(TEST_ROOT),
        }
        super().__init__(command, environment)

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["Worker"]:
        """A worker that is ready; what earlier tests left in the queue is thrown away first."""
        shutil.rmtree(settings.BROKER_DIR / "queue", ignore_errors=True)
        (settings.BROKER_DIR / "queue").mkdir(parents=True)
        worker = cls()
        try:
            worker.writes(" ready.")
            yield worker
        finally:
            if worker.process.poll() is None:
                worker.stop()


@dataclass
class MailServer:
    """A mail server that keeps what it is sent, or refuses it while `refusing` is set."""

    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    refusing: bool = False
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd with each message."""
        if self.refusing:
            return "451 Try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["MailServer"]:
        """A server that listens; it is gone afterwards."""
        server = cls()
        controller = Controller(server, hostname=server.host, port=server.port)
        controller.start()
        try:
            yield server
        finally:
            controller.stop()
