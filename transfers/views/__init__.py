"""Pages of the case itself."""
