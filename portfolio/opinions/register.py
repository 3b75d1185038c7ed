"""What the opinions bring to the history, the case, Mine opgaver and the reminders."""

from __future__ import annotations

from portfolio.opinions import requirements  # noqa: F401 – registers the check
from portfolio.opinions.deadlines import opinion_deadlines, opinions_to_give
from transfers import history
from transfers.reminders import deadline_provider
from transfers.rooms import todo_provider

history.declare("ask_opinion", "Bad et samarbejdsforum om en udtalelse", {"opinion": int, "asked": int})
history.declare("give_opinion", "Afgav en udtalelse", {"opinion": int, "answer": str})

todo_provider(opinions_to_give)
deadline_provider(opinion_deadlines)
