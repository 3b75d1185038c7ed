"""What lies outside a document: a listener on a port, and a file that tells when it is opened."""

from __future__ import annotations

import ctypes
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OPENED, NON_BLOCKING = 0x20, 0o4000  # IN_OPEN, IN_NONBLOCK
EVENT = struct.Struct("iIII")


@dataclass
class Outside:
    """Where a document must not reach."""

    address: str
    file: Path
    watch: int
    asked: list[str] = field(default_factory=list)

    @property
    def payloads(self) -> tuple[str, ...]:
        """Texts that would reach there if they were taken for markup or a style."""
        at, file = self.address, self.file.as_uri()
        return (
            f"<img src='{at}/planted.png'>", f"<img src='{file}'>", f"<link rel=stylesheet href='{at}/planted.css'>",
            f"<link rel=stylesheet href='{file}'>", f"<link rel=attachment href='{file}'>",
            f"<style>@import url('{at}/planted.css');</style>", f"<style>@import '{file}';</style>",
            f"<style>p {{ background: url('{at}/planted.png') }}</style>",
            f"<style>@font-face {{ font-family: 'IBM Plex Sans'; src: url('{file}') }}</style>",
            f"<style>li {{ list-style-image: url('{at}/planted.png') }} p::before {{ content: url('{file}') }}</style>",
            f"<p style=\"background: url('{at}/planted.png')\">planted</p>", f"<object data='{file}'></object>",
            f"<embed src='{at}/planted.svg'>", f"<svg><image href='{file}'/><use href='{at}/planted.svg#a'/></svg>",
            f"<a rel=attachment href='{file}'>planted</a>", f"<base href='{at}/'><img src='planted.png'>",
        )  # fmt: skip

    def reached(self) -> list[str]:
        """What was asked for at the listener, and how often the file was opened, since the last time."""
        found, self.asked = self.asked, []
        try:
            events = os.read(self.watch, 65_536)
        except BlockingIOError:
            return found
        return [*found, *[f"opened {self.file.name}"] * (len(events) // EVENT.size)]


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """A listener and a watched file, for as long as the block lasts."""
    canary = folder / "planted.css"
    canary.write_text("p { color: red }")
    kernel = ctypes.CDLL(None, use_errno=True)
    watch = kernel.inotify_init1(NON_BLOCKING)
    assert kernel.inotify_add_watch(watch, bytes(canary), OPENED) > 0, os.strerror(ctypes.get_errno())
    place = Outside("", canary, watch)

    class Listener(BaseHTTPRequestHandler):
        """Notes what is asked for, and has nothing."""

        def do_GET(self) -> None:
            """Note and refuse."""
            place.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        place.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield place
        finally:
            server.shutdown()
            thread.join()
            os.close(watch)
