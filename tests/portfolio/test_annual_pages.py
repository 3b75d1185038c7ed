"""The pages of the annual status: who sees them, ordering, progress, the report, the download."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.actions import claim_job
from core.enums import JobState
from core.models import Job
from portfolio.annual.actions import order_annual_status
from portfolio.models import AnnualStatus
from portfolio.models.annual import RECOMMENDATION
from tests.portfolio.annual_editions import finished
from tests.portfolio.annual_years import on, two_years
from tests.world import World

pytestmark = pytest.mark.django_db
READERS = ["secretariat", "psg_chair", "psg_member", "das_secretary"]
OTHERS = ["leader", "aalborg_contact", "plo_contact", "local_chair", "auditor"]
LIST = "/aarsstatus/"


def signed_in(world: World, role: str) -> Client:
    """Return the browser of a role."""
    client = Client()
    client.force_login(world.users[role])
    return client


def place(status: AnnualStatus, route: str = "annual") -> str:
    """Return the address of an edition or of something below it."""
    return reverse(f"portfolio:{route}", args=[status.year, status.edition])


def text(answer: Any) -> str:
    """Return a page."""
    return str(answer.content.decode())


def untokened(answer: Any) -> str:
    """Return a page without its token against forged posts, which is another each time."""
    return re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"', "", text(answer))


def download(browser: Client, status: AnnualStatus) -> bytes:
    """Return the PDF as it is sent."""
    answer = browser.get(place(status, "annual_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert f'filename="aarsstatus-{status.year}-udgave-{status.edition}.pdf"' in answer["Content-Disposition"]
    return bytes(answer.getvalue())


@pytest.fixture
def ordered(world: World) -> AnnualStatus:
    """An edition of 2025 whose job waits."""
    two_years(world)
    with on(2026, 3, 1):
        viewer = world.viewer("secretariat")
        return order_annual_status(viewer=viewer, year=2025, day=date(2026, 3, 1), request_key=uuid4())


@pytest.fixture
def made(ordered: AnnualStatus) -> AnnualStatus:
    """The same edition, finished."""
    return finished(ordered)


def test_upper_forums_and_secretariat_read_and_download(made: AnnualStatus, world: World) -> None:
    for role in READERS:
        browser = signed_in(world, role)
        assert "2025, udgave 1" in text(browser.get(LIST))
        assert "Fem tal fra året" in text(browser.get(place(made)))
        assert download(browser, made).startswith(b"%PDF-1.7")
        assert f'href="{LIST}"' in text(browser.get("/"))


def test_for_all_others_a_draft_does_not_exist(made: AnnualStatus, world: World) -> None:
    for role in OTHERS:
        assert_absent(made, world, role)


def assert_absent(made: AnnualStatus, world: World, role: str) -> None:
    """Assert that a draft answers a role as what does not exist."""
    browser = signed_in(world, role)
    missing = browser.get("/aarsstatus/1999/1/")
    for route in ("annual", "annual_progress", "annual_pdf", "annual_excel", "annual_send", "annual_adopt"):
        answer = browser.get(place(made, route))
        assert answer.status_code == 404
        assert untokened(answer) == untokened(missing)
    assert "2025, udgave" not in text(browser.get(LIST))
    assert browser.post(LIST, {}).status_code == 403
    assert browser.post(place(made, "annual_again")).status_code == 404


def test_a_membership_that_has_ended_reads_nothing(made: AnnualStatus, world: World) -> None:
    world.users["psg_member"].memberships.update(valid_to=date(2021, 1, 1))
    assert not AnnualStatus.visible_to(world.viewer("psg_member")).exists()


def test_two_downloads_are_byte_for_byte_the_same(made: AnnualStatus, world: World) -> None:
    first, second = (download(signed_in(world, role), made) for role in ("psg_chair", "das_member"))
    assert first == second
    assert made.pdf
    assert hashlib.sha256(first).hexdigest() == made.pdf.sha256


def test_the_page_shows_the_same_parts_as_the_pdf(made: AnnualStatus, world: World) -> None:
    page = text(signed_in(world, "psg_chair").get(place(made)))
    for part in (
        "Indledende vurderinger", "1 + 2 ind − 1 ud = 2 sager under behandling.", "Sager per stadie",
        "Sammenligning med tidligere år", "Hvem tager initiativ?", "Fra sektor til sektor", "Kommuner og patienter",
        "1–4", "Behandlingstid per stadie", "167,5", "Parternes deltagelse", "Valg af forum",
        "Returneringer og udsættelser", "Beslutninger efter forum", "Sagerne enkeltvis", made.facts_sha256,
    ):  # fmt: skip
        assert part in page
    assert "2.025" not in page


def test_the_secretariat_orders_on_the_list(world: World) -> None:
    two_years(world)
    browser = signed_in(world, "secretariat")
    form = text(browser.get(LIST))
    assert "Der er endnu ingen årlig status" in form
    assert '<option value="2024">2024</option>' in form
    said = {"year": "2025", "day": "01.03.2026", "request_key": str(uuid4())}
    with on(2026, 3, 2):
        first, second = browser.post(LIST, said), browser.post(LIST, said)
    assert (first["Location"], second["Location"]) == ("/aarsstatus/2025/1/", "/aarsstatus/2025/1/")
    assert AnnualStatus.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"year": "2025", "day": ""}, "Skriv en opgørelsesdato."),
        ({"year": "2025", "day": "32.13.2026"}, "Skriv datoen som DD.MM.ÅÅÅÅ"),
        ({"year": "2025", "day": "01.12.2024"}, "Opgørelsesdatoen ligger før 2025."),
        ({"year": "1999", "day": "01.03.2026"}, "1999"),
    ],
)
def test_an_order_that_makes_no_sense_is_explained(world: World, said: dict[str, str], message: str) -> None:
    two_years(world)
    answer = signed_in(world, "secretariat").post(LIST, said | {"request_key": str(uuid4())})
    assert answer.status_code == 200
    assert "Der er problemer" in text(answer)
    assert message in text(answer)
    assert not AnnualStatus.objects.exists()


def test_readers_neither_order_nor_write(made: AnnualStatus, world: World) -> None:
    browser = signed_in(world, "psg_chair")
    assert "Bestil" not in text(browser.get(LIST)).replace("Bestilt", "")
    assert "Udsend nyt udkast" not in text(browser.get(place(made)))
    for address in (LIST, place(made), place(made, "annual_again")):
        assert browser.post(address, {}).status_code == 403
    assert AnnualStatus.objects.count() == 1


def test_progress_is_shown_while_the_job_works(ordered: AnnualStatus, world: World) -> None:
    browser = signed_in(world, "psg_chair")
    assert "Venter på at komme i gang" in text(browser.get(place(ordered)))
    assert ordered.job
    run = claim_job(ordered.job.pk)
    assert run
    run.progress(7, 12, "Behandlingstid per stadie")
    part = text(browser.get(place(ordered, "annual_progress"), headers={"HX-Request": "true"}))
    assert "Behandlingstid per stadie – 7 af 12" in part
    assert f'hx-get="{place(ordered, "annual_progress")}"' in part
    assert "<html" not in part
    assert browser.get(place(ordered, "annual_pdf")).status_code == 404


def test_the_waiting_page_is_loaded_anew_when_the_report_is_there(made: AnnualStatus, world: World) -> None:
    browser = signed_in(world, "psg_chair")
    answer = browser.get(place(made, "annual_progress"), headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert browser.get(place(made, "annual_progress"))["Location"] == place(made)


def test_a_failed_job_says_what_to_do(ordered: AnnualStatus, world: World) -> None:
    Job.objects.update(state=JobState.FAILED, error="Opgaven blev afbrudt flere gange.")
    browser = signed_in(world, "secretariat")
    page = text(browser.get(place(ordered)))
    assert "Opgaven blev afbrudt flere gange." in page
    assert "Bestil igen" in page
    assert "Bestil igen" not in text(signed_in(world, "psg_chair").get(place(ordered)))
    assert "Mislykkedes" in text(browser.get(LIST))
    answer = browser.post(place(ordered, "annual_again"), follow=True)
    assert "Venter på at komme i gang" in text(answer)


def test_new_words_are_kept_in_the_next_edition(made: AnnualStatus, world: World) -> None:
    browser = signed_in(world, "secretariat")
    assert "Udsend nyt udkast" in text(browser.get(place(made)))
    said = {
        "recommendation": RECOMMENDATION, "summary": "Et roligt år.", "request_key": str(uuid4()), "revision": "0",
    }  # fmt: skip
    assert browser.post(place(made), said)["Location"] == "/aarsstatus/2025/2/"
    assert browser.post(place(made), said)["Location"] == "/aarsstatus/2025/2/"
    assert AnnualStatus.objects.get(edition=2).summary == "Et roligt år."
    assert "Udsend nyt udkast" not in text(browser.get(place(made)))


def test_a_cpr_number_in_the_words_is_refused_and_the_text_kept(made: AnnualStatus, world: World) -> None:
    said = {
        "recommendation": RECOMMENDATION, "summary": "Klage fra 010190-1234.", "request_key": str(uuid4()),
        "revision": "0",
    }  # fmt: skip
    page = text(signed_in(world, "secretariat").post(place(made), said))
    assert "Der er problemer" in page
    assert "Klage fra 010190-1234." in page
    assert AnnualStatus.objects.count() == 1


@pytest.mark.parametrize("editions", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_editions(
    ordered: AnnualStatus, world: World, editions: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(editions - 1):
        order_annual_status(viewer=world.viewer("secretariat"), year=2025, day=date(2026, 3, 1), request_key=uuid4())
    browser = signed_in(world, "secretariat")
    with django_assert_max_num_queries(8):
        assert text(browser.get(LIST)).count(", udgave ") == editions
