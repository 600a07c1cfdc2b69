from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [
        migrations.AddField("comment", "pass_epoch", models.PositiveBigIntegerField(null=True)),
    ]
