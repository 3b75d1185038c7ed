"""Models of the mini-MTV: the document, its tables, its co-authors, and what was signed off."""

from minimtv.models.co_author import CoAuthor, may_read_draft
from minimtv.models.sheet import MiniMTV, MiniMTVAnswer, MiniMTVVersion
from minimtv.models.tables import EconomyRange, EconomyYear, Effect, LiteratureSearch, Reference, Risk, SheetRow

__all__ = [
    "CoAuthor",
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
