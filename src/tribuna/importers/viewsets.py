"""Wires and their items in Wagtail's admin."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from tribuna.importers.models import Wire, WireItem


class _WirePolicy(ModelPermissionPolicy):
    """A wire is switched off and not deleted: with it would go the embargoes of what it brought."""

    withheld: ClassVar[set[str]] = {"delete"}

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Say no to what is withheld, whoever asks."""
        return action not in self.withheld and super().user_has_permission(user, action)


class _ItemPolicy(_WirePolicy):
    """Items are made by runs, and stay with their wire."""

    withheld: ClassVar = {"add", "delete"}


register_permission_policy(Wire, _WirePolicy(Wire))
register_permission_policy(WireItem, _ItemPolicy(WireItem))


class WireViewSet(SnippetViewSet):
    """List and edit the wires."""

    model = Wire
    icon = "download"
    menu_label = _("Wires")
    list_display = [
        "name",
        "section",
        Column("edition", label=_("edition")),
        BooleanColumn("enabled", label=_("enabled")),
        "ran_at",
        Column("summed_up", label=_("what came")),
        Column("standing", label=_("last error")),
    ]
    list_filter = ["enabled", "format"]
    search_fields = ["name", "address"]
    panels = [
        FieldPanel("name"),
        FieldPanel("enabled"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("folder"), FieldPanel("format"), FieldPanel("minutes")],
            heading=_("Where it comes from"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("section", "newsroom.SectionPage"),
                PageChooserPanel("byline", "newsroom.AuthorPage"),
                FieldPanel("language"),
                FieldPanel("credit"),
                FieldPanel("takes_pictures"),
                FieldPanel("hold_minutes"),
            ],
            heading=_("What its items become"),
        ),
        FieldRowPanel(
            [FieldPanel("ran_at", read_only=True), FieldPanel("due_at", read_only=True)], heading=_("Last run")
        ),
        FieldPanel("error", read_only=True),
    ]


def _draft_title(item: WireItem) -> str:
    """Return what the draft is called by now, empty where it was deleted."""
    return item.page.draft_title if item.page else ""


def _draft_url(item: WireItem) -> str | None:
    """Return where the draft is edited, None where it was deleted."""
    return reverse("wagtailadmin_pages:edit", args=[item.page_id]) if item.page_id else None


class WireItemViewSet(SnippetViewSet):
    """List where drafts are from; an editor may release one that is held."""

    model = WireItem
    icon = "doc-full"
    menu_label = _("Items of wires")
    list_display = [
        "title",
        TitleColumn("draft", label=_("draft"), accessor=_draft_title, get_url=_draft_url),
        "wire",
        "version",
        Column("get_state_display", label=_("state")),
        "embargo",
        BooleanColumn("newer_version", label=_("a newer version came")),
        BooleanColumn("released", label=_("released")),
        "fetched_at",
    ]
    list_filter = ["wire", "state", "newer_version"]
    search_fields = ["title", "key"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name, read_only=True)
                for name in (
                    *("title", "wire", "key", "version", "state", "embargo", "newer_version"),
                    *("byline", "terms", "address", "fetched_at"),
                )
            ],
            heading=_("Where it is from"),
        ),
        FieldPanel("released"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WireItem]:
        """Return the items with what each row shows."""
        return WireItem.objects.select_related("wire", "page")


class WireGroup(SnippetViewSetGroup):
    """Both, below one entry of the menu."""

    items = (WireViewSet, WireItemViewSet)
    menu_label = _("Wires")
    menu_icon = "download"
    menu_order = 320
    add_to_admin_menu = True
