"""The pages of the meetings, the decision at a meeting, and dagsorden, referat and beslutning as PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from portfolio.decisions.actions import correct_decision
from portfolio.meetings import actions
from portfolio.models import AgendaItem, Decision, Meeting
from tests import scenario
from tests.portfolio.gatherings import demand, held, planned
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.users[role])
    return client


def url(route: str, *args: Any) -> str:
    return reverse(f"portfolio:{route}", args=args)


def page(client: Client, address: str, **posted: Any) -> str:
    """What a page answers in the end, to a reading or to a post."""
    answer = client.post(address, posted, follow=True) if posted else client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def words(client: Client, address: str) -> str:
    """The text of a PDF."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages).split())


def assert_in_order(text: str, *parts: str) -> None:
    """Assert that the parts stand in the text, one after the other."""
    place = 0
    for part in parts:
        assert part in text[place:], (part, text[place:][:800])
        place = text.index(part, place) + len(part)


def test_a_meeting_from_its_plan_to_its_approved_minutes(world: World) -> None:
    demand(world, region=1, municipalities=1)
    case = scenario.portfolio_case(world)
    secretary, member = signed_in(world, "psg_secretary"), signed_in(world, "psg_member")
    assert "Der er ingen planlagte møder" in page(secretary, url("meetings"))
    today = {"forum": world.forums["psg"].pk, "day": f"{localdate():%d.%m.%Y}", "time": "0.00", "revision": 0}
    assert "Mødet er planlagt" in page(secretary, url("meeting_add"), **today, place="Hobro", video_link="")
    meeting = Meeting.objects.get()
    assert "Sæt på" in page(secretary, url("meeting", meeting.pk))
    assert "Sæt på" not in page(signed_in(world, "psg_member"), url("meeting", meeting.pk))
    page(secretary, url("meeting_take_up", meeting.pk), case=case.number)
    item = AgendaItem.unscoped.get()
    written = {"kind": "decision", "recommendation": "Sekretariatet indstiller, at sagen godkendes.", "revision": 1}
    page(secretary, url("item_edit", meeting.pk, item.pk), **written, resume=item.resume, presentation="Baggrund.")
    assert "Dagsordenen er sendt" in page(secretary, url("meeting_step", meeting.pk, "send-dagsorden"), revision=0)
    chair = signed_in(world, "psg_chair")
    decide = url("decide", case.number)
    shown = page(chair, decide)
    assert_in_order(shown, "Sekretariatet indstiller, at sagen godkendes.", "Bred opgave.", "På hvilket møde?")
    decision = {
        "kind": "approve", "text": "Godkendt.", "reason": "Gavner.", "decided_on": today["day"], "revision": 0,
        "procedure": "meeting", "conflict_note": "", "asked_by_deadline": "", "meeting": meeting.pk,
    }  # fmt: skip
    assert "Region: 0 til stede, mindst 1 skal deltage" in page(chair, decide, **decision)
    form = secretary.get(url("attendance", meeting.pk)).context["form"]
    there = {f"member_{m.pk}": "present" for m in form.members}
    page(secretary, url("attendance", meeting.pk), **there, guests="Økonomichefen", revision=form["revision"].value())
    assert "Offentliggør »Godkend«?" in page(chair, decide, **decision | {"revision": 1})
    form = chair.get(url("publish", case.number)).context["form"]
    page(chair, url("publish", case.number), **{name: str(form[name].value()) for name in form.fields})
    form = secretary.get(url("minutes", meeting.pk)).context["form"]
    said = {"agenda_note": "Godkendt.", f"item_{item.pk}": "Drøftet.", "other_business": "", "send": "1"}
    answered = page(secretary, url("minutes", meeting.pk), **said, revision=form["revision"].value())
    assert "Send referatet til godkendelse?" in answered
    page(secretary, url("meeting_step", meeting.pk, "send-referat"), revision=0)
    for client in (member, chair):
        assert "Du har godkendt referatet" in page(
            client, url("meeting_step", meeting.pk, "godkend-referat"), revision=1
        )
    assert "Referat godkendt" in page(member, url("meetings"))
    assert_in_order(
        words(member, url("minutes_pdf", meeting.pk)), "Referat: Porteføljestyregruppen", "Hobro", "godkendt",
        "Deltagere", "psg_chair (formand, region)", "Økonomichefen", "Indhold", "1. Godkendelse af dagsordenen",
        "2. IV-antibiotika", "Godkendt.", case.number, "Resumé", "Sagsfremstilling", "Baggrund.", "Indstilling",
        "Bilag", "Dialoggrundlag, version 1", "Mini-MTV, version 1", "Drøftet.",
        "Beslutning i Porteføljestyregruppen den", "Eventuelt", "Næste møde", "Er ikke fastsat.", "psg_member",
    )  # fmt: skip


def test_the_decision_as_pdf_tells_who_took_part_and_how_it_was_corrected(world: World) -> None:
    case = scenario.portfolio_case(world)
    meeting = held(world, case, present=("chair",))
    chair, today = world.viewer("psg_chair"), localdate()
    scenario.decide(world, case, "reject", meeting=meeting, conflict_note="Aalborg deltog ikke.")
    rejected = Decision.unscoped.get(case=case)
    correct_decision(decision=rejected, viewer=chair, text="Ny ordlyd.", reason="Skrivefejl.", decided_on=today)
    party = signed_in(world, "aalborg_contact")
    text = words(party, url("decision_pdf", case.number, rejected.pk))
    assert_in_order(
        text, case.number, case.title, "på møde", "gælder ikke længere", "psg_chair (formand, region)", "Afbud",
        "psg_member", "Aalborg deltog ikke.", "Ikke godkendt", "Forummet besluttede.", "Begrundelse", "Ny ordlyd.",
    )  # fmt: skip
    correction = words(party, url("decision_pdf", case.number, Decision.unscoped.latest("pk").pk))
    assert_in_order(correction, "Ny ordlyd.", "Den beslutning, der rettes", "Forummet besluttede.")
    assert signed_in(world, "thisted_contact").get(url("decision_pdf", case.number, rejected.pk)).status_code == 404


def test_what_is_not_theirs_is_refused_and_meetings_of_others_are_not_there(world: World) -> None:
    meeting = planned(world)
    item = actions.add_matter(meeting=meeting, viewer=world.viewer("psg_secretary"), title="Mødeplan")
    edit = [url("meeting_edit", meeting.pk), url("item_edit", meeting.pk, item.pk), url("item_add", meeting.pk)]
    keep = [url("attendance", meeting.pk), url("minutes", meeting.pk)]
    for role, addresses, status in (
        ("psg_member", edit + keep, 403), ("secretariat", keep, 403), ("secretariat", edit, 200),
        ("local_secretary", [*edit, *keep, meeting.get_absolute_url()], 404), ("contact", [url("meetings")], 404),
    ):  # fmt: skip
        for address in addresses:
            assert signed_in(world, role).get(address).status_code == status, (role, address)
    assert "Møder" in page(signed_in(world, "psg_member"), "/")
    assert url("meetings") not in page(signed_in(world, "leader"), "/")


def test_the_case_tells_what_the_forum_was_told_and_when_it_took_note(world: World) -> None:
    case = scenario.local_forum_case(world)
    scenario.decide(world, case, "local_stop", "local")
    treatment, leader = url("treatment", case.number), signed_in(world, "leader")
    assert "kommer på næste dagsorden" in page(leader, treatment)
    meeting, secretary = planned(world), signed_in(world, "psg_secretary")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.planned_by.date_joined)
    page(secretary, url("meeting_step", meeting.pk, "send-dagsorden"), revision=0)
    item = AgendaItem.unscoped.get(meeting=meeting)
    assert "Tag til efterretning" in page(secretary, url("meeting", meeting.pk))
    assert "Taget til efterretning." in page(secretary, url("note_orientations", meeting.pk), item=item.pk)
    assert "taget til efterretning på mødet" in page(leader, treatment)
    assert "På dagsordenen" not in page(leader, treatment)
