"""Beslutninger: what a forum decides on a case, as drafts, published and corrected (rules 8 to 10)."""
