"""Models of the mini-MTV: the document, its tables, and what was signed off."""

from minimtv.models.sheet import MiniMTV, MiniMTVAnswer, MiniMTVVersion, may_read_draft
from minimtv.models.tables import EconomyRange, EconomyYear, Effect, LiteratureSearch, Reference, Risk, SheetRow

__all__ = [
    "EconomyRange",
    "EconomyYear",
    "Effect",
    "LiteratureSearch",
    "MiniMTV",
    "MiniMTVAnswer",
    "MiniMTVVersion",
    "Reference",
    "Risk",
    "SheetRow",
    "may_read_draft",
]
