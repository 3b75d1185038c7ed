"""A submitted dialoggrundlag on paper, from its frozen content alone."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.papers import Paper
from dialogue.models import BasisVersion

COUNT_COLUMNS = [{"label": "Kommune", "number": False}, {"label": "Patienter om året", "number": True}]
KEPT_COLUMNS = [{"label": "Fil", "number": False}, {"label": "Kontrolsum (SHA-256)", "number": False}]


def paper_of(version: BasisVersion) -> Paper:
    """Return what the document says of itself."""
    content = version.content
    sender = ", ".join(filter(None, [content["department"], content["initiator"]]))
    when = date_format(localtime(version.submitted_at), "j. F Y \\k\\l. H.i")
    return Paper(
        kind=f"Dialoggrundlag, version {version.number}",
        title=content["title"],
        number=content["number"],
        day=version.submitted_at,
        facts=(("Fra", sender), ("Indsendt", f"{when} af {version.submitted_by}")),
        seal=version.sha256,
    )


def paper_context(version: BasisVersion) -> dict[str, Any]:
    """Return the answers as the template lays them out."""
    parts = [part | {"number": number} for number, part in enumerate(version.content["parts"], start=1)]
    kept = [[item["name"], item["sha256"]] for item in version.content.get("attachments", [])]
    return {"parts": parts, "count_columns": COUNT_COLUMNS, "kept": kept, "kept_columns": KEPT_COLUMNS}
