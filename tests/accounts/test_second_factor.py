"""Signing in by two steps: who must, how it is set up, what counts, and how it is taken away again."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from pytest_django import Settings

from contacts import actions
from core import tasks
from core.enums import JobState
from core.errors import DomainError, NotAllowed
from core.models import ChangeEntry, Job
from core.second_factor import factors
from tests.accounts.factors import code, give_app, give_codes, show_factor
from tests.accounts.signing_in import FACTORS, LOGIN, SECOND_STEP, confirm, give_password, page_of, sign_in
from tests.world import World

pytestmark = pytest.mark.django_db
MUST = ("secretariat", "local_chair", "psg_chair", "das_chair", "administrator")
MAY = ("leader", "contact", "deputy", "psg_secretary", "psg_member", "aalborg_signatory", "auditor")


@pytest.mark.parametrize("role", MUST)
def test_who_decides_or_manages_sets_up_a_second_factor_before_anything_else_is_shown(people: World, role: str) -> None:
    client = sign_in(people, role)
    for path in ("/", "/sager/", "/admin/", "/kontaktpersoner/", "/afventer/", "/findes-ikke/"):
        assert client.get(path).headers.get("Location") == FACTORS, path
    assert client.post("/sager/").headers.get("Location") == FACTORS
    assert client.get("/sager/", HTTP_HX_REQUEST="true").status_code == 403
    page = page_of(client.get("/", follow=True))
    assert "kræver, at du logger ind i to trin" in page
    assert "Sæt en app op" in page


@pytest.mark.parametrize("role", MAY)
def test_others_need_none(people: World, role: str) -> None:
    assert sign_in(people, role).get("/").status_code == 200


@pytest.mark.parametrize("role", MUST)
def test_the_demonstration_alone_does_without(people: World, settings: Settings, role: str) -> None:
    settings.SECOND_FACTOR_WAIVED = True
    assert sign_in(people, role).get("/").headers.get("Location") in (None, "/afventer/")


@pytest.mark.django_db(transaction=True)  # what follows a commit counts
def test_an_app_is_set_up_with_its_first_code_and_opens_the_door(people: World) -> None:
    client = confirm(sign_in(people, "secretariat"))
    form = client.get(f"{FACTORS}totp/activate/")
    secret = form.context["form"].secret
    assert "<svg viewBox" in page_of(form)
    assert secret in page_of(form)
    wrong = client.post(f"{FACTORS}totp/activate/", {"code": "000000"})
    assert "Koden er forkert eller for gammel" in page_of(wrong)
    done = client.post(f"{FACTORS}totp/activate/", {"code": code(secret)}, follow=True)
    assert len(re.findall(r"<code>\d{8}</code>", page_of(done))) == 10
    assert client.get("/").status_code == 200
    assert secret not in str(factors(people.users["secretariat"]).get().data)


def test_the_second_step_comes_after_the_password_and_before_everything(people: World) -> None:
    secret, client = give_app(people.users["secretariat"]), Client()
    assert give_password(client, people, "secretariat").headers["Location"] == SECOND_STEP
    assert client.get("/").headers["Location"].startswith(LOGIN)
    assert "Koden er forkert" in page_of(client.post(SECOND_STEP, {"code": "123456"}))
    assert client.post(SECOND_STEP, {"code": code(secret)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_code_of_the_app_is_taken_once(people: World) -> None:
    secret = give_app(people.users["secretariat"])
    given = code(secret)
    first, second = sign_in(people, "secretariat"), sign_in(people, "secretariat")
    assert first.post(SECOND_STEP, {"code": given}).status_code == 302
    assert "Koden er forkert eller for gammel" in page_of(second.post(SECOND_STEP, {"code": f" {given} "}))
    assert second.get("/").headers["Location"].startswith(LOGIN)


def test_a_recovery_code_stands_in_for_the_app_once(people: World) -> None:
    give_app(people.users["secretariat"])
    spare, *_ = give_codes(people.users["secretariat"])
    first, second = sign_in(people, "secretariat"), sign_in(people, "secretariat")
    assert first.post(SECOND_STEP, {"code": spare}).status_code == 302
    assert first.get("/").status_code == 200
    assert second.post(SECOND_STEP, {"code": spare}).status_code == 200
    assert second.get("/").headers["Location"].startswith(LOGIN)


def test_who_knew_the_password_before_gains_nothing_from_a_second_factor_set_up_later(people: World) -> None:
    waiting = sign_in(people, "secretariat")
    give_app(people.users["secretariat"])
    assert waiting.get(f"{FACTORS}webauthn/add/").headers["Location"] == LOGIN
    assert waiting.get("/").headers["Location"].startswith(LOGIN)


def test_recovery_codes_are_made_anew_and_the_old_ones_are_void(people: World) -> None:
    user, client = people.users["leader"], sign_in(people, "leader")
    give_app(user)
    old = give_codes(user)
    show_factor(client, user)
    page = page_of(client.post(f"{FACTORS}recovery-codes/generate/", follow=True))
    new = re.findall(r"<code>(\d{8})</code>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    again = sign_in(people, "leader")
    assert again.post(SECOND_STEP, {"code": old[0]}).status_code == 200
    assert again.post(SECOND_STEP, {"code": new[0]}).status_code == 302


def test_without_its_last_factor_a_secretariat_account_sets_one_up_again(people: World) -> None:
    user, client = people.users["secretariat"], sign_in(people, "leader")
    client.force_login(user)
    give_app(user)
    show_factor(client, user)
    assert client.get("/").status_code == 200
    client.post(f"{FACTORS}totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/").headers["Location"] == FACTORS
    assert told() == ["Appen til at logge ind er fjernet"]


def told() -> list[str]:
    """Send what waits; the subjects of the mails."""
    for job in Job.objects.filter(kind="account_mail", state=JobState.QUEUED):
        tasks.wake_job(job.pk)
    return [str(message.subject) for message in mail.outbox]


# --- Taking somebody else's away ------------------------------------------------------------------------


def test_the_secretariat_resets_a_lost_factor_which_is_kept_in_the_history_and_told(people: World) -> None:
    chair, client = people.users["psg_chair"], Client()
    secretariat = people.users["secretariat"]
    give_app(chair)
    give_codes(chair)
    client.force_login(secretariat)
    give_app(secretariat)
    show_factor(client, secretariat)
    address = f"/funktioner/{chair.memberships.get().pk}/nulstil-log-ind/"
    assert address in page_of(client.get(f"/fora/{people.forums['psg'].pk}/"))
    assert client.get(address).status_code == 200
    assert factors(chair).exists()
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=chair).exists()
    entry = ChangeEntry.objects.latest("number")
    assert (entry.kind, entry.subject_id, entry.actor) == ("second_factor_reset", str(chair.pk), secretariat)
    assert entry.facts == {"kinds": ["recovery_codes", "totp"]}
    assert told() == ["Dit andet trin ved log ind er nulstillet"]
    assert mail.outbox[0].to == [chair.email]
    assert address not in page_of(client.get(f"/fora/{people.forums['psg'].pk}/"))
    assert "har ikke sat log ind i to trin op" in page_of(client.post(address))
    assert sign_in(people, "psg_chair").get("/").headers["Location"] == FACTORS


def test_nobody_else_resets_and_nobody_their_own(people: World) -> None:
    give_app(people.users["psg_chair"])
    give_app(people.users["secretariat"])
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(viewer=people.viewer("contact"), user=people.users["psg_chair"])
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(viewer=people.viewer("secretariat"), user=people.users["secretariat"])
    with pytest.raises(DomainError):
        actions.reset_second_factor(viewer=people.viewer("secretariat"), user=people.users["leader"])
    client = sign_in(people, "leader")
    chair = people.users["psg_chair"].memberships.get()
    assert client.post(f"/funktioner/{chair.pk}/nulstil-log-ind/").status_code == 403
    assert Authenticator.objects.count() == 2


def test_the_technical_administrator_resets_in_the_admin_site(people: World) -> None:
    admin, chair, client = people.users["administrator"], people.users["psg_chair"], Client()
    give_app(chair)
    client.force_login(admin)
    give_app(admin)
    show_factor(client, admin)
    chosen = {"action": "reset_second_factors", "_selected_action": [chair.pk, admin.pk]}
    page = page_of(client.post("/admin/core/user/", chosen, follow=True))
    assert "skal sætte log ind i to trin op igen" in page
    assert "ændrer du selv" in page
    assert [row.user for row in Authenticator.objects.all()] == [admin]
    assert told() == ["Dit andet trin ved log ind er nulstillet"]


# --- What is stored -------------------------------------------------------------------------------------


def test_a_changed_key_still_opens_what_the_earlier_one_sealed(people: World, settings: Settings) -> None:
    secret = give_app(people.users["secretariat"])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-" + 50 * "1"
    client = sign_in(people, "secretariat")
    assert client.post(SECOND_STEP, {"code": code(secret)}).headers["Location"] == "/"
