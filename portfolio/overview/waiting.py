"""Whom the cases of a table wait for: derived for all lines in two queries; the case page asks for one case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from dialogue.responses.queries import parties_with_responses, standing_of
from dialogue.responses.waiting import named
from portfolio.models import AgreementParty, PartyAnswer, PartyRole
from transfers.enums import Stage
from transfers.models import TransferCase

AGREED = (Stage.AGREEMENT, Stage.ACTIVE)
OWES = Q(answer__in=[PartyAnswer.ASKED, PartyAnswer.AWAITING_POLITICAL])
UNREADY = Q(role=PartyRole.RECEIVER, holds_version__isnull=False, live_from__isnull=True)
Rows = Sequence[Any]  # parties of a case, each with its organisation


def awaited(cases: Sequence[Any]) -> dict[int, str]:
    """Return whom each case waits for, by its key; the cases come from `queries.lines`."""
    owing: dict[int, list[Any]] = defaultdict(list)
    for key, row in (*unanswered(cases), *unsettled(cases)):
        owing[key].append(row)
    return {case.pk: TELLERS[case.stage](case, owing[case.pk]) for case in cases}


def unanswered(cases: Sequence[TransferCase]) -> Iterator[tuple[int, Any]]:
    """Give the parties that owe a response in an open dialogue, by case; one query."""
    rows = parties_with_responses().filter(case__in=[case.pk for case in cases], case__stage=Stage.DIALOGUE)
    for party in rows.filter(case__dialogue_closed_at__isnull=True):
        if (row := standing_of(party)).version is None:
            yield party.case_id, row


def unsettled(cases: Sequence[TransferCase]) -> Iterator[tuple[int, Any]]:
    """Give the parties that have not answered the agreement, or are not ready, by case; one query."""
    rows = AgreementParty.unscoped.filter(
        OWES | UNREADY, agreement__case__in=[case.pk for case in cases], agreement__case__stage__in=AGREED,
        leaves_on__isnull=True,
    )  # fmt: skip
    for party in rows.exclude(role=PartyRole.NOT_INCLUDED).select_related("organisation", "agreement"):
        yield party.agreement.case_id, party


def contact(case: Any, owing: Rows = ()) -> str:
    """The initiator's contact person, or the secretariat that stands in (S1)."""
    return f"Kontaktperson, {case.initiator}" if case.attended else "Sekretariatet – kontaktperson mangler"


def parties(case: Any, owing: Rows) -> str:
    """The parties that have not answered; then the contact person closes the dialogue and chooses forum."""
    return named(owing) if owing else contact(case)


def home(case: TransferCase, owing: Rows = ()) -> str:
    """The leader."""
    return f"Leder, {case.home}"


def forum(case: TransferCase, owing: Rows) -> str:
    """The forum that has the case."""
    return str(case.current_forum)


def agreeing(case: TransferCase, owing: Rows) -> str:
    """The parties that have not answered or are not ready; else the leader, who writes it or follows it up."""
    return named(owing) if owing else home(case)


TELLERS: dict[str, Callable[[Any, Rows], str]] = {
    Stage.SUBMITTED: contact,
    Stage.DIALOGUE: parties,
    Stage.MINI_MTV: home,
    Stage.LOCAL_FORUM: forum,
    Stage.PORTFOLIO: forum,
    Stage.ADMINISTRATIVE: forum,
    Stage.AGREEMENT: agreeing,
    Stage.ACTIVE: agreeing,
}
