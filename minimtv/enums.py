"""Fixed vocabularies of the mini-MTV."""

from django.db import models


class State(models.TextChoices):
    """Tilstand: a kladde until the contact person signs it off, and again after the next change."""

    DRAFT = "draft", "Kladde"
    COMPLETED = "completed", "Godkendt"


class EvidenceLevel(models.IntegerChoices):
    """Evidensniveau: how strong a reference is, 1 the strongest."""

    REVIEW = 1, "1 – systematisk oversigt"
    TRIAL = 2, "2 – lodtrækningsforsøg"
    CONTROLLED = 3, "3 – undersøgelse med kontrolgruppe"
    SERIES = 4, "4 – undersøgelse uden kontrolgruppe"
    OPINION = 5, "5 – eksperters vurdering"


class Likelihood(models.TextChoices):
    """Sandsynlighed for en risiko."""

    RARE = "rare", "Sjælden"
    POSSIBLE = "possible", "Mulig"
    LIKELY = "likely", "Sandsynlig"
