"""The lines of an article that are lists: who wrote it, what was corrected, what to read next."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable


class ArticleAuthor(Orderable):
    """One name in a byline."""

    article = ParentalKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="authors")
    author = models.ForeignKey(
        "newsroom.AuthorPage", verbose_name=_("author"), on_delete=models.CASCADE, related_name="authorships"
    )

    panels = [PageChooserPanel("author", "newsroom.AuthorPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return str(self.author)


class Correction(models.Model):
    """What was wrong in an article, said in public; the newest comes first."""

    article = ParentalKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("text"), help_text=_("Say what was wrong and what is right, in the story's language."))

    panels = [FieldPanel("date"), FieldPanel("text")]

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text


class RelatedStory(Orderable):
    """Another article that readers of this one may want."""

    article = ParentalKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="related")
    story = models.ForeignKey(
        "newsroom.ArticlePage", verbose_name=_("story"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [PageChooserPanel("story", "newsroom.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")

    def __str__(self) -> str:
        return str(self.story)
