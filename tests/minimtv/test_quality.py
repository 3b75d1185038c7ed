"""The quality check names the weak spots that studies of Danish mini-HTAs report, and nothing else."""

import pytest

from minimtv.document import Document, Given, Item, Section
from minimtv.quality import weak_spots
from tests.minimtv.casework import ANSWERS


def document(**changed: Given) -> Document:
    answers = ANSWERS | changed
    items = tuple(Item(n, f"q{n}", "Spørgsmål", answers[f"q{n}"]) for n in range(1, 27))
    return Document("Mini-MTV", (Section(1, "all", "Alt", "", items),))


def test_a_substantial_mini_mtv_gets_no_advice() -> None:
    assert weak_spots(document()) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("q6", "Vi kender området godt."),
        ("q6", "Vi har søgt i PubMed."),
        ("q8", "Patienterne får det meget bedre."),
        ("q13", "Nej."),
        ("q14", "Livskvaliteten bliver bedre."),
        ("q25", "Kommunerne får merudgifter."),
        ("q26", "Beregningerne er usikre."),
    ],
)
def test_each_weak_answer_gets_one_advice(key: str, text: str) -> None:
    assert [advice.key for advice in weak_spots(document(**{key: Given(text)}))] == [key]


def test_not_relevant_does_not_hide_a_weak_spot() -> None:
    found = weak_spots(document(q8=Given("", not_relevant=True, reason="Vi har ikke målt.")))
    assert [advice.number for advice in found] == [8]


def test_an_unanswered_question_is_a_hole_and_not_a_weak_spot() -> None:
    assert weak_spots(document(q6=Given(), q26=Given("", not_relevant=True))) == []
