"""Årlig status: what happened in a calendar year, counted from the history (S1; rule 14)."""
