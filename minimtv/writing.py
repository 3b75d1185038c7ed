"""The mini-MTV as those who write it have it before them: questions, answers, and how far each part is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from core.models import FormQuestion
from minimtv.document import Document, Given, Section
from minimtv.enums import State
from minimtv.models import MiniMTV
from minimtv.queries import answers_in, document_of, questions_for
from minimtv.sources import party_tables, proposals
from transfers.models import TransferCase


@dataclass(frozen=True)
class Draft:
    """What is being written; `sheet` is None until the first save."""

    sheet: MiniMTV | None
    questions: list[FormQuestion]
    stored: dict[str, Given]
    document: Document

    @property
    def revision(self) -> int:
        """What a sign-off refers to."""
        return self.sheet.revision if self.sheet else 0

    @property
    def first_open(self) -> int:
        """The first part that lacks an answer, else the first."""
        return next((section.order for section in self.document.sections if section.holes), 1)

    @property
    def is_signed_off(self) -> bool:
        """Whether nothing was changed since the last sign-off."""
        return self.sheet is not None and self.sheet.state == State.COMPLETED

    def steps(self, number: str, current: int) -> list[dict[str, str]]:
        """Return the parts for the step indicator: which one is shown, and what each lacks."""
        return [self.step(section, number, current) for section in self.document.sections]

    def step(self, section: Section, number: str, current: int) -> dict[str, str]:
        """Return one part for the step indicator."""
        state = "current" if section.order == current else "todo" if section.holes else "done"
        note = f"{section.holes} mangler" if section.holes else "Udfyldt"
        url = reverse("minimtv:edit_part", args=[number, section.order])
        return {"label": section.title, "url": url, "state": state, "note": note}

    def surroundings(self, case: TransferCase, section: Section) -> dict[str, Any]:
        """Return what the form of a part needs: wording, answers, proposed texts and the parties' answers."""
        keys = {item.key for item in section.items}
        questions = [question for question in self.questions if question.key in keys]
        return {
            "questions": questions,
            "stored": self.stored,
            "proposals": proposals(case, questions),
            "tables": party_tables(case, questions),
        }


def saved_text(sheet: MiniMTV | None) -> str:
    """Return »Gemt kl. 10.42«, with the date when it was on another day; empty before the first save."""
    if sheet is None:
        return ""
    when = localtime(sheet.updated_at)
    day = "" if when.date() == localdate() else f" {date_format(when, 'j. F Y')}"
    return f"Gemt{day} kl. {when:%H.%M}"


def draft_of(case: TransferCase, sheet: MiniMTV | None = None) -> Draft:
    """Return what is written in a case, for a page whose rights are checked."""
    sheet = sheet or MiniMTV.unscoped.select_related("updated_by").filter(case=case).first()
    questions, stored = questions_for(sheet), answers_in(sheet)
    return Draft(sheet, questions, stored, document_of(questions, stored))
