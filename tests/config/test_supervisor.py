"""bin/run keeps its programs alive, gives up loudly, and leaves nothing behind."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import environ
import pytest

from config import embedded
from config.launch import free_addresses, kept_secret
from config.supervisor import GaveUp, Program
from tests import services

WAITS = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Program]:
    """A program that runs until it is told to stop."""
    program = Program("Waiting", WAITS, tmp_path / "log")
    program.start()
    yield program
    program.stop()


def running(program: Program) -> "subprocess.Popen[bytes]":
    assert program.process is not None
    return program.process


def test_a_program_that_died_runs_again(waiting: Program) -> None:
    first = running(waiting)
    first.kill()
    first.wait(10)
    waiting.revive()
    assert running(waiting).pid != first.pid
    assert running(waiting).poll() is None


def test_a_program_that_runs_is_left_alone(waiting: Program) -> None:
    first = running(waiting)
    waiting.revive()
    assert running(waiting) is first


def test_a_program_that_cannot_run_ends_everything_with_its_log(tmp_path: Path) -> None:
    program = Program("Broken", [sys.executable, "-c", "raise SystemExit('no disk')"], tmp_path / "log")

    def live() -> None:
        program.start()
        while True:
            running(program).wait(10)
            program.revive()

    with pytest.raises(GaveUp, match=r"(?s)Broken.*no disk"):
        live()


def test_a_program_that_ignores_the_signal_is_ended(tmp_path: Path) -> None:
    program = Program("Stubborn", WAITS, tmp_path / "log", patience=0.2)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])  # the child inherits the mask
    try:
        program.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    process = running(program)
    program.stop()
    assert process.returncode == -signal.SIGKILL


PARENT = """
import signal, sys
from pathlib import Path
from config.supervisor import Program
child = Program("Child", sys.argv[2:], Path(sys.argv[1]))
child.start()
print("child", child.process.pid, flush=True)
signal.pause()
"""


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    parent = services.Program([sys.executable, "-c", PARENT, str(tmp_path / "log"), *WAITS], {})
    parent.writes("child ")
    child = os.pidfd_open(int(parent.output.split()[-1]))
    parent.process.kill()
    ended, _, _ = select.select([child], [], [], 10)
    os.close(child)
    parent.stop()
    assert ended == [child]


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    assert kept_secret(file) == kept_secret(file)
    assert len(kept_secret(file)) >= 50
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RuntimeError, match=f"Port {port} er optaget"):
            free_addresses(port)


def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "theirs").symlink_to(tmp_path)
    with pytest.raises(RuntimeError, match="tilhører en anden bruger"):
        embedded.own_folder(tmp_path / "theirs")


def test_the_database_of_a_checkout_that_is_gone_is_removed(tmp_path: Path) -> None:
    for name, checkout in {"here": tmp_path, "gone": tmp_path / "gone"}.items():
        home = tmp_path / f"opgaveflytning-{name}"
        home.mkdir()
        (home / embedded.OWNER).write_text(str(checkout))
    embedded.forget_gone_checkouts(tmp_path)
    assert [home.name for home in tmp_path.iterdir()] == ["opgaveflytning-here"]


def test_the_database_that_came_along_is_reached_by_its_socket_only(tmp_path: Path) -> None:
    server = embedded.Embedded(tmp_path / "bin", tmp_path, None)
    assert "listen_addresses=" in server.command
    assert environ.Env.db_url_config(server.url) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": embedded.DATABASE,
        "USER": embedded.SUPERUSER,
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "OPTIONS": {"host": str(tmp_path / "socket")},
    }
