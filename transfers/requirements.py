"""What must be true before an act, as far as the case itself knows; upper apps register theirs likewise."""

from django.utils.timezone import localtime

from transfers.actions.handing_over import heir_of
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


@requirement("was_rejected")
def was_rejected(case: TransferCase) -> list[str]:
    """Only what a forum refused is for that forum to take up again."""
    return [] if case.result == Result.REJECTED else ["Sagen er ikke afvist af et forum"]


@requirement("not_merged")
def not_merged(case: TransferCase) -> list[str]:
    """A case that goes on in another one is not opened beside it."""
    return ["Sagen er lagt sammen med en anden sag. Arbejd videre i den"] if case.result == Result.MERGED else []


@requirement("forum_has_successor")
def forum_has_successor(case: TransferCase) -> list[str]:
    """The forum that has the case is followed by one that takes cases at the same level."""
    forum = case.current_forum
    return [] if forum is not None and heir_of(forum) else [f"{forum} har ikke et forum i kraft, der afløser det"]


@requirement("not_needed_after_yes")
def not_needed_after_yes(case: TransferCase) -> list[str]:
    """The leader concluded »ikke nødvendigt« although one of the three answers was a yes (rule 1)."""
    concluded = case.result == Result.NOT_NEEDED and Screening.unscoped.get(case=case).has_duty
    return [] if concluded else ["Vurderingen er ikke afsluttet uden dialoggrundlag efter et ja"]


@requirement("screening_not_noted")
def screening_not_noted(case: TransferCase) -> list[str]:
    """The contact person has not marked the conclusion as seen."""
    seen = Screening.unscoped.get(case=case).noted_at
    return [f"Vurderingen er markeret som set den {localtime(seen):%d.%m.%Y}"] if seen else []
