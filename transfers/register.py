"""What the case app brings to the menus, the case page and Mine opgaver."""

from django.urls import reverse

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
            url=reverse("transfers:screening_edit", args=[case.number]), button="Vurdér", as_whom="leder",
        )
        for case in awaiting_leader(viewer)
    ]  # fmt: skip


@waiting_in(Stage.SCREENING)
def screening_waits(case: TransferCase) -> Waiting:
    """The nearest leader concludes the screening."""
    return Waiting(
        "Nærmeste leder afslutter den indledende vurdering.",
        afterwards="Derefter skrives et dialoggrundlag, eller sagen afsluttes.",
    )


@waiting_in(Stage.CLOSED)
def closed_waits(case: TransferCase) -> Waiting:
    """Nothing more happens; the result stands."""
    return Waiting(
        f"Sagen er afsluttet: {case.get_result_display()}.",
        afterwards="Sekretariatet kan genåbne en sag med en begrundelse.",
    )
