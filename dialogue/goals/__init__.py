"""The shared goals of a case: written, marked by each party, frozen when the dialogue closes (rule 5)."""
