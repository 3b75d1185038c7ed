"""Rule 17 in numbers: CPR numbers missed, by kind of file too, and ordinary Danish texts refused."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, Model, TextField

from core.cpr import contains_cpr
from core.errors import TextRefused
from core.filekinds import KINDS
from core.filetext import texts_of
from core.models import User
from core.models.guarded import GuardedModel, guarded_fields
from core.uploads import HOLDS_CPR, NAMED_BY_CPR, UploadRefused, refuse_cpr_in, taken_in
from tests.core.cpr_corpus import FULL, SEPARATORS, TOTAL, corpus
from tests.core.documents import HOLDING, pdf
from tests.core.ordinary import MAY_BE_TAKEN_FOR_A_NUMBER, ordinary, rewritten

A_FILE = TOTAL if FULL else 150
PAGES, DOCUMENTS = (500, 20) if FULL else (60, 1)
ENDS_CELLS = {"csv": ";"}
IN_NO_NAME = ("/", "\\", "\r\n")


def told(text: str) -> None:
    """The figures belong in the log of the run."""
    print(f"\n{text}")  # noqa: T201


def test_no_number_is_missed() -> None:
    missed = [repr(str(one)) for one in corpus(TOTAL) if not contains_cpr(str(one))]
    told(f"CPR numbers: {len(missed)} of {TOTAL} missed")
    assert missed == []


def test_the_corpus_holds_what_it_should() -> None:
    made = list(corpus(TOTAL))
    assert {int(one.groups[0]) for one in made} == {*range(1, 32), *range(61, 92)}
    assert {one.groups[3][0] for one in made} >= set("0123456789")
    assert sum(not one.groups[3].isdecimal() for one in made) == TOTAL / 5
    assert {char for one in made for gap in one.gaps for char in gap} == {char for kind in SEPARATORS for char in kind}
    assert len({str(one) for one in made}) > TOTAL * 0.99


@pytest.mark.parametrize("kind", HOLDING)
def test_no_number_is_missed_in_a_file(kind: str) -> None:
    name, made_of = HOLDING[kind]
    code = name.partition(".")[2]
    usable = tuple(separator for separator in SEPARATORS if separator != ENDS_CELLS.get(code))
    missed = [repr(str(one)) for one in corpus(A_FILE, 18, usable) if not is_refused(code, made_of(str(one)))]
    told(f"{kind}: {len(missed)} of {A_FILE} missed")
    assert missed == []


def is_refused(code: str, content: bytes) -> bool:
    try:
        refuse_cpr_in(KINDS[code], content)
    except UploadRefused as refusal:
        return refusal.message == HOLDS_CPR
    return False


def test_no_number_is_missed_in_a_pdf() -> None:
    made, missed = list(corpus(PAGES * DOCUMENTS, 19)), []
    for first in range(0, len(made), PAGES):
        pages = made[first : first + PAGES]
        texts = texts_of(KINDS["pdf"], pdf(*map(str, pages)))
        missed += [repr(str(one)) for one, text in zip(pages, texts, strict=False) if not contains_cpr(text)]
    told(f"pdf: {len(missed)} of {len(made)} missed")
    assert missed == [], "\n".join(missed[:20])


def test_no_number_is_missed_in_the_name_of_a_file(db: None) -> None:
    user = User.objects.create_user("en@test.invalid", name="En")
    made = list(corpus(A_FILE, 20, tuple(one for one in SEPARATORS if one not in IN_NO_NAME)))
    missed = [repr(str(one)) for one in made if message_for(f"{one}.txt", user) != NAMED_BY_CPR]
    told(f"names of files: {len(missed)} of {len(made)} missed")
    assert missed == []


def message_for(name: str, user: User) -> str:
    try:
        taken_in(SimpleUploadedFile(name, b"Tekst"), user)
    except UploadRefused as refusal:
        return refusal.message
    return "taken in"


def guarded_places() -> list[tuple[type[Model], str]]:
    """Every field of every model that holds written text."""
    guarded = [model for model in apps.get_models() if issubclass(model, GuardedModel)]
    return [(model, name) for model in guarded for name in sorted(guarded_fields(model))]


def is_text(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), CharField | TextField)


def test_no_number_is_missed_in_a_field_of_a_model(db: None) -> None:
    fields, missed = guarded_places(), []
    for place, one in enumerate(corpus(TOTAL, 21)):
        model, name = fields[place % len(fields)]
        try:
            model(**{name: str(one) if is_text(model, name) else {"a": [str(one)]}}).save()
        except TextRefused as refusal:
            missed += [] if refusal.fields == [name] and one.number not in refusal.message else [f"{model} {name}"]
    told(f"{len(fields)} fields of models: {len(missed)} of {TOTAL} missed")
    assert len(fields) > 100
    assert missed == []


# --- Ordinary texts ---------------------------------------------------------------------------------------


def test_ordinary_texts_are_seldom_refused_and_can_be_written_otherwise() -> None:
    refused, texts = Counter[str](), list(ordinary())
    for kind, text in texts:
        if contains_cpr(text):
            refused[kind] += 1
            assert not contains_cpr(rewritten(kind, text)), f"{kind}: {text!r}"
    shown = ", ".join(f"{kind} {count}" for kind, count in refused.most_common())
    told(f"ordinary texts: {refused.total()} of {len(texts)} refused: {shown}")
    assert refused.keys() == MAY_BE_TAKEN_FOR_A_NUMBER.keys()


def test_what_is_refused_wrongly_and_how_often_is_written_down() -> None:
    page = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [kind for kind in MAY_BE_TAKEN_FOR_A_NUMBER if kind not in page] == []
