"""What an action may answer instead of a result; each carries a sentence the user can act on."""

from collections.abc import Iterable


class DomainError(Exception):
    """A rule of the process said no; `message` is a Danish sentence for the user."""

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
