"""Answers to signals: an embargo holds on every way to publication."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from tribuna.importers.actions.wires import hindrance
from tribuna.newsroom.models import ArticlePage


@receiver(pre_save, sender=ArticlePage)
def keep_embargo(instance: ArticlePage, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    """Let no story that a wire holds back go live, whoever or whatever publishes it. Raises PermissionDenied."""
    goes_live = instance.live and instance.pk and (update_fields is None or "live" in update_fields)
    if goes_live and not raw and (reason := hindrance(instance)):
        raise PublishPagePermissionError(reason)
