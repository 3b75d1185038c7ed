"""Bilag på vej ind: an uploaded file is looked through before it is kept, and a refusal says what to do."""

from __future__ import annotations

from django.core.files.base import File

from core import parameters
from core.cpr import MISTAKEN, contains_cpr
from core.errors import DomainError
from core.filekinds import KINDS, Embedded, FileKind, TooLarge, Unreadable, kind_of
from core.files import prepare
from core.filetext import texts_of
from core.models import StoredFile, User

LARGEST = "upload.megabytes"
MEGABYTE = 1_000_000
ACCEPT = ",".join(ending for kind in KINDS.values() for ending in kind.endings)
NAMED = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), PNG, JPG, TXT eller CSV"


NAMED_BY_CPR = "Filens navn ser ud til at indeholde et CPR-nummer. Giv filen et andet navn, og vælg den igen."
HOLDS_CPR = (
    "Filen ser ud til at indeholde et CPR-nummer. Fjern oplysninger om enkelte personer, og vælg filen igen. "
    f"{MISTAKEN}"
)
CANNOT_BE_READ = (
    "Filen kan ikke læses. Er den beskyttet med adgangskode eller beskadiget, så gem den på ny, og vælg den igen."
)
HOLDS_ANOTHER = (
    "I filen ligger en anden fil, som ikke kan læses. Fjern den, eller tilføj den som et bilag for sig, og vælg "
    "filen igen."
)
OPENS_TOO_LARGE = "Filen fylder for meget, når den åbnes. Gør den mindre, eller del den, og vælg den igen."
LOCKED = (b"\xd0\xcf\x11\xe0", (".docx", ".xlsx"))  # how a document with a password begins, and what it is called
SHORT = 9  # figures of a number whose first nought a spreadsheet has taken


class UploadRefused(DomainError):
    """A file is not taken in; the message says why and what to do."""


def taken_in(upload: File[bytes], by: User) -> StoredFile:
    """Return a checked file, ready to be kept. Raises UploadRefused; nothing of a CPR number is repeated (rule 17)."""
    name, largest = (upload.name or "").strip()[-200:], parameters.whole(LARGEST)
    if contains_cpr(name):
        raise UploadRefused(NAMED_BY_CPR)
    if (upload.size or 0) > largest * MEGABYTE:
        raise UploadRefused(f"Filen er for stor. Den må højst fylde {largest} MB. Gør den mindre, eller del den.")
    content = upload.read()
    kind = allowed(name, content)
    refuse_cpr_in(kind, content)
    return prepare(name, content, kind.content_type, by)


def allowed(name: str, content: bytes) -> FileKind:
    """Return the kind of a file that may be taken in. Raises UploadRefused."""
    if not content:
        raise UploadRefused("Filen er tom. Vælg en fil med indhold.")
    if content.startswith(LOCKED[0]) and name.lower().endswith(LOCKED[1]):
        raise UploadRefused(CANNOT_BE_READ)
    try:
        kind = kind_of(name, content)
    except TooLarge:
        raise UploadRefused(OPENS_TOO_LARGE) from None
    if kind is None:
        raise UploadRefused(f"Filen kan ikke bruges som bilag. Vælg en {NAMED} uden makroer.")
    return kind


def refuse_cpr_in(kind: FileKind, content: bytes) -> None:
    """Raise UploadRefused when the text of a file holds a CPR number, or cannot be read."""
    try:
        found = any(holds_cpr(kind, text) for text in texts_of(kind, content))
    except TooLarge:
        raise UploadRefused(OPENS_TOO_LARGE) from None
    except Embedded:
        raise UploadRefused(HOLDS_ANOTHER) from None
    except Unreadable:
        raise UploadRefused(CANNOT_BE_READ) from None
    if found:
        raise UploadRefused(HOLDS_CPR)


def holds_cpr(kind: FileKind, text: str) -> bool:
    """Whether a text of a file holds a CPR number, be it one whose first nought a spreadsheet has taken."""
    words = text.split() if kind.code in ("xlsx", "ods", "csv") else ()
    return contains_cpr(text) or any(contains_cpr(f"0{word}") for word in words if len(word) == SHORT)
