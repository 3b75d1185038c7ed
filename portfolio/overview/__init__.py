"""Overblik: the whole portfolio on one page, for those who are responsible for monitoring it (S1)."""
