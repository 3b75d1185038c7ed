"""The Celery application: worker and beat read the same Django settings as the web process."""

import os
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


def make_broker_folders(options: dict[str, object]) -> None:
    """Create the folders of the filesystem broker; a Redis broker names none."""
    for name, folder in options.items():
        if name.endswith(("_folder", "_folder_in", "_folder_out")):
            Path(str(folder)).mkdir(parents=True, exist_ok=True)


app = Celery("opgaveflytning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.on_after_configure.connect(
    lambda sender, **_: make_broker_folders(sender.conf.broker_transport_options), weak=False
)
