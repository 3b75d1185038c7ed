"""The tables of core."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.models.file
import core.models.user


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    core.models.user.AddressField(max_length=254, unique=True, verbose_name="e-mailadresse"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Fx “Afdelingsleder, Lungemedicin”.", max_length=150, verbose_name="navn"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Fjern markeringen i stedet for at slette kontoen.",
                        verbose_name="aktiv",
                    ),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="teknisk administrator")),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="oprettet"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "bruger",
                "verbose_name_plural": "brugere",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ChangeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True, verbose_name="nummer")),
                ("subject_type", models.CharField(max_length=100, verbose_name="genstand")),
                ("subject_id", models.CharField(max_length=64, verbose_name="genstandens nøgle")),
                ("kind", models.CharField(max_length=50, verbose_name="handling")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="oplysninger")),
                ("recorded_at", models.DateTimeField(verbose_name="registreret")),
                (
                    "previous_hash",
                    models.CharField(max_length=64, unique=True, verbose_name="forrige kontrolsum"),
                ),
                ("entry_hash", models.CharField(max_length=64, unique=True, verbose_name="kontrolsum")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="udført af",
                    ),
                ),
            ],
            options={
                "verbose_name": "ændring",
                "verbose_name_plural": "ændringer",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="FormDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("screening", "Indledende vurdering"),
                            ("dialogue_basis", "Dialoggrundlag – første skridt"),
                            ("party_response", "Parts svar"),
                            ("mini_mtv", "Mini-MTV"),
                        ],
                        max_length=20,
                        verbose_name="skema",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("intro", models.TextField(blank=True, verbose_name="indledning")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="offentliggjort")),
            ],
            options={
                "verbose_name": "skemadefinition",
                "verbose_name_plural": "skemadefinitioner",
                "ordering": ("document", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "version"), name="core_formdefinition_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="rækkefølge")),
                ("key", models.SlugField(verbose_name="nøgle")),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("intro", models.TextField(blank=True, verbose_name="indledning")),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="core.formdefinition",
                        verbose_name="skema",
                    ),
                ),
            ],
            options={
                "verbose_name": "skemadel",
                "verbose_name_plural": "skemadele",
                "ordering": ("order",),
            },
        ),
        migrations.CreateModel(
            name="FormQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="rækkefølge")),
                ("key", models.SlugField(verbose_name="nøgle")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Kort tekst"),
                            ("longtext", "Lang tekst"),
                            ("yesno", "Ja eller nej"),
                            ("choice", "Ét valg"),
                            ("multichoice", "Flere valg"),
                            ("date", "Dato"),
                            ("kroner", "Beløb i kroner"),
                            ("integer", "Helt tal"),
                            ("table", "Tabel"),
                        ],
                        max_length=12,
                        verbose_name="svartype",
                    ),
                ),
                ("label", models.TextField(verbose_name="spørgsmål")),
                ("hint", models.TextField(blank=True, verbose_name="hjælpetekst")),
                ("example", models.TextField(blank=True, verbose_name="eksempel")),
                (
                    "required_for",
                    models.CharField(
                        choices=[
                            ("submit", "Skal udfyldes for at indsende"),
                            ("forum", "Skal udfyldes inden behandling i forum"),
                            ("optional", "Frivilligt"),
                        ],
                        max_length=8,
                        verbose_name="skal udfyldes",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="svarmuligheder")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="kilde")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="core.formpart",
                        verbose_name="skemadel",
                    ),
                ),
            ],
            options={
                "verbose_name": "spørgsmål",
                "verbose_name_plural": "spørgsmål",
                "ordering": ("order",),
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="nøgle")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="værdi")),
                ("valid_from", models.DateField(verbose_name="gælder fra")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="gælder til og med")),
            ],
            options={
                "verbose_name": "parameter",
                "verbose_name_plural": "parametre",
                "ordering": ("key", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="core_parameter_period",
                        violation_error_message="Slutdatoen skal ligge på eller efter startdatoen.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(models.F("key"), function="hashtext"),
                                        models.BigIntegerField(),
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(models.F("key"), function="hashtext"),
                                        models.BigIntegerField(),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="core_parameter_no_overlap",
                        violation_error_message="Der er allerede en værdi i den periode.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="nøgle",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="filnavn")),
                ("content_type", models.CharField(max_length=100, verbose_name="filtype")),
                ("size", models.PositiveBigIntegerField(verbose_name="størrelse i byte")),
                ("sha256", models.CharField(max_length=64, verbose_name="kontrolsum")),
                (
                    "content",
                    models.FileField(
                        storage=core.models.file.private_storage,
                        upload_to=core.models.file.random_path,
                        verbose_name="indhold",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="oprettet"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oprettet af",
                    ),
                ),
            ],
            options={
                "verbose_name": "gemt fil",
                "verbose_name_plural": "gemte filer",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=50, verbose_name="slags")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="nøgle")),
                (
                    "output_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="resultatets nøgle"),
                ),
                ("arguments", models.JSONField(blank=True, default=dict, verbose_name="oplysninger")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Venter"),
                            ("running", "I gang"),
                            ("done", "Færdig"),
                            ("failed", "Mislykkedes"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="tilstand",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="forsøg")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="reserveret til")),
                ("lease_token", models.UUIDField(blank=True, null=True, verbose_name="reservation")),
                (
                    "heartbeat_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="seneste livstegn"),
                ),
                ("progress_done", models.PositiveIntegerField(default=0, verbose_name="udført")),
                ("progress_total", models.PositiveIntegerField(default=0, verbose_name="i alt")),
                ("progress_label", models.CharField(blank=True, max_length=200, verbose_name="trin")),
                ("error", models.TextField(blank=True, verbose_name="fejl")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="bestilt"
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begyndt")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="afsluttet")),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bestilt af",
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="job",
                        to="core.storedfile",
                        verbose_name="resultat",
                    ),
                ),
            ],
            options={
                "verbose_name": "baggrundsopgave",
                "verbose_name_plural": "baggrundsopgaver",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="core_user_email_lower",
            ),
        ),
        migrations.AddIndex(
            model_name="changeentry",
            index=models.Index(fields=["subject_type", "subject_id", "number"], name="core_change_subject"),
        ),
        migrations.AddConstraint(
            model_name="formpart",
            constraint=models.UniqueConstraint(fields=("definition", "key"), name="core_formpart_key"),
        ),
        migrations.AddConstraint(
            model_name="formpart",
            constraint=models.UniqueConstraint(fields=("definition", "order"), name="core_formpart_order"),
        ),
        migrations.AddConstraint(
            model_name="formquestion",
            constraint=models.UniqueConstraint(fields=("part", "key"), name="core_formquestion_key"),
        ),
        migrations.AddConstraint(
            model_name="formquestion",
            constraint=models.UniqueConstraint(fields=("part", "order"), name="core_formquestion_order"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=["created_at"],
                name="core_job_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lease_token__isnull", False), ("lease_until__isnull", False), ("state", "running")
                    ),
                    models.Q(
                        models.Q(("state", "running"), _negated=True),
                        ("lease_token__isnull", True),
                        ("lease_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="core_job_running_has_lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__isnull", True), ("state", "done"), _connector="OR"),
                name="core_job_result_when_done",
            ),
        ),
    ]
