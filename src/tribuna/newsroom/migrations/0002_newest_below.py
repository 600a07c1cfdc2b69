import django.db.models.deletion
import tribuna.newsroom.models.articles
from django.conf import settings
from django.db import migrations, models


def tell_pages_above(apps, schema_editor):
    """Fill in what the next save of each article would."""
    articles = apps.get_model("newsroom", "ArticlePage").objects
    paths = set(articles.values_list("path", flat=True))
    for above in apps.get_model("wagtailcore", "Page").objects.filter(path__in={path[:-4] for path in paths}):
        articles.filter(path__startswith=above.path).update(page_above=above)


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0001_initial'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='articlepage',
            name='page_above',
            field=tribuna.newsroom.models.articles.PageAbove(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', serialize=False, to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.RunPython(tell_pages_above, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='articlepage',
            index=models.Index(models.F('page_above'), models.F('published_at'), models.F('page_ptr'), name='newsroom_newest_below'),
        ),
    ]
