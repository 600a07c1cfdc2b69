"""What happens to an article when it is published, or put into another section."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page, Revision

from tribuna.newsroom.models import ArticlePage


@transaction.atomic
def date_article(article: ArticlePage, *, revision: Revision | None = None) -> None:
    """Give a live *article* without a date that of its first publication, also in the *revision* it was made from."""
    if not article.live or article.published_at is not None:
        return
    article.published_at = article.first_published_at
    article.save(update_fields=["published_at"], clean=False)
    if revision is not None:
        revision.content["published_at"] = article.serializable_data()["published_at"]
        revision.save(update_fields=["content"])


def place_article(page: Page) -> None:
    """Write down which page an article stands under now; *page* may be the bare page of it, and of anything else."""
    ArticlePage.objects.filter(pk=page.pk).update(page_above=page.get_parent())
