"""What happens to an article when it is published, or put into another section."""

from __future__ import annotations

from django.db import transaction
from modelcluster.models import get_field_value
from wagtail.models import Page, Revision

from tribuna.newsroom.models import ArticlePage


@transaction.atomic
def date_article(article: ArticlePage, *, revision: Revision | None = None) -> None:
    """Give a live *article* without a date that of its first publication, also in the *revision* it was made from."""
    if not article.live or article.published_at is not None:
        return
    article.published_at = article.first_published_at
    # Not by another save: whoever is to hear of the publication has heard of the first, or hears of it in the end.
    ArticlePage.objects.filter(pk=article.pk).update(published_at=article.published_at)
    if revision is not None:
        revision.content["published_at"] = get_field_value(ArticlePage._meta.get_field("published_at"), article)
        revision.save(update_fields=["content"])


def place_article(page: Page) -> None:
    """Write down which page an article stands under now; *page* may be the bare page of it, and of anything else."""
    ArticlePage.objects.filter(pk=page.pk).update(page_above=page.get_parent())
