"""The one gate to a case, and the framework's protection, are not walked around by views, forms or templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.db.models.base import ModelBase

from dialogue.models import UnannouncedTransfer
from tests.services import ROOT
from transfers.models import TransferCase, TransferCaseGrant
from transfers.models.bound import CaseBound

LAYERS = ("config", "portfolio", "minimtv", "dialogue", "transfers", "notifications", "contacts", "core")
APPS = LAYERS[1:]
SHOWING = re.compile(r"(^|/)(views|forms|admin|templatetags)(\.py|/.*\.py)$")
REFERENCE = re.compile(rf"({'|'.join(LAYERS)})\.[A-Za-z_]\w*")
PAGES = (".html", ".txt", ".svg")
BY_STRING = ("get_model", "get_app_config", "ForeignKey", "OneToOneField", "ManyToManyField", "lazy_reference")


def modules() -> Iterator[Path]:
    """Every module of the apps but the migrations."""
    for app in LAYERS:
        yield from (file for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts)


def showing() -> list[Path]:
    """The modules of views, forms, administration and template tags."""
    return [file for file in modules() if SHOWING.search(str(file.relative_to(ROOT)))]


def pages() -> list[Path]:
    """Every template."""
    folders = [ROOT / "templates", *(ROOT / app for app in LAYERS)]
    return [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in PAGES]


def holding(files: list[Path], pattern: str) -> list[str]:
    """Where a pattern stands: file and line."""
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bunscoped\b", r"\b_(default|base)_manager\b", r"\.raw\(",
        r"\bmark_safe\b", r"\bSafeString\(", r"\bcsrf_exempt\b",
    ],
)  # fmt: skip
def test_views_and_forms_do_not_walk_around(pattern: str) -> None:
    assert len(showing()) > 15
    assert holding(showing(), pattern) == []


@pytest.mark.parametrize("pattern", [r"\|\s*safe\b", r"\|\s*safeseq\b", r"\bunscoped\b", r"\bmark_safe\b"])
def test_templates_do_not_walk_around(pattern: str) -> None:
    assert len(pages()) > 80
    assert holding(pages(), pattern) == []


def test_only_plain_text_mails_switch_escaping_off() -> None:
    assert holding([file for file in pages() if file.suffix != ".txt"], r"autoescape\s+off") == []


# --- Case-bound models ------------------------------------------------------------------------------


def bound() -> list[type[Model]]:
    """The models that only those see who see their case."""
    return [model for model in apps.get_models() if issubclass(model, CaseBound)]


def test_case_bound_models_have_no_objects() -> None:
    assert len(bound()) > 15
    assert [model for model in bound() if getattr(model, "objects", None) is not None] == []


def test_nobody_writes_objects_after_a_case_bound_model() -> None:
    names = "|".join(model.__name__ for model in bound())
    assert holding(list(modules()), rf"\b({names})\.objects\b") == []


def test_every_case_bound_model_says_who_sees_it() -> None:
    entrances = {model: "visible_to" if model is TransferCase else "visible_within" for model in bound()}
    unread = {"JournalNote"}  # read together with its entry
    assert [m for m, gate in entrances.items() if not hasattr(m, gate) and m.__name__ not in unread] == []


def test_what_belongs_to_a_case_is_case_bound() -> None:
    own_gate = {TransferCaseGrant, UnannouncedTransfer}  # a report is there before its case, with other readers
    for model in apps.get_models():
        held = [str(field) for field in own_links(model) if issubclass(field.related_model, CaseBound)]
        assert not held or issubclass(model, CaseBound) or model in own_gate, held


def own_links(model: type[Model]) -> Iterator[Any]:
    """The relations that a model declares itself."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, Field) and isinstance(field.related_model, ModelBase):
            yield field


# --- Layers -----------------------------------------------------------------------------------------


def test_relations_point_downwards() -> None:
    links = [(str(field), model, field.related_model) for model in apps.get_models() for field in own_links(model)]
    ours = [(name, layer(here), layer(there)) for name, here, there in links if {app(here), app(there)} <= set(APPS)]
    assert len(ours) > 40
    assert [name for name, here, there in ours if there < here] == []


def app(model: type[Model]) -> str:
    """The app of a model."""
    return model._meta.app_label


def layer(model: type[Model]) -> int:
    """The place of a model's app in the order, the top first."""
    return LAYERS.index(app(model))


def test_names_of_models_written_as_text_point_downwards() -> None:
    upward = [
        f"{file.relative_to(ROOT)}: {text}"
        for file in modules()
        for text in written_references(ast.parse(file.read_text(encoding="utf-8")))
        if LAYERS.index(text.split(".")[0]) < LAYERS.index(file.relative_to(ROOT).parts[0])
    ]
    assert upward == []


def written_references(tree: ast.AST) -> Iterator[str]:
    """The texts by which a module names an app or a model of another app."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for value in (*call.args, *(keyword.value for keyword in call.keywords)) if called in BY_STRING else ():
            text = value.value if isinstance(value, ast.Constant) else None
            if isinstance(text, str) and (REFERENCE.fullmatch(text) or text in APPS):
                yield text
