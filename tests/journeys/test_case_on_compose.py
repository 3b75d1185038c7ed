"""One case on the service of docker-compose.yml: over HTTP, from signing in to the year's status."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate
from pypdf import PdfReader

from tests.accounts.factors import code
from tests.http_user import Answer, Person
from tests.production import HOST, Production, finish, running
from tests.services import MailServer

PASSWORD = "Prøve-2026-opgaveflytning"
ADMINISTRATOR, SECRETARIAT = "drift@example.dk", "sekretariat@example.dk"
SETTLE = f"""
from django.contrib.auth.hashers import make_password
from core.models import User
from tests.world import make_world
make_world()
User.objects.update(password=make_password({PASSWORD!r}))
"""
TITLE = "IV-antibiotika i eget hjem"
DECIDED = "Porteføljestyregruppen godkender opgaveflytningen."
PARTIES = {"aalborg_contact": "Aalborg Kommune", "rebild_contact": "Rebild Kommune", "plo_contact": "PLO Nordjylland"}
MAILS = Counter(
    contact=5,  # submitted, three answers, decision
    deputy=5,
    leader=4,  # dialogue opened, mini-MTV signed off, dialogue closed, decision
    aalborg_contact=3,  # dialogue opened, dialogue closed, decision
    aalborg_deputy=3,
    rebild_contact=3,
    plo_contact=3,
    psg_chair=2,  # the case has come; an app was set up
    psg_secretary=1,
) + Counter([ADMINISTRATOR, SECRETARIAT])  # an app was set up
Seat = Callable[[str], Person]


@pytest.fixture
def mails() -> Iterator[MailServer]:
    """The mail server the service sends through."""
    with MailServer.running() as server:
        yield server


@pytest.fixture
def production(mails: MailServer, tmp_path: Path) -> Iterator[Production]:
    """Web, worker and beat on an empty database."""
    with running(tmp_path, EMAIL_URL=f"smtp://{mails.host}:{mails.port}") as started:
        yield started


@pytest.fixture
def seat(production: Production) -> Seat:
    """Seat an account at a browser, signed in; roles of the small region by their short names."""
    manage(production, "shell", "--verbosity", "0", "--command", SETTLE)
    seated: dict[str, Person] = {}

    def person(role: str) -> Person:
        if role not in seated:
            email = role if "@" in role else f"{role}@test.invalid"
            seated[role] = set_up_app(Person(production.port, HOST).sign_in(email, PASSWORD))
        return seated[role]

    return person


def set_up_app(person: Person) -> Person:
    """Whoever must sign in by two steps is led to setting up an app, and does it."""
    if person.page.url.endswith("/konto/2fa/"):
        person.follow("Sæt en app op").press("Fortsæt", password=PASSWORD)
        secret = person.page.words.split("Nøgle: ")[1].split()[0]
        person.press("Tag appen i brug", code=code(secret)).follow("Jeg har gemt koderne")
    return person


def manage(production: Production, *words: str) -> None:
    """Run a management command with the service's settings."""
    environment = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, **production.environment}
    finish([sys.executable, "manage.py", *words], environment)


def test_a_case_runs_on_the_service_of_the_compose_file(production: Production, seat: Seat, mails: MailServer) -> None:
    place = screen(seat("leader"))
    submit(seat("leader"), place)
    open_dialogue(seat("contact"), place)
    for role in PARTIES:
        answer(seat(role), place)
    assess(seat("leader"), seat("contact"), place)
    route(seat("contact"), place)
    decide(seat("psg_secretary"), seat("psg_chair"), place)
    appoint_secretariat(production, seat)
    read_status(seat(SECRETARIAT), production, str(localdate().year))
    everybody_is_told(production, seat, mails, place)
    all_is_well(production)


def screen(leader: Person) -> str:
    """The leader answers the three questions and concludes; the address of the new case."""
    assert leader.cookies.keys() == {"__Host-session", "__Host-csrf"}
    leader.go("/").follow("Start en indledende vurdering")
    leader.press("Afslut vurderingen", title=TITLE, affected=["Kommuner"], not_needed_reason="").sees(TITLE)
    return urlsplit(leader.page.url).path


def submit(leader: Person, place: str) -> None:
    """The leader fills in the seven steps and sends the dialoggrundlag to the contact person."""
    leader.go(f"{place}dialoggrundlag/trin/1/")
    for step in range(1, 8):
        assert leader.page.url.endswith(f"{place}dialoggrundlag/trin/{step}/")
        leader.press("Gem og fortsæt")
    leader.follow("Indsend til kontaktpersonen").press("Indsend til kontaktpersonen")
    assert leader.page.url.endswith("/kvittering/")


def open_dialogue(contact: Person, place: str) -> None:
    """The hospital's contact person confirms the parties and opens the dialogue."""
    contact.go(place).follow("Modtag og åbn dialogen").press("Åbn dialogen", parties=[*PARTIES.values()])
    contact.sees("Dialogen er åbnet. 3 parter har fået besked.")


def answer(contact: Person, place: str) -> None:
    """A party's contact person finds the case among what awaits them, and answers."""
    contact.go("/").follow("Svar").press("Indsend svar", patients_per_year="12").sees("er indsendt")


def assess(leader: Person, contact: Person, place: str) -> None:
    """The leader answers the 26 questions; the contact person signs them off."""
    leader.go(f"{place}mini-mtv/udfyld/")
    for _ in range(4):
        leader.press("Gem og fortsæt")
    leader.press("Gem og se det hele")
    contact.go(f"{place}mini-mtv/godkend/").press("Godkend mini-MTV").sees("Mini-MTV er godkendt.")


def route(contact: Person, place: str) -> None:
    """The contact person closes the dialogue and chooses the Porteføljestyregruppe."""
    contact.go(place).follow("Luk dialogen").press("Luk dialogen")
    contact.go(place).follow("Vælg forum").press("Send sagen videre", choice="Send til Porteføljestyregruppen")


def decide(secretary: Person, chair: Person, place: str) -> None:
    """The group's secretary writes the decision; the chair publishes it."""
    secretary.go(place).follow("Registrér beslutning")
    secretary.press("Gem kladde", kind="Godkend", text=DECIDED, asked_by_deadline="")
    chair.go(f"{place}behandling/beslut/").press("Offentliggør …", asked_by_deadline="")
    chair.press("Offentliggør beslutningen").sees("»Godkend« er offentliggjort")


def appoint_secretariat(production: Production, seat: Seat) -> None:
    """As docs/operations.md has it: the technical administrator makes the account, a command gives it its place."""
    manage(production, "createsuperuser", "--no-input", "--email", ADMINISTRATOR, "--name", "Drift")
    words = {"password1": PASSWORD, "password2": PASSWORD}
    seat(ADMINISTRATOR).go("/admin/core/user/add/").press("Gem", email=SECRETARIAT, name="Sekretariat", **words)
    manage(production, "appoint_secretariat", SECRETARIAT)


def read_status(secretariat: Person, production: Production, year: str) -> None:
    """The secretariat orders the year's status, the worker makes it, and the PDF is the same each time."""
    secretariat.go("/aarsstatus/").press("Bestil", year=year)
    edition = secretariat.page.url
    production.worker.until(lambda: "Hent udgaven" in secretariat.go(edition).page.words)
    address = secretariat.page.link("PDF")
    first, second = (secretariat.fetch("GET", address) for _ in range(2))
    assert (first.status, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content == second.content
    assert f"Årlig status {year}" in words_of(first)


def words_of(answer: Answer) -> str:
    """What a PDF says."""
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def everybody_is_told(production: Production, seat: Seat, mails: MailServer, place: str) -> None:
    """Each step is mailed once to those the workflow table names, and the link in a mail leads them to the case."""
    production.worker.until(lambda: len(mails.messages) >= MAILS.total())
    assert Counter(mail["To"].removesuffix("@test.invalid") for mail in mails.messages) == MAILS
    lines = [line for mail in mails.messages for line in mail.get_content().splitlines()]
    link = [line for line in lines if line.startswith("https://")][-1]
    assert urlsplit(link).path == place
    for role in ("leader", "contact", *PARTIES):
        seat(role).go(link).sees("Aftale – her er sagen nu").follow("Behandling").sees(DECIDED)
    assert seat("thisted_contact").fetch("GET", link).status == 404


def all_is_well(production: Production) -> None:
    """Health says so, and nothing went wrong on the way."""
    health = json.loads(production.get("/healthz").read())
    jobs = {"oldest_queued_seconds": 0, "failed_last_day": 0, "expired_leases": 0}
    assert health == {"status": "ok", "database": True, "queue": True, "jobs": jobs}
    for program in (production.web, production.worker, production.beat):
        assert "Traceback" not in program.output, program.output
