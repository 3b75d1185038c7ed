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
    CLOSED = "closed", "Afsluttet"


class Result(models.TextChoices):
    """Resultat: how a case ended."""

    NOT_NEEDED = "not_needed", "Dialoggrundlag ikke nødvendigt"
    NO_PARTY_AFFECTED = "no_party_affected", "Ingen berørte parter"
    NOT_PURSUED = "not_pursued", "Ikke grundlag for at arbejde videre"
    REJECTED = "rejected", "Ikke godkendt"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


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


class Who(models.TextChoices):
    """In what relation to the case somebody acts; `transfers.rules` tells who that is."""

    LEADER = "leader", "Nærmeste leder"
    DEPARTMENT = "department", "Medarbejder hos initiativtager"
    INITIATOR_CONTACT = "initiator_contact", "Initiativtagers kontaktperson"
    STAND_IN = "stand_in", "Sekretariatet, når kontaktperson mangler"
    PARTY_CONTACT = "party_contact", "Berørt parts kontaktperson"
    PARTY_MEMBER = "party_member", "Leder eller medarbejder hos berørt part"
    FORUM_CHAIR = "forum_chair", "Forummets formand"
    FORUM_SECRETARY = "forum_secretary", "Forummets sekretær"
    SECRETARIAT = "secretariat", "Sekretariatet"


PARTY_KINDS = (
    OrganisationKind.HOSPITAL,
    OrganisationKind.PSYCHIATRY,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE,
    OrganisationKind.REGION,
)
