"""The dialogue with the affected parties: opening, responses, comments, closing (rules 4 and 5)."""
