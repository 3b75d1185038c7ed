"""The dialoggrundlag: writing it step by step, submitting it, and reading its versions (rule 3)."""
