
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0002_newest_below'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='articlepage',
            name='live_blog',
            field=models.CharField(blank=True, choices=[('', 'None'), ('running', 'Running: posts appear while readers look on'), ('over', 'Over: posts stay, and no more come')], default='', max_length=8, verbose_name='live blog'),
        ),
        migrations.AddField(
            model_name='homepage',
            name='shows_most_read',
            field=models.BooleanField(default=True, help_text='A box with the five stories that are read most.', verbose_name='show what is read most'),
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='shows_most_read',
            field=models.BooleanField(default=True, help_text='A box with the five stories that are read most.', verbose_name='show what is read most'),
        ),
        migrations.CreateModel(
            name='BreakingNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='One line, in the language of the edition.', max_length=160, verbose_name='text')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='from')),
                ('until', models.DateTimeField(help_text='It disappears at this moment by itself.', verbose_name='until')),
                ('turn', models.PositiveSmallIntegerField(db_index=True, default=0, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='edition')),
                ('story', models.ForeignKey(blank=True, help_text='The line leads to it, while readers may see it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='newsroom.articlepage', verbose_name='story')),
            ],
            options={
                'verbose_name': 'breaking news',
                'verbose_name_plural': 'breaking news',
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DailyReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True)),
                ('count', models.PositiveBigIntegerField()),
                ('story', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.articlepage')),
            ],
            options={
                'verbose_name': 'readings of a day',
                'verbose_name_plural': 'readings of a day',
                'constraints': [models.UniqueConstraint(fields=('story', 'day'), name='newsroom_reading')],
            },
        ),
        migrations.CreateModel(
            name='LivePost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='title')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('quote', 3), ('embed', 6)], block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Text', 'template': 'newsroom/blocks/paragraph.html'}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('attribution', 2)]], {}), 4: ('wagtail.blocks.URLBlock', (), {'help_text': 'Of a video at YouTube or Vimeo, or of any page to link to.', 'label': 'Address'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it shows, in a few words.', 'label': 'Title'}), 6: ('wagtail.blocks.StructBlock', [[('url', 4), ('title', 5)]], {})}, verbose_name='text')),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('story', models.ForeignKey(db_index=False, help_text='A story whose live blog is running.', on_delete=django.db.models.deletion.CASCADE, related_name='live_posts', to='newsroom.articlepage', verbose_name='live blog')),
            ],
            options={
                'verbose_name': 'live post',
                'verbose_name_plural': 'live posts',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['story', '-at', '-id'], name='newsroom_live')],
            },
        ),
        migrations.CreateModel(
            name='MostRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='most_read', to='newsroom.articlepage')),
            ],
            options={
                'verbose_name': 'most read story',
                'verbose_name_plural': 'most read stories',
                'constraints': [models.UniqueConstraint(fields=('place', 'rank'), name='newsroom_most_read')],
            },
        ),
    ]
