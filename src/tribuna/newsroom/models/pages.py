"""The pages that stories stand on and are found by."""

from __future__ import annotations

from http import HTTPMethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction

from tribuna.newsroom.signals import page_shown

# The first step of addresses that are not pages; a page with this slug under a home page could never be reached.
RESERVED_SLUGS = frozenset({"archive", "articles", "comments", "receipts", "search"})


if TYPE_CHECKING:

    class _BesidePage(Page, models.Model):
        """What a mixin of pages stands beside. Were Page its base in life, each mixin would be a table."""

        class Meta:
            abstract = True

        def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> None: ...
else:
    _BesidePage = models.Model


class NewsPage(_BesidePage):
    """What every page of the site has, besides Wagtail's own."""

    # Set by the lookup of a page for a reader: False when no page of the whole site is private.
    may_be_private: bool = True
    allowed_http_methods: ClassVar = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language this page is written in, a Django language code."""
        return self.locale.language_code

    @property
    def original(self) -> Page:
        """The page this one is an alias of, or itself: the canonical one."""
        return self.alias_of or self

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the template needs: the page, and what the receivers of ``page_shown`` add."""
        context = super().get_context(request, *args, **kwargs)
        page_shown.send(type(self), page=self, request=request, context=context)
        return context

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and those above it, without asking when the site has none."""
        return super().get_view_restrictions() if self.may_be_private else PageViewRestriction.objects.none()


class TopLevelPage(NewsPage):
    """A page right under a home page, where some addresses are taken."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a slug that an address of the site already has."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is taken by the site itself. Please choose another.")})


class HomePage(NewsPage, Page):
    """The front page in one language."""

    tagline = models.CharField(
        _("tagline"), max_length=255, blank=True, help_text=_("One line under the newsroom's name.")
    )

    template = "newsroom/home_page.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["newsroom.SectionPage", "newsroom.AuthorIndexPage", "newsroom.TopicIndexPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("tagline")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SectionPage(TopLevelPage, Page):
    """A part of the paper, such as City or Culture; the articles in it are its children."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "newsroom/section_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.ArticlePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class AuthorIndexPage(TopLevelPage, Page):
    """All authors."""

    template = "newsroom/author_index_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.AuthorPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of authors")
        verbose_name_plural = _("lists of authors")


class AuthorPage(NewsPage, Page):
    """Somebody, or a desk, whose name stands over articles. The title is the name."""

    role = models.CharField(_("role"), max_length=255, blank=True, help_text=_("For example: Reporter, City desk."))
    bio = models.TextField(_("about"), blank=True)
    portrait = models.ForeignKey(
        "newsroom.NewsImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_desk = models.BooleanField(
        _("is a desk"), default=False, help_text=_("A desk or an agency rather than one person.")
    )

    template = "newsroom/author_page.html"
    parent_page_types: ClassVar = ["newsroom.AuthorIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("role"),
        FieldPanel("is_desk"),
        FieldPanel("portrait"),
        FieldPanel("bio"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class TopicIndexPage(TopLevelPage, Page):
    """All topics."""

    template = "newsroom/topic_index_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.TopicPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")


class TopicPage(NewsPage, Page):
    """A subject that articles of several sections may be about."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "newsroom/topic_page.html"
    parent_page_types: ClassVar = ["newsroom.TopicIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
