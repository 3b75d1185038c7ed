"""Start-up checks: an act that names something undeclared stops the application."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from transfers.history import undeclared_kinds
from transfers.rules import undeclared


@register()
def workflow_is_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every requirement, relation and history schema the table names is registered."""
    return [
        Error(f"The workflow table names »{name}«, which nobody registered.", id="transfers.E001")
        for name in [*undeclared(), *undeclared_kinds()]
    ]
