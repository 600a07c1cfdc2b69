import django.db.models.deletion
from django.db import migrations, models

from tribuna.search.stores import shelf_in


def make_shelf(apps, schema_editor):
    shelf_in(schema_editor.connection).make()


def unmake_shelf(apps, schema_editor):
    shelf_in(schema_editor.connection).unmake()


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('newsroom', '0002_newest_below'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=32)),
                ('is_due', models.BooleanField(default=False)),
                ('story', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.articlepage')),
            ],
            options={
                'verbose_name': 'entry of the search index',
                'verbose_name_plural': 'entries of the search index',
                'indexes': [models.Index(models.F('id'), condition=models.Q(('is_due', True)), name='search_due')],
            },
        ),
        migrations.RunPython(make_shelf, unmake_shelf),
    ]
