"""What the case app brings to the menus, the case page and Mine opgaver."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from contacts.enums import CONTACT_FUNCTIONS
from contacts.pages import FORUM_LINKS
from contacts.queries import organisations_without_contact, waiting_accounts
from contacts.viewer import Viewer
from core import navigation
from transfers.actions import hand_over_case, note_screening, request_reassessment
from transfers.enums import Stage
from transfers.models import AccessEntry, TransferCase
from transfers.plain import handler
from transfers.queries import SHOWN_DAYS, awaits_leader, days_after, ending_forums, not_needed_after_yes
from transfers.rooms import CaseTodo, Tab, Todo, Waiting, add_tab, case_todo, todo_provider, waiting_in

navigation.add("Mine opgaver", "transfers:desk", 10)
navigation.add("Sager", "transfers:list", 20)
navigation.add(
    "Opslag i sager", "transfers:access_log", 85, lambda viewer: bool(viewer.holding(AccessEntry.READERS))
)
navigation.search_at("transfers:list")
navigation.roles_from(lambda viewer: [str(m) for m in viewer.memberships])

add_tab(Tab("overview", 10, "transfers:case", lambda case, viewer: "Overblik"))
add_tab(Tab("screening", 15, "transfers:screening", lambda case, viewer: "Vurdering"))
add_tab(Tab("history", 90, "transfers:history", lambda case, viewer: "Sagshistorik"))
add_tab(
    Tab("access", 95, "transfers:access", lambda case, viewer: "Adgang", lambda case, viewer: viewer.is_secretariat)
)


def screening_to_conclude(case: TransferCase, viewer: Viewer) -> Todo:
    """A screening that a colleague filled in and the leader concludes (S1: nærmeste leder)."""
    return Todo(
        number=case.number, title=case.title, what="Afslut den indledende vurdering",
        url=reverse("transfers:screening_edit", args=[case.number]), button="Vurdér", as_whom=f"Leder, {case.home}",
    )  # fmt: skip


case_todo(CaseTodo(lambda viewer: awaits_leader(viewer, Stage.SCREENING), screening_to_conclude))


FORUM_LINKS.append(("Overdrag sagerne", "transfers:hand_over"))
handler("request_reassessment")(request_reassessment)
handler("note_screening")(note_screening)
handler("hand_over")(hand_over_case)


def screenings_to_see(viewer: Viewer) -> Q | None:
    """What a leader concluded as »ikke nødvendigt« after a yes, for the contact person to see (rule 1)."""
    held = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS) if m.organisation_id]
    return not_needed_after_yes(viewer, held) if held else None


def screening_to_see(case: Any, viewer: Viewer) -> Todo:
    """One of them as a line; it goes away by itself after the days it is shown."""
    whom = viewer.holding(CONTACT_FUNCTIONS, organisation_id=case.initiator_id)[-1]
    return Todo(
        number=case.number, title=case.title, what="Se, hvorfor et dialoggrundlag ikke er nødvendigt",
        url=reverse("transfers:screening", args=[case.number]), button="Se", as_whom=str(whom),
        due=localdate(case.screening.concluded_at) + (case.shown_until - viewer.today),
    )  # fmt: skip


def shown_until(viewer: Viewer) -> dict[str, Any]:
    """Until when a screening that is concluded today is shown."""
    return {"shown_until": days_after(SHOWN_DAYS, viewer)}


case_todo(CaseTodo(screenings_to_see, screening_to_see, shown_until, ("screening",)))


@todo_provider
def forums_to_hand_over(viewer: Viewer) -> list[Todo]:
    """Forums that end and still have cases, for the secretariat; one query."""
    return [
        Todo(
            number="Forum", title=forum.name, what="Overdrag sagerne til det forum, der afløser",
            url=reverse("transfers:hand_over", args=[forum.pk]), button="Overdrag", as_whom="Sekretariatet",
            due=forum.valid_to,
        )
        for forum in (ending_forums() if viewer.is_secretariat else [])
    ]  # fmt: skip


@waiting_in(Stage.SCREENING)
def screening_waits(case: TransferCase) -> Waiting:
    """The nearest leader concludes the screening."""
    return Waiting(
        "Nærmeste leder afslutter den indledende vurdering.",
        afterwards="Derefter skrives et dialoggrundlag, eller sagen afsluttes.",
    )


@todo_provider
def organisations_to_look_after(viewer: Viewer) -> list[Todo]:
    """Gaps that only the secretariat can close: missing contact persons, and accounts without a function (S1)."""
    if not viewer.is_secretariat:
        return []
    gaps = [
        Todo(
            number=organisation.get_kind_display(), title=organisation.name, what="Udpeg en kontaktperson",
            url=reverse("contacts:organisation", args=[organisation.pk]), button="Udpeg", as_whom="Sekretariatet",
        )
        for organisation in organisations_without_contact()
    ]  # fmt: skip
    waiting = waiting_accounts().count()
    accounts = Todo(
        number="Konti", title=f"{waiting} konto venter" if waiting == 1 else f"{waiting} konti venter",
        what="Giv en funktion, eller luk kontoen", url=reverse("contacts:waiting_accounts"), button="Se",
        as_whom="Sekretariatet",
    )  # fmt: skip
    return [*gaps, accounts] if waiting else gaps
