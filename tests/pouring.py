"""A body that is poured into a server until all is sent or the server has had enough."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from tempfile import gettempdir

PIECE = b"x" * 1_000_000
BOUNDARY = "graense"
FILE = 'Content-Disposition: form-data; name="file"; filename="Stor.txt"\r\nContent-Type: text/plain'


@dataclass
class Poured:
    """How much was sent, how much of it lay in files meanwhile, and what the server answered."""

    sent: int
    most_on_disk: int
    status: int
    text: str


def pour(port: int, head: list[str], size: int, *, is_chunked: bool = False) -> Poured:
    """Send a form with a file so many bytes long, in chunks or with its length, and read the answer."""
    start = f"--{BOUNDARY}\r\n{FILE}\r\n\r\n".encode()
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {len(start) + size}"
    lines = [*head, length, f"Content-Type: multipart/form-data; boundary={BOUNDARY}", "Connection: close", "", ""]
    sent, most = 0, 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # cut off; what was answered before can be read
            connection.sendall("\r\n".join(lines).encode())
            for piece in pieces(start, size, is_chunked=is_chunked):
                connection.sendall(piece)
                sent, most = sent + len(piece), max(most, on_disk())
        answer = HTTPResponse(connection)
        answer.begin()
        return Poured(sent, most, answer.status, answer.read().decode())


def pieces(start: bytes, size: int, *, is_chunked: bool) -> Iterator[bytes]:
    """The parts of the body."""
    for part in (start, *[PIECE] * (size // len(PIECE))):
        yield f"{len(part):x}\r\n".encode() + part + b"\r\n" if is_chunked else part
    if is_chunked:
        yield b"0\r\n\r\n"


def on_disk() -> int:
    """How much lies in files that are being received on this machine; one may be gone before it is looked at."""
    found = 0
    for path in Path(gettempdir()).glob("*.upload*"):
        with suppress(FileNotFoundError):
            found = max(found, path.stat().st_size)
    return found
