"""The secretariat's texts: saved as often as needed, and copied into an edition when it is issued (rule 14)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from contacts.viewer import Viewer
from core.errors import DomainError, Stale
from portfolio.annual.actions.editions import copy_of, order, with_lock
from portfolio.annual.queries import newest_edition, text_of
from portfolio.annual.rules import require_order
from portfolio.models import AnnualStatus, AnnualText
from portfolio.models.annual import WORDS, EditionState

CLOSED = "Teksten kan kun ændres i årets nyeste udkast, når det er færdigt."


@transaction.atomic
def save_words(
    *, viewer: Viewer, year: int, words: Mapping[str, str], revision: int | None = None
) -> AnnualText:
    """Keep the open texts of a year, by name; `revision` is the one the writer saw.

    Raises NotAllowed, Stale when somebody saved since, TextRefused for a CPR number.
    """
    require_order(viewer)
    with_lock(year)
    text = text_of(year)
    if revision is not None and revision != text.revision:
        raise Stale("Teksten er ændret af en anden, siden du åbnede siden. Se den, og gem igen, hvis din skal gælde.")
    for name in words.keys() & set(WORDS):
        setattr(text, name, words[name])
    text.revision, text.saved_at, text.saved_by = text.revision + 1, now(), viewer.user
    text.save()
    return text


@transaction.atomic
def reword_annual_status(
    *, viewer: Viewer, status: AnnualStatus, request_key: UUID, revision: int | None = None, **words: str
) -> AnnualStatus:
    """Issue the next draft with the same figures and other words; a repeated post makes one.

    Raises NotAllowed, Stale as `save_words`, DomainError for an edition that is not a finished draft or not the
    newest, TextRefused.
    """
    require_order(viewer)
    with_lock(status.year)
    if known := AnnualStatus.objects.filter(request_key=request_key).first():
        return known
    if newest_edition(status.year) != status or status.state != EditionState.DRAFT:
        raise DomainError(CLOSED)
    text = save_words(viewer=viewer, year=status.year, words=words, revision=revision)
    row = copy_of(status)
    for name, value in text.words.items():
        setattr(row, name, value)
    return order(row, viewer.user, request_key)
