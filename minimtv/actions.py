"""What people do to a mini-MTV: save answers, and sign a version off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.models import Membership
from contacts.viewer import Viewer
from core.definitions import current
from core.errors import DomainError, Stale
from core.freeze import digest
from minimtv.document import Entry, Given, Row, Rows
from minimtv.economy import economy
from minimtv.economy_tables import economy_tables
from minimtv.enums import State
from minimtv.models import MiniMTV, MiniMTVAnswer, MiniMTVVersion
from minimtv.quality import Beside, weak_spots
from minimtv.queries import FORM, answers_in, document_of, forget, questions_for, rows_in
from minimtv.sources import party_tables
from minimtv.tables import BY_KEY, Table
from transfers import history, rules
from transfers.actions import Step, locked_case, perform
from transfers.models import TransferCase
from transfers.workflow import BY_CODE


class ChangedMeanwhile(Stale):
    """Somebody else changed the same; `theirs` is what stands there now, by the key of the question or table."""

    def __init__(self, theirs: dict[str, Entry], by: str) -> None:
        super().__init__(f"{by} har ændret det samme, mens du skrev. Saml de to tekster, og gem igen.")
        self.theirs = theirs


@transaction.atomic
def save_answers(
    *,
    case: TransferCase,
    viewer: Viewer,
    given: Mapping[str, Entry],
    shown: Mapping[str, str] | None = None,
    with_proposals: bool = True,
) -> MiniMTV | None:
    """Store answers by question key and rows by table key; nothing is demanded, and what is not given is left alone.

    `shown` holds the marks of the answers the page showed: what the user left alone never overwrites what
    others wrote. A text that was only proposed is stored too, unless `with_proposals` is off. The first save
    makes the mini-MTV, and a change after the sign-off makes it a draft again. Returns None while nothing was
    ever saved. Raises NotAllowed, ChangedMeanwhile, DomainError for an unknown question and TextRefused for
    a CPR number.
    """
    given = {key: answer.tidy for key, answer in given.items()}
    locked = locked_case(case.pk)
    capacity = rules.require(BY_CODE["edit_mini_mtv"], locked, viewer)
    sheet = MiniMTV.unscoped.select_related("updated_by", "definition").filter(case=locked).first()
    stored: dict[str, Entry] = {**answers_in(sheet), **rows_in(sheet)}
    changes = changed(stored, given, shown, with_proposals=with_proposals)
    refuse_clashes(sheet, stored, changes, shown)
    if changes:
        sheet = sheet or MiniMTV(case=locked, definition=current(FORM))
        write(sheet, changes, viewer, capacity)
        forget(case)
    return sheet


def changed(
    stored: Mapping[str, Entry],
    given: Mapping[str, Entry],
    shown: Mapping[str, str] | None,
    *,
    with_proposals: bool,
) -> dict[str, Entry]:
    """Return the answers to write: those that differ from the stored ones by this user's doing."""
    touched = {key for key, mine in given.items() if shown is None or mine.mark != shown.get(key)}
    accepted = given.keys() - stored.keys() if with_proposals else set()
    return {key: given[key] for key in touched | accepted if given[key] != stored.get(key, type(given[key])())}


def refuse_clashes(
    sheet: MiniMTV | None,
    stored: Mapping[str, Entry],
    changes: Mapping[str, Entry],
    shown: Mapping[str, str] | None,
) -> None:
    """Raise ChangedMeanwhile when an answer to be written is no longer the one the user was shown."""
    if sheet is None or shown is None:
        return
    clashes = {k: stored[k] for k in changes if k in stored and stored[k].mark != shown.get(k)}
    if clashes:
        raise ChangedMeanwhile(clashes, sheet.updated_by.name)


def write(sheet: MiniMTV, changes: Mapping[str, Entry], viewer: Viewer, capacity: Membership) -> None:
    """Store changed answers; a signed-off mini-MTV becomes a draft, and the history says so (rule 16)."""
    if unknown := changes.keys() - {question.key for question in questions_for(sheet)} - BY_KEY.keys():
        raise DomainError(f"Mini-MTV har ikke spørgsmålet {', '.join(sorted(unknown))}.")
    if sheet.state == State.COMPLETED:
        reopened(sheet, viewer, capacity)
    sheet.revision += 1
    sheet.state, sheet.updated_at, sheet.updated_by = State.DRAFT, now(), viewer.user
    sheet.save()
    for key, entry in changes.items():
        if isinstance(entry, Rows):
            write_rows(sheet, BY_KEY[key], entry)
    given = ((key, entry) for key, entry in changes.items() if not isinstance(entry, Rows))
    MiniMTVAnswer.keep(answer_row(sheet, key, entry) for key, entry in given)


def answer_row(sheet: MiniMTV, key: str, answer: Given) -> MiniMTVAnswer:
    """Return one answer as a row, not stored."""
    return MiniMTVAnswer(
        document=sheet, question_key=key, text=answer.text, not_relevant=answer.not_relevant,
        not_relevant_reason=answer.reason,
    )  # fmt: skip


def write_rows(sheet: MiniMTV, table: Table, rows: Rows) -> None:
    """Store the rows of one table in the place of those that stood there."""
    table.model.unscoped.filter(document=sheet).delete()
    table.model.unscoped.bulk_create(
        table.model(document=sheet, order=place, **stored_row(table, row)) for place, row in enumerate(rows.rows)
    )


def stored_row(table: Table, row: Row) -> dict[str, Any]:
    """Return one row as the columns of the database take it."""
    return {name: value for c in table.columns for name, value in c.store(row[c.name]).items()}


def reopened(sheet: MiniMTV, viewer: Viewer, capacity: Membership) -> None:
    """Tell the history that the signed-off version is no longer what is written."""
    last = MiniMTVVersion.unscoped.filter(case=sheet.case).count()
    history.append(
        case=sheet.case, kind="mini_mtv_changed", actor_id=viewer.user.pk, capacity=capacity,
        stage_from=sheet.case.stage, facts={"version": last},
    )  # fmt: skip


def sign_off(
    *,
    case: TransferCase,
    viewer: Viewer,
    seen: int | None = None,
    revision: int | None = None,
    capacity_id: int | None = None,
) -> MiniMTVVersion:
    """Freeze the mini-MTV as the next version; from then on a forum may build on it (rule 7).

    `revision` is what the contact person read. Raises Stale when it was changed since; else as `perform`.
    """
    with perform("sign_off_mini_mtv", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        sheet = MiniMTV.unscoped.get(case=step.case)
        if revision is not None and revision != sheet.revision:
            raise Stale("Mini-MTV'en er ændret, siden du åbnede siden. Læs den igen, før du godkender.")
        version = freeze(step, sheet)
        sheet.state = State.COMPLETED
        sheet.save()
        step.facts = {"version": version.number}
    forget(case)
    return version


def freeze(step: Step, sheet: MiniMTV) -> MiniMTVVersion:
    """Keep the document, the parties' own answers and the advice as they stand now."""
    questions = questions_for(sheet)
    document = document_of(questions, answers_in(sheet))
    tables, rows = party_tables(step.case, questions), rows_in(sheet)
    costs = economy(step.case, rows.get("economy", Rows()))
    shown = [*(BY_KEY[key].shown(found) for key, found in rows.items()), *economy_tables(costs)]
    content = document.as_content() | {
        "case": {"number": step.case.number, "title": step.case.title},
        "definition": questions[0].part.definition.version,
        "tables": {key: table.as_content() for key, table in tables.items()},
        "rows": {key: found.plain for key, found in rows.items()},
        "economy": costs.as_content(),
        "shown_tables": [table.as_content() for table in shown],
        "advice": [advice.as_content() for advice in weak_spots(document, Beside(rows, costs.others_stated))],
    }
    number = MiniMTVVersion.unscoped.filter(case=step.case).count() + 1
    return MiniMTVVersion.unscoped.create(
        case=step.case, number=number, content=content, sha256=digest(content), signed_off_by=step.viewer.user
    )
