"""The template tags of the user interface."""
