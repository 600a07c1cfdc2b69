"""The editors' rules and words in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from tribuna.moderation.models import Rule, WordEntry


class RuleViewSet(SnippetViewSet):
    """List and edit the rules that a rejection cites."""

    model = Rule
    icon = "list-ol"
    menu_label = _("Rules for comments")
    add_to_settings_menu = True
    list_display = ["title", "code", "sort_order"]
    search_fields = ["title", "text"]
    panels = [FieldPanel("title"), FieldPanel("text"), FieldPanel("code"), FieldPanel("sort_order")]


class WordEntryViewSet(SnippetViewSet):
    """List and edit the words that stop a comment."""

    model = WordEntry
    icon = "no-view"
    menu_label = _("Words that stop a comment")
    add_to_settings_menu = True
    list_display = ["phrase", "language", "decision"]
    list_filter = ["language", "decision"]
    search_fields = ["phrase"]
    panels = [FieldPanel("phrase"), FieldPanel("language"), FieldPanel("decision")]
