"""Fixed vocabularies of the dialogue; the wording users meet stands in the form definitions."""

from django.db import models


class BasisSector(models.TextChoices):
    """Sektor a task moves from or to, as the dialoggrundlag asks (S1)."""

    HOSPITAL = "hospital", "Sygehus"
    MUNICIPALITY = "municipality", "Kommune"
    GENERAL_PRACTICE = "general_practice", "Almen praksis"
    SPECIALIST_PRACTICE = "specialist_practice", "Speciallægepraksis"
    REGION = "region", "Region"
    CITIZEN = "citizen", "Borgeren selv"


class ChangeNature(models.TextChoices):
    """Hvordan opgaven flytter (S1: also within a sector, also to the patient)."""

    BETWEEN_SECTORS = "between_sectors", "Mellem sektorer"
    WITHIN_SECTOR = "within_sector", "Inden for en sektor"
    TO_CITIZEN = "to_citizen", "Til borgeren selv (egenbehandling)"


class MedicalResponsibility(models.TextChoices):
    """Lægeligt behandlingsansvar: one place, and never a municipality (S4.10)."""

    HOSPITAL = "hospital", "Sygehus"
    GENERAL_PRACTICE = "general_practice", "Almen praksis"
    SPECIALIST_PRACTICE = "specialist_practice", "Speciallægepraksis"
    NONE = "none", "Intet lægeligt behandlingsansvar"


class ProposedForum(models.TextChoices):
    """Foreslået forum: small and local, or large and broad (rule 6)."""

    LOCAL = "local", "Sygehusets samarbejdsforum"
    PORTFOLIO = "portfolio", "Porteføljestyregruppen"


class GeographicScope(models.TextChoices):
    """Geografisk udbredelse, a criterion of the choice of forum."""

    ONE_MUNICIPALITY = "one_municipality", "Én kommune"
    CATCHMENT = "catchment", "Sygehusets optageområde"
    REGION = "region", "Hele regionen"


class CountKind(models.TextChoices):
    """How a number of patients is stated; one to four are never told apart (rule 17)."""

    NUMBER = "number", "Antal"
    FEW = "few", "1–4"
    UNKNOWN = "unknown", "Ukendt"
