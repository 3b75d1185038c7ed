"""Every form takes what people write, and answers anything else with a reason instead of an error."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from random import Random
from time import perf_counter

import pytest
from django.apps import apps

from tests.pages.forms import Form
from tests.pages.fuzzing import FULL, Outcome, posts, sent
from tests.pages.region import Region

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("FUZZ_SEED", "20261122"))
TOTAL = 2_000 if FULL else 0
PER_FORM = 50 if FULL else 4


@pytest.fixture(scope="module")
def outcomes(built: Region, every_form: list[Form]) -> list[Outcome]:
    """What came of all posts to all forms."""
    began = perf_counter()
    count = max(PER_FORM, -(-TOTAL // len(every_form)))
    random = Random(SEED)  # noqa: S311 – repeatable, nothing secret
    before, done = rows(), list(results(built, every_form, count, random))
    assert rows() == before  # every post was taken back
    accepted = sum(outcome.is_accepted for outcome in done)
    print(  # noqa: T201 – the figures belong in the log of the run
        f"\nseed {SEED}: {len(every_form)} forms, {count} posts each, {len(done)} in all, "
        f"{accepted / len(done):.0%} accepted, {perf_counter() - began:.0f} s"
    )
    return done


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def results(region: Region, forms: list[Form], count: int, random: Random) -> Iterator[Outcome]:
    """Send everything; a form that saves by itself is also posted by its script."""
    for form in forms:
        for number, (meant_valid, post) in enumerate(posts(form, count, random)):
            by_itself = form.by_script or (form.saves_by_itself and number % 4 > 1)
            yield sent(region, form, post, by_itself=by_itself, meant_valid=meant_valid)


def test_no_form_answers_with_an_error_or_forgets_what_was_typed(outcomes: list[Outcome]) -> None:
    wrong = [str(outcome) for outcome in outcomes if outcome.problems]
    assert wrong == [], "\n".join([f"{len(wrong)} of {len(outcomes)}", *wrong[:40]])


def test_what_a_person_would_send_is_accepted(outcomes: list[Outcome]) -> None:
    meant = [outcome for outcome in outcomes if outcome.meant_valid]
    refused = [str(outcome) for outcome in meant if not outcome.is_accepted]
    assert len(refused) <= len(meant) / 20, "\n".join(refused[:20])


def test_every_form_accepts_something(outcomes: list[Outcome]) -> None:
    accepted = Counter({outcome.form: 0 for outcome in outcomes})
    accepted.update(outcome.form for outcome in outcomes if outcome.is_accepted)
    assert [form for form, count in accepted.items() if not count] == []


def test_there_are_enough_posts_and_a_third_of_them_is_accepted(outcomes: list[Outcome]) -> None:
    per_form = Counter(outcome.form for outcome in outcomes)
    assert len(per_form) > 60
    assert min(per_form.values()) >= PER_FORM
    assert len(outcomes) >= TOTAL
    assert sum(outcome.is_accepted for outcome in outcomes) * 3 >= len(outcomes)
