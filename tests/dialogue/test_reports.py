"""Reports of opgaveglidning: reported by anyone, answered by the contact person, or made a case (rule 15)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from contacts.enums import Function
from contacts.models import Membership
from core.errors import DomainError, NotAllowed, TextRefused
from core.patients import PatientCount
from dialogue.models import ReportState, ReportStep, UnannouncedTransfer
from dialogue.reports.actions import answer_report, close_report, make_case_of_report, report_transfer
from dialogue.reports.queries import reports_of_year
from notifications.models import Notice
from tests.dialogue.said import without_contact
from tests.world import World
from transfers.models import Screening, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "title": "Sårskift efter operation",
    "what_moved": "Sygehuset beder hjemmesygeplejen skifte forbindinger, som ambulatoriet skiftede før.",
    "consequences": "Vi har ikke plejen til det om aftenen.",
    "patients": PatientCount.of(3),
}
NOT_RESPONSIBLE = ("aalborg_contact", "leader", "other_leader", "rebild_contact", "auditor", "psg_chair")


def reported(world: World, role: str = "aalborg_colleague", **said: Any) -> UnannouncedTransfer:
    """A report from Aalborg Kommune about the hospital."""
    viewer = world.viewer(role)
    said = {**SAID, "responsible": world.organisations["hospital"], **said}
    return report_transfer(viewer=viewer, membership=viewer.memberships[0], **said)


def what(world: World, role: str) -> list[str]:
    """What awaits a role."""
    return [todo.what for todo in todos_for(world.viewer(role))]


def told(world: World, role: str) -> list[str]:
    """What a role has been told."""
    return list(Notice.objects.filter(user=world.users[role]).values_list("event", flat=True))


def test_rule_15_anyone_in_an_organisation_reports_and_contact_and_secretariat_get_it(world: World) -> None:
    for role in ("aalborg_colleague", "aalborg_signatory", "rebild_contact", "leader"):
        assert reported(world, role).state == ReportState.NEW
    for role in ("auditor", "psg_chair"):
        with pytest.raises(NotAllowed):
            reported(world, role)
    for role in ("contact", "deputy", "secretariat"):
        assert told(world, role) == ["Meldte opgaveglidning"] * 4
    assert what(world, "contact") == ["Svar på melding om opgaveglidning"] * 4
    assert todos_for(world.viewer("contact"))[0].due == UnannouncedTransfer.objects.latest("pk").due


def test_rule_15_who_sees_a_report(world: World) -> None:
    report = reported(world)
    for role in ("aalborg_colleague", "aalborg_contact", "contact", "deputy", "secretariat"):
        assert report in UnannouncedTransfer.visible_to(world.viewer(role))
    for role in ("leader", "rebild_contact", "psg_chair", "das_chair", "auditor"):
        viewer = world.viewer(role)
        assert not UnannouncedTransfer.visible_to(viewer).exists()
        assert not ReportStep.visible_to(viewer).exists()


def test_rule_15_it_is_answered_and_closed_by_the_contact_person(world: World) -> None:
    report = reported(world)
    for role in (*NOT_RESPONSIBLE, "secretariat"):
        with pytest.raises(NotAllowed):
            answer_report(report=report, viewer=world.viewer(role), text="Svar")
    contact = world.viewer("contact")
    with pytest.raises(NotAllowed):
        close_report(report=report, viewer=contact, reason="Ikke besvaret endnu.")
    with pytest.raises(DomainError):
        answer_report(report=report, viewer=contact, text=" ")
    report = answer_report(report=report, viewer=world.viewer("deputy"), text="Vi tager den op med afdelingen.")
    assert "Svarede på meldingen" in told(world, "aalborg_colleague")
    assert "Svar på melding om opgaveglidning" not in what(world, "contact")
    report = close_report(report=report, viewer=contact, reason="Afdelingen har taget opgaven tilbage.")
    assert report.state == ReportState.CLOSED
    with pytest.raises(NotAllowed, match="Afsluttet"):
        answer_report(report=report, viewer=contact, text="Igen")
    assert list(report.steps.values_list("kind", flat=True)) == ["reported", "answered", "closed"]
    assert what(world, "contact") == []


def test_rule_15_it_becomes_a_case_in_the_responsible_organisation(world: World) -> None:
    report = reported(world)
    said: dict[str, Any] = {"title": report.title, "what_changes": report.what_moved, "department": None}
    said["department"] = world.organisations["department"]
    for role in (*NOT_RESPONSIBLE, "secretariat"):
        with pytest.raises(NotAllowed):
            make_case_of_report(report=report, viewer=world.viewer(role), **said)
    contact = world.viewer("contact")
    with pytest.raises(DomainError):
        make_case_of_report(report=report, viewer=contact, **{**said, "department": world.organisations["aalborg"]})
    case = make_case_of_report(report=report, viewer=contact, **said)
    assert (case.stage, case.initiator, case.department) == (
        "screening", world.organisations["hospital"], world.organisations["department"],
    )  # fmt: skip
    assert Screening.unscoped.get(case=case).affected == ["municipalities"]
    assert what(world, "leader") == ["Afslut den indledende vurdering"]
    report.refresh_from_db()
    assert (report.state, report.case) == (ReportState.BECAME_CASE, case)
    assert not TransferCase.visible_to(world.viewer("aalborg_colleague")).exists(), "only once it is asked as a party"


def test_rule_15_without_a_contact_person_the_secretariat_is_asked_to_appoint_one(world: World) -> None:
    without_contact(world, "rebild")
    report = reported(world, responsible=world.organisations["rebild"])
    assert any("melding om opgaveglidning venter" in line for line in what(world, "secretariat"))
    secretariat = world.viewer("secretariat")
    with pytest.raises(NotAllowed):
        answer_report(report=report, viewer=secretariat, text="Sekretariatet svarer aldrig for en part.")
    assert close_report(report=report, viewer=secretariat, reason="Sendt til den forkerte.").state == "closed"


def test_rule_15_reports_count_by_year_and_cut_off(world: World) -> None:
    first, second, third = (reported(world) for _ in range(3))
    answer_report(report=first, viewer=world.viewer("contact"), text="Det er en fejl.")
    close_report(report=first, viewer=world.viewer("contact"), reason="Rettet.")
    year = localdate().year
    counts = reports_of_year(year, now())
    assert (counts.opening, counts.reported, counts.answered, counts.closed, counts.closing) == (0, 3, 1, 1, 2)
    assert counts.by_responsible == (("Aalborg Universitetshospital", 3),)
    assert reports_of_year(year, now() - timedelta(days=1)).reported == 0, "recorded after the cut-off"
    following = reports_of_year(year + 1, now())
    assert (following.opening, following.reported, following.closing) == (2, 0, 2)
    assert {second.state, third.state} == {"new"}


def test_steps_of_a_report_are_never_changed_or_removed(world: World) -> None:
    step = reported(world).steps.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportStep.objects.filter(pk=step.pk).update(text="Noget andet")
    with pytest.raises(IntegrityError), transaction.atomic():
        step.delete()


def test_what_cannot_be_reported_is_refused(world: World) -> None:
    for said in ({"responsible": world.organisations["department"]}, {"since": localdate() + timedelta(days=1)}):
        with pytest.raises(DomainError):
            reported(world, **said)
    with pytest.raises(TextRefused):
        reported(world, what_moved="Borgeren 010190-1234 fik den.")
    report = reported(world)
    assert (report.patients_kind, report.patients_number) == ("few", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnannouncedTransfer.objects.filter(pk=report.pk).update(patients_kind="number", patients_number=3)


def test_a_report_is_made_on_one_page_once_and_leads_to_a_receipt(world: World, client: Client) -> None:
    client.force_login(world.users["aalborg_colleague"])
    url = reverse("dialogue:report_new")
    membership = world.viewer("aalborg_colleague").memberships[0].pk
    posted = {
        "title": "Sårskift", "what_moved": "Sårskift er flyttet.", "consequences": "Mere kørsel.", "patients": "2",
        "responsible": world.organisations["hospital"].pk, "membership": membership, "request_key": str(uuid4()),
        "since": date(2026, 3, 1).isoformat(),
    }  # fmt: skip
    refused = client.post(url, posted | {"patients": "mange", "consequences": ""}).content.decode()
    assert "Beskriv, hvilke konsekvenser det har." in refused
    assert "Sårskift er flyttet." in refused
    first, second = client.post(url, posted), client.post(url, posted)
    assert first["Location"] == second["Location"]
    receipt = client.get(first["Location"]).content.decode()
    assert "Aalborg Universitetshospital og sekretariatet har fået meldingen" in receipt
    report = UnannouncedTransfer.objects.get()
    assert report.number in client.get(reverse("dialogue:reports")).content.decode()
    client.force_login(world.users["rebild_contact"])
    for name in ("report", "report_receipt", "report_answer", "report_case", "report_close"):
        assert client.get(reverse(f"dialogue:{name}", args=[report.pk])).status_code == 404


def test_who_holds_several_functions_reports_for_the_one_they_choose(world: World, client: Client) -> None:
    both = world.users["aalborg_colleague"]
    rebild = Membership.objects.create(
        user=both, organisation=world.organisations["rebild"], function=Function.COLLEAGUE, valid_from=date(2020, 1, 1)
    )
    client.force_login(both)
    url = reverse("dialogue:report_new")
    posted = {
        "title": "Sårskift", "what_moved": "Sårskift er flyttet.", "consequences": "Mere kørsel.", "patients": "2",
        "responsible": world.organisations["hospital"].pk, "request_key": str(uuid4()), "since": "01.03.2026",
    }  # fmt: skip
    unchosen = client.post(url, posted)
    assert unchosen.status_code == 200
    assert "Sårskift er flyttet." in unchosen.content.decode()
    assert client.post(url, posted | {"membership": rebild.pk}).status_code == 302
    assert UnannouncedTransfer.objects.get().reporting == world.organisations["rebild"]


def test_the_contact_person_is_led_from_the_report_to_answer_and_case(world: World, client: Client) -> None:
    report = reported(world)
    client.force_login(world.users["contact"])
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Svar på meldingen" in page
    assert "Afslut meldingen" not in page
    answer = reverse("dialogue:report_answer", args=[report.pk])
    assert client.post(answer, {"text": "Vi kigger på det."}).status_code == 302
    assert client.get(answer).status_code == 403
    make = reverse("dialogue:report_case", args=[report.pk])
    assert report.what_moved in client.get(make).content.decode()
    department = world.organisations["department"].pk
    made = client.post(make, {"title": "Sårskift", "what_changes": "Sårskift flytter.", "department": department})
    case = TransferCase.unscoped.get()
    assert made["Location"] == case.get_absolute_url()
    assert case.number in client.get(report.get_absolute_url()).content.decode()
    client.force_login(world.users["aalborg_colleague"])
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Vi kigger på det." in page
    assert case.number not in page
