"""Files on the dialoggrundlag and on the responses."""
