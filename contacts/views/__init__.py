"""The public overview and the secretariat's pages about organisations, forums and people."""
