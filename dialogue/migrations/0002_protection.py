"""What was submitted stays as it was: versions are insert-only in the database itself."""

from django.db import migrations

from core.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial"), ("core", "0002_protection")]
    operations = [insert_only("dialogue_basisversion"), insert_only("dialogue_responseversion")]
