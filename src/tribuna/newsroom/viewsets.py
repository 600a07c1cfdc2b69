"""What editors say without a page's workflow, in Wagtail's admin: breaking news, and posts of live blogs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PageChooserPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from tribuna.newsroom.models import ArticlePage, BreakingNews, LiveBlog, LivePost


class BreakingNewsViewSet(SnippetViewSet):
    """List and edit the bars."""

    model = BreakingNews
    icon = "warning"
    menu_label = _("Breaking news")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["text", "edition", "since", "until"]
    list_filter = ["edition"]
    panels = [
        FieldPanel("edition"),
        FieldPanel("text"),
        PageChooserPanel("story", "newsroom.ArticlePage"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class _RunningBlogs(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes none in life
    """A story whose live blog is running; of a post that stands in another already, that one too."""

    def label_from_instance(self, obj: Any) -> str:
        """Return its title."""
        return str(obj.title)


class LivePostForm(WagtailAdminModelForm):
    """A post, with the stories it may go into; where there is only one, it is chosen."""

    story = _RunningBlogs(queryset=ArticlePage.objects.none(), label=_("Live blog"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["story"]
        field.queryset = _blogs(self.instance.story_id)
        if self.instance.pk is None and field.queryset.count() == 1:
            self.initial["story"] = field.queryset.get().pk


def _blogs(chosen: int | None) -> QuerySet[ArticlePage]:
    running = ArticlePage.objects.filter(live_blog=LiveBlog.RUNNING, alias_of=None)
    blogs: QuerySet[ArticlePage] = running | ArticlePage.objects.filter(pk__in=[chosen] if chosen else [])
    return blogs.order_by("-published_at", "-pk")


class LivePostViewSet(SnippetViewSet):
    """List and write the posts."""

    model = LivePost
    icon = "history"
    menu_label = _("Live posts")
    menu_order = 305
    add_to_admin_menu = True
    list_display = ["__str__", "story", "at"]
    list_filter = ["story"]
    ordering = ["-at", "-pk"]
    edit_handler = ObjectList(
        [FieldPanel("story"), FieldPanel("title"), FieldPanel("body"), FieldPanel("at")], base_form_class=LivePostForm
    )
