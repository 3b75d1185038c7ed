"""How far a dialoggrundlag is: what each step still lacks, in figures and in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format

from core.patients import total as sum_of
from dialogue.basis.content import COUNTS, Content, answers, patients
from dialogue.basis.findings import missing
from transfers.models import TransferCase


@dataclass(frozen=True)
class StepStanding:
    """One step: its heading and how many answers it lacks before submitting, and more before a forum."""

    number: int
    key: str
    title: str
    url: str
    for_submit: int
    for_forum: int

    @property
    def note(self) -> str:
        """What is lacking, in a few words; empty when nothing is."""
        if self.for_submit:
            return f"{self.for_submit} mangler for at indsende"
        return f"{self.for_forum} mangler inden forum" if self.for_forum else ""

    @property
    def needed(self) -> str:
        """What is lacking, as a sentence on top of the step."""
        return needed(self.for_submit, self.for_forum)


def needed(for_submit: int, for_forum: int) -> str:
    """Return »3 felter skal udfyldes for at indsende og 5 mere inden behandling i forum«."""
    if for_submit and for_forum:
        return f"{fields(for_submit)} skal udfyldes for at indsende og {for_forum} mere inden behandling i forum."
    if for_submit:
        return f"{fields(for_submit)} skal udfyldes for at indsende."
    if for_forum:
        return f"Klar til at indsende. {fields(for_forum)} skal udfyldes inden behandling i forum."
    return "Alt, der skal udfyldes, er udfyldt."


def fields(count: int) -> str:
    """Return »1 felt« or »3 felter«."""
    return f"{count} felt" if count == 1 else f"{count} felter"


def standing(case: TransferCase, content: Content) -> list[StepStanding]:
    """Return the steps in order with what each lacks."""
    submit = Counter(item.step for item in missing(content, "submit"))
    forum = Counter(item.step for item in missing(content, "forum"))
    return [
        StepStanding(
            number, part["key"], part["title"], step_url(case, number), submit[number], forum[number] - submit[number]
        )
        for number, part in enumerate(content["parts"], start=1)
    ]


def step_url(case: TransferCase, number: int) -> str:
    """Return the address of a step."""
    return reverse("dialogue:basis_step", args=[case.number, number])


def next_step(steps: list[StepStanding]) -> StepStanding | None:
    """Return where to go on: the first step that lacks something for submitting, else for a forum."""
    open_ones = [s for s in steps if s.for_submit] or [s for s in steps if s.for_forum]
    return open_ones[0] if open_ones else None


def overall(steps: list[StepStanding]) -> str:
    """Return what the whole dialoggrundlag lacks, as a sentence."""
    return needed(sum(s.for_submit for s in steps), sum(s.for_forum for s in steps))


def sum_warning(content: Content) -> str:
    """Return a warning when the municipalities cannot add up to the year's total; empty when they can.

    »1–4« counts as anything from one to four, »ukendt« as anything at all (2-forms: the sum is checked).
    """
    said = answers(content)
    total, rows = said["patients_total"]["value"], said[COUNTS]["value"]
    if total is None or not rows:
        return ""
    counts = [patients(row) for row in rows]
    known = sum_of(counts)
    least, most = known.low or 0, known.high or 0
    if least <= total and (total <= most or not all(count.is_known for count in counts)):
        return ""
    asked = number_format(total, force_grouping=True)
    return f"Kommunerne giver tilsammen {known} patienter om året, men der står {asked} i alt."
