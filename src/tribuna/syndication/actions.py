"""Telling others that a story came, changed or went."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from tribuna.newsroom.models import ArticlePage
from tribuna.syndication.queries import feeds_showing
from tribuna.syndication.tasks import tell_hub, tell_search_engines


def tell_others(article: ArticlePage) -> None:
    """Have the task worker tell every hub, and the search engines, if an operator has named any.

    Belongs into the transaction of the change: what is rolled back is told to nobody.
    """
    if settings.TRIBUNA_WEBSUB_HUBS and (feeds := feeds_showing(article)):
        for hub in settings.TRIBUNA_WEBSUB_HUBS:
            tell_hub.enqueue(hub, feeds)
    address = article.get_full_url() if settings.TRIBUNA_INDEXNOW_KEY else None
    if address:
        parts = urlsplit(address)
        tell_search_engines.enqueue(parts.hostname, f"{parts.scheme}://{parts.netloc}", [address])
