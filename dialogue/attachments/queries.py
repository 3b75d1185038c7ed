"""Facts about attachments: which ones are part of what is written now."""

from __future__ import annotations

from django.db.models import QuerySet

from dialogue.models import Attachment
from transfers.models import Party, TransferCase


def current_attachments(case: TransferCase, party: Party | None) -> QuerySet[Attachment]:
    """Return what hangs on the dialoggrundlag now, or on a party's response; for those who write it."""
    rows = Attachment.unscoped.filter(case=case, party=party, removed_at__isnull=True)
    return rows.select_related("file", "case", "added_by").order_by("pk")
