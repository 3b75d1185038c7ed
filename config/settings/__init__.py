"""Settings per surrounding: production (the default), demo (bin/run) and test (pytest)."""
