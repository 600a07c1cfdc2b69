"""Which stories are in the index. Their words stand beside it, where each database searches best (``stores/``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One story in the index. The id tells its date (``base.facts.place_of``) and is that of its words."""

    id = models.BigIntegerField(primary_key=True)
    story = models.OneToOneField("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=32)  # of all that is in the index, so that nothing is written twice
    is_due = models.BooleanField(default=False)  # a name in it changed: the clerk writes it again

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        indexes: ClassVar = [models.Index("id", condition=Q(is_due=True), name="search_due")]

    def __str__(self) -> str:
        return f"{self.story_id}"
