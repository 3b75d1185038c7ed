"""Stored values and what they are called in Danish."""

from django.db.models import TextChoices


class Document(TextChoices):
    """The forms whose questions are data."""

    SCREENING = "screening", "Indledende vurdering"
    DIALOGUE_BASIS = "dialogue_basis", "Dialoggrundlag – første skridt"
    PARTY_RESPONSE = "party_response", "Parts svar"
    MINI_MTV = "mini_mtv", "Mini-MTV"
    AGREEMENT = "agreement", "Aftale"
    FOLLOW_UP = "follow_up", "Opfølgning"


class QuestionKind(TextChoices):
    """How a question is answered."""

    TEXT = "text", "Kort tekst"
    LONGTEXT = "longtext", "Lang tekst"
    YESNO = "yesno", "Ja eller nej"
    CHOICE = "choice", "Ét valg"
    MULTICHOICE = "multichoice", "Flere valg"
    DATE = "date", "Dato"
    KRONER = "kroner", "Beløb i kroner"
    INTEGER = "integer", "Helt tal"
    TABLE = "table", "Tabel"


class RequiredFor(TextChoices):
    """The step a question must be answered before (rule 3)."""

    SUBMIT = "submit", "Skal udfyldes for at indsende"
    FORUM = "forum", "Skal udfyldes inden behandling i forum"
    OPTIONAL = "optional", "Frivilligt"


class JobState(TextChoices):
    """Where a job stands; the row is the truth, the queue only wakes a worker."""

    QUEUED = "queued", "Venter"
    RUNNING = "running", "I gang"
    DONE = "done", "Færdig"
    FAILED = "failed", "Mislykkedes"
