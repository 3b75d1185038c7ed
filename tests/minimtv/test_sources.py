"""What is taken from the dialogue: proposed texts with their step, and the parties' own answers."""

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localdate

from core.models import FormQuestion
from dialogue.basis.actions import save_step
from minimtv.queries import questions_for
from minimtv.sources import party_tables, proposals
from tests.minimtv.casework import LATEST, dialogue_case, respond, submitted_case
from tests.world import World

pytestmark = pytest.mark.django_db


def questions() -> list[FormQuestion]:
    return questions_for(None)


def test_there_are_26_questions_in_five_parts(db: None) -> None:
    assert [question.key for question in questions()] == [f"q{number}" for number in range(1, 27)]
    assert len({question.part_id for question in questions()}) == 5


def test_prose_is_proposed_as_it_stands_with_the_step_it_comes_from(world: World) -> None:
    found = proposals(submitted_case(world), questions())
    assert found["q2"].text == "Tekst om what_happens."
    assert found["q2"].origin == "dialoggrundlaget, trin 1 – ret gerne"
    assert found["q16"].text == "Tekst om capacity.\n\nTekst om it_systems."


def test_figures_are_proposed_with_their_question(world: World) -> None:
    found = proposals(submitted_case(world), questions())["q23"]
    assert "2.400.000 kr." in found.text
    assert "5.900.000 kr." in found.text
    assert "420" in found.text
    assert found.origin == "dialoggrundlaget, trin 2 og 5 – ret gerne"


def test_only_what_was_submitted_is_proposed(world: World) -> None:
    case = dialogue_case(world)
    changed = {"what_happens": "En kladde til næste version"}
    save_step(case=case, viewer=world.viewer("leader"), part="task", values=changed, seen=LATEST)
    assert proposals(case, questions())["q2"].text == "Tekst om what_happens."


def test_questions_of_their_own_get_no_proposal(world: World) -> None:
    assert {"q1", "q6", "q10", "q25"} & proposals(submitted_case(world), questions()).keys() == set()


def test_each_party_speaks_for_itself_and_amounts_are_added_up(world: World) -> None:
    case = dialogue_case(world, parties=("aalborg", "rebild", "thisted"))
    respond(world, case, "aalborg")
    respond(world, case, "rebild", one_off_cost=30_000, annual_cost=450_000)
    table = party_tables(case, questions())["q25"]
    assert table.columns[0] == {"label": "Part", "number": False}
    today = date_format(localdate(), "j. F Y")
    assert ["Aalborg Kommune", "1.550.000", "0", "120.000", f"Svar, version 1, {today}"] in table.rows
    assert ["Thisted Kommune", "Ikke svaret", "Ikke svaret", "Ikke svaret", "–"] in table.rows
    assert len(table.rows) == 3
    assert table.foot == ["I alt", "2.000.000", "0", "150.000", ""]


def test_a_party_that_cannot_state_its_economy_yet_says_so(world: World) -> None:
    case = dialogue_case(world, parties=("aalborg",))
    respond(world, case, "aalborg", economy_known="not_yet", one_off_cost=None, annual_cost=None, annual_saving=None)
    tables = party_tables(case, questions())
    assert set(tables["q25"].rows[0][1:-1]) == {"Kan ikke opgøres endnu"}
    assert tables["q25"].foot == ["I alt", "–", "–", "–", ""]
    assert [row[:-1] for row in tables["q18"].rows] == [["Aalborg Kommune", "Konsekvenser i aalborg."]]
