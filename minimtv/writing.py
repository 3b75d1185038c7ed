"""The mini-MTV as those who write it have it before them: questions, answers, and how far each part is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from core.models import FormQuestion
from minimtv.document import Document, Given, Rows, Section, ShownTable
from minimtv.economy import Economy, economy
from minimtv.economy_tables import economy_tables
from minimtv.enums import State
from minimtv.models import MiniMTV
from minimtv.quality import Advice, Beside, weak_spots
from minimtv.queries import answers_in, document_of, questions_for, rows_in
from minimtv.sources import economy_proposal, party_tables, proposals
from minimtv.tables import BY_KEY, BY_QUESTION
from transfers.models import TransferCase


@dataclass(frozen=True)
class Draft:
    """What is being written; `sheet` is None until the first save."""

    case: TransferCase
    sheet: MiniMTV | None
    questions: list[FormQuestion]
    stored: dict[str, Given]
    rows: dict[str, Rows]
    document: Document

    @cached_property
    def economy(self) -> Economy:
        """What the transfer costs by what is written now."""
        return economy(self.case, self.rows.get("economy", Rows()))

    @property
    def beside(self) -> Beside:
        """What stands beside the texts, for the quality check."""
        return Beside(self.rows, self.economy.others_stated)

    @property
    def advice(self) -> list[Advice]:
        """The weak spots."""
        return weak_spots(self.document, self.beside)

    @property
    def shown(self) -> list[ShownTable]:
        """The tables to read: those with rows, and the economy added up."""
        own = [BY_KEY[key].shown(rows) for key, rows in self.rows.items()]
        return [*own, *economy_tables(self.economy)]

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

    def surroundings(self, section: Section) -> dict[str, Any]:
        """Return what the form of a part needs: wording, answers, proposed texts, and what stands beside them."""
        keys = {item.key for item in section.items}
        questions = [question for question in self.questions if question.key in keys]
        asks_economy = BY_KEY["economy"].question in keys and "economy" not in self.rows
        return {
            "questions": questions,
            "stored": self.stored,
            "proposals": proposals(self.case, questions),
            "tables": party_tables(self.case, questions),
            "beside": self.beside,
            "shown": [table for table in self.shown if table.question in keys and table.question not in BY_QUESTION],
            "proposed_rows": {"economy": economy_proposal(self.case)} if asks_economy else {},
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
    return Draft(case, sheet, questions, stored, rows_in(sheet), document_of(questions, stored))
