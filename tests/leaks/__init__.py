"""What is hidden appears nowhere it may not."""
