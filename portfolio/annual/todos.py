"""What the annual status and its survey ask of people on Mine opgaver."""

from __future__ import annotations

from django.urls import reverse

from contacts.naming import named
from contacts.viewer import Viewer
from portfolio.annual.queries import newest_editions, open_survey_for
from portfolio.annual.rules import group_of, may_order, may_take, step_open
from portfolio.models import AnnualStatus
from portfolio.models.annual import READERS
from portfolio.models.decision import RECORDERS
from transfers.rooms import Todo

ASKS = {
    "send": ("Skriv teksten, og send udkastet", "Åbn", "annual", "Sekretariatet"),
    "adopt": ("Registrér vedtagelsen", "Registrér", "annual_adopt", "Porteføljestyregruppen"),
    "decide": (
        "Registrér beslutningen om handleplanen", "Registrér", "annual_decide", "Den Administrative Styregruppe",
    ),
}  # fmt: skip


def editions_to_carry_on(viewer: Viewer) -> list[Todo]:
    """The newest edition of each year where its next step is the viewer's."""
    upper = any(m.forum is not None and m.forum.level in READERS for m in viewer.holding(RECORDERS))
    if not upper and not may_order(viewer):
        return []
    open_ones = ((status, step_open(status)) for status in newest_editions())
    return [asked(status, step) for status, step in open_ones if step in ASKS and may_take(step, viewer)]


def asked(status: AnnualStatus, step: str) -> Todo:
    """Return one line about an edition."""
    what, button, route, whom = ASKS[step]
    url = reverse(f"portfolio:{route}", args=[status.year, status.edition])
    return Todo("Årlig status", f"{status.year}, udgave {status.edition}", what, url, button, named(whom))


def survey_to_answer(viewer: Viewer) -> list[Todo]:
    """The survey that awaits the viewer."""
    group = group_of(viewer)
    survey = open_survey_for(viewer) if group else None
    if survey is None or group is None:
        return []
    url = reverse("portfolio:survey", args=[survey.year])
    title = f"Hvordan virker aftalen? {survey.year}"
    return [Todo("Spørgeskema", title, "Svar på spørgeskemaet", url, "Svar", group.label, due=survey.closes_on)]
