"""Aftaler: the register of made agreements that every signed-in user reads (S3 rec. 20, S4.12)."""
