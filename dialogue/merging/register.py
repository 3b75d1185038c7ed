"""What merging brings to the history, the plain acts, the case page, Mine opgaver and access."""

from __future__ import annotations

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.viewer import Viewer
from dialogue.merging import actions, rules  # noqa: F401 – registers relation and requirements
from dialogue.merging.queries import awaiting, proposals, sight_given
from dialogue.models import MergeProposal, MergeState
from transfers import access
from transfers.history import declare
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.rooms import Panel, Todo, panel, todo_provider

declare("propose_merge", "Foreslog at lægge sagen sammen med en anden", {"proposal": int})
declare("withdraw_merge", "Trak forslaget om sammenlægning tilbage", {"proposal": int})
declare("decline_merge", "Afviste forslaget om sammenlægning", {"proposal": int})
declare("accept_merge", "Lagde sagen sammen med en anden", {"proposal": int, "parties": int})
declare("merge_received", "Lagde en anden sag ind i denne", {"proposal": int, "parties": int})

handler("withdraw_merge")(actions.withdraw_merge)
handler("decline_merge")(actions.decline_merge)
handler("accept_merge")(actions.accept_merge)
access.founded_by(sight_given, because="sagen er eller foreslås lagt sammen med deres sag")


@panel(7)
def merges(case: TransferCase, viewer: Viewer) -> Panel | None:
    """Open and accepted proposals, to those who may see both cases."""
    if not proposals(case):
        return None
    shown = MergeProposal.visible_within(case, viewer).filter(state__in=[MergeState.OPEN, MergeState.ACCEPTED])
    found = list(shown)
    return Panel("dialogue/merging/panel.html", {"proposals": found}) if found else None


@todo_provider
def proposals_to_answer(viewer: Viewer) -> list[Todo]:
    """Proposals that wait for the viewer as initiator of the case that lives on; one query."""
    if not viewer.holding((Function.LEADER, *CONTACT_FUNCTIONS)):
        return []
    return [as_todo(proposal) for proposal in awaiting(viewer)]


def as_todo(proposal: MergeProposal) -> Todo:
    """Return one line: the case that is proposed, answered on its own page."""
    case, what = proposal.case, f"Svar på forslag: Skal sagen lægges ind i {proposal.into.number}?"
    return Todo(case.number, case.title, what, case.get_absolute_url(), "Se forslaget", "Initiativtager")
