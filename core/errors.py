"""What an action may answer instead of a result; each carries a sentence the user can act on."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied


class DomainError(Exception):
    """A rule of the process said no; `message` is a Danish sentence for the user.

    `meanwhile` tells, a line each, what others have done since the user's page was opened; `now` is the state that
    page would show now, by the name of its hidden field.
    """

    meanwhile: Sequence[str] = ()
    now: Mapping[str, int] = {}

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):
    """The user may not do this here and now; the message says why."""

    def __init__(self, message: str = "Du kan ikke udføre denne handling her.") -> None:
        super().__init__(message)


class Stale(DomainError):
    """Someone else changed what the user was looking at."""

    def __init__(self, message: str = "Indholdet er ændret, siden du åbnede siden. Prøv igen.") -> None:
        super().__init__(message)


class Incomplete(DomainError):
    """Something is still missing; `missing` names each thing in Danish."""

    def __init__(self, message: str, missing: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.missing = list(missing)


class TextRefused(DomainError):
    """A text holds what looks like a CPR number; `fields` names fields, never their content (rule 17)."""

    def __init__(self, fields: Iterable[str]) -> None:
        from core.cpr import MESSAGE

        super().__init__(MESSAGE)
        self.fields = list(fields)


class MovedOn(PermissionDenied):
    """What a page offered is no longer there when it is sent; the answer shows what was typed and what happened."""

    def __init__(self, message: str, meanwhile: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.meanwhile = meanwhile


class AlreadyDone(NotAllowed, PermissionDenied):
    """The second of two clicks: the same person did the same from the same page; `url` is where the first one led."""

    def __init__(self, url: str, message: str = "Det er allerede gjort. Du trykkede to gange.") -> None:
        super().__init__(message)
        self.url = url
