"""Case-bound rows have no `.objects`: `unscoped` is for the layers below views, others ask by viewer."""

from typing import ClassVar, Self

from core.models import GuardedManager, GuardedModel


class CaseBound(GuardedModel):
    """A row that only those may see who may see its case; text is guarded against CPR numbers.

    Views use `visible_to(viewer)` on the case and `visible_within(case, viewer)` on its children;
    `unscoped` belongs to actions, tasks, queries, rules, reports and migrations (tested).
    """

    objects: ClassVar[None] = None  # type: ignore[assignment]
    unscoped: ClassVar[GuardedManager[Self]] = GuardedManager()

    class Meta:
        abstract = True
        default_manager_name = "unscoped"
        base_manager_name = "unscoped"
