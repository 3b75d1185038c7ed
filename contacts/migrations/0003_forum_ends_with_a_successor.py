from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contacts', '0002_forum_handed_over'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('successor__isnull', False), _connector='OR'), name='forum_ends_with_a_successor', violation_error_message='Et forum slutter kun, når et andet overtager dets sager.'),
        ),
    ]
