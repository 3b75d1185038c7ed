"""Bilag: what a case's item is made of when it is put on an agenda – resumé and frozen versions."""

from __future__ import annotations

from dialogue.basis.content import answers
from dialogue.basis.queries import written
from minimtv.queries import standing as mini_mtv_standing
from transfers.models import TransferCase

RESUME = ("what_happens", "why", "target_group", "patients_total", "consequences_summary", "start_date")


def resume_of(case: TransferCase) -> list[tuple[str, str]]:
    """Return what the submitted dialoggrundlag says of the task: question and answer; what tabs read is not reread."""
    newest = written(case).newest
    said = answers(newest) if newest else {}
    return [(said[key]["label"], said[key]["shown"]) for key in RESUME if key in said and said[key]["shown"]]


def resume_text(case: TransferCase) -> str:
    """Return the resumé as one text, for the item to be edited."""
    return "\n\n".join(f"{label}\n{text}" for label, text in resume_of(case))[:8000]


def versions_of(case: TransferCase) -> tuple[int, int]:
    """Return the newest submitted dialoggrundlag and signed-off mini-MTV by number; 0 where there is none."""
    return written(case).newest_number, mini_mtv_standing(case).version or 0
