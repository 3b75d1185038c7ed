"""Input and output formats beside those of Django."""
