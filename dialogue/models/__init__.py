"""The dialoggrundlag and its versions, the parties' responses and the comments."""

from dialogue.models.basis import (
    BasisAnswer,
    BasisVersion,
    DialogueBasis,
    PatientCount,
    ProposedParty,
    may_read_draft,
)
from dialogue.models.comment import Audience, Comment
from dialogue.models.response import (
    EconomyKnown,
    PartyResponse,
    Position,
    ResponseAnswer,
    ResponseState,
    ResponseVersion,
)

__all__ = [
    "Audience",
    "BasisAnswer",
    "BasisVersion",
    "Comment",
    "DialogueBasis",
    "EconomyKnown",
    "PartyResponse",
    "PatientCount",
    "Position",
    "ProposedParty",
    "ResponseAnswer",
    "ResponseState",
    "ResponseVersion",
    "may_read_draft",
]
