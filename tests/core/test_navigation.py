import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from core import context, navigation


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_main", "_footer"):
        monkeypatch.setattr(navigation, name, {})
    for name in ("_search", "_roles"):
        monkeypatch.setattr(navigation, name, [])


class Person:
    is_authenticated = True


def visit(path: str, *, viewer: object | None) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = Person() if viewer else AnonymousUser()  # type: ignore[assignment]
    if viewer:
        request.viewer = viewer  # type: ignore[attr-defined]
    return request


@pytest.mark.usefixtures("menus")
def test_the_menu_shows_only_what_the_viewer_may_see_in_its_order() -> None:
    navigation.add("Adgangskode", "account_change_password", 20)
    navigation.add("Log ind", "account_login", 10, shown=lambda viewer: viewer == "leder")
    navigation.add("Glemt", "account_reset_password", 30, public=True)
    assert labels("leder") == ["Log ind", "Adgangskode", "Glemt"]
    assert labels("medarbejder") == ["Adgangskode", "Glemt"]
    assert labels(None) == ["Glemt"]


def labels(viewer: object | None) -> list[str]:
    return [link.label for link in navigation.menu(visit("/", viewer=viewer))]


@pytest.mark.usefixtures("menus")
def test_the_menu_marks_the_place_the_page_belongs_to() -> None:
    navigation.add("Adgangskode", "account_change_password", 10)
    navigation.add("Log ind", "account_login", 20)
    links = navigation.menu(visit("/konto/login/trin-2/", viewer="leder"))
    assert [link.current for link in links] == [False, True]


@pytest.mark.usefixtures("menus")
def test_only_a_viewer_has_roles_to_act_in() -> None:
    navigation.roles_from(lambda viewer: [f"Kontaktperson, {viewer}"])
    assert navigation.roles(visit("/", viewer="Rebild")) == ["Kontaktperson, Rebild"]
    assert navigation.roles(visit("/", viewer=None)) == []


@pytest.mark.usefixtures("menus")
def test_nothing_is_worked_out_before_a_page_shows_it() -> None:
    def never(viewer: object) -> list[str]:
        raise AssertionError(viewer)

    navigation.roles_from(never)
    given = context.navigation(visit("/", viewer="leder"))
    with pytest.raises(AssertionError):
        list(given["account_roles"])
