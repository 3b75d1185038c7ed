import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from core import demo
from core.renderers import RadioWithHints

TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Proposal(forms.Form):
    title = forms.CharField(label="Titel", help_text="En linje", max_length=80)
    reason = forms.CharField(label="Hvorfor?", widget=forms.Textarea, max_length=4000, required=False)
    sector = forms.ChoiceField(label="Sektor", choices=[("k", "Kommune"), ("r", "Region")])
    burden = forms.ChoiceField(
        label="Får andre flere opgaver?", widget=forms.RadioSelect, choices=[("ja", "Ja"), ("nej", "Nej")]
    )
    start = forms.DateField(label="Start")
    cost = forms.IntegerField(label="Udgift", widget=forms.TextInput, required=False)
    unknown = forms.BooleanField(label="Kan ikke opgøres", required=False)
    file = forms.FileField(label="Bilag", required=False)


class Elements(HTMLParser):
    """Collects every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.found if attrs.get("name") == name)

    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.found if "id" in attrs]


def empty_form() -> Proposal:
    return Proposal()


def refused_form() -> Proposal:
    form = Proposal({"reason": "x", "start": "32.13.2026"})
    assert not form.is_valid()
    return form


def page(source: str, path: str = "/sager/", query: dict[str, str] | None = None, **context: Any) -> str:
    request = RequestFactory().get(path, query or {})
    request.user = AnonymousUser()
    return Template("{% load ui %}" + source).render(Context({"request": request} | context))


def test_only_fields_that_may_stay_empty_are_marked_as_voluntary() -> None:
    html = {field.name: field.as_field_group() for field in empty_form()}
    assert "(frivilligt)" in html["reason"]
    assert "(frivilligt)" in html["cost"]
    assert "(frivilligt)" not in html["title"]
    assert "(frivilligt)" not in html["unknown"]


def test_a_field_can_say_by_when_it_is_asked_for_instead() -> None:
    form = empty_form()
    form.fields["reason"].marker = "inden behandling i forum"  # type: ignore[attr-defined]
    html = form["reason"].as_field_group()
    assert "(inden behandling i forum)" in html
    assert "frivilligt" not in html


def test_hint_and_message_describe_the_control() -> None:
    html = refused_form()["title"].as_field_group()
    elements = Elements(html)
    control = elements.named("title")
    described = str(control["aria-describedby"]).split()
    assert described == ["id_title_helptext", "id_title_error"]
    assert set(described) <= set(elements.ids())
    assert control["aria-invalid"] == "true"


def test_the_message_stands_between_label_and_control() -> None:
    html = refused_form()["title"].as_field_group()
    assert html.index("<label") < html.index("form-error-message") < html.index("<input")


def test_a_field_without_a_message_is_not_called_invalid() -> None:
    html = empty_form()["title"].as_field_group()
    assert "aria-invalid" not in html
    assert "form-error" not in html


def test_radio_buttons_stand_in_a_fieldset_that_carries_hint_and_message() -> None:
    html = refused_form()["burden"].as_field_group()
    fieldset = next(attrs for tag, attrs in Elements(html).found if tag == "fieldset")
    assert fieldset["aria-describedby"] == "id_burden_error"
    assert '<legend class="form-label">Får andre flere opgaver?' in html
    assert html.count('class="form-radio"') == 2
    assert "aria-invalid" not in html


def test_a_choice_shows_the_line_that_belongs_to_it() -> None:
    class Decision(forms.Form):
        kind = forms.ChoiceField(
            choices=[("approve", "Godkend"), ("return", "Send tilbage")],
            widget=RadioWithHints({"approve": "11 parter får besked"}),
        )

    html = Decision()["kind"].as_field_group()
    assert '<span class="form-hint" id="id_kind_0_hint">11 parter får besked</span>' in html
    assert Elements(html).ids().count("id_kind_1_hint") == 0


def test_a_long_text_counts_down_and_is_not_cut_by_the_browser() -> None:
    html = empty_form()["reason"].as_field_group()
    assert 'data-maxlength="4000"' in html
    assert not re.search(r"\smaxlength=", html)
    assert "id_reason_limit" in str(Elements(html).named("reason")["aria-describedby"])


def test_a_date_is_typed_or_picked_in_danish_order() -> None:
    assert 'data-dateformat="DD.MM.YYYY"' in empty_form()["start"].as_field_group()


def test_an_amount_shows_its_unit_and_says_it() -> None:
    form = empty_form()
    form.fields["cost"].suffix = "kr."  # type: ignore[attr-defined]
    html = form["cost"].as_field_group()
    assert '<div class="form-input-suffix" aria-hidden="true">kr.</div>' in html
    assert '<span class="sr-only"> (kr.)</span>' in html


def test_the_browser_never_refuses_before_the_server_can_explain() -> None:
    assert not re.search(r"\srequired\b", str(empty_form()))
    assert Elements(str(empty_form())).named("title")["aria-required"] == "true"


def test_text_from_people_is_escaped_everywhere_in_a_group() -> None:
    form = empty_form()
    field = form.fields["title"]
    field.label = field.help_text = field.example = field.source = "<b>x</b>"  # type: ignore[attr-defined]
    assert "<b>" not in form["title"].as_field_group()


def test_a_form_has_no_style_no_script_and_no_id_twice() -> None:
    elements = Elements(str(refused_form()))
    for tag, attrs in elements.found:
        assert tag not in {"script", "style"}
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
    assert len(elements.ids()) == len(set(elements.ids()))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=str)
def test_no_template_needs_a_laxer_content_security_policy(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", source)
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


def test_the_error_summary_leads_to_each_control() -> None:
    form = refused_form()
    form.add_error(None, "Prøv igen")
    html = page('{% include "core/error_summary.html" %}', form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert "id_burden_0" in targets
    assert set(targets) <= set(Elements(str(form)).ids())
    assert "Prøv igen" in html
    assert 'data-module="error-summary"' in html


def test_messages_several_fields_share_are_told_apart_in_the_summary() -> None:
    html = page('{% include "core/error_summary.html" %}', form=refused_form())
    assert "Titel: " in html
    assert "Start: " not in html


@pytest.mark.parametrize("form", [None, Proposal()])
def test_the_error_summary_is_absent_when_nothing_is_wrong(form: Proposal | None) -> None:
    assert page('{% include "core/error_summary.html" %}', form=form).strip() == ""


def test_demo_accounts_are_hidden_outside_the_demonstration(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = demo.DemoAccount("Leder", "Aalborg Kommune", "leder@example.org", 2, "Kommuner")
    monkeypatch.setattr(demo, "_providers", [lambda: [account]])
    settings.DEMO = False
    assert demo.accounts() == []
    assert page("{% demo_password %}") == ""
    settings.DEMO = True
    assert demo.accounts() == [account]


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_pages_for_failures_need_no_context(name: str) -> None:
    html = render_to_string(name)
    assert '<html lang="da">' in html
    assert re.search(r"<h1>[^<]+</h1>", html)
