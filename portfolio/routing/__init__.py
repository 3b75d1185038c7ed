"""Valg af forum: what the system recommends, and what the contact person chooses (rule 6)."""
