"""Organisations and their departments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contacts.enums import PARTS, SIDE_OF_KIND, OrganisationKind, Side
from contacts.models.base import Grantee


class Organisation(Grantee):
    """Organisation: sygehus, kommune, almen praksis, region; an afdeling or enhed has a parent."""

    kind = models.CharField("type", max_length=24, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="hører til"
    )
    catchment = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="served_by", verbose_name="optageområde"
    )
    municipality_code = models.CharField("kommunekode", max_length=4, blank=True)
    sor_code = models.CharField("SOR-kode", max_length=20, blank=True)
    cvr = models.CharField("CVR-nummer", max_length=8, blank=True)
    active = models.BooleanField("i brug", default=True)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="organisation_part_has_parent",
                condition=Q(kind__in=PARTS, parent__isnull=False) | (~Q(kind__in=PARTS) & Q(parent__isnull=True)),
                violation_error_message="En afdeling eller enhed skal høre til en organisation – andre må ikke.",
            ),
            models.UniqueConstraint(
                fields=["municipality_code"], condition=~Q(municipality_code=""), name="organisation_code_once",
                violation_error_message="Kommunekoden bruges allerede.",
            ),
        ]

    @property
    def whole(self) -> Organisation:
        """The organisation itself, or the one a department or unit belongs to."""
        return self.parent or self

    @property
    def side(self) -> Side:
        """The side this organisation sits on in a forum."""
        return SIDE_OF_KIND[OrganisationKind(self.kind)]
