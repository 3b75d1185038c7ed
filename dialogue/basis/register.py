"""What the dialoggrundlag brings to the case: requirements, history, its tab, its panel and the leader's task."""

from django.urls import reverse

from contacts.viewer import Viewer
from dialogue.basis import requirements  # noqa: F401 – registers the checks
from dialogue.basis.content import answers
from dialogue.basis.queries import remember_received, visible_content, whether_received, written
from transfers.enums import Stage
from transfers.history import declare
from transfers.models import TransferCase
from transfers.queries import awaits_leader
from transfers.rooms import CaseTodo, Panel, Tab, Todo, Waiting, add_tab, case_todo, foreknow, panel, waiting_in

FIGURES = {"version": int, "from_sector": str, "to_sectors": list, "patients": int, "municipalities": list}
declare("submit_basis", "Indsendte dialoggrundlaget til kontaktpersonen", FIGURES | {"also_as": str})
declare("issue_version", "Sendte en ny version af dialoggrundlaget til parterne", FIGURES)
foreknow(whether_received, remember_received)


def tab_label(case: TransferCase, viewer: Viewer) -> str:
    """»Dialoggrundlag v2« once a version is submitted."""
    number = written(case).newest_number
    return f"Dialoggrundlag v{number}" if number else "Dialoggrundlag"


def has_basis(case: TransferCase, viewer: Viewer) -> bool:
    """Whether the case has come as far as a dialoggrundlag."""
    return case.stage == Stage.DRAFT or (case.stage != Stage.SCREENING and written(case).basis is not None)


add_tab(Tab("basis", 20, "dialogue:basis", tab_label, has_basis))


@panel(10)
def what_moves(case: TransferCase, viewer: Viewer) -> Panel | None:
    """Hvad flytter, hvem og hvor mange, hvorfor – from what the viewer may read."""
    content = visible_content(case, viewer) if has_basis(case, viewer) else None
    if content is None:
        return None
    said = {key: answer["shown"] for key, answer in answers(content).items()}
    return Panel("dialogue/basis/panel.html", {"said": said, "version": written(case).newest_number})


def draft_todo(case: TransferCase, viewer: Viewer) -> Todo:
    """One draft that waits for its nearest leader as a line of Mine opgaver."""
    what = "Ret dialoggrundlaget, og indsend det igen" if case.is_past_draft else "Skriv og indsend dialoggrundlaget"
    url = reverse("dialogue:basis", args=[case.number])
    return Todo(number=case.number, title=case.title, what=what, url=url, button="Skriv", as_whom=f"Leder, {case.home}")


case_todo(CaseTodo(lambda viewer: awaits_leader(viewer, Stage.DRAFT), draft_todo))


@waiting_in(Stage.DRAFT)
def draft_waits(case: TransferCase) -> Waiting:
    """The department writes, its leader submits."""
    return Waiting(
        f"{case.home} skriver dialoggrundlaget, og lederen indsender det.",
        afterwards="Derefter får kontaktpersonen sagen og åbner dialogen med de berørte parter.",
    )
