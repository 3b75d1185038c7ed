"""An attachment that is part of a frozen version stays what it was; only leaving it out of later ones is left."""

from django.db import migrations

from core.triggers import frozen_when


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0007_attachments")]
    operations = [
        frozen_when("dialogue_attachment", "OLD.version IS NOT NULL", may_change=["removed_at"])
    ]
