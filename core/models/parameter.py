"""Parameter: thresholds and deadlines as data with periods, edited by the secretariat."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from core.models.guarded import GuardedModel

KEY_NUMBER = Cast(Func(F("key"), function="hashtext"), models.BigIntegerField())
ONE_KEY = Func(KEY_NUMBER, KEY_NUMBER, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
PERIOD = Func(
    F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField()
)


class Parameter(GuardedModel):
    """Parameter: the value of one declared key from one day to and including another.

    Periods of one key exclude each other by range operators alone, so that no server extension is needed.
    """

    unguarded: ClassVar[frozenset[str]] = frozenset({"key"})

    key = models.CharField("nøgle", max_length=100)
    value = models.DecimalField("værdi", max_digits=16, decimal_places=2)
    valid_from = models.DateField("gælder fra")
    valid_to = models.DateField("gælder til og med", null=True, blank=True)

    class Meta:
        verbose_name = "parameter"
        verbose_name_plural = "parametre"
        ordering = ("key", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="core_parameter_period",
                violation_error_message="Slutdatoen skal ligge på eller efter startdatoen.",
            ),
            ExclusionConstraint(
                name="core_parameter_no_overlap",
                expressions=((ONE_KEY, RangeOperators.OVERLAPS), (PERIOD, RangeOperators.OVERLAPS)),
                violation_error_message="Der er allerede en værdi i den periode.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
