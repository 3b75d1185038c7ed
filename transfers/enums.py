"""Fixed vocabularies of a case: stages, results, kinds of change and sectors (design: the process)."""

from django.db import models

from contacts.enums import OrganisationKind


class Stage(models.TextChoices):
    """Stadie: where a case stands."""

    SCREENING = "screening", "Indledende vurdering"
    DRAFT = "draft", "Kladde"
    SUBMITTED = "submitted", "Hos kontaktperson"
    DIALOGUE = "dialogue", "I dialog"
    MINI_MTV = "mini_mtv", "Mini-MTV udarbejdes"
    LOCAL_FORUM = "local_forum", "I samarbejdsforum"
    PORTFOLIO = "portfolio", "I Porteføljestyregruppen"
    ADMINISTRATIVE = "administrative", "I Den Administrative Styregruppe"
    AGREEMENT = "agreement", "Aftale indgås"
    ACTIVE = "active", "Aftalen gælder og følges op"
    CLOSED = "closed", "Afsluttet"


class Result(models.TextChoices):
    """Resultat: how a case ended."""

    NOT_NEEDED = "not_needed", "Dialoggrundlag ikke nødvendigt"
    NO_PARTY_AFFECTED = "no_party_affected", "Ingen berørte parter"
    NOT_PURSUED = "not_pursued", "Ikke grundlag for at arbejde videre"
    REJECTED = "rejected", "Ikke godkendt"
    NO_AGREEMENT = "no_agreement", "Ingen aftale opnået"
    WITHDRAWN = "withdrawn", "Trukket tilbage"
    MERGED = "merged", "Lagt sammen med anden sag"
    FOLLOW_UP_DONE = "follow_up_done", "Opfølgning afsluttet – aftalen gælder"
    TERMINATED = "terminated", "Ophørt"


class ChangeKind(models.TextChoices):
    """Hvad slags ændring: S1 counts own capacity and organisation of work too."""

    TRANSFER = "transfer", "Flytning af opgave"
    CAPACITY = "capacity", "Ændring i egen kapacitet"
    ORGANISATION = "organisation", "Ændret arbejdstilrettelæggelse"
    SELF_CARE = "self_care", "Egenbehandling"


class Sector(models.TextChoices):
    """Who is affected, in the words of S1."""

    GENERAL_PRACTICE = "general_practice", "Almen praksis"
    MUNICIPALITIES = "municipalities", "Kommuner"
    REGION = "region", "Region/sygehus"
    SPECIALIST_PRACTICE = "specialist_practice", "Speciallægepraksis"
    CITIZEN = "citizen", "Borgeren selv"


class LookedAt(models.TextChoices):
    """What kind of page somebody looked at in a case; the access log keeps this and no more of the page."""

    OVERVIEW = "overview", "Overblik"
    SCREENING = "screening", "Indledende vurdering"
    BASIS = "basis", "Dialoggrundlag"
    BASIS_PDF = "basis_pdf", "Dialoggrundlag som PDF"
    PARTIES = "parties", "Parter og svar"
    ATTACHMENT = "attachment", "Bilag"
    MINI_MTV = "mini_mtv", "Mini-MTV"
    MINI_MTV_PDF = "mini_mtv_pdf", "Mini-MTV som PDF"
    TREATMENT = "treatment", "Behandling i forum"
    DECISION_PDF = "decision_pdf", "Beslutning som PDF"
    MEETING = "meeting", "Dagsorden eller referat"
    MEETING_PDF = "meeting_pdf", "Dagsorden eller referat som PDF"
    AGREEMENT = "agreement", "Aftale"
    AGREEMENT_PDF = "agreement_pdf", "Aftale som PDF"
    FOLLOW_UP = "follow_up", "Opfølgning"
    HISTORY = "history", "Sagshistorik"
    ACCESS = "access", "Hvem kan se sagen"
    ACT = "act", "Handling i sagen"
    OTHER = "other", "Anden side i sagen"


class Who(models.TextChoices):
    """In what relation to the case somebody acts; `transfers.rules` tells who that is."""

    LEADER = "leader", "Nærmeste leder"
    DEPARTMENT = "department", "Medarbejder hos initiativtager"
    INITIATOR_CONTACT = "initiator_contact", "Initiativtagers kontaktperson"
    STAND_IN = "stand_in", "Sekretariatet, når kontaktperson mangler"
    PARTY_CONTACT = "party_contact", "Berørt parts kontaktperson"
    PARTY_MEMBER = "party_member", "Leder eller medarbejder hos berørt part"
    SIGNATORY = "signatory", "Aftalebemyndiget hos initiativtager eller berørt part"
    FORUM_CHAIR = "forum_chair", "Forummets formand"
    FORUM_SECRETARY = "forum_secretary", "Forummets sekretær"
    FORUM_MEMBER = "forum_member", "Forummets medlem"
    ASKED_FORUM = "asked_forum", "Formand eller sekretær i et forum, der er bedt om en udtalelse"
    REJECTING_FORUM = "rejecting_forum", "Formand eller sekretær i det forum, der ikke godkendte sagen"
    MERGE_PARTNER = "merge_partner", "Leder eller kontaktperson i den sag, der foreslås lagt sammen med"
    CO_AUTHOR = "co_author", "Medforfatter til mini-MTV'en"
    SECRETARIAT = "secretariat", "Sekretariatet"


PARTY_KINDS = (
    OrganisationKind.HOSPITAL,
    OrganisationKind.PSYCHIATRY,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE,
    OrganisationKind.REGION,
)
