"""The pages that stories stand on and are found by."""

from __future__ import annotations

from http import HTTPMethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction

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


class NewsPagePermissions(PagePermissionTester):
    """What staff may do with a page. Nobody may make it private: whom it was for could not be told from the others."""

    def can_set_view_restrictions(self) -> bool:
        """Return False: the session stays under /admin/ (docs/decisions/0006-staff-cookies.md)."""
        return False


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

    def permissions_for_user(self, user: AbstractUser | AnonymousUser) -> PagePermissionTester:
        """Return what *user* may do with the page, which is never to make it private."""
        return NewsPagePermissions(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the draft, which our own editor may show in a frame."""
        policy: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
        response: HttpResponse = xframe_options_sameorigin(csp_override(policy)(super().serve_preview))(
            request, mode_name
        )
        return response


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
