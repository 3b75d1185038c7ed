"""What organisations and forums share: a group that grants are given to, and a Danish sort key."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import models, transaction

from contacts.sorting import danish_key
from core.models import GuardedModel


class Grantee(GuardedModel):
    """Something that can be granted sight of a case; its group is made with it and never changes."""

    name = models.CharField("navn", max_length=200)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C", db_index=True)
    group = models.OneToOneField(Group, models.PROTECT, editable=False, related_name="%(class)s")
    unguarded = frozenset({"sort_key"})

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row, its sort key and, the first time, its group."""
        self.sort_key = danish_key(self.name)
        if self._state.adding:
            self.group = Group.objects.create(name=f"{self._meta.model_name}:{uuid4()}")
        super().save(*args, **kwargs)
