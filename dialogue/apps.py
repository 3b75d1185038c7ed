"""The dialogue app: the dialoggrundlag, the parties' responses and the comments."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Dialoggrundlag."""

    name = "dialogue"
    verbose_name = "Dialoggrundlag"

    def ready(self) -> None:
        """Register what the rooms bring to the case: requirements, history, tabs, todos and panels."""
        import dialogue.basis.register
        import dialogue.goals.register
        import dialogue.merging.register
        import dialogue.reports.register
        import dialogue.responses.register  # noqa: F401
