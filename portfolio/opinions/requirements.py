"""What the asked forums must have said before a samarbejdsforum agrees by itself (who is who)."""

from __future__ import annotations

from contacts.naming import named
from portfolio.opinions.queries import newest_opinions
from transfers.models import Opinion, OpinionAnswer, TransferCase
from transfers.rules import requirement


@requirement("opinions_agree")
def opinions_agree(case: TransferCase) -> list[str]:
    """No asked forum disagrees, and none still has time to answer; disagreement goes to the upper forum."""
    return [text for text in map(objection, newest_opinions(case)) if text]


def objection(opinion: Opinion) -> str:
    """Return what stands in the way, in Danish; empty when nothing does."""
    if opinion.answer == OpinionAnswer.DISAGREES:
        return f"{opinion.forum} er uenig. {named('Sagen skal til Porteføljestyregruppen')}"
    waits = not opinion.answer and not opinion.is_overdue
    return f"{opinion.forum} er spurgt og har frist til den {opinion.deadline:%d.%m.%Y}" if waits else ""
