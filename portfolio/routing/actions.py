"""The contact person chooses the forum; any party may ask for the Porteføljestyregruppe (rule 6)."""

from __future__ import annotations

from contacts.enums import ForumLevel
from contacts.models import Forum
from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.models import ForumRequest
from portfolio.routing.rules import LEVEL_OF, Recommendation, forum_to_return_to, local_forums, recommendation
from transfers.actions import Step, perform, the_forum
from transfers.models import Party, TransferCase

AGAINST = "Valget går imod anbefalingen eller en parts ønske. Skriv en begrundelse – forummet får den at se."


def route(
    *,
    case: TransferCase,
    viewer: Viewer,
    code: str,
    forum: Forum | None = None,
    reason: str = "",
    seen: int | None = None,
    capacity_id: int | None = None,
) -> TransferCase:
    """Choose the forum, or let the case wait for its mini-MTV; `code` is the act of the workflow table.

    `forum` is the samarbejdsforum, the nearest one when not given. Raises DomainError for a forum that cannot
    be chosen or a choice against recommendation or request without a reason; else as `perform`.
    """
    with perform(code, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason) as step:
        advice = recommendation(step.case)
        step.facts = {"recommended": advice.level.value}
        if code in LEVEL_OF:
            step.forum = returning(step) or forum_at(LEVEL_OF[code], step.case, forum)
            step.facts |= {"forum": step.forum.pk, "followed": follows(step, advice)}
    return case


def returning(step: Step) -> Forum | None:
    """Return the forum the case must go back to. Raises DomainError when another level was chosen."""
    back = forum_to_return_to(step.case)
    if back is not None and back.level != LEVEL_OF[step.act.code]:
        raise DomainError(f"{back} har sendt sagen tilbage. Den skal tilbage til samme forum.")
    return back


def forum_at(level: ForumLevel, case: TransferCase, forum: Forum | None) -> Forum:
    """Return the forum to put the case before. Raises DomainError when there is none, or it cannot be chosen."""
    return chosen_forum(case, forum) if level == ForumLevel.LOCAL else the_forum(level)


def chosen_forum(case: TransferCase, forum: Forum | None) -> Forum:
    """Return the samarbejdsforum to use. Raises DomainError when there is none or it cannot be chosen."""
    possible = local_forums(case)
    if not possible:
        raise DomainError("Der er ikke noget samarbejdsforum i kraft at vælge. Sekretariatet kan oprette det.")
    if forum is not None and forum not in possible:
        raise DomainError(f"{forum} kan ikke behandle sagen. Vælg et andet samarbejdsforum.")
    return forum or possible[0]


def follows(step: Step, advice: Recommendation) -> bool:
    """Tell whether the choice follows the advice. Raises DomainError for an unexplained choice against it.

    A case on its way back to the forum that returned it has no choice, so there is nothing to explain.
    """
    followed = step.case.returned_by_id is not None or advice.is_followed_by(LEVEL_OF[step.act.code])
    if not followed and not step.reason:
        raise DomainError(AGAINST)
    return followed


def request_portfolio(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Ask, for a party, that the Porteføljestyregruppe takes the case. Raises NotAllowed the second time."""
    with perform(
        "request_portfolio", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        party = Party.unscoped.get(case=step.case, organisation=step.capacity.organisation_id).organisation
        ForumRequest(case=step.case, organisation=party, reason=step.reason, requested_by=viewer.user).save()
        step.facts = {"organisation": party.pk}
    return case
