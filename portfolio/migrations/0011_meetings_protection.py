"""Approved minutes stay as they are, approvals are insert-only, and what was taken note of stays so."""

from django.db import migrations

from core.triggers import frozen_when, insert_only

CLOSED = "EXISTS (SELECT 1 FROM portfolio_meeting m WHERE m.id = {} AND m.state IN ('minutes_approved', 'cancelled'))"


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0010_meetings"), ("core", "0002_protection")]
    operations = [
        frozen_when("portfolio_meeting", "OLD.state IN ('minutes_approved', 'cancelled')"),
        frozen_when(
            "portfolio_agendaitem", CLOSED.format("OLD.meeting_id"), also_insert=CLOSED.format("NEW.meeting_id")
        ),
        frozen_when(
            "portfolio_attendance", CLOSED.format("OLD.meeting_id"), also_insert=CLOSED.format("NEW.meeting_id")
        ),
        insert_only("portfolio_minutesapproval"),
        frozen_when("portfolio_orientation", "OLD.noted_at IS NOT NULL"),
    ]
