"""What bin/run does once all is installed: database, data, web server and worker, until it is stopped."""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import psycopg2

from config import embedded
from config.supervisor import GaveUp, Program, Stopped, follow_parent, say, stop_on_signals, watch

CHECKOUT = Path(__file__).resolve().parent.parent
RUN = CHECKOUT / ".run"
LOGS = RUN / "log"


def main() -> int:
    """Run until stopped; the exit code is 0 after a stop and 1 when something could not run."""
    port = int(os.environ.get("PORT", "8000"))
    stop_on_signals()
    programs: list[Program] = []
    try:
        with claim_checkout():
            run(port, programs)
    except Stopped:
        say("Stopper ...")
    except (GaveUp, RuntimeError, subprocess.CalledProcessError) as problem:
        say(f"FEJL: {problem}")
        return 1
    finally:
        for program in reversed(programs):
            program.stop()
    say("Stoppet.")
    return 0


def claim_checkout() -> TextIO:
    """Hold the checkout's lock; RuntimeError when another bin/run holds it."""
    RUN.mkdir(mode=0o700, exist_ok=True)
    lock = (RUN / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise RuntimeError("Programmet kører allerede fra denne mappe.") from None
    return lock


def run(port: int, programs: list[Program]) -> None:
    """Start all in order, tell where it is, and watch over it. The caller stops what is in `programs`."""
    addresses = free_addresses(port)
    os.environ.update(surroundings(port))
    if not os.environ.get("DATABASE_URL"):
        start_database(programs)
    say("Bringer databasen ajour ...")
    manage("migrate", "--no-input", "--verbosity", "0")
    say("Henter demonstrationsdata ...")
    manage("load_demo")
    for program in (web(addresses), worker()):
        programs.append(program)
        program.start()
    wait_for(lambda: answers(port), programs[-2], "Webserveren")
    say(f"\nKlar: http://127.0.0.1:{port} og http://localhost:{port}\nLog: {LOGS}\n")
    manage("load_demo", "--list")
    say("\nStop med Ctrl+C.")
    watch(programs)


def free_addresses(port: int) -> list[str]:
    """The loopback addresses to serve on; RuntimeError when the port is taken. IPv6 only where it exists."""
    if not can_bind(socket.AF_INET, "127.0.0.1", port):
        raise RuntimeError(f"Port {port} er optaget. Vælg en anden: PORT=8001 bin/run")
    return [f"127.0.0.1:{port}"] + ([f"[::1]:{port}"] if can_bind(socket.AF_INET6, "::1", port) else [])


def can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Whether a server may listen there."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True


def surroundings(port: int) -> dict[str, str]:
    """The environment of all parts: what the user has set stands."""
    defaults = {
        "BASE_URL": f"http://localhost:{port}",
        "SECRET_KEY": kept_secret(RUN / "secret"),
        "PYTHONUNBUFFERED": "1",
    }
    return {name: os.environ.get(name) or value for name, value in defaults.items()}


def kept_secret(file: Path) -> str:
    """A random key, made at the first start and kept, so that a restart signs nobody out."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def start_database(programs: list[Program]) -> None:
    """Start the PostgreSQL that came along and name it in DATABASE_URL."""
    say("Starter PostgreSQL ...")
    server = embedded.locate(CHECKOUT)
    embedded.ensure_cluster(server)
    program = Program(
        "PostgreSQL",
        server.command,
        LOGS / "postgresql.log",
        user=server.user,
        folder=Path("/"),
        stop_signal=signal.SIGINT,
    )
    programs.append(program)
    program.start()
    wait_for(lambda: accepts(server), program, "PostgreSQL")
    os.environ["DATABASE_URL"] = server.url


def accepts(server: embedded.Embedded) -> bool:
    """Whether the server takes connections; makes the product's database when it is not there."""
    try:
        connection = psycopg2.connect(host=str(server.socket), user=embedded.SUPERUSER, dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [embedded.DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {embedded.DATABASE}")
    connection.close()
    return True


def answers(port: int) -> bool:
    """Whether the web server takes connections."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(reached: Callable[[], bool], program: Program, name: str, seconds: float = 60) -> None:
    """Watch until `reached()`, reviving `program`; RuntimeError when it takes too long."""
    limit = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > limit:
            raise RuntimeError(f"{name} svarer ikke. Se {program.log}:\n{program.tail()}")
        program.revive()
        time.sleep(0.1)


def manage(*arguments: str) -> None:
    """Run a management command to its end, or to ours; CalledProcessError when it fails."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    prepare = follow_parent(signal.SIGTERM)
    process = subprocess.Popen(command, preexec_fn=prepare, start_new_session=True)
    try:
        code = process.wait()
    except Stopped:
        process.terminate()
        process.wait(10)
        raise
    if code:
        raise subprocess.CalledProcessError(code, ["manage.py", *arguments])


def web(addresses: list[str]) -> Program:
    """The web server: two processes, and a log without query strings."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2", "--no-control-socket"]
    command += [part for address in addresses for part in ("--bind", address)]
    return Program("Webserveren", command, LOGS / "web.log", folder=CHECKOUT)


def worker() -> Program:
    """One Celery worker with beat inside."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--loglevel", "INFO"]
    command += ["--schedule", str(RUN / "beat-schedule"), "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle"]
    return Program("Jobmotoren", command, LOGS / "worker.log", folder=CHECKOUT)


if __name__ == "__main__":
    sys.exit(main())
