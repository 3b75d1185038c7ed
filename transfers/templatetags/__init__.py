"""Template tags of the case's pages."""
