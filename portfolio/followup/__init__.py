"""Opfølgning: whether the results that were agreed on came, and what that leads to (rule 13; S5.3)."""
