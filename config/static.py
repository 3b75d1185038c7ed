"""Which static files are served: the parts of the design system that pages name, not its sources."""

from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out of `collectstatic` what no page asks for; fonts the style sheets name have to stay."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "scss",
        "split",
        "*.otf",
        "*.md",
        "*.txt",
        "dkfds-borgerdk*",
        "dkfds-virkdk*",
    ]
