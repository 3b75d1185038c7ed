"""The case and what hangs directly on it."""

from transfers.models.case import CaseCounter, TransferCase, TransferCaseGrant
from transfers.models.history import JournalEntry, JournalNote
from transfers.models.party import Party, Placement
from transfers.models.screening import Screening

__all__ = [
    "CaseCounter",
    "JournalEntry",
    "JournalNote",
    "Party",
    "Placement",
    "Screening",
    "TransferCase",
    "TransferCaseGrant",
]
