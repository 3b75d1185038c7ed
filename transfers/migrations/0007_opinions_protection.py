"""What an asked forum has said stays as it was said."""

from django.db import migrations

from core.triggers import frozen_when


class Migration(migrations.Migration):
    dependencies = [("transfers", "0006_opinions"), ("core", "0002_protection")]
    operations = [frozen_when("transfers_opinion", "OLD.answer <> ''")]
