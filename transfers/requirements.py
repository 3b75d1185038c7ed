"""What must be true before an act, as far as the case itself knows; upper apps register theirs likewise."""

from transfers.enums import Result
from transfers.models import Screening, TransferCase
from transfers.rules import requirement


@requirement("screening_says_basis")
def screening_says_basis(case: TransferCase) -> list[str]:
    """All three questions answered, at least one yes, and a dialoggrundlag is needed (S1)."""
    screening = Screening.unscoped.get(case=case)
    if not screening.is_answered:
        return ["Svar på de tre spørgsmål"]
    if screening.has_duty and screening.needs_basis:
        return []
    return ["Vurderingen siger, at der ikke er behov for et dialoggrundlag"]


@requirement("screening_says_no_basis")
def screening_says_no_basis(case: TransferCase) -> list[str]:
    """All no; or a yes, »not needed« and a written reason (rule 1)."""
    screening = Screening.unscoped.get(case=case)
    if not screening.is_answered:
        return ["Svar på de tre spørgsmål"]
    if not screening.has_duty:
        return []
    if screening.needs_basis is not False:
        return ["Tag stilling til, om der er behov for et dialoggrundlag"]
    return [] if screening.not_needed_reason.strip() else ["Begrund, hvorfor der ikke er behov for et dialoggrundlag"]


@requirement("not_rejected")
def not_rejected(case: TransferCase) -> list[str]:
    """A rejected case is reopened only by the forum's new decision (the table of stages)."""
    if case.result == Result.REJECTED:
        return ["Sagen er ikke godkendt. Kun forummet kan genåbne den med en ny beslutning"]
    return []
