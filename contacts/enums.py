"""Fixed vocabularies of organisations, forums and memberships; the rows themselves are data."""

from django.db import models


class OrganisationKind(models.TextChoices):
    """What an organisation is; departments and units always have a parent."""

    HOSPITAL = "hospital", "Sygehus"
    PSYCHIATRY = "psychiatry", "Psykiatri"
    MUNICIPALITY = "municipality", "Kommune"
    GENERAL_PRACTICE = "general_practice", "Almen praksis (PLO)"
    SPECIALIST_PRACTICE = "specialist_practice", "Speciallægepraksis"
    REGION = "region", "Region"
    DEPARTMENT = "department", "Afdeling"
    UNIT = "unit", "Kommunal enhed"


PARTS = (OrganisationKind.DEPARTMENT, OrganisationKind.UNIT)


class Side(models.TextChoices):
    """The side a forum member sits on; quorum is counted per side (S1: region, kommuner, almen praksis)."""

    REGION = "region", "Region"
    MUNICIPALITIES = "municipalities", "Kommuner"
    GENERAL_PRACTICE = "general_practice", "Almen praksis"


SIDE_OF_KIND = {
    OrganisationKind.HOSPITAL: Side.REGION,
    OrganisationKind.PSYCHIATRY: Side.REGION,
    OrganisationKind.REGION: Side.REGION,
    OrganisationKind.DEPARTMENT: Side.REGION,
    OrganisationKind.MUNICIPALITY: Side.MUNICIPALITIES,
    OrganisationKind.UNIT: Side.MUNICIPALITIES,
    OrganisationKind.GENERAL_PRACTICE: Side.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE: Side.GENERAL_PRACTICE,
}


class ForumLevel(models.TextChoices):
    """The three levels at which a case can be decided (S1)."""

    LOCAL = "local", "Samarbejdsforum"
    PORTFOLIO = "portfolio", "Porteføljestyregruppen"
    ADMINISTRATIVE = "administrative", "Den Administrative Styregruppe"


class Function(models.TextChoices):
    """What a membership lets a person do."""

    LEADER = "leader", "Leder"
    COLLEAGUE = "colleague", "Medarbejder"
    CONTACT = "contact", "Kontaktperson"
    DEPUTY = "deputy", "Stedfortræder"
    SIGNATORY = "signatory", "Aftalebemyndiget"
    MEMBER = "member", "Medlem"
    CHAIR = "chair", "Formand"
    SECRETARY = "secretary", "Sekretær"
    SECRETARIAT = "secretariat", "Sekretariat"
    AUDITOR = "auditor", "Revisor"
    ADMINISTRATOR = "administrator", "Teknisk administrator"


CONTACT_FUNCTIONS = (Function.CONTACT, Function.DEPUTY)
FORUM_FUNCTIONS = (Function.MEMBER, Function.CHAIR, Function.SECRETARY)
SECOND_FACTOR_FUNCTIONS = (Function.SECRETARIAT, Function.CHAIR, Function.ADMINISTRATOR)
FREE_FUNCTIONS = (Function.AUDITOR, Function.ADMINISTRATOR)
