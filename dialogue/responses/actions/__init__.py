"""What people do in the dialogue; every write goes through `transfers.actions.perform`."""

from dialogue.responses.actions.answers import CHANGED, reaffirm_response, save_draft, submit_response
from dialogue.responses.actions.comments import write_comment
from dialogue.responses.actions.parties import (
    add_party,
    close_dialogue,
    close_without_parties,
    extend_deadline,
    open_dialogue,
)

__all__ = [
    "CHANGED",
    "add_party",
    "close_dialogue",
    "close_without_parties",
    "extend_deadline",
    "open_dialogue",
    "reaffirm_response",
    "save_draft",
    "submit_response",
    "write_comment",
]
