"""What production does not start without, each with the sentence the operator reads."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
REQUIRED = {
    "ALLOWED_HOSTS": "ALLOWED_HOSTS is missing: name the host names the service answers on.",
    "DATABASE_URL": "DATABASE_URL is missing: name the PostgreSQL database.",
    "REDIS_URL": "REDIS_URL is missing: name the Redis server the background jobs are queued on.",
    "EMAIL_URL": "EMAIL_URL is missing: name the mail server notifications are sent through.",
    "PRIVATE_ROOT": "PRIVATE_ROOT is missing: name the folder that keeps the private files.",
    "HISTORY_ROOT": "HISTORY_ROOT is missing: name the folder that keeps the daily heads of the histories.",
}


def problems(env: environ.Env) -> list[str]:
    """All reasons not to start, in a fixed order; empty when the environment is safe."""
    found = [sentence for name, sentence in REQUIRED.items() if not env.str(name, default="").strip()]
    return key_problems(env.str("SECRET_KEY", default="")) + flag_problems(env) + found + value_problems(env)


def key_problems(key: str) -> list[str]:
    """A key that is missing, short or too uniform can be guessed."""
    if not key:
        return ["SECRET_KEY is missing: set a random text of at least 50 characters."]
    if len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.startswith("django-insecure-"):
        return ["SECRET_KEY is too weak: set a random text of at least 50 characters."]
    return []


def flag_problems(env: environ.Env) -> list[str]:
    """The demonstration shows its accounts, a password alone is too little for some, debug pages show secrets."""
    flags = {"DEMO": "DEMO is on: the demonstration must not run with production settings."}
    flags["SECOND_FACTOR_WAIVED"] = "SECOND_FACTOR_WAIVED is on: only the demonstration may do without."
    flags["DEBUG"] = "DEBUG is on: error pages would show what the service knows."
    return [sentence for name, sentence in flags.items() if env.bool(name, default=False)]


def value_problems(env: environ.Env) -> list[str]:
    """Values that are there but wrong: any host at all, another engine, a relative folder."""
    found = []
    if "*" in env.list("ALLOWED_HOSTS", default=[]):
        found.append("ALLOWED_HOSTS holds *: name the host names one by one.")
    if not env.str("DATABASE_URL", default="postgres").startswith("postgres"):
        found.append("DATABASE_URL names another engine: only PostgreSQL works.")
    for name in ("PRIVATE_ROOT", "HISTORY_ROOT"):
        if not Path(env.str(name, default="/")).is_absolute():
            found.append(f"{name} is relative: name a full path.")
    return found


def refuse_unsafe(env: environ.Env) -> None:
    """Raise ImproperlyConfigured with every reason at once."""
    found = problems(env)
    if found:
        raise ImproperlyConfigured("\n".join(["The service does not start:", *found]))
