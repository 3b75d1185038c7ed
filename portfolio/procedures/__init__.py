"""Skriftlig procedure: a forum approves by its members' votes before a deadline (rule 9)."""
