"""Pages and comments, as in a tutorial."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index


class HomePage(Page):
    """The front page."""


class SectionPage(Page):
    """A section, in the menu."""

    intro = models.TextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]


class ArticlePage(Page):
    """A story."""

    date = models.DateTimeField("Post date")
    intro = models.CharField(max_length=250)
    main_image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())])

    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("intro"),
        FieldPanel("main_image"),
        FieldPanel("body"),
    ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the comments, oldest first, with the names of those that they answer."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["comments"] = self.comments.filter(public=True).select_related("parent").order_by("created_at")
        return context


class Comment(models.Model):
    """What a reader said."""

    page = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    name = models.CharField(max_length=60)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
