"""Møder: agenda, participants, minutes and orientations taken note of (rules 8 and 9)."""
