"""Who is told that an edition came further, or that the survey is open: a title and a link, no figures."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from contacts.enums import ForumLevel, Function
from contacts.models import Membership
from contacts.naming import named
from contacts.periods import in_force
from core.models import User
from notifications.actions import queue_notice
from portfolio.models import AnnualStatus, Survey
from portfolio.models.decision import RECORDERS


def sent(status: AnnualStatus, by: User) -> None:
    """Tell the Porteføljestyregruppe that the draft is there."""
    tell(status, "sent", "Sekretariatet sendte udkastet", members(ForumLevel.PORTFOLIO), by)


def adopted(status: AnnualStatus, by: User) -> None:
    """Tell chair and secretary of DAS, and the secretariat, that the status is adopted."""
    people = [*members(ForumLevel.ADMINISTRATIVE, RECORDERS), *secretariat()]
    tell(status, "adopted", named("Porteføljestyregruppen vedtog den årlige status"), people, by)


def decided(status: AnnualStatus, by: User) -> None:
    """Tell the Porteføljestyregruppe and the secretariat what DAS decided on the action plan."""
    people = [*members(ForumLevel.PORTFOLIO), *secretariat()]
    tell(status, "decided", named("Den Administrative Styregruppe behandlede den årlige status"), people, by)


def survey_opened(survey: Survey, people: Iterable[User]) -> None:
    """Tell everybody who is asked."""
    for user in people:
        queue_notice(
            user=user, key=f"survey:{survey.pk}:{user.pk}", subject=f"Spørgeskema om opgaveflytning {survey.year}",
            path=reverse("portfolio:survey", args=[survey.year]), event="Sekretariatet åbnede spørgeskemaet",
        )  # fmt: skip


def tell(status: AnnualStatus, what: str, event: str, people: Iterable[Membership], by: User) -> None:
    """Put one notice per person in the outbox, except to the one who did it."""
    for user in {m.user_id: m.user for m in people if m.user_id != by.pk}.values():
        queue_notice(
            user=user, key=f"annual:{status.pk}:{what}:{user.pk}", subject=f"Årlig status {status.year}",
            path=status.get_absolute_url(), event=event,
        )  # fmt: skip


def members(level: ForumLevel, functions: Iterable[str] = (*RECORDERS, Function.MEMBER)) -> list[Membership]:
    """Return the people of the forums at a level that are in force today."""
    rows = Membership.objects.filter(in_force(), in_force(prefix="forum__"), forum__level=level, user__is_active=True)
    return list(rows.filter(function__in=list(functions)).select_related("user"))


def secretariat() -> list[Membership]:
    """Return the people of the secretariat today."""
    rows = Membership.objects.filter(in_force(), function=Function.SECRETARIAT, user__is_active=True)
    return list(rows.select_related("user"))
