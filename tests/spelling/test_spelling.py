"""Every Danish word a user can read is spelled as the dictionary or the product's own word list has it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.spelling.texts import all_words, python_texts, template_texts, toml_texts

LIST = Path(__file__).with_name("ordliste.txt")


def own_words() -> set[str]:
    """The product's own words, and each with a capital at its head."""
    lines = (line.strip() for line in LIST.read_text(encoding="utf-8").splitlines())
    words = {line for line in lines if line and not line.startswith("#")}
    return words | {word[0].upper() + word[1:] for word in words}


def unknown_to_the_dictionary(words: Iterable[str]) -> set[str]:
    """The words hunspell does not know; one process for all of them."""
    if shutil.which("hunspell") is None:
        pytest.fail("hunspell is missing: run bin/test, which installs it.", pytrace=False)
    command = ["hunspell", "-d", "da_DK", "-i", "UTF-8", "-l"]
    asked = subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=False)
    assert asked.returncode == 0, f"hunspell has no Danish dictionary: run bin/test. {asked.stderr}"
    return set(asked.stdout.split())


def test_every_word_a_user_can_read_is_spelled_right() -> None:
    words = list(all_words())
    unknown = unknown_to_the_dictionary({word.text for word in words}) - own_words()
    assert len(words) > 20_000  # it did read the texts
    assert sorted({str(word) for word in words if word.text in unknown}) == []


def test_a_misspelled_word_would_be_found() -> None:
    assert unknown_to_the_dictionary(["kontaktperson", "kontaktprson", "samarbejdsforum"]) == {"kontaktprson"}


def test_the_word_list_holds_nothing_the_dictionary_knows() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    words = {line for line in lines if line and not line.startswith("#")}
    assert words - unknown_to_the_dictionary(words) == set()


def test_texts_are_read_from_templates_python_and_toml() -> None:
    template = '{# nej #}<p title="Se sagen">Sag {{ n }}</p>\n{% include "a/b.html" with text="Frist og dato" %}'
    told = [(line, text.strip()) for line, text in template_texts(template) if text.strip()]
    assert told == [(2, "Frist og dato"), (1, "Se sagen"), (1, "Sag")]
    code = '"""Docstring og mere."""\nx = f"{n} sager er åbne"\ny = "Mine opgaver"\nz = "a_key"\n'
    assert [(line, text.strip()) for line, text in python_texts(code)] == [(2, "sager er åbne"), (3, "Mine opgaver")]
    data = 'key = "hvad er det"\nlabel = "Hvad er det?"\nlong = """Første\nanden"""\n'
    assert [(line, text.strip()) for line, text in toml_texts(data)] == [
        (2, "Hvad er det?"), (3, "Første"), (4, "anden"),
    ]  # fmt: skip
