"""Who may read what, by hand from the table of access: the mark in a hidden text → the roles that may come upon it."""

from __future__ import annotations

from tests.pages.readers import AALBORG, AT_HOME, HOME, IN_DIALOGUE, OFFICE, PSG, SENT, UPPER, Roles, roles

WRITERS = roles("leader colleague careful keyed double contact deputy")  # the department and its contact person
REBILD = roles("rebild_contact rebild_signatory")
ELSEWHERE_HOME = roles("other_leader double contact deputy hospital_signatory")
KEEPERS = roles("psg_chair psg_secretary")
REPORTED = AALBORG | OFFICE | {"contact", "deputy"}

MAY_READ: dict[str, Roles] = {
    # A case in dialogue
    "titel": IN_DIALOGUE,
    "aendring": IN_DIALOGUE,
    "indsendt": IN_DIALOGUE,
    "indsendtfil": IN_DIALOGUE,
    "indsendtindhold": IN_DIALOGUE,
    "grundlagskladde": WRITERS,
    "kladdefil": WRITERS,
    "kladdeindhold": WRITERS,
    "afgivetsvar": IN_DIALOGUE,
    "svarrettelse": AALBORG,
    "svarkladde": REBILD,
    "svarfil": REBILD,
    "svarindhold": REBILD,
    "faelleskommentar": IN_DIALOGUE,
    "interntaalborg": AALBORG,
    "internthospital": HOME,
    "faellesmaal": IN_DIALOGUE,
    "slettetmaal": frozenset(),
    "maalbemaerkning": IN_DIALOGUE,
    # A case that waits for its mini-MTV, and its agreement later
    "minimtvkladde": AT_HOME | {"aalborg_colleague"},  # who is named as co-author, not the rest of Aalborg
    "minimtvversion": IN_DIALOGUE,
    "aftalekladde": IN_DIALOGUE,
    "ikketiltraadt": IN_DIALOGUE | {"auditor"},  # a reason in the history, which the auditor reads
    # Before the Porteføljestyregruppe
    "beslutningskladde": KEEPERS,
    "kladdebegrundelse": KEEPERS,
    "stemmegrund": roles("psg_chair"),
    "dagsordenspunkt": UPPER | OFFICE,
    "lukketsag": PSG | OFFICE,
    "lukketpunkt": PSG | OFFICE,
    "lukketindstilling": PSG | OFFICE,
    "referatkladde": UPPER | OFFICE,
    # What has not left the department
    "kladdetitel": AT_HOME,
    "kladdeaendring": HOME,
    "kladdegrundlag": WRITERS,
    "sammenlaegning": AT_HOME,
    "aabenvurdering": AT_HOME,
    "ikkebehov": AT_HOME,
    # Another department's case
    "fremmedtitel": ELSEWHERE_HOME | OFFICE,
    "fremmedaendring": ELSEWHERE_HOME | OFFICE,
    # Sent and withdrawn, with a reason
    "tilbagetrukket": SENT,
    # Opgaveglidning
    "glidningstitel": REPORTED,
    "glidning": REPORTED,
    "glidningsfoelge": REPORTED,
    "glidningssvar": REPORTED,
}


def mark(name: str) -> str:
    """The text that is planted: one word that stands nowhere else."""
    return f"kanarie{name}fugl"
