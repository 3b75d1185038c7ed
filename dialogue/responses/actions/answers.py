"""A party's contact person writes, submits, revises and confirms the party's response (rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.viewer import Viewer
from core.definitions import current
from core.enums import Document
from core.errors import DomainError, Incomplete, NotAllowed, Stale
from core.freeze import digest
from core.models import refuse_texts
from dialogue.attachments.actions import attachments_kept
from dialogue.models import PartyResponse, Position, ResponseAnswer, ResponseState, ResponseVersion
from dialogue.responses.queries import content_of, forget, newest_number, standing
from dialogue.responses.rules import missing_answers, require_contact
from transfers import rules
from transfers.actions import Step, locked_case, perform
from transfers.enums import ChangeKind
from transfers.models import Party, TransferCase
from transfers.workflow import BY_CODE

CHANGED = "Svaret er ændret, siden du åbnede siden."


def save_draft(
    *,
    case: TransferCase,
    viewer: Viewer,
    party: Party,
    columns: Mapping[str, Any],
    answers: Mapping[str, str],
    revision: int | None,
) -> PartyResponse:
    """Keep the response as a draft that only the party sees; no history entry.

    `columns` are typed values by field name, `answers` free texts by question key, `revision` the one seen.
    Raises NotAllowed, Stale when somebody saved since, TextRefused for a CPR number.
    """
    member = require_contact(party, viewer)
    with transaction.atomic():
        rules.require(BY_CODE["respond"], locked_case(case.pk), viewer, member.pk)
        return stored(case, viewer, party, columns, answers, revision)


def submit_response(
    *,
    case: TransferCase,
    viewer: Viewer,
    party: Party,
    columns: Mapping[str, Any],
    answers: Mapping[str, str],
    revision: int | None,
) -> ResponseVersion:
    """Save and submit: freeze the next version, which everybody in the case reads.

    Raises Incomplete when position or reason is missing, DomainError for a position that is not asked for;
    else as `save_draft`.
    """
    member = require_contact(party, viewer)
    with perform("respond", case=case, viewer=viewer, capacity_id=member.pk) as step:
        response = stored(case, viewer, party, columns, answers, revision)
        complete(response, step.case)
        version = freeze(response, step)
        step.facts = {"position": response.position, "version": version.number, "party": party.pk}
    forget(case)
    return version


def stored(
    case: TransferCase, viewer: Viewer, party: Party, columns: Mapping[str, Any], answers: Mapping[str, str],
    revision: int | None,
) -> PartyResponse:  # fmt: skip
    """Write the party's text and figures under the case's lock. Raises Stale, NotAllowed, TextRefused."""
    if party.case_id != case.pk:
        raise NotAllowed()
    refuse_texts({**columns, **answers})
    response = PartyResponse.unscoped.filter(party=party).select_related("definition").first()
    response = response or PartyResponse(party=party, definition=current(Document.PARTY_RESPONSE))
    if response.revision != revision:
        raise Stale(CHANGED)
    for name, value in columns.items():
        setattr(response, name, value)
    response.state, response.updated_by = ResponseState.DRAFT, viewer.user
    response.revision += 1
    response.save()
    ResponseAnswer.keep(ResponseAnswer(document=response, question_key=key, text=answers[key]) for key in answers)
    return response


def complete(response: PartyResponse, case: TransferCase) -> None:
    """Raise Incomplete for what is missing, DomainError for »taget til efterretning« out of place (rule 4)."""
    missing = missing_answers(response)
    if missing:
        raise Incomplete("Svaret kan ikke indsendes endnu.", missing)
    if response.position == Position.NOTED and case.change_kind != ChangeKind.SELF_CARE:
        raise DomainError("»Taget til efterretning« bruges kun ved egenbehandling. Vælg en anden holdning.")


def freeze(response: PartyResponse, step: Step) -> ResponseVersion:
    """Keep the response as its next version and make that the one others read."""
    content, before = content_of(response), response.latest
    number = before.number + 1 if before else 1
    if kept := attachments_kept(step.case, response.party, number):
        content["attachments"] = kept
    version = ResponseVersion(
        response=response, number=number, basis_version=newest_number(step.case),
        content=content, sha256=digest(content), on_behalf_of=response.party.organisation,
        capacity=step.capacity.function, submitted_by=step.viewer.user, submitted_at=now(),
    )  # fmt: skip
    version.save()
    response.latest, response.state = version, ResponseState.SUBMITTED
    response.basis_version = version.basis_version
    response.submitted_by, response.submitted_at = version.submitted_by, version.submitted_at
    response.save()
    return version


def reaffirm_response(
    *, case: TransferCase, viewer: Viewer, seen: int | None, capacity_id: int | None, reason: str
) -> TransferCase:
    """Confirm that the response holds for the newest dialoggrundlag too: »Vores svar gælder stadig« (rule 3).

    For somebody who answers for several parties: the one of the capacity, else the first that is asked.
    Raises DomainError when the party has not answered or its response holds already; else as `perform`.
    """
    with perform(
        "reaffirm_response", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=reason
    ) as step:
        row = next(iter(standing(step.case).of([step.capacity.organisation_id or 0])))
        PartyResponse.unscoped.filter(party=row.party).update(basis_version=row.newest)
        step.facts = {"version": row.newest, "party": row.party.pk}
    forget(case)
    return case
