"""What a person would answer: a valid post for any form, made from the form itself and a few things it cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate

from tests.accounts.factors import code
from tests.pages.forms import Form
from tests.pages.markup import Control
from tests.pages.region import PASSWORD

Post = list[tuple[str, str]]
Answer = Callable[[Random, Control], list[str]]
NEW_PASSWORD = "Vinterlampe-ved-fjorden-7"
SENTENCES = (
    "Kommunens sygeplejersker overtager kontrollen efter aftale med afdelingen.",
    "Vi kan løse opgaven, når to medarbejdere er oplært.\r\n\r\nDet tager fire uger.",
    "Æbler, øl & ål: 12 % flere besøg om året – »som beregnet« i <bilag 2>.",
    "Borgeren får besked samme dag, og lægen kan altid ringes op.",
    "Det koster 250.000 kr. og sparer 1,5 årsværk.",
)


def someday(first: int, last: int) -> Answer:
    """A day so many days from now."""
    return lambda random, control: [f"{localdate() + timedelta(days=random.randint(first, last)):%d.%m.%Y}"]


def one_of(*values: str) -> Answer:
    """One of these, whatever the form offers."""
    return lambda random, control: [random.choice(values)]


def as_shown(random: Random, control: Control) -> list[str]:
    """What stands there already."""
    return control.values


def address(random: Random, control: Control) -> list[str]:
    """An address nobody has."""
    return [f"person.{random.randrange(10**9)}@test.invalid"]


def code_of_an_app(random: Random, control: Control) -> list[str]:
    """What an app that is set up shows now."""
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    return [code(decrypt(app.data["secret"]))]


def code_of_a_new_app(random: Random, control: Control) -> list[str]:
    """What an app shows that somebody is about to set up."""
    known = [session.get_decoded().get(SECRET_SESSION_KEY) for session in Session.objects.all()]
    return [code(next(filter(None, known)))]


# Name of a field, or route and name → its answer; the first that fits counts.
KNOWN: tuple[tuple[str, Answer], ...] = (
    (r"account_login login", one_of("leader@test.invalid")),
    (r"admin:auth_user_password_change username", as_shown),
    (r".* (password|oldpassword|old_password)", one_of(PASSWORD)),
    (r".* (new_)?password[12]", one_of(NEW_PASSWORD)),
    (r"admin:\w+ (is_active|is_staff|is_superuser)", lambda random, control: ["on"]),
    (r"admin:core_user_change email", as_shown),
    (r"mfa_activate_totp code", code_of_a_new_app),
    (r"mfa_reauthenticate code", code_of_an_app),
    (r"contacts:parameter value", one_of("1")),
    (r"contacts:organisation_add kind", one_of("hospital", "municipality", "region")),
    (r"contacts:organisation_edit kind", as_shown),
    (r"contacts:organisation\w* parent", one_of("")),
    (r"contacts:organisation\w* (municipality_code|cvr|sor_code)", one_of("")),
    (r"contacts:forum_(add|edit) level", one_of("local")),
    (r"contacts:forum_(add|edit) (valid_to|successor)", one_of("")),
    (r"contacts:forum_(add|edit) short_name", one_of("Forum Øst", "Æbleforum")),
    (r"contacts:member_add function", one_of("colleague", "member")),
    (r"contacts:member_\w+ public_phone", one_of("", "98 12 34 56")),
    (r"contacts:member_\w+ valid_to", one_of("")),
    (r".* valid_from", as_shown),
    (r"portfolio:agreement_part (responsibility)", as_shown),
    (r"portfolio:agreement_part responsible", as_shown),
    (r"portfolio:agreement_part review_dates", someday(100, 300)),
    (r"portfolio:agreement_part (notice_months|indicators_\d+_(baseline|expected))", one_of("", "3", "12")),
    (r"portfolio:agreement_part (start_date|plo_agreed_on)", someday(0, 90)),
    (r"portfolio:agreement_issue confirm_by", someday(1, 20)),
    (r"portfolio:agreement_issue ready_by", someday(20, 60)),
    (r"portfolio:agreement_answer until", someday(1, 60)),
    (r"portfolio:agreement_ready .*", someday(-20, 0)),
    (r"portfolio:agreement_leave effective_on", someday(200, 300)),
    (r"portfolio:follow_up_edit held_on", someday(-10, 0)),
    (r"portfolio:follow_up_edit next_on", someday(100, 300)),
    (r"portfolio:follow_up_edit maalt_\d+", one_of("", "9", "12,5", "1.250")),
    (r"portfolio:follow_up_\w+ patients", one_of("", "12", "1–4", "ukendt", "1.200")),
    (r".* last_day", someday(0, 90)),
    (r".* deadline", someday(30, 90)),
    (r".* closes_on", someday(0, 60)),
    (r".* asked_by_deadline", one_of("")),
    (r".* (decided_on|adopted_on|day)", someday(0, 0)),
    (r".* clinics_joined", one_of("54")),
    (r".* clinics_total", one_of("172")),
    (r"dialogue:report_new patients", one_of("12", "1–4", "ukendt")),
    (r"dialogue:report_new since", someday(-90, 0)),
    (r"portfolio:meeting_\w+ time", one_of("9.15", "13:30", "16")),
    (r".* video_link", one_of("", "https://video.test.invalid/moede/7")),
    (r"dialogue:merge into", one_of(f"OF-{localdate():%Y}-0003")),
    (r".* economy_known", one_of("known")),
    (r".* (patients_by_municipality_\d+|patients_per_year|economy_\d_patients)",
     one_of("", "12", "1–4", "ukendt", "1.200")),
)  # fmt: skip


def valid_post(form: Form, random: Random) -> Post:
    """Everything a browser would send when a person fills the form in and presses one of its buttons."""
    post = [(control.name, value) for control in form.controls for value in answer(form, control, random)]
    name, value = random.choice(form.markup.buttons or [("", "")])
    return [*post, (name, value)] if name else post


def answer(form: Form, control: Control, random: Random) -> list[str]:
    """The answer to one field."""
    for pattern, known in KNOWN:
        if re.fullmatch(pattern, f"{form.route} {control.name}") and allowed(known, control):
            given = known(random, control)
            return given if not control.choices or set(given) <= set(control.choices) else control.choices[-1:]
    return by_kind(control, random)


def allowed(known: Answer, control: Control) -> bool:
    """Whether a known answer is meant for this control: what is hidden stays as it is."""
    return control.kind != "hidden" and known is not None


def by_kind(control: Control, random: Random) -> list[str]:
    """An answer that fits the kind of field."""
    if control.kind in ("hidden", "date"):
        return control.values or [""]
    if control.choices:
        return chosen(control, random)
    if control.kind == "email":
        return address(random, control)
    if control.is_figure:
        return [random.choice(("7", "420", "1.250")) if control.kind == "text" else str(random.randint(0, 9))]
    return [random.choice(SENTENCES)[: int(control.attributes.get("maxlength") or 200)]]


def chosen(control: Control, random: Random) -> list[str]:
    """One of the choices; of several checkboxes at least one, and a single one as it stands."""
    real = [choice for choice in control.choices if choice]
    if control.kind == "checkbox":
        return control.values if len(real) < 2 else random.sample(real, random.randint(1, len(real)))
    if control.value and random.random() < 0.5:
        return [control.value]
    return [random.choice(real)] if real else [""]
