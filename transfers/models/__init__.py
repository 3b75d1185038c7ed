"""The case and what hangs directly on it."""

from transfers.models.access_log import AccessEntry
from transfers.models.case import CaseCounter, TransferCase, TransferCaseGrant
from transfers.models.history import JournalEntry, JournalNote
from transfers.models.opinion import Opinion, OpinionAnswer
from transfers.models.party import Party, Placement
from transfers.models.screening import Screening

__all__ = [
    "AccessEntry",
    "CaseCounter",
    "JournalEntry",
    "JournalNote",
    "Opinion",
    "OpinionAnswer",
    "Party",
    "Placement",
    "Screening",
    "TransferCase",
    "TransferCaseGrant",
]
