"""Pages of the dialogue with the parties."""
