"""The text inside an uploaded file, so that a CPR number in it is found (rule 17)."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image

from core.filekinds import FileKind, TooLarge, Unreadable, as_text
from core.officetext import APART, of_office
from core.pdftext import of_pdf

CELL_ENDS = ";,|"
PNG_HEAD, PNG_NOTES, LONGEST_NOTE = b"\x89PNG\r\n\x1a\n", (b"tEXt", b"zTXt", b"iTXt"), 1_000_000
_QUOTED = re.compile(r'"[^"\n]*"')


def texts_of(kind: FileKind, content: bytes) -> Iterator[str]:
    """Give the texts of a file. Raises Unreadable, TooLarge: what cannot be read is not taken in."""
    try:
        yield from READERS[kind.code](content)
    except (Unreadable, TooLarge):
        raise
    except Exception as error:
        raise Unreadable(kind.code) from error


def of_plain(content: bytes) -> Iterator[str]:
    """Give the text of a plain file."""
    yield as_text(content) or ""


def of_table(content: bytes) -> Iterator[str]:
    """Give the text of a CSV file with its cells apart, and what stands in quotation marks as it stands."""
    text = as_text(content) or ""
    head = text.split("\n", 1)[0]
    yield text.replace(max(CELL_ENDS, key=head.count), APART)
    yield from _QUOTED.findall(text)


def of_image(content: bytes) -> Iterator[str]:
    """Give what is written in an image's own description; nothing is read from the picture itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise TooLarge("image") from error
    if picture.format == "PNG":
        picture.verify()
        yield from written_in_png(content)
    else:
        comment = picture.info.get("comment", b"")
        yield comment.decode("utf-8", "replace") if isinstance(comment, bytes) else str(comment)
        yield from (value for value in picture.getexif().values() if isinstance(value, str))


def written_in_png(content: bytes) -> Iterator[str]:
    """Give the notes in a PNG: name and text, the text packed or not. Raises TooLarge, zlib.error, struct.error."""
    place, kind = len(PNG_HEAD), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">L4s", content, place)
        note = content[place + 8 : place + 8 + length]
        if kind == b"zTXt":
            name, _, text = note.partition(b"\0")
            note = name + unpacked(text[1:])
        elif kind == b"iTXt" and (parts := note.split(b"\0", 1))[1][:1] == b"\1":
            note = parts[0] + unpacked(parts[1].split(b"\0", 2)[2])
        if kind in PNG_NOTES:
            yield note.decode("utf-8", "replace").replace("\0", APART)
        place += 12 + length


def unpacked(text: bytes) -> bytes:
    """Return a packed text. Raises TooLarge."""
    opened = zlib.decompressobj()
    content = opened.decompress(text, LONGEST_NOTE)
    if opened.unconsumed_tail:
        raise TooLarge("note")
    return content


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": of_pdf, "docx": of_office, "xlsx": of_office, "odt": of_office, "ods": of_office,
    "png": of_image, "jpg": of_image, "txt": of_plain, "csv": of_table,
}  # fmt: skip
