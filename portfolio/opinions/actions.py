"""Asking another hospital's samarbejdsforum for its opinion, and giving it (who is who)."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate, now

from contacts.models import Forum
from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.opinions.queries import may_be_asked
from transfers import access
from transfers.actions import perform
from transfers.models import Opinion, OpinionAnswer, TransferCase


def ask_opinion(
    *, case: TransferCase, viewer: Viewer, forum: Forum, question: str, deadline: date, seen: int | None = None,
    capacity_id: int | None = None,
) -> Opinion:  # fmt: skip
    """Ask a samarbejdsforum before a deadline and let it see the case.

    Raises DomainError for a forum that cannot be asked, no question or a day gone by; TextRefused; else as `perform`.
    """
    with perform("ask_opinion", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        if not may_be_asked(step.case).filter(pk=forum.pk).exists():
            raise DomainError(f"{forum} kan ikke spørges. Vælg et andet samarbejdsforum.")
        if not question.strip():
            raise DomainError("Skriv, hvad forummet skal udtale sig om.")
        if deadline < localdate():
            raise DomainError("Fristen ligger tilbage i tiden. Vælg i dag eller en senere dag.")
        opinion = Opinion(
            case=step.case, forum=forum, question=question.strip(), deadline=deadline, asked_by=viewer.user
        )
        opinion.save()
        access.grant_asked(opinion)
        step.facts = {"opinion": opinion.pk, "asked": forum.pk}
    return opinion


def give_opinion(
    *, case: TransferCase, viewer: Viewer, answer: str, text: str, seen: int | None = None,
    capacity_id: int | None = None,
) -> Opinion:  # fmt: skip
    """Say what the asked forum means; from then on it is frozen.

    Raises DomainError without a position or its reasons; TextRefused; else as `perform`.
    """
    with perform("give_opinion", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        if answer not in OpinionAnswer.values:
            raise DomainError("Vælg, om forummet er enigt eller uenigt.")
        if not text.strip():
            raise DomainError("Skriv udtalelsen.")
        opinion = Opinion.unscoped.get(case=step.case, forum=step.capacity.forum_id, answer="")
        opinion.answer, opinion.text = answer, text.strip()
        opinion.answered_by, opinion.answered_at = viewer.user, now()
        opinion.save()
        step.facts = {"opinion": opinion.pk, "answer": answer}
    return opinion
