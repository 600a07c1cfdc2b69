"""Listens to the press itself: copies that a CDN keeps of forgotten pages are taken back."""

from __future__ import annotations

import logging
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.dispatch import receiver
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from tribuna.press.base import Key
from tribuna.press.signals import pages_forgotten

logger = logging.getLogger(__name__)

ADDRESSES_AT_ONCE = 500


@receiver(pages_forgotten, dispatch_uid="press.take_back_copies")
def take_back_copies(keys: list[Key], **_kwargs: Any) -> None:
    """Let the task worker take back what the caches in ``WAGTAILFRONTENDCACHE`` hold of the pages at *keys*.

    Each node does it for the pages it had, after it forgot them: whatever a cache fetches later is fresh.
    """
    if not settings.WAGTAILFRONTENDCACHE:
        return
    try:
        for some in batched([key.url for key in keys], ADDRESSES_AT_ONCE):
            purge_urls_from_cache(list(some))  # it only enqueues a task
    except DatabaseError:  # what happened is committed and forgotten here: nobody's request fails for this
        logger.exception("Copies in front of this server could not be taken back; they last as long as they may.")
