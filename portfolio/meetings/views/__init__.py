"""Pages of the forums' meetings."""
