"""What the mini-MTV brings to the case page, the history and Mine opgaver."""

from __future__ import annotations

from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.viewer import Viewer
from minimtv.models import may_read_draft
from minimtv.queries import awaits, facts, remember, standing, standing_of
from transfers import history
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rooms import CaseTodo, Panel, Tab, Todo, Waiting, add_tab, case_todo, foreknow, panel, waiting_in

history.declare("sign_off_mini_mtv", "Godkendte mini-MTV'en", {"version": int})
history.declare("mini_mtv_changed", "Ændrede mini-MTV'en, som skal godkendes igen", {"version": int})
foreknow(facts, remember)


def tab_label(case: TransferCase, viewer: Viewer) -> str:
    """Return »Mini-MTV 18/26« for those who write it, »Mini-MTV v1« where a version stands."""
    now = standing(case)
    if may_read_draft(case, viewer) and now.is_begun and not now.is_complete:
        return f"Mini-MTV {now.answered}/{now.total}"
    return f"Mini-MTV v{now.version}" if now.version else "Mini-MTV"


add_tab(Tab("minimtv", 40, "minimtv:overview", tab_label, lambda case, viewer: case.is_past_draft))


def todo(case: TransferCase, viewer: Viewer) -> Todo | None:
    """Return what leader or contact person must do for a case to get its mini-MTV (rule 7); None for nothing.

    Fill in, extend what came back, or sign off.
    """
    now = standing_of(case)
    contacts = viewer.holding(CONTACT_FUNCTIONS, organisation_id=case.initiator_id)
    whom = str((contacts or viewer.holding([Function.LEADER]))[0])
    if now.is_begun and not now.unanswered and not now.is_complete:
        return line(case, "Godkend mini-MTV", "sign_off", "Godkend", whom) if contacts else None
    if case.stage == Stage.MINI_MTV and now.unanswered:
        return line(case, f"Udfyld mini-MTV ({len(now.unanswered)} spørgsmål mangler)", "edit", "Udfyld", whom)
    if now.is_returned:
        return line(case, "Udbyg mini-MTV, som forummet har bedt om", "overview", "Se mini-MTV", whom)
    return None


case_todo(CaseTodo(awaits, todo, lambda viewer: facts()))


def line(case: TransferCase, what: str, route: str, button: str, whom: str) -> Todo:
    """Return a line of Mine opgaver."""
    return Todo(case.number, case.title, what, reverse(f"minimtv:{route}", args=[case.number]), button, whom)


@waiting_in(Stage.MINI_MTV)
def mini_mtv_waits(case: TransferCase) -> Waiting:
    """Say who a case waits for until its mini-MTV is signed off."""
    now = standing(case)
    afterwards = "Når mini-MTV'en er godkendt, vælger kontaktpersonen forum."
    if now.is_returned and now.is_complete:
        return Waiting(f"{case.returned_by} har sendt sagen tilbage. Mini-MTV'en skal udbygges.", None, afterwards)
    if now.is_complete:
        return Waiting("Mini-MTV'en er godkendt. Kontaktpersonen vælger forum.")
    if now.unanswered:
        missing = f"{len(now.unanswered)} af {now.total} spørgsmål"
        return Waiting(f"Leder og kontaktperson udfylder mini-MTV'en. {missing} mangler.", None, afterwards)
    return Waiting("Mini-MTV'en er udfyldt og venter på kontaktpersonens godkendelse.", None, afterwards)


def progress(case: TransferCase, viewer: Viewer) -> Panel | None:
    """Show how far the mini-MTV is: to those who write it, and to everybody once a version stands."""
    now = standing(case)
    if not now.is_begun or not (now.version or may_read_draft(case, viewer)):
        return None
    context = {"standing": now, "reads_draft": may_read_draft(case, viewer), "number": case.number}
    return Panel("minimtv/panel.html", context)


panel(30)(progress)
