"""What must be true before a samarbejdsforum may agree by itself (rule 8)."""

from contacts.naming import named
from transfers.models import TransferCase
from transfers.rules import requirement


@requirement("forum_may_agree")
def forum_may_agree(case: TransferCase) -> list[str]:
    """The forum that has the case may agree locally: a setting per forum (rule 8, fortolkning)."""
    forum = case.current_forum
    if forum is not None and forum.may_agree_locally:
        return []
    return [f"{forum} kan ikke selv indgå aftaler. {named('Gå videre til Porteføljestyregruppen')}"]
