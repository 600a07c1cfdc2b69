"""The newsroom's questions, and when readers are asked, in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from tribuna.humans.models import AskingRule, SiteQuestion


class SiteQuestionViewSet(SnippetViewSet):
    """List and edit the questions that tell readers from machines."""

    model = SiteQuestion
    icon = "help"
    menu_label = _("Questions for readers")
    add_to_settings_menu = True
    list_display = ["question", "language"]
    list_filter = ["language"]
    search_fields = ["question"]
    panels = [FieldPanel("language"), FieldPanel("question"), FieldPanel("answers")]


class AskingRuleViewSet(SnippetViewSet):
    """List and edit the rules by which forms ask their readers."""

    model = AskingRule
    icon = "help"
    menu_label = _("When readers are asked")
    add_to_settings_menu = True
    list_display = ["__str__", "asking"]
    panels = [FieldPanel("form"), FieldPanel("asking")]
