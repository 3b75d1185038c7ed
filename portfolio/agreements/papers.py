"""A version of an agreement on paper, from its frozen content and what the parties have answered to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.papers import Paper
from portfolio.models import AgreementVersion, Confirmation, ConfirmationKind, PartyRole

COLUMNS = [{"label": label, "number": False} for label in ("Part", "Svar", "Dato", "Afgivet af", "Kontrolsum")]


def paper_of(version: AgreementVersion, answers: Sequence[Confirmation]) -> Paper:
    """Return what the document says of itself; a later answer makes a later document."""
    content = version.content
    issued = date_format(localtime(version.issued_at), "j. F Y \\k\\l. H.i")
    latest = max([version.issued_at, *(answer.given_at for answer in answers)])
    return Paper(
        kind=f"Aftale, version {version.number}", title=f"Aftale: {content['title']}", number=content["number"],
        day=latest, seal=version.sha256,
        facts=(("Initiativ fra", content["initiator"]), ("Udsendt", f"{issued} af {version.issued_by}")),
    )  # fmt: skip


def paper_context(version: AgreementVersion, answers: Sequence[Confirmation]) -> dict[str, Any]:
    """Return text and answers as the template lays them out; of each party the last answer."""
    parts = [part | {"number": number} for number, part in enumerate(version.content["parts"], start=1)]
    last = {answer.on_behalf_of_id: answer for answer in sorted(answers, key=lambda a: a.given_at)}
    asked = (party for party in version.content["parties"] if party["role"] != PartyRole.NOT_INCLUDED)
    said = [answered(party["name"], last.get(party["organisation"])) for party in asked]
    return {"parts": parts, "answer_columns": COLUMNS, "answers": said}


def answered(name: str, answer: Confirmation | None) -> list[str]:
    """Return a party's answer as a line of the table."""
    if answer is None:
        return [name, "Har ikke svaret", "", "", ""]
    until = f" til {date_format(answer.awaits_until, 'j. F Y')}" if answer.awaits_until else ""
    said = f"{ConfirmationKind(answer.kind).label}{until}"
    day = date_format(localtime(answer.given_at), "j. F Y \\k\\l. H.i")
    return [name, said, day, str(answer.given_by), answer.sha256[:12]]
