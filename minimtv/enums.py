"""Fixed vocabularies of the mini-MTV."""

from django.db import models


class State(models.TextChoices):
    """Tilstand: a kladde until the contact person signs it off, and again after the next change."""

    DRAFT = "draft", "Kladde"
    COMPLETED = "completed", "Godkendt"
