"""Merging: one case becomes part of another when the initiators of both consent."""
