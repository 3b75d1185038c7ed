"""A comment stays as it was written, in the database itself: others have read it and answered it."""

from django.db import migrations

from core.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0008_attachments_kept"), ("core", "0002_protection")]
    operations = [insert_only("dialogue_comment")]
