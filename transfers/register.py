"""What the case app brings to the menus, the case page and Mine opgaver."""

from django.urls import reverse

from contacts.queries import lacking_contact, waiting_accounts
from contacts.viewer import Viewer
from core import navigation
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.queries import awaiting_leader
from transfers.rooms import Tab, Todo, Waiting, add_tab, todo_provider, waiting_in

navigation.add("Mine opgaver", "transfers:desk", 10)
navigation.add("Sager", "transfers:list", 20)
navigation.search_at("transfers:list")
navigation.roles_from(lambda viewer: [str(m) for m in viewer.memberships])

add_tab(Tab("overview", 10, "transfers:case", lambda case, viewer: "Overblik"))
add_tab(Tab("screening", 15, "transfers:screening", lambda case, viewer: "Vurdering"))
add_tab(Tab("history", 90, "transfers:history", lambda case, viewer: "Sagshistorik"))


@todo_provider
def screenings_to_conclude(viewer: Viewer) -> list[Todo]:
    """Screenings that a colleague filled in and the leader concludes (S1: nærmeste leder)."""
    return [
        Todo(
            number=case.number, title=case.title, what="Afslut den indledende vurdering",
            url=reverse("transfers:screening_edit", args=[case.number]), button="Vurdér", as_whom=f"Leder, {case.home}",
        )
        for case in awaiting_leader(viewer, Stage.SCREENING)
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
        for organisation in lacking_contact()
    ]  # fmt: skip
    waiting = waiting_accounts().count()
    accounts = Todo(
        number="Konti", title=f"{waiting} konto venter" if waiting == 1 else f"{waiting} konti venter",
        what="Giv en funktion, eller luk kontoen", url=reverse("contacts:waiting_accounts"), button="Se",
        as_whom="Sekretariatet",
    )  # fmt: skip
    return [*gaps, accounts] if waiting else gaps
