"""No way round the gates: shortcuts, relations, forms, filters and the admin site lead to no row past them."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import Model

from tests.pages.test_unscoped import LAYERS, bound, holding, modules, pages, showing
from tests.services import ROOT

BELOW_VIEWS = {
    "access", "actions", "deadlines", "deciding", "demo", "following", "heads", "history", "keys", "listing",
    "management", "meanwhile", "models", "queries", "register", "reports", "requirements", "rules", "settings", "sight",
    "tasks", "todos", "waiting", "writing",
}  # fmt: skip
OPEN_APPS = {"contacts", "auth"}  # organisations, forums and memberships are no secret among those who are signed in
OPEN_MODELS = {"User", "FormDefinition", "Parameter"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
READING = r"(all|filter|exclude|get|first|last|count|exists|values|values_list|select_related|order_by)\b"


def layers_of(file: Path) -> set[str]:
    """The names of the layers a module stands in."""
    return {Path(part).stem for part in file.relative_to(ROOT).parts}


def kept() -> dict[str, type[Model]]:
    """The models that not everybody may read, by name."""
    ours = (model for model in apps.get_models() if model.__module__.split(".")[0] in LAYERS)
    return {m.__name__: m for m in ours if m._meta.app_label not in OPEN_APPS and m.__name__ not in OPEN_MODELS}


def test_unscoped_rows_are_read_only_by_layers_below_the_views() -> None:
    above = [file for file in modules() if not layers_of(file) & BELOW_VIEWS and file.name != "__init__.py"]
    assert len(above) > 150
    assert holding(above, r"\.unscoped\b") == []


def test_views_read_no_kept_model_by_its_manager() -> None:
    above = [file for file in modules() if not layers_of(file) & BELOW_VIEWS]
    names = "|".join(kept())
    own = re.compile(r"core/|notifications/")  # jobs, files, parameters and the inbox are these apps' own
    found = holding([file for file in above if not own.match(str(file.relative_to(ROOT)))], rf"\b({names})\.objects\b")
    assert found == []


def calls(tree: ast.AST) -> Iterator[tuple[str, list[ast.expr]]]:
    """Every call in a module: the last part of its name, and its positional arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node.args


def test_no_shortcut_takes_a_kept_model_by_its_class() -> None:
    taken = [
        f"{file.relative_to(ROOT)}: {name}({argument.id})"
        for file in modules()
        for name, arguments in calls(ast.parse(file.read_text(encoding="utf-8")))
        for argument in arguments[:1]
        if name in SHORTCUTS and isinstance(argument, ast.Name) and argument.id in kept()
    ]
    assert taken == []


def test_views_and_templates_write_no_sql_and_ask_for_no_model_by_name() -> None:
    assert holding(showing(), r"\bcursor\(|\bRawSQL\b|\bget_model\(|\bQuerySet\(|\bManager\(") == []


def relations() -> set[str]:
    """The names by which a row leads back to case-bound rows that point to it."""
    links = [link for model in apps.get_models() for link in model._meta.related_objects]
    return {str(link.get_accessor_name()) for link in links if link.related_model in bound() and not link.one_to_one}


def test_views_and_templates_do_not_follow_relations_back_to_case_bound_rows() -> None:
    names = "|".join(sorted(relations() - {None, "+"}))
    assert len(names.split("|")) > 20
    about_cases = [file for file in showing() if "annual" not in layers_of(file)]  # its survey has answers too
    assert holding(about_cases, rf"\.({names})\.{READING}") == []
    assert holding(pages(), rf"\.({names})\.{READING}") == []


# --- Forms, filters and the admin site, as they are when the product runs -----------------------------


def everything(cls: type[Any]) -> Iterator[type[Any]]:
    """A class's subclasses that the product declares, all modules loaded."""
    for below in cls.__subclasses__():
        yield below
        yield from everything(below)


def ours(cls: type[Any]) -> list[type[Any]]:
    """The product's own subclasses, each once."""
    for file in modules():
        parts = file.relative_to(ROOT).with_suffix("").parts
        if parts[0] != "config" and "__init__" not in parts:
            importlib.import_module(".".join(parts))
    return [found for found in dict.fromkeys(everything(cls)) if found.__module__.split(".")[0] in LAYERS]


def test_no_form_offers_kept_rows_or_is_made_of_them() -> None:
    declared = ours(forms.BaseForm)
    assert len(declared) > 60
    for form in declared:
        model = getattr(getattr(form, "_meta", None), "model", None)
        assert model is None or model.__name__ not in kept(), form
        for name, field in form.base_fields.items():
            rows = getattr(field, "queryset", None)
            assert rows is None or rows.model.__name__ not in kept(), (form, name)


def test_filters_narrow_kept_rows_by_open_ones_only() -> None:
    declared = ours(django_filters.FilterSet)
    assert len(declared) > 2
    for chosen in declared:
        for name, found in chosen.base_filters.items():
            rows = found.extra.get("queryset")
            model = getattr(rows, "model", None)
            assert model is None or model.__name__ not in kept(), (chosen, name)


def test_the_admin_site_has_accounts_only() -> None:
    registered = {model.__name__ for model in admin.site._registry}
    inlines = {inline.model.__name__ for found in admin.site._registry.values() for inline in found.inlines}
    assert not (registered | inlines) & kept().keys()
