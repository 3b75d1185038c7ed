"""Storing what the product has made or taken in, and handing it out as an attachment and nothing else."""

import hashlib
import re
import unicodedata
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase

from core.models import StoredFile, User
from core.models.file import random_path

SHUT_IN = "; ".join(
    ["sandbox"]
    + [f"{part} 'none'" for part in ("default-src", "object-src", "base-uri", "form-action", "frame-ancestors")]
)
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def prepare(
    name: str, content: bytes, content_type: str, by: User | None = None, *, key: UUID | None = None
) -> StoredFile:
    """Give a file that is not stored yet; a job returns it, and it is stored with the job's state."""
    stored = StoredFile(
        key=key or uuid4(),
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
    )
    stored.content = ContentFile(content, name=stored.key.hex)
    return stored


def keep(stored: StoredFile) -> StoredFile:
    """Store a prepared file: first the content, then the row, so that no row is without its file.

    Raises OSError when the storage refuses, and TextRefused for a CPR number in the name; nothing is kept then. What
    a worker that was killed here once left under the same key is written over.
    """
    storage, place = stored.content.storage, random_path(stored, "")
    storage.delete(place)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except BaseException:
        storage.delete(place)
        raise
    return stored


def store(name: str, content: bytes, content_type: str, by: User | None = None) -> StoredFile:
    """Store a file under a random key. Raises OSError and TextRefused as `keep` does."""
    return keep(prepare(name, content, content_type, by))


def respond(stored: StoredFile) -> FileResponse:
    """Answer with the file as an attachment. The caller has asked who may see it."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=ascii_name(stored.name),
        content_type=stored.content_type,
    )
    _shut_in(response)
    return response


def hand_out(name: str, content: bytes, content_type: str) -> HttpResponse:
    """Answer with a file made for this request alone. The caller has asked who may see it."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{ascii_name(name)}"'
    _shut_in(response)
    return response


def _shut_in(response: HttpResponseBase) -> None:
    """A file is never guessed at, never run, and never kept by what stands between."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT_IN
    response["Cache-Control"] = "private, no-store"


def ascii_name(name: str) -> str:
    """Give a file name of plain letters, figures, dots, hyphens and underscores; "fil" when no name is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_DANISH)).encode("ascii", "ignore").decode()
    harmless = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    stem, dot, ending = harmless.rpartition(".")
    if dot and ending.isalnum() and not stem.strip("-."):
        return f"fil.{ending}"
    return harmless.strip("-.") or "fil"
