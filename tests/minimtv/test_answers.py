"""Saving answers: lazily, without demands, by the right people, and never over what others wrote."""

import pytest

from core.errors import DomainError, NotAllowed, TextRefused
from minimtv.actions import ChangedMeanwhile, save_answers
from minimtv.document import Given
from minimtv.models import MiniMTV, MiniMTVAnswer
from minimtv.queries import standing
from tests.minimtv.casework import answer, dialogue_case, fill_in, submitted_case, written_case
from tests.world import World
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db


def texts(case: TransferCase) -> dict[str, str]:
    return dict(MiniMTVAnswer.unscoped.filter(document__case=case).values_list("question_key", "text"))


def test_the_first_answer_makes_the_mini_mtv_on_the_questions_in_force(world: World) -> None:
    case = submitted_case(world)
    assert save_answers(case=case, viewer=world.viewer("leader"), given={"q1": Given("  ")}) is None
    assert not MiniMTV.unscoped.filter(case=case).exists()
    answer(world, case, "q1", " Infektionsmedicin \r\nmed kontaktperson ")
    assert texts(case) == {"q1": "Infektionsmedicin \nmed kontaktperson"}
    assert MiniMTV.unscoped.get(case=case).definition.document == "mini_mtv"
    assert (standing(case).answered, standing(case).total) == (1, 26)


@pytest.mark.parametrize("role", ["leader", "contact", "deputy"])
def test_leader_and_contact_write(world: World, role: str) -> None:
    case = submitted_case(world)
    answer(world, case, "q2", "En opgave", role=role)
    assert texts(case) == {"q2": "En opgave"}


@pytest.mark.parametrize("role", ["secretariat", "aalborg_contact", "other_leader", "psg_chair", "colleague"])
def test_others_do_not_write(world: World, role: str) -> None:
    case = dialogue_case(world)
    with pytest.raises(NotAllowed):
        answer(world, case, "q2", "En opgave", role=role)
    assert texts(case) == {}


def test_nobody_writes_before_the_dialoggrundlag_is_submitted(world: World) -> None:
    case = written_case(world)
    with pytest.raises(NotAllowed):
        answer(world, case, "q2", "En opgave")


def test_not_relevant_counts_only_with_a_reason(world: World) -> None:
    case = submitted_case(world)
    fill_in(world, case, without=["q20"])
    save_answers(case=case, viewer=world.viewer("leader"), given={"q20": Given("", not_relevant=True)})
    assert standing(case).unanswered == (20,)
    explained = Given("", not_relevant=True, reason="Opgaven findes kun her.")
    save_answers(case=case, viewer=world.viewer("leader"), given={"q20": explained})
    assert standing(case).unanswered == ()


def test_what_two_people_changed_is_refused_with_the_others_text(world: World) -> None:
    case = submitted_case(world)
    answer(world, case, "q4", "Fra begge")
    seen = {"q4": Given("Fra begge").mark}
    answer(world, case, "q4", "Fra stedfortræderen", role="deputy")
    with pytest.raises(ChangedMeanwhile) as clash:
        save_answers(case=case, viewer=world.viewer("leader"), given={"q4": Given("Fra lederen")}, shown=seen)
    assert clash.value.theirs == {"q4": Given("Fra stedfortræderen")}
    assert "deputy" in clash.value.message
    assert texts(case)["q4"] == "Fra stedfortræderen"


def test_what_one_left_alone_never_overwrites_what_another_wrote(world: World) -> None:
    case = submitted_case(world)
    shown = {"q4": Given().mark, "q5": Given().mark}
    answer(world, case, "q4", "Fra stedfortræderen", role="deputy")
    given = {"q4": Given(), "q5": Given("Fra lederen")}
    save_answers(case=case, viewer=world.viewer("leader"), given=given, shown=shown)
    assert texts(case) == {"q4": "Fra stedfortræderen", "q5": "Fra lederen"}


def test_a_proposed_text_is_stored_by_a_save_but_not_by_a_save_on_the_way(world: World) -> None:
    case, viewer, proposed = submitted_case(world), world.viewer("leader"), Given("Fra dialoggrundlaget")
    given, shown = {"q2": proposed}, {"q2": proposed.mark}
    save_answers(case=case, viewer=viewer, given=given, shown=shown, with_proposals=False)
    assert texts(case) == {}
    save_answers(case=case, viewer=viewer, given=given, shown=shown)
    assert texts(case) == {"q2": "Fra dialoggrundlaget"}


def test_an_unknown_question_is_refused(world: World) -> None:
    with pytest.raises(DomainError):
        answer(world, submitted_case(world), "q27", "Et spørgsmål for meget")


def test_a_cpr_number_is_refused_and_nothing_of_the_save_is_kept(world: World) -> None:
    case = submitted_case(world)
    given = {"q1": Given("Afdelingen"), "q4": Given("Patienten 010190-1234")}
    with pytest.raises(TextRefused):
        save_answers(case=case, viewer=world.viewer("leader"), given=given)
    assert texts(case) == {}
    with pytest.raises(TextRefused):
        save_answers(
            case=case, viewer=world.viewer("leader"), given={"q4": Given("", not_relevant=True, reason="010190 1234")}
        )
