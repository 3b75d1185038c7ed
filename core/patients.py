"""Antal patienter: how many, where 1 to 4 is never told apart and "ukendt" is an answer (rule 17)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FEW = (1, 4)
MOST = 10_000_000
_GROUPED = re.compile(r"\d+|\d{1,3}([. \u00a0]\d{3})+")
_FEW_TYPED = re.compile(r"1\s*[-–—]\s*4")


@dataclass(frozen=True)
class PatientCount:
    """An answer: a number (`low` equals `high`), "1–4" (1 and 4), or unknown (both None)."""

    low: int | None
    high: int | None

    @classmethod
    def of(cls, number: int | None) -> "PatientCount":
        """Give the answer for a number; 1 to 4 becomes "1–4", None unknown. Raises ValueError below 0."""
        if number is None:
            return cls(None, None)
        if number < 0:
            raise ValueError("a number of patients is not negative")
        return cls(*FEW) if FEW[0] <= number <= FEW[1] else cls(number, number)

    @classmethod
    def parse(cls, text: str) -> "PatientCount":
        """Read what a user typed: "1–4", "ukendt", "0", "1.200". Raises ValueError for anything else."""
        typed = text.strip().casefold()
        if typed == "ukendt":
            return UNKNOWN
        if _FEW_TYPED.fullmatch(typed):
            return FEW_PATIENTS
        if not _GROUPED.fullmatch(typed) or (number := int(re.sub(r"\D", "", typed))) > MOST:
            raise ValueError("not a number of patients")
        return cls.of(number)

    @property
    def is_known(self) -> bool:
        """Whether it tells anything about how many."""
        return self.low is not None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return "ukendt"
        if self.low == self.high:
            return f"{self.low:,}".replace(",", ".")
        return f"{self.low:,}–{self.high:,}".replace(",", ".")


UNKNOWN = PatientCount(None, None)
FEW_PATIENTS = PatientCount(*FEW)


def total(counts: Iterable[PatientCount]) -> PatientCount:
    """Add up what is known: "1–4" counts as 1 to 4. Unknown when nothing is known."""
    known = [(count.low or 0, count.high or 0) for count in counts if count.is_known]
    if not known:
        return UNKNOWN
    return PatientCount(sum(low for low, _ in known), sum(high for _, high in known))
