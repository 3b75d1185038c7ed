"""Orienteringer: what the Porteføljestyregruppe is told of, and takes note of (rules 8 and 12)."""
