"""What the written procedure brings to the case page, the history and Mine opgaver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from contacts.viewer import Viewer
from portfolio.decisions.register import forum_waits
from portfolio.models import Voter, WrittenVote
from portfolio.models.decision import RECORDERS
from portfolio.procedures import requirements  # noqa: F401 – registers the checks
from portfolio.procedures.actions import close_vote
from portfolio.procedures.queries import ENTITLED, newest_poll, remember, whether_voted
from transfers import history
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.plain import handler
from transfers.reminders import Deadline, deadline_provider
from transfers.rooms import Tab, Todo, Waiting, add_tab, foreknow, todo_provider, waiting_in

history.declare("open_vote", "Startede en skriftlig procedure", {"vote": int, "voters": int})
history.declare("cast_vote", "Stemte i den skriftlige procedure", {"vote": int})
history.declare(
    "close_vote", "Afsluttede den skriftlige procedure", {"vote": int, "outcome": str, "cast": int, "voters": int}
)
handler("close_vote")(close_vote)
foreknow(whether_voted, remember)


def has_voted(case: TransferCase, viewer: Viewer) -> bool:
    """Whether the case is or has been in written procedure."""
    return case.is_past_draft and newest_poll(case) is not None


add_tab(Tab("vote", 55, "portfolio:vote", lambda case, viewer: "Skriftlig procedure", has_voted))


@waiting_in(Stage.PORTFOLIO, Stage.ADMINISTRATIVE)
def forum_votes(case: TransferCase) -> Waiting:
    """The forum votes; or it could not agree in writing, and the next meeting decides; else it decides."""
    poll, waits = newest_poll(case), forum_waits(case)
    if poll is None or poll.vote.is_lapsed or poll.vote.placement.ended_at:
        return waits
    if poll.vote.is_running:
        text = f"{case.current_forum} behandler sagen i skriftlig procedure."
        return Waiting(text, due=poll.vote.deadline, afterwards="Sagen er godkendt, når alle stemmer for.")
    text = f"{case.current_forum} behandler sagen på næste møde. Den skriftlige procedure endte uden beslutning."
    return Waiting(text, afterwards=waits.afterwards)


@todo_provider
def votes_to_cast(viewer: Viewer) -> list[Todo]:
    """Votes the viewer has not cast, before their deadline; one query."""
    seats = {m.pk: m for m in viewer.holding(ENTITLED) if m.forum_id}
    if not seats:
        return []
    rows = Voter.unscoped.filter(
        membership__in=seats, ballot__isnull=True, vote__closed_at__isnull=True,
        vote__placement__ended_at__isnull=True, vote__deadline__gte=viewer.today,
    )  # fmt: skip
    return [
        todo(row.vote, f"Stem inden {date_format(row.vote.deadline, 'j. F')}", "Stem", str(seats[row.membership_id]))
        for row in rows.select_related("vote__case")
    ]


@todo_provider
def votes_to_close(viewer: Viewer) -> list[Todo]:
    """Votes whose deadline is past, for chair and secretary; one query."""
    held = {m.forum_id: m for m in viewer.holding(RECORDERS)}
    if not held:
        return []
    rows = WrittenVote.unscoped.filter(
        forum__in=held, closed_at__isnull=True, placement__ended_at__isnull=True, deadline__lt=viewer.today
    )
    return [
        todo(vote, "Afslut den skriftlige procedure", "Afslut", str(held[vote.forum_id]))
        for vote in rows.select_related("case")
    ]


def todo(vote: WrittenVote, what: str, button: str, as_whom: str) -> Todo:
    """Return one line that leads to the vote."""
    url = reverse("portfolio:vote", args=[vote.case.number])
    return Todo(vote.case.number, vote.case.title, what, url, button, as_whom, due=vote.deadline)


@deadline_provider
def votes_due(until: date) -> Iterator[Deadline]:
    """Give the votes that are not cast; silence is no vote, so only those who must vote are told (rule 9)."""
    rows = Voter.unscoped.filter(
        ballot__isnull=True, vote__closed_at__isnull=True, vote__placement__ended_at__isnull=True,
        vote__deadline__lte=until, membership__user__is_active=True,
    )  # fmt: skip
    for voter in rows.select_related("membership__user", "vote__case"):
        case = voter.vote.case
        yield Deadline(
            about=f"{case.number}:stem:{voter.pk}", subject=str(case), due=voter.vote.deadline,
            what="Stem i skriftlig procedure", path=reverse("portfolio:vote", args=[case.number]),
            home=case.get_absolute_url(), people=(voter.membership.user,),
        )  # fmt: skip
