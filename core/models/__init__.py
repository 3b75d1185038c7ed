"""The models every app may use."""

from core.models.change import ChangeEntry
from core.models.file import StoredFile
from core.models.form import Answer, FormDefinition, FormPart, FormQuestion
from core.models.guarded import GuardedManager, GuardedModel, GuardedQuerySet, refuse_texts
from core.models.job import Job
from core.models.parameter import Parameter
from core.models.user import User, UserManager

__all__ = [
    "Answer",
    "ChangeEntry",
    "FormDefinition",
    "FormPart",
    "FormQuestion",
    "GuardedManager",
    "GuardedModel",
    "GuardedQuerySet",
    "Job",
    "Parameter",
    "StoredFile",
    "User",
    "UserManager",
    "refuse_texts",
]
