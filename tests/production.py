"""Production as docker-compose.yml describes it, without containers: the same commands and environment."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis
import yaml

from tests.services import ROOT, Program, database_url, free_port

HOST = "opgaver.example.dk"
VARIABLES = {
    "SECRET_KEY": "k5J2vQx9Zr7Lw3Tn8Bd6Hf4Gs1Mc0Py-aRtEuIoWqXzVbNjKlS",
    "ALLOWED_HOSTS": HOST,
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "Opgaveflytning <opgaver@example.dk>",
    "POSTGRES_PASSWORD": "unused-by-the-tests",
}
SAFE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": VARIABLES["SECRET_KEY"],
    "ALLOWED_HOSTS": HOST,
    "DATABASE_URL": "postgresql://127.0.0.1/opgaveflytning",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "PRIVATE_ROOT": "/var/lib/opgaveflytning/private",
    "HISTORY_ROOT": "/var/lib/opgaveflytning/history",
    "TRUSTED_PROXIES": "1",
}


SIGNS = {"web": "Booting worker", "worker": " ready.", "beat": "beat: Starting"}


@cache
def services() -> dict[str, Any]:
    """The services of docker-compose.yml."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    found: dict[str, Any] = document["services"]
    return found


def filled(text: str, variables: Mapping[str, str]) -> str:
    """`text` with ${NAME:?} and ${NAME:-default} filled from `variables`; KeyError for an unknown name."""

    def value(match: re.Match[str]) -> str:
        name, operator, default = match.groups()
        return variables.get(name, default) if operator == "-" else variables[name]

    return re.sub(r"\$\{(\w+):([?-])([^}]*)\}", value, text).replace("$$", "$")


@dataclass
class Production:
    """The running service: `web`, `worker` and `beat` as in docker-compose.yml, on a database of its own."""

    environment: dict[str, str]
    folder: Path
    port: int
    web: Program
    worker: Program
    beat: Program

    def get(self, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
        """Ask as the proxy in front does."""
        return self.ask("GET", path, headers)

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> HTTPResponse:
        """The same with any method and body."""
        proxy = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, proxy | (headers or {}))
        return connection.getresponse()


def environment_of(name: str, folder: Path, database: str, variables: Mapping[str, str]) -> dict[str, str]:
    """The service's environment with the addresses and folders of this machine."""
    environment = {key: filled(value, variables) for key, value in services()[name]["environment"].items()}
    return environment | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url(),
        "PRIVATE_ROOT": str(folder / "private"),
        "HISTORY_ROOT": str(folder / "history"),
        "STATIC_ROOT": str(folder / "static"),
        "OUTBOX_SECONDS": "1",
        "FORWARDED_ALLOW_IPS": "192.0.2.1",  # in a container no request comes from gunicorn's own machine
    }


def command_of(name: str, folder: Path, port: int) -> list[str]:
    """The service's command with the port and folders of this machine."""
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in services()[name]["command"]]
    command = [word.replace("/tmp/beat", str(folder)) for word in command]
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def redis_url() -> str:
    """A Redis database of this test process's own, from the named one on; KeyError when none is named."""
    named = urlsplit(os.environ["REDIS_URL"])
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return named._replace(path=f"/{int(named.path.strip('/') or 0) + process}").geturl()


def empty_queue() -> None:
    """Remove what Celery keeps in Redis, and nothing else."""
    with redis.Redis.from_url(redis_url()) as client:
        keys = [key for pattern in ("celery*", "unacked*", "_kombu*") for key in client.scan_iter(pattern)]
        if keys:
            client.delete(*keys)


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of an empty database, dropped afterwards."""
    name = f"production_{uuid.uuid4().hex[:12]}"
    connection = psycopg2.connect(urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl())
    connection.autocommit = True
    try:
        connection.cursor().execute(f"CREATE DATABASE {name}")
        yield database_url(name)
    finally:
        connection.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.close()


def finish(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end; AssertionError with what it wrote when it fails."""
    surroundings = Program.environment(environment)
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[Program]:
    """One service that starts; stopped afterwards."""
    program = Program(command, environment)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.stop()


@contextmanager
def running(folder: Path, **chosen: str) -> Iterator[Production]:
    """Gather the static files, migrate a fresh database, and start web, worker and beat.

    `chosen` is what the operator sets, where it is to differ from VARIABLES.
    """
    port, variables = free_port(), VARIABLES | chosen
    with ExitStack() as stack:
        database = stack.enter_context(fresh_database())
        empty_queue()
        stack.callback(empty_queue)
        environment = environment_of("migrate", folder, database, variables)
        finish(command_of("migrate", folder, port), environment)
        finish([sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"], environment)
        programs = {
            name: stack.enter_context(
                started(command_of(name, folder, port), environment_of(name, folder, database, variables))
            )
            for name in SIGNS
        }
        for name, program in programs.items():
            program.writes(SIGNS[name])
        yield Production(environment, folder, port, **programs)
