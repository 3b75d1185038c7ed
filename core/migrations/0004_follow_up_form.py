from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_agreement_form'),
    ]

    operations = [
        migrations.AlterField(
            model_name='formdefinition',
            name='document',
            field=models.CharField(choices=[('screening', 'Indledende vurdering'), ('dialogue_basis', 'Dialoggrundlag – første skridt'), ('party_response', 'Parts svar'), ('mini_mtv', 'Mini-MTV'), ('agreement', 'Aftale'), ('follow_up', 'Opfølgning')], max_length=20, verbose_name='skema'),
        ),
    ]
