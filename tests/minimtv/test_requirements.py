"""What the acts of the workflow table hear about the mini-MTV."""

import pytest

from minimtv.requirements import mini_mtv_answered, mini_mtv_complete, mini_mtv_missing
from tests.minimtv.casework import ANSWERS, answer, fill_in, signed_case, submitted_case
from tests.world import World

pytestmark = pytest.mark.django_db


def test_before_the_first_answer(world: World) -> None:
    case = submitted_case(world)
    assert mini_mtv_answered(case) == ["Mini-MTV er ikke begyndt"]
    assert mini_mtv_complete(case) == ["Mini-MTV mangler: 26 spørgsmål ubesvaret"]
    assert mini_mtv_missing(case) == []


def test_many_holes_stand_in_one_line_and_few_one_by_one(world: World) -> None:
    case = submitted_case(world)
    fill_in(world, case, without=["q3", "q8", "q9", "q12"])
    assert mini_mtv_answered(case) == ["4 spørgsmål ubesvaret: 3, 8, 9, 12"]
    assert mini_mtv_complete(case) == ["Mini-MTV mangler: 4 spørgsmål ubesvaret"]
    answer(world, case, "q12", "Nej")
    assert mini_mtv_answered(case) == [f"Spørgsmål {n}: ikke besvaret" for n in (3, 8, 9)]


def test_answered_but_not_signed_off(world: World) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    assert mini_mtv_answered(case) == []
    assert mini_mtv_complete(case) == ["Mini-MTV er ikke godkendt af kontaktpersonen"]


def test_signed_off_and_unchanged(world: World) -> None:
    case, _ = signed_case(world)
    assert mini_mtv_complete(case) == []
    assert mini_mtv_missing(case) == ["Mini-MTV er allerede godkendt som version 1. Vælg forum nu"]


def test_changed_after_the_sign_off(world: World) -> None:
    case, _ = signed_case(world)
    answer(world, case, "q1", "Rettet")
    assert mini_mtv_complete(case) == ["Mini-MTV er ændret efter version 1 og skal godkendes igen af kontaktpersonen"]
    assert mini_mtv_missing(case) == []
    assert len(ANSWERS) == 26
