"""The yearly survey: asked once, answered once by each, anonymous, and shown as counts only (S1)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from contacts.enums import Function
from core.errors import DomainError, NotAllowed, TextRefused
from notifications.models import Notice
from portfolio.annual.actions import answer_survey, close_survey, open_survey
from portfolio.annual.queries import Scope
from portfolio.annual.reports.outcome import SurveyFacts
from portfolio.annual.reports.practice import survey as counted
from portfolio.annual.todos import survey_to_answer
from portfolio.models import Survey, SurveyAnswer, SurveyParticipation
from tests.portfolio.annual_years import on
from tests.world import World

pytestmark = pytest.mark.django_db
CONTACTS = ("contact", "deputy", "aalborg_contact", "rebild_contact")
STATEMENTS = ["Aftalen er let at bruge.", " ", "Vi inddrages i tide."]
LEADERS = ("leader", "other_leader")


def opened(world: World) -> Survey:
    """The survey of 2025, with two statements."""
    with on(2025, 12, 1):
        viewer = world.viewer("secretariat")
        return open_survey(viewer=viewer, year=2025, closes_on=date(2025, 12, 20), questions=STATEMENTS)


def say(world: World, survey: Survey, role: str, *values: int, text: str = "") -> None:
    """Answer as a role, one number per statement."""
    keys = [question.pk for question in survey.questions.all()]
    with on(2025, 12, 5):
        answer_survey(viewer=world.viewer(role), survey=survey, scores=dict(zip(keys, values, strict=True)), text=text)


def facts(survey: Survey, cut_off: datetime = datetime(2026, 2, 1, tzinfo=UTC)) -> tuple[SurveyFacts, ...]:
    """What the annual status tells of it."""
    return counted(Scope(survey.year, cut_off))


def test_contacts_deputies_and_leaders_are_asked_once_and_told(world: World) -> None:
    survey = opened(world)
    assert [str(question) for question in survey.questions.all()] == [STATEMENTS[0], STATEMENTS[2]]
    asked = Notice.objects.filter(key__startswith=f"survey:{survey.pk}:")
    assert survey.invited == asked.count() == 9
    with on(2025, 12, 5):
        (todo,) = survey_to_answer(world.viewer("leader"))
        assert (todo.due, todo.button) == (date(2025, 12, 20), "Svar")
        assert survey_to_answer(world.viewer("psg_member")) == []
    say(world, survey, "leader", 4, 5)
    with on(2025, 12, 6):
        assert survey_to_answer(world.viewer("leader")) == []
    with pytest.raises(DomainError, match="allerede svaret"):
        say(world, survey, "leader", 1, 1)
    assert SurveyAnswer.objects.count() == 1


def test_an_answer_does_not_say_who_gave_it(world: World) -> None:
    survey = opened(world)
    say(world, survey, "contact", 2, 3, text="Fristerne er for korte.")
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {"id", "survey", "group", "text", "scores"}
    assert {field.name for field in SurveyParticipation._meta.get_fields()} == {"id", "survey", "user"}


def test_counts_are_shown_from_five_answers_on_and_when_it_is_closed(world: World) -> None:
    survey = opened(world)
    for role in CONTACTS:
        say(world, survey, role, 4, 2)
    assert facts(survey) == (SurveyFacts(9, 4),)
    say(world, survey, LEADERS[0], 5, 1)
    assert facts(survey, datetime(2025, 12, 10, tzinfo=UTC)) == ()
    (told,) = facts(survey)
    assert (told.invited, told.answered) == (9, 5)
    assert [question.counts for question in told.questions] == [(0, 0, 0, 4, 1), (1, 4, 0, 0, 0)]
    assert [question.mean for question in told.questions] == [4.2, 1.8]


def test_who_is_not_asked_or_comes_too_late_cannot_answer(world: World) -> None:
    survey = opened(world)
    for role in ("psg_member", "secretariat", "aalborg_colleague"):
        with pytest.raises(NotAllowed):
            say(world, survey, role, 3, 3)
    with pytest.raises(TextRefused):
        say(world, survey, "contact", 3, 3, text="Patient 010190-1234.")
    with on(2025, 12, 4):
        with pytest.raises(NotAllowed):
            close_survey(viewer=world.viewer("contact"), survey=survey)
        close_survey(viewer=world.viewer("secretariat"), survey=survey)
    with pytest.raises(DomainError, match="lukket"):
        say(world, survey, "contact", 3, 3)
    assert not SurveyAnswer.objects.exists()


def test_a_year_is_asked_once(world: World) -> None:
    opened(world)
    with pytest.raises(DomainError, match="allerede et spørgeskema"):
        opened(world)
    with on(2026, 12, 1), pytest.raises(NotAllowed):
        open_survey(viewer=world.viewer("leader"), year=2026, closes_on=date(2026, 12, 20), questions=["Let?"])


def signed_in(world: World, role: str) -> Client:
    """Return the browser of a role."""
    client = Client()
    client.force_login(world.users[role])
    return client


def test_the_survey_is_opened_answered_and_read_on_its_pages(world: World) -> None:
    world.person("fifth", Function.LEADER, "aalborg")
    with on(2025, 12, 1):
        office = signed_in(world, "secretariat")
        said = {"year": "2025", "closes_on": "20.12.2025", "question_1": "Aftalen er let at bruge."}
        assert office.post("/aarsstatus/spoergeskema/", said)["Location"] == "/aarsstatus/spoergeskema/2025/"
    survey = Survey.objects.get()
    name = f"score_{survey.questions.get().pk}"
    for role in (*CONTACTS, "fifth"):
        with on(2025, 12, 5):
            browser = signed_in(world, role)
            refused = browser.post("/aarsstatus/spoergeskema/2025/", {"text": ""})
            assert "Vælg et tal fra 1 til 5." in refused.content.decode()
            browser.post("/aarsstatus/spoergeskema/2025/", {name: "4", "text": "Mere tid, tak."})
            assert "Du har svaret" in browser.get("/aarsstatus/spoergeskema/2025/").content.decode()
    with on(2025, 12, 6):
        office = signed_in(world, "secretariat")
        assert "Mere tid, tak." not in office.get("/aarsstatus/spoergeskema/2025/").content.decode()
        page = office.post("/aarsstatus/spoergeskema/2025/luk/", follow=True).content.decode()
        assert "Mere tid, tak." in page
        assert signed_in(world, "psg_member").get("/aarsstatus/spoergeskema/2025/").status_code == 404
        assert signed_in(world, "leader").post("/aarsstatus/spoergeskema/2025/luk/").status_code == 403
