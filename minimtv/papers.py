"""A signed-off mini-MTV on paper, from its frozen content alone."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.papers import Paper
from minimtv.models import MiniMTVVersion


def paper_of(version: MiniMTVVersion) -> Paper:
    """Return what the document says of itself."""
    case = version.content["case"]
    when = date_format(localtime(version.signed_off_at), "j. F Y \\k\\l. H.i")
    return Paper(
        kind=f"Mini-MTV, version {version.number}",
        title=case["title"],
        number=case["number"],
        day=version.signed_off_at,
        facts=(("Godkendt", f"{when} af {version.signed_off_by}"),),
        seal=version.sha256,
    )
