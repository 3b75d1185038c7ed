"""Parametre: the thresholds and deadlines the secretariat sets, each with a default of ours (fortolkning)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.models import Parameter

YES_NO = "1 = ja, 0 = nej"


@dataclass(frozen=True)
class Declared:
    """A parameter that exists: what it is called, its unit, what holds where nothing is set, and what it may be."""

    label: str
    unit: str
    default: Decimal
    lowest: int = 0
    highest: int = 1_000_000_000
    places: int = 0

    @property
    def is_yes_no(self) -> bool:
        """Whether it is a choice between yes (1) and no (0)."""
        return self.unit == YES_NO

    def refusal(self, value: Decimal) -> str:
        """Return why this cannot be the value, in Danish; empty when it can."""
        if not self.lowest <= value <= self.highest:
            return f"Skriv et tal mellem {self.lowest} og {self.highest}."
        if round(value, self.places) != value:
            return f"Skriv højst {self.places} decimaler." if self.places else "Skriv et helt tal."
        return "" if not self.is_yes_no or value in (0, 1) else "Vælg ja eller nej."


DECLARED: dict[str, Declared] = {
    # Choice of forum (rule 6): a case above one of these counts as broad.
    "routing.municipalities": Declared("En sag er bred fra dette antal kommuner", "kommuner", Decimal(3)),
    "routing.hospitals": Declared(
        "En sag er bred fra dette antal sygehuse ud over det førende", "sygehuse", Decimal(1)
    ),
    "routing.patients_per_year": Declared(
        "En sag er bred fra dette antal patienter om året", "patienter", Decimal(200)
    ),
    "routing.economic_effect": Declared(
        "En sag er bred fra denne økonomiske virkning om året", "kroner", Decimal(500_000)
    ),
    "routing.all_general_practice": Declared(
        "En sag, der berører al almen praksis, er bred", YES_NO, Decimal(1)
    ),
    # Mini-MTV: the rate of the Ministry of Finance for the first 35 years.
    "minimtv.discount_rate": Declared(
        "Kalkulationsrente i mini-MTV'en", "procent om året", Decimal("3.5"), highest=100, places=2
    ),
    # Files people upload.
    "upload.megabytes": Declared("Største bilag", "MB", Decimal(20), lowest=1, highest=100),
    "upload.attachments": Declared(
        "Højeste antal bilag til et dialoggrundlag eller et svar", "bilag", Decimal(20), highest=200
    ),
    # Deadlines (rules 2 and 4).
    "deadline.contact_days": Declared("Kontaktpersonens frist", "arbejdsdage", Decimal(10), lowest=1, highest=250),
    "deadline.reassessment_days": Declared(
        "Så længe kan kontaktpersonen se en vurdering uden dialoggrundlag i Mine opgaver", "dage", Decimal(30)
    ),
    "deadline.response_days": Declared("Parternes frist for svar", "arbejdsdage", Decimal(15), lowest=1, highest=250),
    "deadline.report_days": Declared(
        "Frist for at svare på en melding om opgaveglidning", "arbejdsdage", Decimal(10), lowest=1, highest=250
    ),
    "deadline.vote_days": Declared(
        "Frist for at stemme i skriftlig procedure", "arbejdsdage", Decimal(10), lowest=1, highest=250
    ),
    "deadline.reminder_days": Declared("Påmindelse inden fristen", "arbejdsdage", Decimal(3), highest=60),
    "deadline.opinion_days": Declared(
        "Frist for et forums udtalelse", "arbejdsdage", Decimal(15), lowest=1, highest=250
    ),
    "deadline.confirmation_days": Declared(
        "Frist for at bekræfte en aftale", "arbejdsdage", Decimal(20), lowest=1, highest=250
    ),
    "deadline.readiness_days": Declared("Klarmelding før aftalens startdato", "arbejdsdage", Decimal(5), highest=250),
    # Follow-up (rule 13).
    "followup.notice_days": Declared(
        "Opfølgning står i Mine opgaver inden datoen", "dage", Decimal(30), lowest=1, highest=365
    ),
    # Contact persons (S1): how long before the last one ends the secretariat is warned.
    "contacts.warning_days": Declared(
        "Varsel, før en organisation mangler kontaktperson", "dage", Decimal(60), highest=730
    ),
    # Meetings of the forums.
    "meeting.agenda_days": Declared("Dagsorden sendes før mødet", "arbejdsdage", Decimal(5), highest=60),
    "meeting.minutes_days": Declared("Referat skrives efter mødet", "arbejdsdage", Decimal(5), highest=60),
    "meeting.approval_days": Declared(
        "Frist for at godkende et referat", "arbejdsdage", Decimal(10), lowest=1, highest=250
    ),
    # The access log (design: access): how long it is kept. The trigger on the log holds to the same figures.
    "access_log.days": Declared(
        "Så længe gemmes det, hvem der har set en sag", "dage", Decimal(730), lowest=30, highest=3650
    ),
    # Annual status (rule 14): the day on which the draft about the year before is made.
    "annual.draft_month": Declared(
        "Årlig status: måneden, hvor udkastet laves", "måned (1–12)", Decimal(2), lowest=1, highest=12
    ),
    "annual.draft_day": Declared(
        "Årlig status: dagen i måneden, hvor udkastet laves", "dag (1–31)", Decimal(1), lowest=1, highest=31
    ),
}


def periods(key: str) -> QuerySet[Parameter]:
    """Give every value that was, is or will be set for a key, the newest period first. Raises KeyError."""
    if key not in DECLARED:
        raise KeyError(key)
    return Parameter.objects.filter(key=key).order_by("-valid_from")


def in_force(key: str, on: date | None = None) -> Parameter | None:
    """Give the row in force on a day (today), or None where the default holds. Raises KeyError for other keys."""
    return rows_in_force([key], on).first()


def rows_in_force(keys: Iterable[str], on: date | None = None) -> QuerySet[Parameter]:
    """Give the rows in force on a day (today); none for keys where the default holds. Raises KeyError."""
    wanted = set(keys)
    if unknown := wanted - DECLARED.keys():
        raise KeyError(*sorted(unknown))
    day = on or timezone.localdate()
    rows = Parameter.objects.filter(key__in=wanted, valid_from__lte=day)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def values(keys: Iterable[str], on: date | None = None) -> dict[str, Decimal]:
    """Give the values in force on a day (today), the defaults where nothing is set; one query. Raises KeyError."""
    wanted = list(keys)
    return {key: DECLARED[key].default for key in wanted} | dict(rows_in_force(wanted, on).values_list("key", "value"))


def value(key: str, on: date | None = None) -> Decimal:
    """Give the value in force on a day (today), else the default. Raises KeyError for an undeclared key."""
    row = in_force(key, on)
    return row.value if row else DECLARED[key].default


def whole(key: str, on: date | None = None) -> int:
    """Give the value as a whole number, for days and counts. Raises KeyError for an undeclared key."""
    return int(value(key, on))


def expression(key: str, on: date | None = None) -> Coalesce:
    """Give the value in force on a day (today) as part of a query, which saves one of its own. Raises KeyError."""
    rows = rows_in_force([key], on).values("value")[:1]
    return Coalesce(Subquery(rows), Value(DECLARED[key].default), output_field=DecimalField())
