"""What happened to an edition, and what was answered, stays as it was written (rule 14)."""

from django.db import migrations

from core.triggers import insert_only

TABLES = (
    "annualsubmission", "annualadoption", "actionplandecision",
    "surveyquestion", "surveyparticipation", "surveyanswer", "surveyscore",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0013_annual_adoption_and_survey")]
    operations = [insert_only(f"portfolio_{table}") for table in TABLES]
