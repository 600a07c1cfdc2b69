"""Answers to signals: whom a publication is told, what a change of terms makes stale, where documents stand."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from tribuna.newsroom.models import ArticlePage
from tribuna.press.actions import changed
from tribuna.press.signals import documents_wanted
from tribuna.syndication.actions import tell_others
from tribuna.syndication.models import Terms
from tribuna.syndication.queries import document_addresses


@receiver(page_published, sender=ArticlePage)
def tell_of_publication(instance: ArticlePage, **_: Any) -> None:
    """Tell hubs and search engines. A story that waits for its hour is sent too; it comes again when it is live."""
    if instance.live:
        tell_others(instance)


@receiver(page_unpublished, sender=ArticlePage)
def tell_of_withdrawal(instance: ArticlePage, **_: Any) -> None:
    """Tell them as well: they have copies."""
    tell_others(instance)


@receiver(documents_wanted, dispatch_uid="syndication.name_documents")
def name_documents(**_: Any) -> list[str]:
    """Say where documents stand."""
    return document_addresses()


@receiver([post_save, post_delete], sender=Terms)
def announce_terms(**_: Any) -> None:
    """Say that every page may look different: each carries the terms."""
    changed("site")
