"""The dialoggrundlag, the parties' responses, comments and goals, merging of cases, and reports of opgaveglidning."""

from dialogue.models.attachment import Attachment
from dialogue.models.basis import (
    BasisAnswer,
    BasisVersion,
    DialogueBasis,
    PatientCount,
    ProposedParty,
    may_read_draft,
)
from dialogue.models.comment import Audience, Comment
from dialogue.models.goal import GoalMark, GoalsVersion, SharedGoal
from dialogue.models.merge import MergeProposal, MergeState
from dialogue.models.report import ReportState, ReportStep, ReportStepKind, UnannouncedTransfer
from dialogue.models.response import (
    EconomyKnown,
    PartyResponse,
    Position,
    ResponseAnswer,
    ResponseState,
    ResponseVersion,
)

__all__ = [
    "Attachment",
    "Audience",
    "BasisAnswer",
    "BasisVersion",
    "Comment",
    "DialogueBasis",
    "EconomyKnown",
    "GoalMark",
    "GoalsVersion",
    "MergeProposal",
    "MergeState",
    "PartyResponse",
    "PatientCount",
    "Position",
    "ProposedParty",
    "ReportState",
    "ReportStep",
    "ReportStepKind",
    "ResponseAnswer",
    "ResponseState",
    "ResponseVersion",
    "SharedGoal",
    "UnannouncedTransfer",
    "may_read_draft",
]
