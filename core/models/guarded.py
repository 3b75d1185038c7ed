"""Models that refuse CPR numbers at every way in to the database that Django offers (rule 17)."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.base import ModelBase

from core.cpr import value_contains_cpr
from core.errors import TextRefused

M = TypeVar("M", bound=models.Model, covariant=True)
_TEXTUAL = (models.CharField, models.TextField, models.JSONField, ArrayField)


@cache
def guarded_fields(model: type[models.Model]) -> frozenset[str]:
    """Name the fields of `model` that may hold written text: no choices, and not listed in `unguarded`."""
    free: frozenset[str] = getattr(model, "unguarded", frozenset())
    return frozenset(
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXTUAL) and not field.choices and field.name not in free
    )


def refuse_cpr(model: type[models.Model], values: Mapping[str, object]) -> None:
    """Raise TextRefused naming every guarded field in `values` whose text holds a CPR number."""
    refuse_texts({name: values[name] for name in sorted(guarded_fields(model) & values.keys())})


def refuse_texts(values: Mapping[str, object]) -> None:
    """Raise TextRefused with the names of the values that hold a CPR number, in their order (rule 17)."""
    if found := [name for name, value in values.items() if value_contains_cpr(value)]:
        raise TextRefused(found)


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset whose bulk writes refuse CPR numbers; `bulk_update` ends in `update`."""

    def update(self, **kwargs: object) -> int:
        """Update as Django does; raises TextRefused."""
        refuse_cpr(self.model, kwargs)
        return super().update(**kwargs)

    def bulk_create(
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[M]:
        """Create as Django does; raises TextRefused before the first row is written."""
        rows = list(objs)
        for row in rows:
            refuse_cpr(self.model, row.__dict__)
        return super().bulk_create(
            rows, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )


class GuardedManager(models.Manager[M]):
    """The manager of guarded models; `GuardedManager.from_queryset` makes one with its own queryset."""

    _queryset_class = GuardedQuerySet


class GuardedModel(models.Model):
    """A model whose texts never hold a CPR number.

    A field with machine-made or typed content (P-numbers, password hashes) is named in `unguarded`.
    A checksum or UUID that fills a text alone passes anyway.
    """

    unguarded: ClassVar[frozenset[str]] = frozenset()

    objects: ClassVar[GuardedManager[Self]] = GuardedManager()

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save as Django does; raises TextRefused."""
        only = None if update_fields is None else set(update_fields)
        refuse_cpr(type(self), {k: v for k, v in self.__dict__.items() if only is None or k in only})
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=only)
