"""The annual status: an edition with its PDF stays as it is (rule 14)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.triggers import frozen_when


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_protection"),
        ("portfolio", "0002_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("edition", models.PositiveSmallIntegerField(verbose_name="udgave")),
                ("cut_off", models.DateTimeField(verbose_name="opgørelsesdato")),
                (
                    "state",
                    models.CharField(
                        choices=[("ordered", "Bestilt"), ("draft", "Udkast")],
                        default="ordered",
                        max_length=8,
                        verbose_name="tilstand",
                    ),
                ),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="bestilt")),
                ("request_key", models.UUIDField(editable=False, unique=True)),
                ("facts", models.JSONField(blank=True, null=True, verbose_name="tal")),
                ("facts_sha256", models.CharField(blank=True, max_length=64, verbose_name="tallenes kontrolsum")),
                (
                    "recommendation",
                    models.TextField(
                        default="Det indstilles, at Den Administrative Styregruppe 1) tager status til efterretning, 2) beslutter, om handleplanen skal opdateres.",
                        max_length=2000,
                        verbose_name="indstilling",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="sammenfatning")),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.job",
                        verbose_name="opgave",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="PDF",
                    ),
                ),
            ],
            options={
                "verbose_name": "årlig status",
                "verbose_name_plural": "årlige status",
                "ordering": ["-year", "-edition"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "edition"), name="annual_status_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pdf__isnull", True), ("state", "ordered")),
                            models.Q(
                                ("facts__isnull", False),
                                ("pdf__isnull", False),
                                ("state", "draft"),
                                models.Q(("facts_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annual_status_draft_is_whole",
                    ),
                ],
            },
        ),
        frozen_when("portfolio_annualstatus", "OLD.pdf_id IS NOT NULL"),
    ]
