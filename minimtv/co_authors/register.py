"""What co-authors bring to the history and to Mine opgaver."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from contacts.viewer import Viewer
from minimtv.co_authors import rules  # noqa: F401 – registers relation and requirement
from minimtv.co_authors.queries import ABLE, writes_in
from minimtv.models.co_author import co_authors_of
from minimtv.queries import facts, remember, standing
from transfers.history import Schema, declare
from transfers.rooms import CaseTodo, Todo, case_todo

NAMED: Schema = {"co_author": int, "organisation": int}
declare("add_co_author", "Tilføjede en medforfatter til mini-MTV'en", NAMED)
declare("remove_co_author", "Fjernede en medforfatter fra mini-MTV'en", NAMED)


def todo(case: Any, viewer: Viewer) -> Todo | None:
    """Return one line for a co-author while questions lack an answer; None for nothing."""
    remember(case)
    missing = len(standing(case).unanswered)
    if not missing:
        return None
    own = (m for m in viewer.holding(ABLE) if (m.user_id, m.organisation_id) in co_authors_of(case))
    what = f"Skriv med på mini-MTV ({missing} spørgsmål mangler)"
    url = reverse("minimtv:edit", args=[case.number])
    return Todo(case.number, case.title, what, url, "Skriv med", str(next(own)))


case_todo(CaseTodo(writes_in, todo, lambda viewer: facts()))
