"""Files the product keeps: random keys under a private root, never an address of their own."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from core.models.guarded import GuardedModel


def private_storage() -> Storage:
    """The storage outside the static files; looked up late, so that tests may put another in its place."""
    return storages["private"]


def random_path(instance: "StoredFile", filename: str) -> str:
    """The file's place follows from its key alone; nothing of the given name reaches the disk."""
    return f"{instance.key.hex[:2]}/{instance.key.hex}"


class StoredFile(GuardedModel):
    """Gemt fil: made by the product (PDF, spreadsheet) or checked on its way in; never changed afterwards."""

    unguarded: ClassVar[frozenset[str]] = frozenset({"sha256", "content_type"})

    key = models.UUIDField("nøgle", primary_key=True, default=uuid4, editable=False)
    name = models.CharField("filnavn", max_length=200)
    content_type = models.CharField("filtype", max_length=100)
    size = models.PositiveBigIntegerField("størrelse i byte")
    sha256 = models.CharField("kontrolsum", max_length=64)
    content = models.FileField("indhold", storage=private_storage, upload_to=random_path, max_length=100)
    created_at = models.DateTimeField("oprettet", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="oprettet af",
    )

    class Meta:
        verbose_name = "gemt fil"
        verbose_name_plural = "gemte filer"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """Give the whole content. Raises OSError when the storage does not have it."""
        with self.content.open("rb") as opened:
            content: bytes = opened.read()
        return content
