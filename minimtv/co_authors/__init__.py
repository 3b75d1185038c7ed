"""Medforfattere: named persons at affected parties who write on the mini-MTV with the initiator (design: access)."""
