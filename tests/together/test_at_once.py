"""Two at once: one wins, the other loses nothing; a second click makes no second record; numbers have no doubles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from core.errors import TextRefused
from dialogue.models import Attachment, BasisVersion, Comment, ReportStep, UnannouncedTransfer
from portfolio.decisions.actions import save_decision
from portfolio.models import Decision
from tests.http_page import Page
from tests.pages.cases import complete_draft, make_report
from tests.scenario import dialogue_case, portfolio_case, submitted_case
from tests.together.crowd import FULL, answers, at_once, browser, filled_in, filled_in_whole, opened
from tests.together.drafts import FURTHER, NAMED, Draft
from tests.world import CASE_DATA, YES, World, draft_case
from transfers.actions import file_screening
from transfers.history import broken_links
from transfers.models import CaseCounter, JournalEntry, TransferCase
from transfers.workflow import BY_CODE

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, CROWD = (200, 20) if FULL else (5, 8)
COLLISIONS = 100 if FULL else 8
FILINGS = 50 if FULL else 10


# --- One decision ------------------------------------------------------------------------------------


def test_a_decision_sent_by_many_at_once_is_one_decision_and_one_entry(world: World) -> None:
    case = portfolio_case(world)
    roles = ["psg_chair", "psg_secretary"]
    browsers = [browser(world, roles[place % 2]) for place in range(CROWD)]
    for number in range(1, ROUNDS + 1):
        publish_at_once(world, case, browsers, number)
        published = Decision.unscoped.filter(case=case, published_at__isnull=False)
        entries = JournalEntry.unscoped.filter(case=case, kind="adjourn")
        assert (published.count(), entries.count()) == (number, number)
    assert broken_links(case) == []
    print(  # noqa: T201 – the figures belong in the log of the run
        f"{ROUNDS} rounds of {CROWD} submits of one decision: {ROUNDS} decisions, {ROUNDS} journal entries"
    )


def publish_at_once(world: World, case: TransferCase, browsers: list[Client], number: int) -> None:
    """Write the draft, open the page of its publication, and send that from every browser at the same moment."""
    save_decision(
        case=case, viewer=world.viewer("psg_chair"), kind="adjourn", text=f"Udsat, {number}. gang.", reason="Afventer.",
        decided_on=localdate(), procedure="meeting",
    )  # fmt: skip
    url = reverse("portfolio:publish", args=[case.number])
    page = opened(browsers[0], url)
    button = next(words for form in page.forms for words in form.buttons if words.startswith("Offentliggør"))
    sent = filled_in(page, button)
    done = answers(at_once([partial(client.post, url, sent) for client in browsers]))
    assert any(answer.status_code == 302 for answer in done)


# --- Colliding drafts --------------------------------------------------------------------------------


def test_whoever_saves_second_reads_both_texts_and_loses_nothing(world: World) -> None:
    drafts = [make(world) for make in (*NAMED, *(FURTHER if FULL else ()))]
    numbers = count(1)
    kept = 0
    while kept < COLLISIONS:
        for draft in drafts:
            collide(world, draft, next(numbers))
            kept += 1
    print(  # noqa: T201 – the figures belong in the log of the run
        f"{kept} of {kept} colliding saves of {len(drafts)} kinds of drafts kept the loser's text"
    )


def collide(world: World, draft: Draft, number: int) -> None:
    """Let two people open the same page and save different texts at the same moment; then the slower one goes on."""
    browsers = [browser(world, role) for role in draft.people]
    texts = [f"Tekst nummer {number} fra {role.replace('_', ' ')}." for role in draft.people]
    pages = [opened(client, draft.url) for client in browsers]
    posts = [
        partial(client.post, draft.url, filled_in(page, draft.button, **{draft.field: text} | dict(draft.beside)))
        for client, page, text in zip(browsers, pages, texts, strict=True)
    ]
    done = answers(at_once(posts))
    assert sorted(answer.status_code for answer in done) == [200, 302], [draft, *(refused(answer) for answer in done)]
    lost = next(place for place, answer in enumerate(done) if answer.status_code == 200)
    shown = Page(draft.url, done[lost].content.decode())
    assert shown.form(draft.button).fields[draft.field].current == [texts[lost]], draft
    assert texts[1 - lost] in shown.words, draft
    assert settle(browsers[lost], draft, shown).form(draft.button).fields[draft.field].current == [texts[lost]]


def refused(answer: HttpResponse) -> list[str]:
    """What a page did not take, for the message of a failing test."""
    return Page("", answer.content.decode()).refusals


def settle(client: Client, draft: Draft, shown: Page) -> Page:
    """Send the page with both texts as it stands, a choice made knowingly; what is stored then."""
    assert client.post(draft.url, filled_in(shown, draft.button)).status_code == 302, draft
    return opened(client, draft.url)


def test_a_second_click_on_a_draft_is_no_collision(world: World) -> None:
    draft = NAMED[4](world)
    client = browser(world, draft.people[0])
    sent = filled_in(opened(client, draft.url), draft.button, **{draft.field: "Den samme tekst."})
    done = answers(at_once([partial(client.post, draft.url, sent)] * 2))
    assert [answer.status_code for answer in done] == [302, 302]
    assert Decision.unscoped.get().text == "Den samme tekst."


# --- Acts --------------------------------------------------------------------------------------------


def test_whoever_acts_second_gets_their_words_back_and_reads_the_first_ones(world: World) -> None:
    case = submitted_case(world)
    url = reverse("transfers:act", args=[case.number, "return_to_leader"])
    browsers = [browser(world, role) for role in ("contact", "deputy")]
    reasons = ["Der mangler et tal for patienterne.", "Beskriv økonomien nærmere."]
    posts = [
        partial(client.post, url, filled_in(opened(client, url), "Send tilbage til lederen", reason=reason))
        for client, reason in zip(browsers, reasons, strict=True)
    ]
    done = answers(at_once(posts))
    lost = next(place for place, answer in enumerate(done) if answer.status_code != 302)
    shown = done[lost].content.decode()
    assert reasons[lost] in shown
    assert reasons[1 - lost] in shown
    assert JournalEntry.unscoped.filter(case=case, kind="return_to_leader").count() == 1


def test_an_act_on_a_case_that_changed_meanwhile_tells_what_was_done_and_can_be_done_then(world: World) -> None:
    case = dialogue_case(world)
    url = reverse("dialogue:extend", args=[case.number])
    slow, quick = browser(world, "contact"), browser(world, "deputy")
    page = opened(slow, url)
    words = next(words for form in page.forms for words in form.buttons if "reason" in form.fields)
    later = {"deadline": f"{localdate().replace(year=localdate().year + 1):%d.%m.%Y}"}
    first = quick.post(url, filled_in(opened(quick, url), words, reason="Ferie i kommunen.", **later))
    assert first.status_code == 302
    second = slow.post(url, filled_in(page, words, reason="Sygdom i afdelingen.", **later))
    shown = Page(url, second.content.decode())
    assert second.status_code == 200
    assert "Ferie i kommunen." in shown.words
    assert shown.form(words).fields["reason"].current == ["Sygdom i afdelingen."]
    again = {"deadline": f"{localdate().replace(year=localdate().year + 2):%d.%m.%Y}"}
    assert slow.post(url, filled_in(shown, words, **again)).status_code == 302


# --- Double clicks -----------------------------------------------------------------------------------


def twice(client: Client, url: str, sent: dict[str, Any]) -> list[HttpResponse]:
    """Send the same form twice at the same moment, each time with a file of its own where there is one."""
    files = {name: value for name, value in sent.items() if callable(value)}
    posts = [partial(client.post, url, sent | {name: make() for name, make in files.items()}) for _ in range(2)]
    return answers(at_once(posts))


def test_a_double_click_makes_one_record(world: World) -> None:
    case, draft, report = dialogue_case(world), complete_draft(world), make_report(world)
    returned = submitted_case(world)
    upload: Callable[[], SimpleUploadedFile] = lambda: SimpleUploadedFile("Plan.txt", b"Trin for trin.")  # noqa: E731
    clicks: list[tuple[str, str, str, dict[str, Any], Callable[[], int]]] = [
        ("aalborg_contact", reverse("dialogue:parties", args=[case.number]), "Gem kommentar",
         {"text": "Vi er klar til at begynde."}, Comment.unscoped.count),
        ("leader", reverse("dialogue:basis_attachments", args=[draft.number]), "Tilføj bilag",
         {"file": upload}, Attachment.unscoped.count),
        ("contact", reverse("dialogue:report_answer", args=[report.pk]), "Send svaret",
         {"text": "Vi taler med afdelingen."}, ReportStep.objects.filter(kind="answered").count),
        ("leader", reverse("dialogue:submit", args=[draft.number]), BY_CODE["submit_basis"].label, {},
         BasisVersion.unscoped.filter(basis__case=draft).count),
        ("contact", reverse("transfers:act", args=[returned.number, "return_to_leader"]), "Send tilbage til lederen",
         {"reason": "Der mangler et tal."}, JournalEntry.unscoped.filter(kind="return_to_leader").count),
    ]  # fmt: skip
    for role, url, button, given, records in clicks:
        client = browser(world, role)
        texts = {name: value for name, value in given.items() if isinstance(value, str)}
        sent: dict[str, Any] = filled_in(opened(client, url), button, **texts)
        sent |= {name: value for name, value in given.items() if name not in texts}
        before = records()
        done = twice(client, url, sent)
        assert [answer.status_code for answer in done] == [302, 302], url
        assert records() == before + 1, url


def test_a_double_click_reports_once_and_files_once(world: World) -> None:
    for role, url, button, model in (
        ("aalborg_colleague", reverse("dialogue:report_new"), "Send meldingen", UnannouncedTransfer.objects),
        ("leader", reverse("transfers:screening_new"), "Gem uden at afslutte", TransferCase.unscoped),
    ):
        client = browser(world, role)
        page = opened(client, url)
        dates = {name: f"{localdate():%d.%m.%Y}" for name, field in page.form(button).fields.items() if field.is_date}
        done = twice(client, url, filled_in_whole(page, button, **dates))
        assert [answer.status_code for answer in done] == [302, 302], url
        assert model.count() == 1, url


# --- Case numbers ------------------------------------------------------------------------------------


def test_cases_filed_at_the_same_moment_get_consecutive_numbers(world: World) -> None:
    draft_case(world)
    first = CaseCounter.objects.get().last + 1
    viewer = world.viewer("leader")

    def filed(place: int) -> TransferCase:
        title = "Patienten 010190-1234" if place % 5 == 4 else f"Ændring nummer {place}"
        return file_screening(
            viewer=viewer, membership=viewer.memberships[0], case_data=CASE_DATA | {"title": title},
            answers=dict(YES), request_key=uuid4(),
        )  # fmt: skip

    found = at_once([partial(filed, place) for place in range(FILINGS)])
    cases = [one for one in found if isinstance(one, TransferCase)]
    assert {type(one) for one in found if one not in cases} == {TextRefused}
    numbers = sorted(int(case.number.rsplit("-", 1)[1]) for case in cases)
    assert numbers == list(range(first, first + len(cases)))
    print(  # noqa: T201 – the figures belong in the log of the run
        f"{FILINGS} filings at once, {FILINGS - len(cases)} refused: {len(cases)} consecutive numbers, no gap"
    )
