"""Pieces of settings that more than one surrounding puts together."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab

FOLDER_BROKER = "filesystem://localhost"


def database(address: dict[str, Any]) -> dict[str, Any]:
    """The database at `address`; a lost one is noticed in seconds, and a new connection made when it is back."""
    options = {"connect_timeout": 5} | address.get("OPTIONS", {})
    return address | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def storages(private_root: Path) -> dict[str, dict[str, Any]]:
    """File storages: everything a person uploads or orders is private and has no address of its own."""
    private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(private_root), "base_url": None},
    }
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {"default": private, "private": private, "staticfiles": static}


def redis_broker(longest_task: int) -> dict[str, Any]:
    """Options of the Redis broker; a message is given out again only when no task can still hold it."""
    return {"visibility_timeout": 4 * longest_task, "socket_connect_timeout": 2, "socket_timeout": 10}


def folder_broker(folder: Path) -> dict[str, Any]:
    """Options of the broker without Redis: messages are files in `folder`."""
    queue = str(folder / "queue")
    folders = {"data_folder_in": queue, "data_folder_out": queue, "control_folder": str(folder / "control")}
    return folders | {"polling_interval": 0.2}


def every(seconds: int, task: str) -> dict[str, Any]:
    """An entry of beat's schedule; a round nobody took is dropped when the next one is due."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def daily(hour: int, task: str) -> dict[str, Any]:
    """An entry of beat's schedule for once a day; a message nobody took within twelve hours is dropped."""
    return {"task": task, "schedule": crontab(hour=str(hour), minute="0"), "options": {"expires": 12 * 60 * 60}}
