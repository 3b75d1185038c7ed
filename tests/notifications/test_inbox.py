"""The inbox: what is new on every page, links that mark as read and survive sign-in, and lead where one acts."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import demo
from core.demo import DEMO_PASSWORD, DemoAccount
from core.models import User
from notifications.actions import queue_notice, send_waiting
from notifications.models import Notice
from tests import scenario
from tests.world import World
from transfers.actions import do_plain
from transfers.models import TransferCase
from transfers.workflow import BY_CODE, LEADS

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(\S+)")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def newest(user: User) -> Notice:
    return Notice.objects.filter(user=user).latest("pk")


def dialogue(world: World) -> TransferCase:
    return scenario.dialogue_case(world)


def test_every_page_says_how_much_is_unread_and_opening_the_link_marks_it_read(world: World) -> None:
    case, person = dialogue(world), world.users["aalborg_contact"]
    client = signed_in(person)
    assert 'app-inbox-count">1<' in client.get("/sager/").content.decode()
    assert "1 ulæst" in client.get("/beskeder/").content.decode()
    page = client.get(newest(person).link)
    assert page.status_code == 200
    assert "app-inbox-count" not in page.content.decode()
    assert str(case) in client.get("/beskeder/").content.decode()


def test_the_inbox_holds_ones_own_notices_only_and_all_can_be_marked_read(world: World) -> None:
    dialogue(world)
    person, other = world.users["aalborg_contact"], world.users["rebild_contact"]
    client = signed_in(person)
    assert [n.user for n in client.get("/beskeder/").context["page"]] == [person]
    client.get("/sager/", {"besked": newest(other).pk})
    client.post("/beskeder/laest/")
    assert newest(person).read_at is not None
    assert newest(other).read_at is None


@pytest.mark.parametrize("value", ["", "0", "x", "-1", "²", "9" * 40])
def test_an_odd_key_in_the_address_changes_nothing(world: World, value: str) -> None:
    dialogue(world)
    person = world.users["aalborg_contact"]
    assert signed_in(person).get("/sager/", {"besked": value}).status_code == 200
    assert newest(person).read_at is None


def test_a_notice_leads_to_the_page_where_its_reader_acts(world: World) -> None:
    case = dialogue(world)
    answer = reverse("dialogue:respond", args=[case.number])
    assert newest(world.users["aalborg_contact"]).path == answer
    assert newest(world.users["leader"]).path == case.get_absolute_url()
    assert newest(world.users["contact"]).path == reverse("dialogue:open", args=[case.number])
    page = signed_in(world.users["aalborg_contact"]).get(newest(world.users["aalborg_contact"]).link)
    assert 'name="position"' in page.content.decode()


def test_every_way_a_message_leads_is_a_page_of_a_case() -> None:
    assert LEADS.keys() <= BY_CODE.keys()
    for code, ways in LEADS.items():
        assert set(ways) <= set(BY_CODE[code].tells), code
        for route in ways.values():
            assert reverse(route, args=["OF-2026-0001"]).startswith("/sager/OF-2026-0001/")


def test_a_link_whose_act_is_over_leads_to_the_case_as_it_stands(world: World) -> None:
    case = dialogue(world)
    person = world.users["aalborg_contact"]
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    notice = Notice.objects.filter(user=person, path=reverse("dialogue:respond", args=[case.number])).latest("pk")
    client = signed_in(person)
    answer = client.get(notice.link, follow=True)
    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "kan ikke længere gøres" in answer.content.decode()
    assert client.get(notice.path).status_code == 403
    stranger = signed_in(world.users["thisted_contact"])
    assert stranger.get(notice.link).status_code == 404


# --- Sign-in ------------------------------------------------------------------------------------------


def mailed_link(user: User) -> str:
    """The address in the mail a person got last."""
    mail.outbox.clear()
    send_waiting()
    (body,) = [str(message.body) for message in mail.outbox if message.to == [user.email]]
    found = LINK.search(body)
    assert found
    return found[1]


def test_the_link_of_a_mail_survives_sign_in(world: World) -> None:
    dialogue(world)
    person = world.users["aalborg_contact"]
    person.set_password("Regnvejr-over-Limfjorden")
    person.save()
    link = mailed_link(person)
    visitor = Client()
    asked = visitor.get(link, follow=True)
    form = {name: value for name, value in hidden(asked.content.decode()) if name == "next"}
    assert form == {"next": link}
    entered = {"login": person.email, "password": "Regnvejr-over-Limfjorden"}
    answer = visitor.post(reverse("account_login"), entered | form)
    assert (answer.status_code, answer.headers["Location"]) == (302, link)
    assert visitor.get(link).status_code == 200
    assert newest(person).read_at is not None


def test_the_link_of_a_mail_survives_the_demonstrations_one_click(world: World, settings: LazySettings) -> None:
    dialogue(world)
    person = world.users["aalborg_contact"]
    person.set_password(DEMO_PASSWORD)
    person.save()
    settings.DEMO = True
    kept = list(demo._providers)
    demo.register(lambda: [DemoAccount("Kontaktperson", "Aalborg Kommune", person.email, 1, "Kommuner")])
    try:
        link = mailed_link(person)
        visitor = Client()
        page = visitor.get(link, follow=True).content.decode()
        one_click = page[page.index('aria-labelledby="demo-heading"') :]
        form = dict(hidden(one_click))
        answer = visitor.post(reverse("account_login"), form | {"login": person.email})
    finally:
        demo._providers[:] = kept
    assert (answer.status_code, answer.headers["Location"]) == (302, link)


def hidden(page: str) -> list[tuple[str, str]]:
    """Names and values of the hidden fields, as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return [(name, value.replace("&amp;", "&")) for name, value in fields if name != "csrfmiddlewaretoken"]


def test_a_title_with_a_line_break_stops_no_mail(world: World) -> None:
    person = world.users["leader"]
    queue_notice(user=person, key="brudt", subject="OF-2026-0001 Første\r\nBcc: alle@test.invalid", path="/")
    assert send_waiting() >= 1
    (message,) = [m for m in mail.outbox if m.subject.startswith("OF-2026-0001 Første")]
    assert message.subject == "OF-2026-0001 Første Bcc: alle@test.invalid"
    assert message.recipients() == [person.email]
    assert "Bcc" not in message.message()
