"""Posts of a live blog: what happens, within one story."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from tribuna.newsroom.blocks import LiveBlock


class LivePost(models.Model):
    """One post, seen by readers as soon as it is saved."""

    story = models.ForeignKey(
        "newsroom.ArticlePage",
        verbose_name=_("live blog"),
        on_delete=models.CASCADE,
        related_name="live_posts",
        db_index=False,
        help_text=_("A story whose live blog is running."),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    title = models.CharField(_("title"), max_length=160, blank=True)
    body = StreamField(LiveBlock(), verbose_name=_("text"))
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["story", "-at", "-id"], name="newsroom_live")]

    def __str__(self) -> str:
        return self.title or f"{self.story_id}, {self.at:%H:%M}"
