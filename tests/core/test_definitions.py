"""Form definitions: loaded from a text, published, and read with few queries."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from core.definitions import current, find_faults, load_definition, store
from core.models import FormDefinition

pytestmark = pytest.mark.django_db
TEXT = """
document = "screening"
version = 900
title = "Indledende vurdering"
intro = "Tre spørgsmål."

[[part]]
key = "questions"
title = "De tre spørgsmål"

[[part.question]]
key = "what"
kind = "longtext"
label = "Hvad ændres?"
hint = "Kort."
required_for = "submit"
source = "S1"

[[part]]
key = "more"
title = "Mere"

[[part.question]]
key = "kind"
kind = "choice"
label = "Hvilken art?"
required_for = "optional"
choices = [["move", "Flytning"], ["own", "Egenbehandling"]]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "screening.toml"
    written.write_text(TEXT, encoding="utf-8")
    return written


def data() -> dict[str, Any]:
    part = {"key": "p", "title": "P", "question": [{"key": "q", "kind": "text", "label": "?"}]}
    part["question"][0]["required_for"] = "submit"  # type: ignore[index]
    return {"document": "screening", "version": 901, "title": "T", "part": [part]}


def test_a_definition_is_loaded_and_published(path: Path) -> None:
    load_definition(apps, path)
    definition = current("screening")
    assert (definition.version, definition.title) == (900, "Indledende vurdering")
    assert definition.published_at
    assert [part.key for part in definition.parts.all()] == ["questions", "more"]
    what, kind = definition.questions
    assert (what.key, what.hint, what.source, what.is_required) == ("what", "Kort.", "S1", True)
    assert kind.choices == [["move", "Flytning"], ["own", "Egenbehandling"]]
    assert not kind.is_required
    assert definition.question("kind") == kind


def test_loading_twice_changes_nothing(path: Path) -> None:
    load_definition(apps, path)
    load_definition(apps, str(path))
    assert FormDefinition.objects.filter(version=900).count() == 1


def test_a_form_is_read_with_three_queries(path: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_definition(apps, path)
    with django_assert_num_queries(3):
        assert len(current("screening").questions) == 2


def test_the_newest_published_version_is_current_and_a_case_keeps_its_own(path: Path) -> None:
    load_definition(apps, path)
    old = current("screening")
    store(apps, data())
    FormDefinition.objects.create(document="screening", version=999, title="Udkast")
    assert current("screening").version == 901
    assert current("screening", old.pk) == old
    with pytest.raises(FormDefinition.DoesNotExist):
        current("mini_mtv", old.pk)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "essay"}, "unknown kind essay"),
        ({"required_for": "always"}, "unknown required_for always"),
        ({"choices": [["a", "A"]]}, "choices belong to choice"),
        ({"kind": "choice"}, "choices belong to choice"),
    ],
)
def test_a_faulty_definition_is_refused_whole(change: dict[str, Any], fault: str) -> None:
    faulty = data()
    faulty["part"][0]["question"][0] |= change
    with pytest.raises(ValueError, match=fault):
        store(apps, faulty)
    assert not FormDefinition.objects.filter(version=901).exists()


def test_a_key_stands_once_in_the_whole_form() -> None:
    faulty = data()
    faulty["part"].append(deepcopy(faulty["part"][0]) | {"key": "other"})
    assert find_faults(faulty) == ["question q stands twice"]
    assert find_faults(data() | {"document": "letter"}) == ["unknown document letter"]
