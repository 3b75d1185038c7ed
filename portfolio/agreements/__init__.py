"""Aftaler: what the parties agree on, who has confirmed what, and for whom it has come to hold (rules 11 and 12)."""
